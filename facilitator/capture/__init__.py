"""The capture line: one typed line becomes one value, and what was understood is said while it is typed."""
