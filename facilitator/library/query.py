"""The query line: what somebody types to find sessions, read into a value. It reads no file and no clock.

Words are searched in all texts, "words in quotes" as a phrase, `word*` as a beginning; `field:value` filters. All of
it must hold; OR joins its two neighbours, a `-` or NOT in front turns the next one, and brackets group.
"""

import re
from datetime import date

from facilitator.library.amounts import MalformedError
from facilitator.library.expressions import All, Expression, Not, Order, Query, Some, Words
from facilitator.library.fields import FIELDS, limit, order
from facilitator.library.words import words
from facilitator.settings.wording import did_you_mean, quoted

LONGEST = 2_000
"""The longest query, in characters."""

MOST_TERMS = 100
"""How many words and fields a query may have."""

DEEPEST = 20
"""How many brackets may stand in each other."""

_SPACE = re.compile(r"\s*")
_QUOTE = re.compile('["“”„]')
_PHRASE = re.compile('["“”„]([^"“”„]*)["“”„]?')
_BARE = re.compile('[^\\s"“”„]+')
_FIELD = re.compile(r"([A-Za-z]+):(?!//)")


class QueryError(ValueError):
    """A query line that cannot be read: the message says what and what to do, `column` where, in characters from 0."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


def parse(text: str, today: date) -> Query:
    """Return what a query line means; days such as "since:12m" count from `today`. An empty one means everything.

    Raises QueryError.
    """
    if len(text) > LONGEST:
        raise QueryError(f"a query has at most {LONGEST:,} characters, this one has {len(text):,}", LONGEST)
    return _Parser(text, today).query()


class _Parser:
    """Reads one query line from its beginning to its end."""

    def __init__(self, text: str, today: date) -> None:
        self._text, self._today = text, today
        self._at = 0
        self._depth = 0
        self._terms = 0
        self._skipped: int | None = None
        self._order: Order | None = None
        self._limit: int | None = None

    def query(self) -> Query:
        where = self._all()
        if where == All() and self._skipped is not None and self._order is None and self._limit is None:
            raise QueryError("there is no letter or digit to search for", self._skipped)
        return Query(where, self._order, self._limit)

    def _all(self) -> Expression:
        """Read up to the end, or to the bracket that closes this group."""
        parts: list[Expression] = []
        while not self._ended():
            start = self._at
            if self._word("AND"):
                continue
            if self._word("OR"):
                raise QueryError("OR stands between two words or fields; write 'or' to search for the word", start)
            found = self._either()
            if found is not None:
                parts.append(found)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _either(self) -> Expression | None:
        """Read one condition, and those that OR joins to it."""
        found = self._one()
        parts = [found] if found is not None else []
        joined = False
        while not self._ended():
            start = self._at
            if not self._word("OR"):
                break
            joined = True
            if self._ended():
                raise QueryError("something must stand after OR", start)
            other = self._one()
            parts += [other] if other is not None else []
        if joined and any(isinstance(part, All) and not part.parts for part in parts):
            return All()
        return (parts[0] if len(parts) == 1 else Some(tuple(parts))) if parts else None

    def _one(self) -> Expression | None:
        """Read one condition, perhaps turned; None for what says nothing, such as a lone dash."""
        start = self._at
        turned = False
        while True:
            if self._word("NOT"):
                turned = not turned
            elif self._text[self._at] == "-" and self._text[self._at + 1 : self._at + 2].strip(" -\t\n"):
                turned = not turned
                self._at += 1
            else:
                break
            if self._ended():
                raise QueryError("something must stand after NOT", start)
        if turned and (self._text.startswith(("OR ", "AND "), self._at)):
            raise QueryError("something must stand after NOT", start)
        before = (self._order, self._limit)
        found = self._group() if self._text[self._at] == "(" else self._term()
        if before != (self._order, self._limit) and (turned or self._depth):
            raise QueryError("sort: and limit: stand by themselves, outside of brackets", start)
        if not turned or found is None:
            return found
        return found.inner if isinstance(found, Not) else Not(found)

    def _group(self) -> Expression | None:
        start = self._at
        self._at += 1
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(f"at most {DEEPEST} brackets may stand in each other", start)
        found = self._all()
        self._skip()
        if self._at >= len(self._text):
            raise QueryError("this bracket is never closed", start)
        self._at += 1
        self._depth -= 1
        return found if found != All() else None

    def _term(self) -> Expression | None:
        """Read words, a phrase, or a field with its value."""
        start = self._at
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise QueryError(f"a query has at most {MOST_TERMS} words and fields", start)
        if phrase := _PHRASE.match(self._text, self._at):
            self._at = phrase.end()
            return self._phrase(phrase[1], start)
        name = _FIELD.match(self._text, self._at)
        if name is not None:
            return self._field(name[1], start)
        return self._phrase(self._bare(), start)

    def _phrase(self, text: str, start: int) -> Expression | None:
        found = tuple(words(text))
        self._terms += max(0, len(found) - 1)
        if self._terms > MOST_TERMS:
            raise QueryError(f"a query has at most {MOST_TERMS} words and fields", start)
        if not found:
            self._skipped = start if self._skipped is None else self._skipped
            return None
        star = text.endswith("*") or self._text.startswith("*", self._at)
        if self._text.startswith("*", self._at):
            self._at += 1
        if star and len(found[-1]) == 1 and found[-1].isascii():
            raise QueryError("a beginning has two letters at least", start)
        return Words(found, prefix=star)

    def _field(self, written: str, start: int) -> Expression | None:
        """Read the value of a field. `start` is where its name stands."""
        name = written.lower()
        self._at = start + len(written) + 1
        if name not in FIELDS:
            advice = did_you_mean(name, FIELDS) or f'; put it in quotes to search for the words: "{written}:..."'
            raise QueryError(f"no field is called {quoted(written)}{advice}", start)
        begins = self._at
        values = self._values(listed=FIELDS[name].listed)
        if not values:
            raise QueryError(f"{name}: needs a value, such as {name}:{FIELDS[name].example}", begins)
        self._terms += len(values) - 1
        if self._terms > MOST_TERMS:
            raise QueryError(f"a query has at most {MOST_TERMS} words and fields", start)
        found = []
        for value, at in values:
            try:
                if name in ("sort", "limit"):
                    self._arrange(name, value, start)
                    return None
                found.append(FIELDS[name].read(value, self._today))
            except MalformedError as error:
                raise QueryError(f"{name}: {error}", at + error.at) from error
        return found[0] if len(found) == 1 else Some(tuple(found))

    def _values(self, *, listed: bool) -> list[tuple[str, int]]:
        """Read the values behind a field, each with where it stands."""
        found: list[tuple[str, int]] = []
        while self._at < len(self._text) and not self._text[self._at].isspace():
            start = self._at
            phrase = _PHRASE.match(self._text, start)
            if phrase is not None:
                self._at = phrase.end()
                if self._text.startswith("*", self._at):
                    self._at += 1
                    found.append((f"{phrase[1]}*", start + 1))
                elif phrase[1].strip():
                    found.append((phrase[1], start + 1))
            else:
                text = self._bare(stop="," if listed else "")
                if text:
                    found.append((text, start))
            if listed and self._text.startswith(",", self._at):
                self._at += 1
            elif self._at == start or not listed or not _QUOTE.match(self._text, self._at):
                break
        return found

    def _bare(self, stop: str = "") -> str:
        """Read up to the next space, quote or `stop`, without the brackets that close a group."""
        match = _BARE.match(self._text, self._at)
        text = match[0] if match is not None else ""
        if stop:
            text = text.partition(stop)[0]
        while self._depth and text.endswith(")") and text.count(")") > text.count("("):
            text = text[:-1]
        self._at += len(text)
        return text

    def _arrange(self, name: str, value: str, start: int) -> None:
        if (self._order if name == "sort" else self._limit) is not None:
            raise QueryError(f"{name}: is there twice", start)
        if name == "sort":
            self._order = order(value)
        else:
            self._limit = limit(value)

    def _word(self, name: str) -> bool:
        """Read an operator, if the next word is that one."""
        end = self._at + len(name)
        if not self._text.startswith(name, self._at):
            return False
        if end < len(self._text) and not self._text[end].isspace() and self._text[end] not in '("“”„)':
            return False
        self._at = end
        self._skip()
        return True

    def _ended(self) -> bool:
        """Skip spaces; tell whether the line or the group ends here."""
        self._skip()
        return self._at >= len(self._text) or (self._text[self._at] == ")" and self._depth > 0)

    def _skip(self) -> None:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match is not None else self._at
