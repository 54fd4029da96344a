"""Why a past session is like another one, in words."""

from collections.abc import Iterator

from facilitator.library.alike import is_group
from facilitator.library.facets import facet
from facilitator.library.facts import CLOSED, causes
from facilitator.library.likeness import Likeness, Profile
from facilitator.library.texts import pieces
from facilitator.library.words import folded
from facilitator.model.session import Session
from facilitator.model.text import one_line

_WORDS, _ALIKE, _OTHERS = 4, 2, 3
_TOLD = 12
_WIDTH = 80
_FIELDS = (("service", "service", "services"), ("tag", "tag", "tags"))
_LEAST = 2


def reasons(profile: Profile, likeness: Likeness, session: Session) -> tuple[str, ...]:
    """Return why a session is like the one of a profile, what tells most first, and how far its actions are."""
    return (
        *_values(profile, session),
        *_factors(profile, session),
        *_words(profile, likeness, session),
        *_actions(session),
    )


def root_causes(session: Session) -> tuple[str, ...]:
    """Return what caused it, each in one line: the root causes, else its trigger, else the category of its cause."""
    found = tuple(one_line(each.text) for each in session.factors if each.root_cause and not each.mitigator)
    return found or tuple(one_line(each) for each in (session.trigger, session.cause) if each)[:1]


def shortened(text: str, width: int = _WIDTH) -> str:
    """Return a text in one line, cut between words where it is longer."""
    text = one_line(text)
    if len(text) <= width:
        return text
    start = text[:width]
    return f"{start.rpartition(' ')[0] or start}…"


def _values(profile: Profile, session: Session) -> Iterator[str]:
    held = {"service": (profile.services, session.services), "tag": (profile.tags, session.tags)}
    for field, one, several in _FIELDS:
        wanted, there = held[field]
        same = [each for each in there if facet(field, folded(each)) in wanted]
        if same:
            yield f"same {one if len(same) == 1 else several}: {', '.join(same)}"
    categories = causes(session)
    same = [each for each in categories if facet("cause", folded(each)) in profile.causes]
    if same:
        yield f"same cause category: {', '.join(same)}"
    elif categories and profile.causes:
        yield f"but another cause category: {', '.join(categories)}"


def _factors(profile: Profile, session: Session) -> Iterator[str]:
    """Yield the factor, or the why, that shares most with the causes of the other; with two words at least."""
    texts = [each.text for each in session.factors if not each.mitigator]
    texts += [each.text for each in session.whys if each.parent is not None]
    ranked = [(profile.shared_causes(text), -place) for place, text in enumerate(texts)]
    (count, much), place = max(ranked, default=((0, 0.0), 0))
    if count >= _LEAST and much:
        yield f"factor like: {shortened(texts[-place])}"


def _words(profile: Profile, likeness: Likeness, session: Session) -> Iterator[str]:
    told = likeness.terms[:_TOLD]
    here = profile.written
    there = profile.find((piece.text for piece in pieces(session)), told)
    rare: dict[str, str] = {}
    alike: dict[str, str] = {}
    common: dict[str, str] = {}
    for term in told:
        words, others = here.get(term), there.get(term)
        if not words or not others:
            continue
        same = [word for word in others if word in words] or ([] if is_group(term) else list(others))
        if same:
            (rare if profile.is_rare(term) else common).setdefault(same[0], others[same[0]])
        elif not {*words, *others} & {*rare, *common}:
            word = next(iter(others))
            alike.setdefault(word, f"{others[word]} ({next(iter(words.values()))} here)")
    if rare:
        yield f"rare words: {', '.join(list(rare.values())[:_WORDS])}"
    if alike:
        yield f"words alike: {', '.join(list(alike.values())[:_ALIKE])}"
    if common and not rare:
        yield f"words: {', '.join(list(common.values())[:_OTHERS])}"


def _actions(session: Session) -> Iterator[str]:
    every = len(session.actions)
    still = sum(1 for each in session.actions if each.status not in CLOSED)
    if every:
        noun = "action" if every == 1 else "actions"
        yield (
            f"{still} of {every} {noun} still open"
            if still
            else f"all {every} {noun} closed"
            if every > 1
            else "its action is closed"
        )
