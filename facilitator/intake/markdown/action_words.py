"""What the words of one action say besides what is to be done: who, by when, which ticket, how far it is."""

import re
from dataclasses import dataclass
from datetime import date

from facilitator.capture.due import due_date
from facilitator.intake.markdown.clock import Calendar
from facilitator.intake.markdown.days import days_in, find_day
from facilitator.model.session import ActionStatus
from facilitator.model.text import one_line

_LABELLED = re.compile(
    r"[\s([{—–,;.|*-]{0,4}\b(?P<name>owners?|assignees?|assigned(?: to)?|responsible|dri|who|lead|due(?: date)?"
    r"|deadline|eta|target(?: date)?|by when"
    r"|status|state|tickets?|tracking|jira|issue|tracked (?:in|by|at)|priority|type)\s*[:=]\s*",
    re.IGNORECASE,
)
_VALUE_END = re.compile(r"[;|)\]}]|\s[–—-]\s|\.\s|,\s(?=\w+\s*:)|\.$")
_OWNERS = re.compile(r"@[\w-]+(?:\.[\w-]+)*(?:\s*(?:,|/|&|and)?\s*@[\w-]+(?:\.[\w-]+)*)*")
_GROUP_AT_END = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{2,160})[)\]]\s*\.?$")
_HANDLE_AT_END = re.compile(
    r"\s*[([—–,:-]*\s*(?P<handles>@[\w.-]{1,40}(?:(?:\s*(?:,|/|&|and)\s*|\s+)@[\w.-]{1,40}){0,5})\s*[)\]]?\s*\.?$"
)
_HANDLE = re.compile(r"(?<![\w/.@])@[A-Za-z][\w-]{1,38}(?![\w/@]|\.\w)")
_HANDLE_AT_START = re.compile(
    r"(?P<handles>@[\w.-]{1,40}(?:(?:\s*(?:,|/|&|and)\s*|\s+)@[\w.-]{1,40}){0,5})\s*(?::|–|—|-|to\s|will\s)\s*"
)
_NAME_AT_END = re.compile(r"\s*[\[(](?P<name>[A-Z][a-zà-ÿ'’-]{1,20}(?:\s[A-Z][\w'’.-]{0,20}){0,2})[\])]\s*\.?$")
_NO_NAMES = re.compile(
    r"(?i)^(?:done|todo|completed?|open|closed|issue|link|pr|see|optional|fixed|in progress|pending|wip|high"
    r"|medium|low|new|ongoing|jira|ticket|github|merged|resolved|started|planned)\b"
)
_DAY_APART = re.compile(r"\s+(?:[-–—|]\s+|[(\[])(?P<day>\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})[)\]]?\s*$")
_DUE_AT_END = re.compile(
    r"\s*[([,;–—-]*\s*\b(?:due|by|before|until|eta)(?: by| on)?:?\s+(?P<day>[\w ,./-]{3,30}?)\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
_STATES: tuple[tuple[re.Pattern[str], ActionStatus], ...] = (
    (
        re.compile(
            r"(?i)(?:won'?t[ -]?(?:do|fix)|wontfix|not doing|cancell?ed|rejected|declined|abandoned|obsolete"
            r"|dropped|🚫)"
        ),
        ActionStatus.WONT_DO,
    ),
    (
        re.compile(
            r"(?i)(?:in[ -]?progress|doing|wip|ongoing|started|underway|under way|in review|work in progress|🚧"
            r"|🔄|⏳|partially done)"
        ),
        ActionStatus.IN_PROGRESS,
    ),
    (
        re.compile(
            r"(?i)(?:done|completed?|closed|fixed|resolved|finished|merged|shipped|implemented|deployed|yes|✅"
            r"|☑️?|✔️?|✓|\[x\]|x)"
        ),
        ActionStatus.DONE,
    ),
    (
        re.compile(
            r"(?i)(?:to[ -]?do|open|pending|planned|not started|backlog|new|no|tbd|outstanding|proposed"
            r"|scheduled|❌|⬜|☐|\[ \])"
        ),
        ActionStatus.OPEN,
    ),
)
_STATE_WORDS = (
    r"done|completed?|todo|to do|doing|in[ -]progress|wip|open|closed|fixed|won'?t[ -](?:do|fix)"
    r"|ongoing|pending|not started|finished|cancell?ed"
)
_STATE_AT_START = re.compile(
    rf"[\[(*]*(?P<state>{_STATE_WORDS}|[✅☑✔✓🚧🔄⏳⬜☐❌]️?)[\])*]*(?P<sep>\s*[:–—-]\s*|\s+)(?=\S)", re.IGNORECASE
)
_STATE_AT_END = re.compile(
    rf"\s*(?:[–—:-]\s*)?(?:[\[(](?P<state>{_STATE_WORDS})[^()\[\]]{{0,40}}[\])]|(?P<upper>DONE|TODO|WIP|DOING)"
    rf"|(?P<sign>[✅☑✔✓🚧🔄⏳]️?))\s*\.?$",
    re.IGNORECASE,
)
_TEMPLATE_LINK = re.compile(r"\s*\[?link to (?:github |jira |the )?(?:issue|ticket)s?\]?\s*$", re.IGNORECASE)
_BRACES = re.compile(r"^\{\{\s*(?P<text>.*?)\s*\}\}")
_KEY = re.compile(r"(?<![\w/-])(?P<key>(?P<project>[A-Z][A-Z0-9]{1,9})-\d{1,7})(?![\w-])")
_NO_KEYS = frozenset(
    [
        "AES",
        "CET",
        "CVE",
        "COVID",
        "GMT",
        "GPT",
        "HTTP",
        "ISO",
        "IPV",
        "MD",
        "PEP",
        "RFC",
        "SEV",
        "SHA",
        "SSL",
        "TLS",
        "USB",
        "UTC",
        "UTF",
        "P",
        "Q",
        "S",
        "EC",
        "PM",
        "X",
    ]
)
_TRACKER = re.compile(
    r"/(?:issues?|browse|tickets?|pulls?|merge_requests|work_items|stor(?:y|ies)|tasks?|cards?|c|cases?"
    r"|-/issues|show_bug\.cgi|projects?|item|issue-detail)(?:/|\?|=)[^/]|trello\.com/c/|app\.asana\.com/"
    r"|bugzilla|phabricator\S*/T\d"
)
_NUMBER = re.compile(r"(?<![\w&/])#\d{1,7}\b|(?<!\w)[Gg][Hh]-\d{1,7}\b")


@dataclass(slots=True)
class Particulars:
    """An action taken apart."""

    text: str
    owner: str = ""
    due: date | None = None
    ticket: str = ""
    status: ActionStatus | None = None


def particulars(text: str, links: tuple[str, ...], calendar: Calendar) -> Particulars:
    """Return what one line of the actions says; what is no part of the sentence is gone from its text."""
    found = Particulars(text)
    braces = _BRACES.match(found.text)
    if braces:
        found.text = braces["text"]
    found.text = _TEMPLATE_LINK.sub("", found.text)
    _take_labelled(found, calendar)
    for _ in range(3):
        before = found.text
        _take_group(found, calendar)
        _take_at_end(found, calendar)
        if found.text == before:
            break
    _take_at_start(found)
    handles = _HANDLE.findall(found.text)
    if not found.owner and len(handles) == 1:
        found.owner = owners(handles[0])
    found.ticket = ticket_of("", links) or found.ticket or ticket_of(text, ())
    found.text = one_line(found.text).strip(" ,;–—|") or one_line(text)
    return found


def status_of(text: str) -> ActionStatus | None:
    """Return the state that a cell or a heading names, or None for none."""
    bare = text.strip(" .*_()[]:!")
    if not bare and text.strip():
        return None
    return next((status for pattern, status in _STATES if pattern.match(bare)), None)


def day_of(text: str, calendar: Calendar) -> date | None:
    """Return the day that a cell or a phrase names, or None."""
    text = one_line(text).strip(" ()[].,")
    day = find_day(text, 0)
    if day is not None and day.end >= len(text) - 1:
        return calendar.day(day)
    found = next(iter(days_in(text)), None) if len(text) < 40 else None
    if found is not None:
        return calendar.day(found)
    near = calendar.near
    due = due_date(text, near) if near is not None and text[:1].isalpha() else None
    return due.options[0] if due is not None and due.options and not due.wrong else None


def ticket_of(text: str, links: tuple[str, ...]) -> str:
    """Return the ticket that a text or its links name: the address of one first, then a key, then a number."""
    address = next((link for link in links if _TRACKER.search(link)), "")
    if address:
        return address
    key = next((found["key"] for found in _KEY.finditer(text) if found["project"] not in _NO_KEYS), "")
    number = _NUMBER.search(text)
    return key or (number[0] if number else "")


def owners(written: str) -> str:
    """Return owners as they are kept: without the sign, split by commas; nothing for "TBD"."""
    names = [
        one_line(each).strip(" .()[]*_").removeprefix("@") for each in re.split(r"[,;/&]|\band\b|\s(?=@)", written)
    ]
    kept = [
        name
        for name in names
        if name and not re.fullmatch(r"(?i)(?:tbd|tba|n/?a|none|nobody|unassigned|-+|\?+|owner|name|someone)", name)
    ]
    return ", ".join(dict.fromkeys(kept))[:200]


def _take_labelled(found: Particulars, calendar: Calendar) -> None:
    """Take "Owner: @x", "due: 2024-05-01" and their like out of the text, wherever they stand in it."""
    text, kept, at = found.text, [], 0
    labels = list(_LABELLED.finditer(text))
    for number, label in enumerate(labels):
        if label.start("name") < at:
            continue
        limit = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        end, after = _value(text, label, limit)
        if not _filed(found, label["name"].casefold(), text[label.end() : end].strip(), calendar):
            continue
        kept.append(text[at : max(at, label.start())])
        at = after
    found.text = " ".join((*kept, text[at:])).strip() or text


def _value(text: str, label: re.Match[str], limit: int) -> tuple[int, int]:
    """Return where the value of a label ends, and where the text goes on."""
    if label["name"].casefold().startswith(("owner", "assign", "respons", "dri", "who", "lead")):
        handles = _OWNERS.match(text, label.end(), limit)
        if handles is not None:
            closing = handles.end() + (text[handles.end() : handles.end() + 1] in (")", "]", "."))
            return handles.end(), closing
    ends = _VALUE_END.search(text, label.end(), limit)
    return (ends.start(), ends.end()) if ends is not None else (limit, limit)


def _filed(found: Particulars, name: str, value: str, calendar: Calendar) -> bool:
    """Keep the value of a label, and return whether it is one of that kind."""
    if not value or len(value) > 120:
        return False
    if name.startswith(("owner", "assign", "respons", "dri", "who", "lead")):
        if len(value) > 60:
            return False
        found.owner = found.owner or owners(value)
    elif name.startswith(("due", "deadline", "eta", "target", "by when")):
        day = day_of(value, calendar)
        found.due = found.due or day
        return day is not None
    elif name.startswith(("status", "state")):
        status = status_of(value)
        found.status = found.status or status
        return status is not None
    elif name in ("priority", "type"):
        return len(value.split()) == 1
    else:
        ticket = ticket_of(value, (value,) if value.startswith("http") else ())
        found.ticket = found.ticket or ticket or (value if " " not in value else "")
        return bool(ticket) or " " not in value
    return True


def _take_group(found: Particulars, calendar: Calendar) -> None:
    """Take "(ENG-12, due by 2021-08-01, @alice)" off the end, when all in it is a particular."""
    group = _GROUP_AT_END.search(found.text[-200:])
    if group is None or (
        not re.search(r"[,;|]", group["inside"]) and ticket_of(group["inside"], ()) != group["inside"]
    ):
        return
    read = Particulars("")
    for each in re.split(r"\s*[,;|]\s*", group["inside"]):
        due = re.sub(r"(?i)^(?:due|by|eta|deadline)(?: by| on)?:?\s+", "", each)
        day = day_of(due, calendar) if any(sign.isdigit() for sign in due) else None
        if each.startswith("@"):
            read.owner = owners(each)
        elif day is not None:
            read.due = day
        elif ticket_of(each, ()) == each:
            read.ticket = each
        elif status_of(each) is not None and len(each.split()) < 3:
            read.status = status_of(each)
        elif re.fullmatch(r"[Pp][0-4]|\w+ priority|owner:? .*", each):
            read.owner = read.owner or (owners(each[6:]) if each.casefold().startswith("owner") else "")
        else:
            return
    found.owner, found.due = found.owner or read.owner, found.due or read.due
    found.ticket, found.status = found.ticket or read.ticket, found.status or read.status
    found.text = found.text[: len(found.text) - len(found.text[-200:]) + group.start()]


def _take_at_end(found: Particulars, calendar: Calendar) -> None:
    text = found.text.rstrip()
    state = _STATE_AT_END.search(text[-120:])
    if state is not None and (state["state"] or state["sign"] or state["upper"].isupper()):
        start = len(text) - len(text[-120:]) + state.start()
        found.status = found.status or status_of(state["state"] or state["sign"] or state["upper"])
        found.text = text[:start] or text
        return
    handles = _HANDLE_AT_END.search(text[-250:])
    if handles is not None and not found.owner:
        start = len(text) - len(text[-250:]) + handles.start()
        if start > 0:
            found.owner, found.text = owners(handles["handles"]), text[:start]
            return
    name = _NAME_AT_END.search(text[-80:])
    if name is not None and not found.owner and not _NO_NAMES.match(name["name"]) and text.rstrip(" .").endswith("]"):
        found.owner, found.text = name["name"], text[: len(text) - len(text[-80:]) + name.start()]
        return
    apart = _DAY_APART.search(text[-60:])
    day = day_of(apart["day"], calendar) if apart is not None else None
    if apart is not None and day is not None and found.due is None:
        found.due, found.text = day, text[: len(text) - len(text[-60:]) + apart.start()]
        return
    due = _DUE_AT_END.search(text[-60:])
    day = day_of(due["day"], calendar) if due is not None and any(sign.isdigit() for sign in due["day"]) else None
    if due is not None and day is not None and found.due is None:
        found.due, found.text = day, text[: len(text) - len(text[-60:]) + due.start()]


def _take_at_start(found: Particulars) -> None:
    state = _STATE_AT_START.match(found.text)
    if state is not None and (state["state"].isupper() or not state["state"][0].isalpha() or state["sep"].strip()):
        found.status, found.text = found.status or status_of(state["state"]), found.text[state.end() :]
    handles = _HANDLE_AT_START.match(found.text)
    if handles is not None and not found.owner:
        found.owner, found.text = owners(handles["handles"]), found.text[handles.end() :]
