"""What lies between two states of a session leads from one to the other, and back."""

from hypothesis import HealthCheck, Phase, given, settings

from facilitator.model import edits
from facilitator.model.changes import PATHS, Change, apply, diff, header, inverse
from facilitator.model.replay import replay
from facilitator.model.session import Parked, Session
from tests.editing import EMPTY, PATH_VALUES
from tests.strategies import versions

quick = settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@quick
@given(versions())
def test_changes_lead_from_one_state_to_another_and_back(made: tuple[Session, ...]):
    _, before, after = made
    changes = diff(before, after)
    assert apply(before, changes) == after
    assert apply(after, inverse(changes)) == before
    assert inverse(inverse(changes)) == changes
    assert bool(changes) is (before != after)


@quick
@given(versions())
def test_replaying_is_applying_when_nothing_else_changed(made: tuple[Session, ...]):
    _, before, after = made
    changes = diff(before, after)
    assert replay(before, changes) == after
    assert replay(after, inverse(changes)) == before


def test_an_item_that_was_added_or_removed_has_one_side():
    parked = Parked(id="P", rank=1.0, text="rewrite it")
    session = edits.add(EMPTY, parked)
    assert diff(EMPTY, session) == (Change(None, parked),)
    assert diff(session, EMPTY) == (Change(parked, None),)


def test_the_fields_of_the_session_are_one_change():
    session = edits.set_field(edits.set_field(EMPTY, "title", "Search"), "impact.users", 7)
    assert diff(EMPTY, session) == (Change(header(EMPTY), header(session)),)


def test_every_field_of_a_session_but_its_id_and_birth_can_be_changed_on_its_own():
    for path in PATHS:
        changed = [edits.set_field(EMPTY, path, value) for value in PATH_VALUES[path]]
        assert any(each != EMPTY for each in changed)
    fields = {path.split(".")[0] for path in PATHS}
    assert {*Session.__struct_fields__} - fields == {"id", "created", *edits.LISTS.values()}
