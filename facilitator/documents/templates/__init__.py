"""Templates of one's own: what they are given, what they may do, and what must not come out of them."""
