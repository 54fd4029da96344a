"""What the checks find in a Markdown document, and where it stands there."""

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from itertools import chain

import msgspec

from facilitator.checks.actions import VAGUE_VERB, VERB, wording_findings
from facilitator.checks.compiled import Rules
from facilitator.checks.finding import Category, Finding
from facilitator.checks.language import People, findings
from facilitator.checks.rules import Context
from facilitator.checks.sensitive import sensitive
from facilitator.documents.passages import Document, Lines, Mute, Passage, read
from facilitator.model.session import Action

_ATTENDED = re.compile(r"attend|participants|present|authors?\b|responders|reviewers|facilitator", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:attendees|participants|authors?|responders|reviewers|facilitator)\s*:", re.IGNORECASE)
_NAME = re.compile(r"@[\w.-]+|[A-ZÀ-ÖØ-Þ][\w'’.-]*(?: (?:de|der|den|van|von|da|di|[A-ZÀ-ÖØ-Þ][\w'’.-]*)){0,4}")


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in a document: its `start` and `end` are those in the text of the document.

    Lines and columns count from 1, columns in characters; the end is behind the last character. `context` is the part
    of the postmortem that it is in. `muted` is the reason for which it is muted, or empty.
    """

    finding: Finding
    context: Context
    line: int
    column: int
    end_line: int
    end_column: int
    muted: str = ""


class Void(msgspec.Struct, frozen=True):
    """A comment that was to mute something and does not: its line, counted from 1, and why, with what to do."""

    line: int
    why: str


def check_document(text: str, rules: Rules, patterns: Sequence[str] = ()) -> tuple[Placed, ...]:
    """Return what the rules of language find in the passages of a Markdown document, and what in it is sensitive.

    Of how actions are worded it has what their words alone tell: a verb that is missing, or a vague one. Sensitive data
    are looked for everywhere, in code and targets of links too. They come in the order of the document.
    """
    document = read(text)
    people = people_of(document)
    lines = Lines(document.text)
    found = chain(_language(document, rules, people), _actions(document), _sensitive(document, patterns))
    placed = [_placed(each, context, lines, document.mutes) for each, context in found]
    return tuple(sorted(placed, key=lambda each: (each.finding.start, each.finding.end, each.finding.rule)))


def void_mutes(text: str, known: Collection[str]) -> tuple[Void, ...]:
    """Return the comments of a document that mute nothing although they were to; `known` are the ids of all rules."""
    if "facilitator" not in text.casefold() or "<!--" not in text:
        return ()
    voids = (Void(each.line + 1, _void(each, known)) for each in read(text).mutes)
    return tuple(dict.fromkeys(each for each in voids if each.why))


def _void(mute: Mute, known: Collection[str]) -> str:
    if not mute.rule:
        return "this comment mutes nothing; write: facilitator: mute RULE: REASON"
    if mute.rule in tuple(Category):
        return f"'{mute.rule}' is a category, and only rules can be muted; the output names the rule in brackets"
    if mute.rule not in known:
        near = get_close_matches(mute.rule, known, 1)
        advice = f"did you mean '{near[0]}'?" if near else "'facilitator rules' lists them all"
        return f"no rule is called '{mute.rule}'; {advice}"
    if not mute.reason:
        return f"'{mute.rule}' is not muted without a reason; write: facilitator: mute {mute.rule}: REASON"
    return "" if mute.end > mute.first else f"'{mute.rule}' is not muted, because no text follows this comment"


def people_of(document: Document) -> People:
    """Return the people whom a document names as its authors, or as those who took part."""
    names: set[str] = set()
    for passage in document.passages:
        label = _LABEL.match(passage.text)
        if label is not None or _ATTENDED.match(passage.below.strip()):
            said = re.split(r"[,;/&\n()]|\band\b", passage.text[label.end() if label else 0 :])
            names.update(name.casefold() for each in said if _NAME.fullmatch(name := each.strip(" *.")))
    return People(names=frozenset(names))


def _language(document: Document, rules: Rules, people: People) -> Iterator[tuple[Finding, Context]]:
    for passage, context in zip(document.passages, _contexts(document.passages), strict=True):
        for each in findings(passage.text, context, rules, people):
            if each.start == each.end or not passage.is_code(each.start, each.end):
                yield _in_document(each, passage), context


def _contexts(passages: Sequence[Passage]) -> Iterator[Context]:
    """Yield what each passage is for; of the whys of a list only the last of a branch is an answer that stops there.

    Where lists stand one within another, what is deeper is below; else each item is the answer to the one before it.
    """
    for number, passage in enumerate(passages):
        if passage.context is Context.WHY_ANSWER and passage.depth and _goes_on(passages, number):
            yield Context.SUMMARY
        else:
            yield passage.context


def _goes_on(passages: Sequence[Passage], number: int) -> bool:
    """Tell whether the answer to a why has an answer itself."""
    passage, following = passages[number], passages[number + 1 : number + 2]
    same = [each for each in following if each.context is passage.context and each.below == passage.below]
    if not same or not same[0].depth:
        return False
    return same[0].depth > passage.depth or (passage.depth == 1 and same[0].depth == 1)


def _actions(document: Document) -> Iterator[tuple[Finding, Context]]:
    """Find actions that are vague or have no verb, as far as their words alone tell."""
    for passage in document.passages:
        if passage.context is not Context.ACTION or not passage.names_action:
            continue
        for each in wording_findings(Action(text=passage.text)):
            if each.rule in (VERB, VAGUE_VERB) and not passage.is_code(each.start, each.end):
                yield msgspec.structs.replace(_in_document(each, passage), field=""), passage.context


def _in_document(finding: Finding, passage: Passage) -> Finding:
    start, end = passage.span(finding.start, finding.end)
    return msgspec.structs.replace(finding, start=start, end=end)


def _sensitive(document: Document, patterns: Sequence[str]) -> Iterator[tuple[Finding, Context]]:
    for each in sensitive(document.text, patterns):
        yield each, Context.SUMMARY


def _placed(finding: Finding, context: Context, lines: Lines, mutes: Sequence[Mute]) -> Placed:
    line, column = lines.place(finding.start)
    end_line, end_column = lines.place(max(finding.start, finding.end))
    reasons = (
        each.reason for each in mutes if each.reason and each.rule == finding.rule and each.first < line <= each.end
    )
    return Placed(
        finding=finding,
        context=context,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        muted=next(reasons, ""),
    )
