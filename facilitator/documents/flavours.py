"""Markdown for places that find more in it than Markdown says: names to notify, numbers of issues, signs for pictures.

Both GitHub and GitLab read the same Markdown, draw its diagrams and show its tables. They differ in how one keeps
them from taking text for a reference: GitLab knows the backslash, GitHub takes nothing but an empty comment.
"""

import re

from facilitator.documents.markdown import markdown
from facilitator.model.session import Session

# Diagrams, the targets of links, and signs that are escaped already stay as they are.
_KEPT = r"(?P<kept>^```.*?^```$|\]\([^()\s]*\)|\\[!-/:-@\[-`{-~])"
_EMOJI = r"(?<!\d):(?=[\w+-]+:)"
_FLAGS = re.MULTILINE | re.DOTALL | re.ASCII
_GITHUB = re.compile(rf"{_KEPT}|@(?=\w)|\#(?=\d)|(?<=\bGH)-(?=\d)|{_EMOJI}", _FLAGS)
_GITLAB = re.compile(rf"{_KEPT}|(?P<sign>@(?=\w)|[#!&](?=\d)|[~%$^](?=[\w\"]))|{_EMOJI}", _FLAGS)
_NOTHING = "<!-- -->"
_CONTENTS = "[[_TOC_]]"


def github(session: Session) -> str:
    """Return the document for GitHub: nobody is notified by its text, and no issue or emoji is found in it."""
    return _GITHUB.sub(_commented, markdown(session))


def gitlab(session: Session) -> str:
    """Return the document for GitLab: with contents, and nobody and nothing is found in its text."""
    text = _GITLAB.sub(_escaped, markdown(session))
    head, heading, rest = text.partition("\n\n## ")
    return f"{head}\n\n{_CONTENTS}{heading}{rest}" if heading else text


def _commented(match: re.Match[str]) -> str:
    return match[0] if match["kept"] else f"{match[0]}{_NOTHING}"


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}" if match["sign"] else _commented(match)
