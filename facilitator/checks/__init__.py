"""Checks: what an experienced facilitator would point out in a session, each with a question to ask instead."""
