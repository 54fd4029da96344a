"""Markdown as passages: what is read, which part of a postmortem it is, and where it stands."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.checks.rules import Context
from facilitator.documents.headings import part, part_of_table, tells_when
from facilitator.documents.passages import Lines, Passage, read
from tests.hostile import HOSTILE

DOCUMENT = """\
---
title: Front matter is not read
tags: [a, b]
---

# Basket lost its items

Shoppers saw empty baskets for an hour.

## Timeline (all times UTC)

| Time | What |
|------|------|
| 09:02 | deploy of `basket` 4.1 \\| canary |
| 09:10 | ann calls Bo |

### 09:30

Rollback begins.

## 3. Root causes and trigger

A cache key without the tenant.

### In detail

The key was built
by *two* libraries.

## Contributing factors

- no test with two tenants
  - nor a [review](https://example.com/words-of-an-address) list
- **Detection**: a customer called
- back to factors

## Five whys

1. because the key was short

## What went well?

Rollback was quick.

## Action Items

- [ ] Add the tenant to the key

## Thanks

> somebody else said this

    indented code

```
fenced code
```

<!-- a comment -->

To everybody.
"""


def said(text: str) -> list[tuple[str, Context]]:
    return [(" ".join(each.text.split()), each.context) for each in read(text).passages]


def test_headings_decide_what_the_text_below_them_is() -> None:
    assert said(DOCUMENT) == [
        ("Basket lost its items", Context.SUMMARY),
        ("Shoppers saw empty baskets for an hour.", Context.SUMMARY),
        ("09:02", Context.TIMELINE),
        ("deploy of `basket` 4.1 | canary", Context.TIMELINE),
        ("09:10", Context.TIMELINE),
        ("ann calls Bo", Context.TIMELINE),
        ("09:30", Context.TIMELINE),
        ("Rollback begins.", Context.TIMELINE),
        ("A cache key without the tenant.", Context.ROOT_CAUSE),
        ("In detail", Context.SUMMARY),
        ("The key was built by two libraries.", Context.ROOT_CAUSE),
        ("no test with two tenants", Context.FACTOR),
        ("nor a review list", Context.FACTOR),
        ("a customer called", Context.RESPONSE),
        ("back to factors", Context.FACTOR),
        ("because the key was short", Context.WHY_ANSWER),
        ("Rollback was quick.", Context.LESSON),
        ("[ ] Add the tenant to the key", Context.ACTION),
        ("Thanks", Context.SUMMARY),
        ("To everybody.", Context.SUMMARY),
    ]


@pytest.mark.parametrize(
    ("heading", "context"),
    [
        ("Summary", Context.SUMMARY),
        ("Incident timeline", Context.TIMELINE),
        ("Timeline of the recovery", Context.TIMELINE),
        ("Root cause", Context.ROOT_CAUSE),
        ("ROOT CAUSE(S):", Context.ROOT_CAUSE),
        ("Trigger", Context.ROOT_CAUSE),
        ("The 5 whys", Context.WHY_ANSWER),
        ("Contributing causes", Context.FACTOR),
        ("2.1 Contributing Factors", Context.FACTOR),
        ("Lessons learnt", Context.LESSON),
        ("Where we got lucky", Context.LESSON),
        ("What went wrong?", Context.LESSON),
        ("Action items", Context.ACTION),
        ("Follow-ups", Context.ACTION),
        ("Corrective and preventative measures", Context.ACTION),
        ("Resolution and recovery", Context.RESPONSE),
        ("Detection & response", Context.RESPONSE),
        ("Impact", Context.SUMMARY),
        ("Database", None),
        ("How the action of one region brought down all of the others at once", None),
        ("", None),
    ],
)
def test_headings_are_known_by_their_names(heading: str, context: Context | None) -> None:
    assert part(heading) == context


@pytest.mark.parametrize(
    ("heading", "when"),
    [
        ("14:20", True),
        ("2026-11-15 9:00", True),
        ("~9am", True),
        ("Day 2", True),
        ("3 lessons", False),
        ("Nine", False),
    ],
)
def test_a_heading_may_be_a_time(heading: str, when: bool) -> None:
    assert tells_when(heading) is when


def test_tables_tell_by_their_heads_what_they_are() -> None:
    assert part_of_table(["Time (UTC)", "Event"]) == Context.TIMELINE
    assert part_of_table(["Action item", "Owner"]) == Context.ACTION
    assert part_of_table(["Region", "Requests"]) is None
    assert part_of_table([]) is None
    document = "| Date | What |\n|-|-|\n| Monday | it broke |\n\n"
    document += "| | |\n|-|-|\n| Root cause | a full disk |\n| Region | north |\n"
    assert said(document) == [
        ("Monday", Context.TIMELINE),
        ("it broke", Context.TIMELINE),
        ("a full disk", Context.ROOT_CAUSE),
        ("Region", Context.SUMMARY),
        ("north", Context.SUMMARY),
    ]


def test_labels_do_what_headings_do() -> None:
    document = "**Trigger:** a full disk\n\nIt filled up.\n\n"
    document += "**What went well**\n\n- the pager\n\nImpact: none\n\nAn aside: yes\n"
    assert said(document) == [
        ("a full disk", Context.ROOT_CAUSE),
        ("It filled up.", Context.ROOT_CAUSE),
        ("the pager", Context.LESSON),
        ("Impact: none", Context.SUMMARY),
        ("An aside: yes", Context.LESSON),
    ]


def test_bold_words_within_a_sentence_are_no_label() -> None:
    assert said("**Actions** of one region brought others down.") == [
        ("Actions of one region brought others down.", Context.SUMMARY)
    ]


def test_wrapped_lines_are_one_sentence_and_times_begin_a_new_one() -> None:
    (passage,) = read("## Timeline\n9:00 a pager\n   goes off\n9:05 a call<br>and  \nanother\n").passages
    assert passage.text == "9:00 a pager goes off\n9:05 a call\nand\nanother"


def test_front_matter_needs_keys() -> None:
    assert said("---\nNo key here\n\n---\nwords\n")[0] == ("No key here", Context.SUMMARY)
    assert said("+++\ntitle = 'x'\n+++\nwords\n") == [("words", Context.SUMMARY)]


def test_comments_mute_rules_with_a_reason() -> None:
    document = read(
        "<!-- facilitator: mute some-rule: it is quoted -->\n\n- one\n- two\n\n"
        "three <!-- facilitator: mute other, said so -->\n"
        "\n<!-- facilitator: mute no-reason -->\n\nfour\n"
    )
    assert [(each.rule, each.reason, each.first, each.end) for each in document.mutes] == [
        ("some-rule", "it is quoted", 2, 5),
        ("other", "said so", 5, 6),
        ("no-reason", "", 9, 10),
    ]


_WORDS = st.integers(min_value=0, max_value=10**6)
_SIGNS = " \n\n|*_`~[]()<>!#>-+:.&\\\t"
_INLINE = (
    "**",
    "__",
    "~~",
    "``",
    "](",
    "](x)",
    "![",
    "[r]",
    "<b>",
    "</b>",
    "<br>",
    "&amp;",
    "&#42;",
    "\\*",
    "\\|",
    "  \n",
)
_BLOCKS = (
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n  - ",
    "\n    ",
    "\n> ",
    "\n# ",
    "\n## ",
    "\n---\n",
    "\n===\n",
    "\n```\n",
    "\n<div>\n",
)
_TABLES = ("\n| a | b |\n|---|---|\n| ", " | ", " |\n| ")
_OTHER = ("<!--", "-->", "<https://e.example>", "\n[r]: x 'y'\n", "**Trigger:** ")
_SPACES = ("\r\n", "\r", "\u2003", "\xa0", "\u2028", "\x0b", "\x1c", "\x1b[31m", "\ufeff", "é", "e\u0301", "\U0001f680")
_MARKUP = st.sampled_from((*_SIGNS, *_INLINE, *_BLOCKS, *_TABLES, *_OTHER, *_SPACES))
_DOCUMENTS = st.lists(st.one_of(_MARKUP, _WORDS), max_size=60)


def place(passage: Passage, lines: Lines, offset: int) -> tuple[int, int]:
    return lines.place(passage.span(offset, offset + 1)[0])


@settings(max_examples=400)
@given(_DOCUMENTS)
def test_places_point_at_the_words(parts: list[str | int]) -> None:
    text = "".join(f"w{number}x{part}w" if isinstance(part, int) else part for number, part in enumerate(parts))
    source = re.split("\r\n|\r|\n", text)
    document = read(text)
    lines = Lines(document.text)
    for passage in document.passages:
        for word in re.finditer(r"w\d+x\d+w", passage.text):
            line, column = place(passage, lines, word.start())
            assert source[line - 1][column - 1 :].startswith(word[0])
            start, end = passage.span(*word.span())
            assert document.text[start:end] == word[0]


@settings(max_examples=200)
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20), _MARKUP), max_size=20).map("".join))
def test_any_text_is_read_and_all_that_is_read_stands_somewhere(text: str) -> None:
    document = read(text)
    for passage in document.passages:
        assert passage.text.strip()
        assert not [each for each in passage.text if each != "\n" and each in "\x00\x1b\x9b\u202e"]
        for mark in passage.marks:
            assert 0 <= mark.start <= mark.start + mark.taken <= len(document.text)
            words = passage.text[mark.at : mark.at + mark.length]
            if mark.length == mark.taken and words.strip() and not mark.code:
                written = document.text[mark.start : mark.start + mark.taken]
                assert words == written or written.startswith(("\\", "&"))


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("[a](late)late", 10),
        ("[a](x 'late')late", 14),
        ("![late](x)late", 11),
        ("<b class=late>late</b>", 15),
        ("`late`late", 7),
        ("<https://late.example>late", 23),
        ("[a][late]late\n\n[late]: x", 10),
        ("**late", 3),
        ("# late #", 3),
        ("- > late\n\n- late", 3),
        ("1. [ ] **late**", 10),
        ("| late | b |\n|---|---|\n| \\| | late |", 8),
        ("\tx\n\n\u2003 late", 3),
    ],
)
def test_the_same_word_in_a_place_that_is_not_read_is_not_meant(line: str, column: int) -> None:
    document = read(line)
    *_, passage = [each for each in document.passages if "late" in each.text.replace("`late`", "")]
    offset = passage.text.rindex("late")
    assert Lines(document.text).place(passage.span(offset, offset + 4)[0])[1] == column
