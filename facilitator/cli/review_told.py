"""What is said of files that reviewers filled in."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from facilitator.cli.output import note, say
from facilitator.cli.reviews import about_told
from facilitator.cli.sources import STDIN
from facilitator.model.edits import find
from facilitator.model.review_items import Comment
from facilitator.model.text import handle, one_line
from facilitator.review.filing import Outcome
from facilitator.review.forms import Filled

_LONGEST = 160


def tell(file: str, found: Sequence[Filled], outcomes: Sequence[Outcome], *, dry_run: bool) -> None:
    """Say what came of a file; with `dry_run`, each comment too: who says it, about what, and how it begins."""
    name = "stdin" if file == STDIN else one_line(Path(file).name)
    comments = sum(len(each.comments) for each in outcomes)
    approved = [part for each in outcomes for part in each.approved]
    told = [f"{comments} new comment{'' if comments == 1 else 's'}"] if comments else []
    told += [f"approves {', '.join(f'the {part}' for part in approved)}"] if approved else []
    who = ", ".join(dict.fromkeys(handle(each.name) for each in outcomes if each.name))
    if all(each.is_empty for each in found):
        say(f"{name}: nothing was written in it")
    else:
        say(f"{name}: {f'{who}: ' if who else ''}{'; '.join(told) or 'nothing new'}")
    for told_one in (each for outcome in outcomes if dry_run for each in _comments(outcome)):
        say(told_one)
    for outcome in outcomes:
        for part in outcome.stale:
            note(f"{name}: the {part} was changed since the file was made, so that approval is stale; ask once more")
        for part in outcome.later:
            note(f"{name}: {handle(outcome.name)} has approved the {part} since the file was made: that stays")
        if outcome.deleted:
            note(f"{name}: what was read before and deleted since stays deleted: {len(outcome.deleted)} of these")
        if outcome.unplaced:
            count = len(outcome.unplaced)
            are = "is" if count == 1 else "are"
            note(f"{name}: {count} of these {are} about what is not there any more, and so on the session itself")
    if not all(each.is_current for each in found):
        note(f"{name}: the session was changed since the file was made")
    for line in [number for each in found for number in each.unsure][:1]:
        note(
            f"{name}: what stands outside of the places for comments could not be told from the older text, first in "
            f"line {line}; if somebody wrote there, move it into a place, and read the file again"
        )


def _comments(outcome: Outcome) -> Iterator[str]:
    for each in outcome.comments:
        comment = find(outcome.session, each)
        if isinstance(comment, Comment):
            about = about_told(outcome.session, comment.about, comment.place)
            words = one_line(comment.text)
            said = (
                words
                if len(words) <= _LONGEST
                else f"{words[: _LONGEST - 3].rpartition(' ')[0] or words[: _LONGEST - 3]} ..."
            )
            yield f"  {handle(one_line(comment.by))}, on {about}: {said}"
