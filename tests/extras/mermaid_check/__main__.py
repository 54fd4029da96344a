"""Have Mermaid itself read and draw the diagrams of the examples and of hostile sessions, and look at what it shows.

    python -m tests.extras.mermaid_check

Needs Node 20 or newer; the first run fetches Mermaid from the npm registry. Ends with 1 when something is wrong.
"""

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from facilitator.documents.pictures.fishbone_mermaid import fishbone_mermaid
from facilitator.documents.pictures.mermaid import faulttree_mermaid, label, whytree_mermaid
from facilitator.documents.pictures.strip_mermaid import strip_mermaid
from facilitator.documents.pictures.svg import shortened
from facilitator.documents.pictures.words import NOTHING_SAID
from facilitator.model.fishbone import fishbone
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Factor, Join, Milestone, Session, Why
from facilitator.store.store import Store
from tests.hostile import HOSTILE

HERE = Path(__file__).parent
SESSIONS = HERE.parents[2] / "sessions"
SIGNS = "\"'`*_[]{}()<>|~#&;:-+.%!?=^$@\\/ 1a ﬂ¶°ßé日\n"
WORDS = (
    "style",
    "classDef",
    "click",
    "end",
    "graph",
    "subgraph",
    "%%{init: {}}%%",
    "fa:fa-car",
    "www.",
    "http://",
    "ﬂ°°60¶ß",
)


class Diagram(msgspec.Struct, frozen=True):
    """A diagram; whether it is drawn, or only read; and the texts that it must show, when not those of its source."""

    name: str
    source: str
    drawn: bool = True
    labels: list[str] | None = None


def main() -> int:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        sys.stderr.write("Node 20 or newer is needed, with npm: see https://nodejs.org\n")
        return 1
    if not (HERE / "node_modules" / "mermaid").is_dir():
        subprocess.run([npm, "install", "--no-audit", "--no-fund", "--loglevel", "error"], cwd=HERE, check=True)
    diagrams = list(all_diagrams())
    lines = "".join(msgspec.json.encode(each).decode() + "\n" for each in diagrams)
    ran = subprocess.run([node, "check.mjs"], cwd=HERE, input=lines, capture_output=True, text=True, check=False)
    answers = {answer["name"]: answer for answer in map(json.loads, ran.stdout.splitlines())}
    wrong = [f"{each.name}: {said}" for each in diagrams for said in problems(each, answers.get(each.name))]
    sys.stdout.write("\n".join([*wrong, f"{len(diagrams)} diagrams, {len(wrong)} problems", ""]))
    sys.stderr.write(ran.stderr)
    return 1 if wrong or ran.returncode else 0


def problems(diagram: Diagram, answer: dict[str, object] | None) -> Iterator[str]:
    """Yield what is wrong with what Mermaid made of a diagram."""
    if answer is None:
        yield "no answer"
    elif "error" in answer:
        yield f"not drawn: {answer['error']}\n{diagram.source[:600]}"
    else:
        if answer["active"]:
            yield f"markup from text: {answer['active']}"
        found = answer["labels"] if isinstance(answer["labels"], list) else []
        shown = [" ".join(each.replace("\N{WORD JOINER}", "").split()) for each in found]
        wanted = labels_in(diagram.source) if diagram.labels is None else diagram.labels
        if diagram.drawn and sorted(shown) != sorted(wanted):
            odd = sorted(set(shown) ^ set(wanted))
            yield f"{len(shown)} labels for {len(wanted)}; these are only on one side: {odd[:6]}"


def labels_in(source: str) -> list[str]:
    """Return the texts that stand in quotes in a diagram, as they must be shown."""
    quoted = (each.replace("\N{WORD JOINER}", "") for each in re.findall(r'"([^"]*)"', source))
    return [re.sub(r"#(\d+);", lambda match: chr(int(match[1])), each) for each in quoted]


def all_diagrams() -> Iterator[Diagram]:
    with tempfile.TemporaryDirectory() as cache:
        store = Store(SESSIONS, cache=Path(cache))
        for path in sorted(SESSIONS.glob("*.json")):
            yield from of_session(path.stem, store.open(store.resolve(path.stem)).session)
    for number, text in enumerate([*HOSTILE, *WORDS, ""]):
        yield from of_session(f"hostile {number} {text[:20]!r}", session_of(text), drawn=False)
    made = list(made_up(random.Random(5)))
    for start in range(0, len(made), 50):
        yield labels(f"made up {start}", made[start : start + 50])
    yield labels("all hostile", [*HOSTILE, *WORDS])
    for name, whys in large().items():
        yield from of_session(name, session_of("large", whys))


def of_session(name: str, session: Session, *, drawn: bool = True) -> Iterator[Diagram]:
    for kind, draw in (("why tree", whytree_mermaid), ("fault tree", faulttree_mermaid)):
        yield Diagram(f"{name}, {kind}", draw(session), drawn)
    yield Diagram(f"{name}, fishbone", fishbone_mermaid(fishbone(session)), drawn=False)
    if source := strip_mermaid(session):
        yield Diagram(f"{name}, timeline", source, drawn=False)


def labels(name: str, texts: list[str]) -> Diagram:
    """A diagram of these texts alone."""
    nodes = "\n".join(f"  n{number}[{label(text)}]" for number, text in enumerate(texts))
    shown = [" ".join((shortened(text, 300) or NOTHING_SAID).split()) for text in texts]
    return Diagram(name, f"flowchart LR\n{nodes}\n", labels=shown)


def made_up(chance: random.Random) -> Iterator[str]:
    for _ in range(1_000):
        yield "".join(chance.choice([*SIGNS, *SIGNS, chance.choice(WORDS)]) for _ in range(chance.randrange(1, 14)))


def session_of(text: str, whys: tuple[Why, ...] | None = None) -> Session:
    given = whys or (
        Why(id="a", text=text, join=Join.AND),
        Why(id="b", text=text, parent="a"),
        Why(id="c", text=text, parent="a"),
        Why(id="d", text=text, parent="c"),
        Why(id="e", text=text, parent="c"),
        Why(id="f", text=text),
        Why(id="g", text=text, parent="f"),
    )
    factors = (Factor(id="x", text=text, category=text, whys=("b", "d")),)
    start = datetime(2026, 11, 15, tzinfo=UTC)
    entries = tuple(
        Entry(id=f"e{mark}", at=Moment(start + timedelta(hours=number)), text=text, milestones=(mark,))
        for number, mark in enumerate(Milestone)
    )
    return Session(id="s", title=text, created=start, whys=given, factors=factors, timeline=entries)


def large() -> dict[str, tuple[Why, ...]]:
    """Trees of more than Mermaid draws: deep, broad, of many effects, and of long texts full of signs."""
    top = Why(id="0", text="top")
    deep = [Why(id=f"{number}", text="deep", parent=f"{number - 1}") for number in range(1, 2_000)]
    broad = [Why(id=f"{number}", text="broad", parent="0") for number in range(1, 2_000)]
    halves = [Why(id=f"{number}", text="[x]" * 200, parent=f"{(number - 1) // 2}") for number in range(1, 2_000)]
    many = [
        Why(id=f"{number}", text="effect" * 20, parent=f"{number - 1}" if number % 2 else None)
        for number in range(2_000)
    ]
    return {"deep": (top, *deep), "broad": (top, *broad), "long texts": (top, *halves), "many effects": tuple(many)}


if __name__ == "__main__":
    sys.exit(main())
