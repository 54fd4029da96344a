"""The smallest Textual app."""

from textual.app import App

App[None]().run()
