"""What a template leaves to be filled in, so that nothing of it is taken for a record."""

import re
from collections.abc import Sequence

_BLANKS = re.compile(
    r"\{\{[^{}]*\}\}|\$\{?[A-Z][A-Z_]{2,}\}?|<[A-Za-z][^<>\n]{0,60}>|\[(?:[A-Z][a-z]*|[a-z]+"
    r"|[A-Z]+)(?: [\w./-]+){0,8}\](?!\()"
)
_WHOLE = re.compile(
    r"(?:[-–—.…?_*xX#\s/|]*"
    r"|(?:\W*(?:n/?a|none|nothing|nil|tbd|tba|tbc|todo|to be (?:determined|added|completed|defined)"
    r"|not applicable|no actions?|xxx|yyy|zzz|lorem ipsum.*"
    r"|(?:none|nothing) (?:so far|yet|at this time|identified|needed|required|known)|same as above|see above)\W*)"
    r"|\W*(?:short |brief )?(?:event|action(?: item)?|task|todo|item|title|name|description|lesson|step|owner"
    r"|ticket|link|date|time|thing|factor|what happened|first action|second action)"
    r"(?: (?:description|item|here|title|name|[0-9a-c]|one|two|three|number|goes here|to (?:take|do)))*\W*"
    r"|.*(?:yyyy|20xx|hh:mm|mm-dd|dd-mm|mm/dd|dd/mm).*"
    r"|\W*(?:add|insert|enter|describe|list|fill in|put|write)\b.{0,80}\bhere\W*"
    r"|\W*link to (?:github |jira )?(?:issue|ticket)\W*|\W*(?:e\.g\.|for example|example:|eg[.:,]).*)",
    re.IGNORECASE | re.DOTALL,
)
_INSTRUCTION = re.compile(
    r"\s*(?:[-*+] )?(?:_[^_]{3,}_|\*[^*]{3,}\*|<[^<>]{3,}>|\[[^\[\]]{3,}\](?!\()|\{\{?[^{}]{3,}\}?\}"
    r"|\([^()]{3,}\))[\s.:]*",
    re.DOTALL,
)
_TELLS = re.compile(
    r"\b(?:describe|list|include|provide|explain|add|insert|fill|enter|summari[sz]e|what|when|who|how|which"
    r"|should|your|link|example|e\.g|brief|short|name|date|time|owner|optional"
    r"|template|placeholder|incident|action|item|description|title|ticket|person|team|yyyy|hh)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\W*(?:(?:incident|issue|post-?\s?mortem|postmortem|report|event|outage|document|short|brief|descriptive"
    r"|the|your)\s*)*"
    r"(?:title|name|template|template for reports|subject|headline)(?: (?:here|of (?:the )?(?:incident|outage"
    r"|issue)|template))*\W*",
    re.IGNORECASE,
)
_OF_TEMPLATE = re.compile(
    r"\b(?:post-?\s?mortem|incident(?: report)?|report|retro(?:spective)?|rca)\s+template\b|\btemplate for\b"
    r"|won'?t show up (?:on|in) your|the title of your incident|(?:delete|remove|replace) (?:this|these"
    r"|the) (?:line|comment|text|section|instruction|example|placeholder)s?"
    r"|helpful comments",
    re.IGNORECASE,
)
_CHECKS = re.compile(
    r"\b(?:incident has been dealt with|sections? above|filled (?:out|in)|incident title|after[- ]action report"
    r"|post-?\s?mortem (?:has been|is|document|meeting|review)"
    r"|linked github issues|this (?:document|report|template|issue)|cleaned up|schedule(?:d)? (?:a "
    r"|the )?(?:post-?mortem|retro|review))\b",
    re.IGNORECASE,
)
_BRACES = re.compile(r"^\s*\{\{(?P<text>.*)\}\}\s*(?:\[link[^\]]*\])?\s*$", re.DOTALL)


def is_blank(raw: str) -> bool:
    """Return whether a line says nothing: empty, "N/A", "TBD", "Short event description", an instruction in italics."""
    text = raw.strip()
    if _WHOLE.fullmatch(text[:300]) and len(text) <= 300:
        return True
    braces = _BRACES.match(text)
    if braces:
        return is_blank(braces["text"]) or braces["text"].strip().casefold() in ("summary", "action", "item")
    wrapped = len(text) <= 300 and _INSTRUCTION.fullmatch(text) is not None
    return wrapped and ((text[0] in "<[{" and _TELLS.search(text) is not None) or _imperative(text))


def _imperative(text: str) -> bool:
    """Return whether words in italics or brackets tell what to write."""
    inner = text.strip(" _*()[]{}<>.:-").casefold()
    return inner.startswith(
        (
            "describe",
            "list ",
            "include",
            "provide",
            "explain",
            "fill ",
            "insert",
            "add your",
            "enter ",
            "what ",
            "when ",
            "who ",
            "how ",
            "write ",
            "a brief",
            "brief",
            "short ",
        )
    )


def is_title(text: str) -> bool:
    """Return whether a title is that of a template: "Incident Title", "ISSUE NAME", "{{ incident name }}"."""
    bare = text.strip()
    if not bare or _TITLE.fullmatch(bare):
        return True
    return bool(_BLANKS.search(bare)) and len(_BLANKS.sub("", bare).strip(" ,:-#")) < 4


def is_template(title: str, body: str, comments: Sequence[str], file: str) -> bool:
    """Return whether a document is a template that nobody filled in, whatever example it shows.

    That is so when a blank of its title stands in its body again and again, when it says that it is one, or when
    blanks are in most of what it has to say.
    """
    blank = _BLANKS.search(title)
    if blank is not None and body.count(blank[0]) >= 2:
        return True
    told = [*comments, title]
    says = sum(1 for each in told if _OF_TEMPLATE.search(each))
    named = "template" in file.casefold()
    head = body[:4000]
    if _OF_TEMPLATE.search(head):
        says += 1
    blanks = len(_BLANKS.findall(body)) if len(body) < 200_000 else 0
    return says >= 2 or (named and (says > 0 or blanks > 2)) or (is_title(title) and bool(title) and blanks > 6)


def is_checklist(texts: Sequence[str]) -> bool:
    """Return whether check boxes are about the report itself, not about what to do."""
    return bool(texts) and sum(1 for text in texts if _CHECKS.search(text)) * 2 >= len(texts)
