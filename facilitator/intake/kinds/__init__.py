"""The kinds of records that can be read: a module each, with a `READER`."""
