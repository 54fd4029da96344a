"""The Textual program: screens, panels and widgets. The only floor that knows the terminal."""
