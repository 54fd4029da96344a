"""What stands below the head of a message: its text, and what the program adds to it."""

import re
from dataclasses import dataclass, field

from facilitator.intake.chat.heads import Head
from facilitator.model.text import MAX_TEXT, paragraphs

_REPLIES = re.compile(r"(\d{1,6}) (?:replies|reply|thread replies)\b.*", re.IGNORECASE)
_ADDED = re.compile(
    r"(?:Last reply .*|View thread|View newer replies|Thread|Also sent (?:to|as) .*|New(?: messages?)?|Jump to .*"
    r"|Pinned by .*|Saved for later.*|\(?edited\)?|Add reaction|Reply|Message deleted|Show (?:more|less)"
    r"|replied to a thread:?)",
    re.IGNORECASE,
)
_REACTIONS = re.compile(r"(?::[\w+'-]{1,60}:\s*(?:\d{1,6}\s*)?)+")
_COUNT = re.compile(r"(?::[\w+'-]{1,60}:) ?(\d{1,6})")
_NUMBER = re.compile(r"\d{1,5}")
_EDITED = re.compile(r"(?:\(edited\)|<This message was edited>)$", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """A message of which the lines are being read. `line` is where it begins, from 1."""

    head: Head
    who: str
    line: int
    lines: list[str] = field(default_factory=list)
    replies: int = 0
    reactions: int = 0
    cut: bool = False
    _length: int = 0
    _counting: bool = False

    def add(self, line: str) -> None:
        """Take a line of the text."""
        if self._length > MAX_TEXT:
            self.cut = True
            return
        self._length += len(line) + 1
        self.lines.append(line)

    def add_below_a_name(self, line: str) -> None:
        """Take a line of a text that was copied from a screen, where reactions and replies stand below it."""
        plain = line.strip()
        replies = _REPLIES.fullmatch(plain)
        reactions = _REACTIONS.fullmatch(plain) if self.lines else None
        if self._counting and _NUMBER.fullmatch(plain):
            self.reactions += int(plain)
            self._counting = False
        elif replies:
            self.replies = int(replies[1])
        elif reactions:
            counts = [int(each) for each in _COUNT.findall(plain)]
            self.reactions += sum(counts)
            self._counting = not counts
        elif not _ADDED.fullmatch(plain):
            self._counting = False
            self.add(line)

    @property
    def text(self) -> str:
        """What the message says, cleaned."""
        text = paragraphs("\n".join(self.lines)).strip()
        return _EDITED.sub("", text).rstrip()[:MAX_TEXT]
