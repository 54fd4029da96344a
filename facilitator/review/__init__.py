"""A session on its way from a draft to a published document: requests, comments, approvals, versions."""
