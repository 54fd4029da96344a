"""Texts: lines, tables and the times that programs write."""
