"""A document as a page: its blocks, and what is made of them: HTML, text, Word, PDF. Pure functions, all of them."""
