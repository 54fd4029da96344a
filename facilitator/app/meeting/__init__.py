"""The live hour: the clock of a meeting, what is typed at its opening and closing, and what others may see."""
