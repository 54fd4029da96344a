"""The forms in which a source may come: a file, a folder, an archive. `opening` chooses among them."""
