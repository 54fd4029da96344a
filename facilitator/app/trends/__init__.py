"""Trends as charts: how they are drawn in cells, and what shows them."""
