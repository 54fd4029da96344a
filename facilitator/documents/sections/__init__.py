"""The sections of a document, each a function from a session to Markdown, empty when there is nothing to say."""
