"""Documents: a session becomes Markdown, the Google SRE template or JSON. Nothing here reads or writes a file."""
