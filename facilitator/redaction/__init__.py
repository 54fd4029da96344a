"""What of a session is replaced before it is published, by what, and for whom."""
