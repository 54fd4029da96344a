"""The action items of a document: items, check boxes, rows of tables, headings, or lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from facilitator.intake.markdown.action_words import day_of, owners, particulars, status_of, ticket_of
from facilitator.intake.markdown.clock import Calendar
from facilitator.intake.markdown.document import DocumentAction
from facilitator.intake.markdown.headings import is_group
from facilitator.intake.markdown.inline import inline, plain
from facilitator.intake.markdown.lines import Kind, Line
from facilitator.intake.markdown.parts import Part
from facilitator.intake.markdown.placeholders import is_blank, is_checklist
from facilitator.intake.report import Report
from facilitator.model.session import ActionStatus
from facilitator.model.text import MAX_TEXT, one_line

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("due", re.compile(r"\b(?:due|deadline|eta|when|target|date|by)\b")),
    ("owner", re.compile(r"\b(?:owners?|assignees?|assigned|who|responsible|dri|lead|person|team)\b")),
    ("status", re.compile(r"\b(?:status|state|done|progress|complete[d]?)\b")),
    ("ticket", re.compile(r"\b(?:tickets?|issues?|jira|links?|bugs?|tracking|tracker|story|card|pr|reference"
    r"|ref|id)\b|^#$")),
    ("text", re.compile(r"\b(?:actions?|items?|description|tasks?|what|title|measures?|todo|improvements?"
    r"|follow ?ups?|recommendations?|summary|steps?|remediation)\b")),
)  # fmt: skip
_PERSON = re.compile(r"(?:@[\w.-]{1,40}|[A-Z][\w'’.-]{1,20}(?:\s[A-Z][\w'’.-]{1,20}){0,2})")
_GROUP_LINE = re.compile(r"(?:\*\*|__)(?P<text>[^*\n]{1,60}?):?(?:\*\*|__)\s*:?\s*")
_OWNED = re.compile(r"(?P<text>.*?)\s*[([–—:-]*\s*(?P<handle>@[\w.-]{1,40})\s*[)\]]?\s*")
_ALREADY = re.compile(
    r"\b(?:already|been|were|was) (?:been )?(?:completed|done|implemented|finished|fixed)\b|\bcompleted\b.{0,30}:\s*$",
    re.IGNORECASE,
)
_STATE_WORD = re.compile(r"\b(?:DONE|TODO|WIP|DOING)\b")
_NOTHING = re.compile(r"\W*(?:n/?a|none)?\W*", re.IGNORECASE)
_SENTENCE = re.compile(r"[A-Z`\"“'][^\n]{8,}")
_DOES = re.compile(
    r"(?:add|allow|alert|analy[sz]e|audit|automate|block|build|change|check|clarify|clean|configure|consider"
    r"|continue|create|decide|define|deploy|design|develop|disable|discuss|document"
    r"|enable|encrypt|enforce|ensure|establish|evaluate|expand|explore|extend|find|fix|get|hire|identify"
    r"|implement|improve|include|increase|introduce|investigate|keep|limit|make|measure|migrate|minimi[sz]e"
    r"|monitor|move|plan|prepare|prevent|prioriti[sz]e|provide|publish|raise|reach|reduce|refactor|remove"
    r"|rename|replace|require|research|review|revise|rewrite|rotate|run|schedule|send|separate|set|setup|share|simplify"
    r"|speed|split|standardi[sz]e|stop|store|switch|teach|test|track|train|tune|update|upgrade|use|validate"
    r"|verify|work|write|bug bounty|more|have|fuzz|follow|educate|communicate|maintain|perform|adopt|apply"
    r"|bring|look|notify|put|rollback|roll|patch|do|don't|never|always)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Item:
    """An action while its lines are gathered."""

    line: int
    raws: list[str]
    nested: list[str] = field(default_factory=list)
    box: bool | None = None
    owner: str = ""
    status: ActionStatus | None = None


@dataclass(slots=True)
class ActionReader:
    """Reads the actions of one part. `notes` is what stands among them and is none."""

    calendar: Calendar
    file: str
    report: Report
    actions: list[DocumentAction] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, part: Part) -> None:
        """Add the actions of a part."""
        blocks = _blocks(part.lines)
        items = [line for line in part.lines if line.kind is Kind.ITEM]
        boxes = [plain(line.raw) for line in items if line.box is not None]
        if boxes and len(boxes) == len(items) and is_checklist(boxes):
            for line in items:
                self.report.skip(self.file, f"line {line.number}", "a check list about the report itself")
            return
        listed = bool(items) or any(line.kind is Kind.ROW for line in part.lines)
        owner, status = "", status_of(part.heading.split()[0]) if part.heading else None
        status = (
            status if part.heading and re.match(r"(?i)completed|done|finished|open|outstanding", part.heading) else None
        )
        for number, block in enumerate(blocks):
            head = block[0]
            if head.kind is Kind.HEADING or _is_group_line(head, block, blocks[number + 1 : number + 2]):
                owner, status = self._group(head, listed=listed, body=blocks[number + 1 : number + 2])
            elif head.kind is Kind.ROW:
                self._table(block)
            elif head.kind is Kind.ITEM:
                self._list(block, owner, status)
            elif head.kind is Kind.TEXT and not head.quoted:
                status = self._text(block, listed=listed, labelled=part.labelled) or status
            else:
                self.notes += [line.raw for line in block]

    def _group(self, head: Line, *, listed: bool, body: Sequence[list[Line]]) -> tuple[str, ActionStatus | None]:
        """Return the owner and the state that a group heading names; a heading may be an action itself."""
        found = _GROUP_LINE.fullmatch(head.raw)
        text = plain(found["text"] if found else head.raw)
        status = status_of(text) if is_group(text) else None
        if is_group(text) or is_blank(text):
            return "", status
        follows = body[0][0].kind if body else None
        owned = _OWNED.fullmatch(text)
        if owned is not None and not owned["text"]:
            return owners(owned["handle"]), None
        if owned is not None and follows is Kind.ITEM:
            return owners(owned["handle"]), None
        if _PERSON.fullmatch(text) and follows is Kind.ITEM and len(text.split()) <= 2 and not _DOES.match(text):
            return owners(text), None
        if head.kind is Kind.HEADING and not listed:
            self._add(_Item(head.number, [head.raw]))
        else:
            self.notes.append(text)
        return "", None

    def _text(self, block: Sequence[Line], *, listed: bool, labelled: bool) -> ActionStatus | None:
        """Read a paragraph: lines that each are a sentence of what to do are actions where there is no list."""
        texts = [plain(line.raw) for line in block]
        whole = " ".join(texts)
        if listed:
            self.notes.append(whole)
            return ActionStatus.DONE if _ALREADY.search(whole) and whole.rstrip().endswith(":") else None
        full = [
            _SENTENCE.fullmatch(text) is not None and not is_blank(line.raw)
            for text, line in zip(texts, block, strict=True)
        ]
        doing = sum(1 for text in texts if _DOES.match(text))
        told = [text for text in texts if re.match(r"(?:TODO|DOING|DONE|WIP)\b", text)]
        if (
            (len(texts) > 1 and all(full) and doing * 2 >= len(texts))
            or (told and len(told) == len(texts))
            or (told and texts[0] in told and len(texts) <= 3)
        ):
            for line in block if len(told) != 1 else block[:1]:
                rest = [] if len(told) != 1 else [each.raw for each in block[1:]]
                self._add(_Item(line.number, [line.raw, *rest]))
        elif labelled and not is_blank(whole) and not self.actions:
            self._add(_Item(block[0].number, [line.raw for line in block]))
        elif not is_blank(whole):
            self.notes.append(whole)
        return None

    def _list(self, block: Sequence[Line], owner: str, status: ActionStatus | None) -> None:
        top = min(line.level for line in block if line.kind is Kind.ITEM)
        block = _ungrouped(block, top)
        top = min((line.level for line in block if line.kind is Kind.ITEM), default=top)
        item: _Item | None = None
        for line in block:
            if line.kind is Kind.ITEM and line.level == top:
                if item is not None:
                    self._add(item)
                item = _Item(line.number, [line.raw], box=line.box, owner=owner, status=status)
            elif item is not None and (line.kind is Kind.ITEM or line.level > top):
                if line.first or not item.nested:
                    item.nested.append(line.raw)
                else:
                    item.nested[-1] += f" {line.raw}"
            elif item is not None and line.kind is Kind.TEXT:
                item.raws.append(line.raw)
        if item is not None:
            self._add(item)

    def _add(self, item: _Item) -> None:
        raw = " ".join(item.raws)[:MAX_TEXT]
        read = inline(raw)
        if (is_blank(raw) or is_blank(read.text)) and not item.nested:
            if read.text and not _NOTHING.fullmatch(read.text):
                self.report.skip(self.file, f"line {item.line}", f"a placeholder of the template: {read.text[:60]}")
            return
        nested = [inline(each) for each in item.nested]
        links = (*read.links, *(link for each in nested for link in each.links))
        found = particulars(read.text, links, self.calendar)
        more = "; ".join(each.text for each in nested if each.text)
        done = read.struck or item.box is True
        status = ActionStatus.DONE if done else found.status or item.status or ActionStatus.OPEN
        if item.box is False and found.status is None:
            status = ActionStatus.OPEN
        text = one_line(f"{found.text.rstrip(' :.')}: {more}" if more else found.text)
        ticket = found.ticket or ticket_of(more, ())
        self.actions.append(
            DocumentAction(text[:MAX_TEXT], found.owner or item.owner, found.due, ticket, status, item.line)
        )

    def _table(self, rows: Sequence[Line]) -> None:
        columns = _columns([plain(cell).casefold() for cell in rows[0].cells])
        headed = rows[0].header or "text" in columns
        if "text" not in columns:
            columns.setdefault("text", next((at for at in range(len(rows[0].cells)) if at not in columns.values()), 0))
        for row in rows[1:] if headed else rows:
            cells = {name: row.cells[at] for name, at in columns.items() if at < len(row.cells)}
            text = inline(cells.get("text", ""))
            if is_blank(cells.get("text", "")) or is_blank(text.text):
                continue
            links = (*text.links, *inline(cells.get("ticket", "")).links)
            found = particulars(text.text, links, self.calendar)
            told = plain(cells.get("ticket", ""))
            said = _STATE_WORD.search(told)
            told = told.replace(said[0], "").strip() if said else told
            ticket = found.ticket or (told if not is_blank(told) and len(told.split()) < 3 else "")
            status = status_of(plain(cells.get("status", ""))) or found.status or (status_of(said[0]) if said else None)
            if text.struck:
                status = ActionStatus.DONE
            self.actions.append(
                DocumentAction(
                    found.text[:MAX_TEXT],
                    owners(plain(cells.get("owner", ""))) or found.owner,
                    day_of(plain(cells.get("due", "")), self.calendar) or found.due,
                    ticket,
                    status or ActionStatus.OPEN,
                    row.number,
                )
            )


def _columns(names: Sequence[str]) -> dict[str, int]:
    """Return which column of a table of actions holds what, by its head."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for exact in (True, False):
        for kind, pattern in _COLUMNS:
            at = next(
                (
                    at
                    for at, name in enumerate(names)
                    if at not in taken and (pattern.fullmatch(name) if exact else pattern.search(name))
                ),
                None,
            )
            if kind not in found and at is not None:
                found[kind] = at
                taken.add(at)
    return found


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in blocks: a heading, a paragraph, a whole list, a table, code."""
    blocks: list[list[Line]] = []
    for line in lines:
        last = blocks[-1] if blocks else None
        if last is not None and _goes_on(last, line):
            last.append(line)
        else:
            blocks.append([line])
    return blocks


def _goes_on(block: Sequence[Line], line: Line) -> bool:
    head = block[0]
    if line.kind is Kind.HEADING or head.kind is Kind.HEADING:
        return False
    if head.kind is Kind.ITEM:
        return (
            line.kind is Kind.ITEM
            or (line.level > 0 and line.kind is not Kind.ROW)
            or (line.kind is Kind.TEXT and not line.first)
        )
    return head.kind is line.kind and (line.kind is not Kind.TEXT or not line.first)


def _ungrouped(block: Sequence[Line], top: int) -> Sequence[Line]:
    """Return a list without its upper items where each of them only groups the ones below it: "Short term"."""
    heads = [line for line in block if line.kind is Kind.ITEM and line.level == top]
    grouped = len(heads) < sum(1 for line in block if line.kind is Kind.ITEM)
    if not grouped or not all(is_group(plain(line.raw)) for line in heads):
        return block
    return [line for line in block if line.level > top]


def _is_group_line(head: Line, block: Sequence[Line], following: Sequence[Sequence[Line]]) -> bool:
    """Return whether a line stands above a list and names a group or a person."""
    if (
        head.kind is not Kind.TEXT
        or len(block) > 1
        or not following
        or following[0][0].kind not in (Kind.ITEM, Kind.ROW)
    ):
        return False
    text = plain(head.raw).rstrip(": ")
    return _GROUP_LINE.fullmatch(head.raw) is not None or is_group(text) or (text.startswith("@") and " " not in text)
