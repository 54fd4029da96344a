"""The final postmortems of a store as a static site."""
