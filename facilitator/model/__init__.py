"""What a postmortem is: frozen values and the rules between them, without input or output."""
