"""Changes to a review from the shell: each one step of the history, and all of one call saved together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from facilitator.cli.errors import Failure
from facilitator.cli.item_names import comment_called, place_called
from facilitator.model.changes import diff
from facilitator.model.edits import remove
from facilitator.model.review_items import PARTS, ApprovedPart
from facilitator.model.session import Session
from facilitator.model.text import handle
from facilitator.review.comments import Signed, answer, ask, comment, name_of, reply, resolve, same_name
from facilitator.review.steps import begun, drafted
from facilitator.settings.wording import did_you_mean, quoted
from facilitator.store.ids import new_id
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded
from facilitator.store.store import Store

Edit = Callable[[Session], Session]


class Change(NamedTuple):
    """A change: the label of its step, what does it, and what is said of it."""

    label: str
    edit: Edit
    said: str


def changes(given: Mapping[str, Any], hours: int, signed: Signed) -> Iterator[Change]:
    """Yield the changes that were asked for on the command line, in the order of their making. Raises Failure."""
    if given["draft"]:
        yield Change("taken back to draft", drafted, "it is a draft again")
    if given["begin"]:
        until = f"{hours} hour{'' if hours == 1 else 's'}"
        yield Change(
            "sent round for review", lambda session: begun(session, signed.at, hours), f"in review for {until}"
        )
    for each in given["ask"]:
        who, part = _asked(each)
        said = f"{handle(who)} is asked for {f'an approval of {part}' if part is not None else 'comments'}"
        yield Change("asked for review", _ask(who, part, signed), said)
    for each in given["unask"]:
        yield Change("not asked any more", _unask(name_of(each)), f"{handle(name_of(each))} is not asked any more")
    if given["comment"] is not None:
        about = given["about"] or ""
        yield Change("comment", _comment(given["comment"], about, signed), "the comment is there")
    for name, text in given["reply"]:
        yield Change("reply to a comment", _reply(name, text, signed), "the reply is there")
    for name in given["resolve"]:
        yield Change("comment resolved", _resolve(name), f"{name} is resolved")
    if given["answer"]:
        said = given["said"] or ""
        yield Change("review answered", lambda session: _answered(session, said, signed), f"{signed.by} has answered")


def save(store: Store, opened: Opened, made: Sequence[tuple[str, Session]]) -> Opened:
    """Save a session after some changes, each given by its label and the session that it led to.

    Raises Failure for one that can only be read, and what the store raises.
    """
    if opened.read_only:
        raise Failure(f"{opened.path} can only be read: {opened.read_only}")
    steps: list[Recorded] = []
    before = opened.session
    for label, after in made:
        if changed := diff(before, after):
            steps.append(Recorded(id=new_id(), at=datetime.now(UTC), label=label, changes=changed))
        before = after
    return store.save(opened, before, steps) if steps else opened


def _asked(written: str) -> tuple[str, ApprovedPart | None]:
    key, sign, who = written.rpartition("=")
    key = key.strip().casefold()
    if not name_of(who):
        raise Failure(f"{quoted(written)} names nobody; write @alice, or impact=@alice")
    if not sign:
        return name_of(who), None
    if key not in PARTS:
        advice = did_you_mean(key, PARTS) or f"; there are {', '.join(PARTS)}"
        raise Failure(f"{quoted(key)} is nothing that is approved{advice}")
    return name_of(who), PARTS[key]


def _ask(who: str, part: ApprovedPart | None, signed: Signed) -> Edit:
    return lambda session: ask(session, who, signed, new_id, part=part)


def _unask(who: str) -> Edit:
    def edit(session: Session) -> Session:
        waiting = [each for each in session.review_requests if same_name(each.text, who) and each.answered is None]
        if not waiting:
            raise Failure(f"{handle(who)} is not asked for anything that is not answered")
        for each in waiting:
            session = remove(session, each.id)
        return session

    return edit


def _comment(text: str, about: str, signed: Signed) -> Edit:
    def edit(session: Session) -> Session:
        item, field = place_called(session, about) if about else ("", "")
        return comment(session, text, signed, new_id, about=item, place=field)

    return edit


def _reply(name: str, text: str, signed: Signed) -> Edit:
    return lambda session: reply(session, comment_called(session, name), text, signed, new_id)


def _resolve(name: str) -> Edit:
    return lambda session: resolve(session, comment_called(session, name))


def _answered(session: Session, said: str, signed: Signed) -> Session:
    answered = answer(session, signed.by, signed.at, said)
    if answered is session:
        raise Failure(f"{handle(signed.by)} is not asked for comments, or has answered already")
    return answered
