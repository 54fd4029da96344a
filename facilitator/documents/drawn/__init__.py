"""Pictures made of characters, for terminals and plain text files: pure strings that any screen can colour."""
