"""What can go wrong when a site is made; each message says what, where, and what to do."""


class SiteError(Exception):
    """A site cannot be made, or not in that folder."""
