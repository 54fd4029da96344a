"""The library: all sessions of a store, seen as one searchable body of experience."""
