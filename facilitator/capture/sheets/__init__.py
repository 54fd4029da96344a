"""Sheets: a list of a session as text, one item a line, to be changed in a text editor and read back."""
