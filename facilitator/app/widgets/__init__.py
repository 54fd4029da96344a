"""Widgets that draw plain values and ask for edits by message."""
