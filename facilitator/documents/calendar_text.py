"""Text in a calendar file."""

from icalendar import vText


class CalendarText(vText):
    r"""A text in which a backslash before "N" stays one: the library takes it for the end of a line, as in C:\New."""

    def to_ical(self) -> bytes:
        """Return the text with everything escaped that has a meaning (RFC 5545, 3.3.11)."""
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\n", "\\n").encode()
