"""Sifting: which drafts matter, which tell the same, and how they come onto the timeline."""
