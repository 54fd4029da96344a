"""Intake: other people's records become drafts for the timeline, each with its origin. The terminal is not here."""
