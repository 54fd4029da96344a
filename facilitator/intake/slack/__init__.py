"""Slack: what its exports hold, and how its messages are written."""
