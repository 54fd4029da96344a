"""Channels as they are written in tests/intake/channel_logs/*.txt, as drafts with what a person would pick of them."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from facilitator.intake.drafts import Draft, Stamp
from facilitator.model.moments import Precision
from facilitator.model.session import Milestone

_LINE = re.compile(r"([.*]) (\d\d):(\d\d):(\d\d) ([^:]+): (.*)")
_MARKED = re.compile(rf" ({'|'.join(Milestone)})$")
_REACTIONS = re.compile(r"(?: |^)\+\+(\d+)")
_REPLIES = re.compile(r" >>(\d+)")


class Channel(NamedTuple):
    """Drafts, the ids of those that a person would pick, and what some of them mark."""

    drafts: tuple[Draft, ...]
    wanted: frozenset[str]
    milestones: dict[Milestone, str]


def channel(name: str, place: str, day: str = "2026-11-17") -> Channel:
    """Return the drafts of a file of tests/intake/channels."""
    drafts: list[Draft] = []
    wanted: set[str] = set()
    milestones: dict[Milestone, str] = {}
    for number, line in enumerate(
        (Path(__file__).parent / "channel_logs" / f"{name}.txt").read_text("utf-8").splitlines()
    ):
        if line.startswith("["):
            place = line.strip("[]")
        if line.startswith(("#", "[")):
            continue
        found = _LINE.fullmatch(line)
        assert found, line
        text, id = found[6], f"slack:{place}/{number}"
        reactions, replies = _REACTIONS.search(text), _REPLIES.search(text)
        text = _REPLIES.sub("", _REACTIONS.sub("", text))
        marked = _MARKED.search(text) if found[1] == "*" else None
        if marked:
            text = text[: marked.start()]
            milestones[Milestone(marked[1])] = id
        if found[1] == "*":
            wanted.add(id)
        local = datetime.fromisoformat(day) + timedelta(
            hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4])
        )
        drafts.append(
            Draft(
                id=id,
                text=text,
                stamp=Stamp(local, "UTC", Precision.SECOND),
                who=found[5],
                place=place,
                reactions=int(reactions[1]) if reactions else 0,
                replies=int(replies[1]) if replies else 0,
            )
        )
    return Channel(tuple(drafts), frozenset(wanted), milestones)
