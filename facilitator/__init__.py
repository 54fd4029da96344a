"""Facilitator: guide a blameless postmortem from the first question to the published document."""
