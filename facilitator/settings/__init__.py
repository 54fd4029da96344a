"""What the user has chosen: one TOML file, read with care and never in the way of a start."""
