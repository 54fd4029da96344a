"""Panels: what each phase shows, as rows made from a session by pure functions."""
