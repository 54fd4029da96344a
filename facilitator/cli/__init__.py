"""The commands: what the program does for scripts and pipes, and the way into the app."""
