"""Markdown without loss: a document that can be edited by people and read back into the session it came from."""
