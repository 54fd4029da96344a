"""Drafts on the screen: what of other people's records goes onto the timeline."""
