"""The preview of a redaction: the document as its readers get it, with every replacement marked in place."""
