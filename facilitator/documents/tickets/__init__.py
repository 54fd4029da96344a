"""Action items as other trackers take them: files and commands, and the tickets that come back."""
