"""Payloads: JSON of other systems, taken apart tolerantly."""
