"""The text of a redaction's preview: every replacement in its place, on lines that fit."""

from datetime import UTC, datetime

import msgspec
from rich.cells import cell_len

from facilitator.app.redaction.deciding import added, kept, undecided, worded
from facilitator.app.redaction.preview import Preview, preview
from facilitator.app.redaction.rows import preview_rows
from facilitator.app.redaction.text import flowed
from facilitator.model.moments import Moment
from facilitator.model.session import Action, Entry, Participant, Session
from facilitator.redaction.decisions import withhold
from facilitator.redaction.profiles import INTERNAL, PUBLIC
from facilitator.redaction.told import unchecked_told
from tests.hostile import HOSTILE

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
KEY = "AKIA" + "IOSFODNN7EXAMPLE"
SESSION = Session(
    id="S1",
    title="Alice Berg was paged",
    created=NOW,
    participants=(Participant(id="P1", text="Alice Berg", role="on-call engineer"),),
    timeline=(
        Entry(id="E1", rank=1.0, at=Moment(NOW), text="db-7.prod.acme.io stops, and Alice looks at it at once"),
        Entry(id="E2", rank=2.0, at=Moment(NOW), text=f"{KEY} is seen in a log"),
    ),
    actions=(Action(id="A1", text="Set a limit", owner="alice"),),
)


def new_id() -> str:
    return "R1"


def text(made: Preview, width: int = 200) -> list[str]:
    return ["".join(run.text for run in line).rstrip() for line in flowed(made, width).lines]


def of(session: Session) -> Preview:
    return preview(session, PUBLIC, ())


def test_each_replacement_stands_in_its_place_with_both_words():
    lines = text(of(SESSION))
    told = "[db-7.prod.acme.io → host-1] stops, and [Alice → the on-call engineer] looks at it at once"
    assert f"10:00           {told}" in lines
    assert "A1 owner        [alice → the on-call engineer]" in lines
    assert lines.index("Timeline") < lines.index("Actions")


def test_a_key_is_shown_only_by_how_it_begins():
    lines = "\n".join(text(of(SESSION)))
    assert "[AKIA… → [" in lines
    assert KEY not in lines
    assert all(KEY not in row.body for row in preview_rows(of(SESSION), 40))


def test_what_was_not_checked_is_said_in_full_and_no_word_of_where_a_text_stands_is_cut():
    made = of(msgspec.structs.replace(SESSION, cause="deployment of Alice Berg"))
    rows = preview_rows(made, 28)
    said = " ".join(row.body for row in rows if not row.key)
    assert all(unchecked_told(each) in said for each in made.unchecked)
    assert max(len(row.body) for row in rows if not row.key) <= 28
    assert "root cause …" in [row.lead for row in rows]
    lines = text(made)
    assert lines[lines.index("root cause category") + 1].strip().startswith("deployment of [Alice Berg")


def test_what_stays_and_what_is_left_out_says_so():
    first = of(SESSION).result.replacements[0]
    session = withhold(kept(SESSION, first, PUBLIC, new_id, here=False), "A1", "", lambda: "X1")
    lines = "\n".join(text(of(session)))
    assert "[Alice Berg stays] was paged" in lines
    assert "[Set a limit left out]" in lines
    assert "owner" not in lines
    assert of(session).summary == "2 replaced, 3 stay, 2 to look at, 1 left out"
    assert "left out" not in "\n".join(text(preview(session, INTERNAL, ())))


def test_decisions_count_here_or_everywhere_and_can_be_taken_back():
    title = of(SESSION).result.replacements[0]
    here = worded(SESSION, title, PUBLIC, "somebody", new_id, here=True)
    assert [each.final for each in of(here).result.replacements][:2] == ["somebody", "the on-call engineer"]
    everywhere = worded(here, title, PUBLIC, "our colleague", new_id, here=False)
    whole = {each.final for each in of(everywhere).result.replacements if each.words == "Alice Berg"}
    assert whole == {"our colleague"}
    assert undecided(everywhere, title, PUBLIC).redactions == ()
    more = added(SESSION, "Set a limit = do something", PUBLIC, new_id)
    assert "A1              [Set a limit → do something]" in text(of(more))


def test_lines_fit_whatever_is_written_and_every_replacement_has_one():
    hostile = tuple(Entry(id=f"H{n}", at=Moment(NOW), text=f"{each} Alice {each}") for n, each in enumerate(HOSTILE))
    made = of(msgspec.structs.replace(SESSION, timeline=hostile, summary="one  two\n\nthree " + "long" * 40 + " Alice"))
    for width in (20, 40, 90):
        found = flowed(made, width)
        assert all(sum(cell_len(run.text) for run in line) <= max(12, width) for line in found.lines)
        assert set(found.line_of) == set(range(len(made.result.replacements)))
