"""Published postmortems, where they lie beside the checkout: every finding points at its words."""

import re
from pathlib import Path

import pytest

from facilitator.checks.compiled import compiled
from facilitator.documents.checked import check_document
from facilitator.settings.rules import all_rules

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "postmortems"
_WORD = re.compile(r"\w+")


@pytest.mark.skipif(not FOLDER.is_dir(), reason="there are no published postmortems beside the checkout")
def test_findings_in_published_postmortems_point_at_their_words() -> None:
    rules = compiled(all_rules())
    number = 0
    for path in sorted(FOLDER.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        lines = text.replace("\r\n", "\n").split("\n")
        for each in check_document(text, rules):
            number += 1
            words = _WORD.search(each.finding.words)
            assert words is not None
            assert lines[each.line - 1][each.column - 1 :].lstrip("'’`\"“(").startswith(words[0])
            assert lines[each.end_line - 1][: each.end_column - 1].rstrip("`*_").endswith(each.finding.words[-1])
    assert number > 20
