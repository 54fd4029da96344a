"""Chat as plain text: how the messages of many programs look when they are copied, saved or logged."""
