"""The figures of a document, and the ways in which it shows them: as Mermaid in the text, as files, or not at all."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import quote

import msgspec

from facilitator.documents.escape import inline
from facilitator.documents.pictures.fishbone_mermaid import fishbone_mermaid
from facilitator.documents.pictures.mermaid import faulttree_mermaid, whytree_mermaid
from facilitator.documents.pictures.strip_mermaid import strip_mermaid
from facilitator.model.fishbone import fishbone
from facilitator.model.forest import forest
from facilitator.model.session import Session


class Figure(msgspec.Struct, frozen=True):
    """A picture of a session, as SVG and as Mermaid; `when` tells whether there is something to be drawn."""

    name: str
    label: str
    when: Callable[[Session], bool]
    svg: Callable[[Session], str]
    mermaid: Callable[[Session], str]


# What draws SVG is imported when it draws: most documents show Mermaid, and somebody waits for `facilitator export`.


def _strip_svg(session: Session) -> str:
    from facilitator.documents.pictures.strip_svg import strip_svg

    return strip_svg(session)


def _whytree_svg(session: Session) -> str:
    from facilitator.documents.pictures.whytree_svg import whytree_svg

    return whytree_svg(session)


def _fishbone_svg(session: Session) -> str:
    from facilitator.documents.pictures.fishbone_svg import fishbone_svg

    return fishbone_svg(fishbone(session))


def _faulttree_svg(session: Session) -> str:
    from facilitator.documents.pictures.faulttree_svg import faulttree_svg

    return faulttree_svg(session)


def _has_factors(session: Session) -> bool:
    return any(not factor.mitigator for factor in session.factors)


def _has_answers(session: Session) -> bool:
    return any(forest(session.whys).below)


FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        each.name: each
        for each in (
            Figure(
                "timeline",
                "The timeline at a glance",
                lambda session: len(session.timeline) > 1,
                _strip_svg,
                strip_mermaid,
            ),
            Figure("whys", "The tree of whys", _has_answers, _whytree_svg, whytree_mermaid),
            Figure(
                "fishbone",
                "Contributing factors by category",
                _has_factors,
                _fishbone_svg,
                lambda session: fishbone_mermaid(fishbone(session)),
            ),
            Figure("fault-tree", "What is enough for the effect", _has_answers, _faulttree_svg, faulttree_mermaid),
        )
    }
)
"""All figures by name, in the order of the document."""

Show = Callable[[Figure, Session], str]
"""How a document shows a figure: as Markdown, empty where there is nothing to show."""


def nothing(_figure: Figure, _session: Session) -> str:
    """Show no figure."""
    return ""


def fenced(figure: Figure, session: Session) -> str:
    """Show a figure as a diagram in the text, which GitHub and GitLab draw."""
    drawn = figure.mermaid(session).rstrip("\n") if figure.when(session) else ""
    return f"```mermaid\n{drawn}\n```" if drawn else ""


def linked(folder: str) -> Show:
    """Return the way to show figures as the files that `files` names, in a folder as the document sees it."""

    def show(figure: Figure, session: Session) -> str:
        path = quote(f"{folder}/{figure.name}.svg" if folder else f"{figure.name}.svg")
        return f"![{inline(figure.label)}]({path})" if figure.when(session) else ""

    return show


def files(session: Session) -> dict[str, str]:
    """Return the figures of a session as SVG by the name of their file; those with nothing to show are left out."""
    return {f"{name}.svg": figure.svg(session) for name, figure in FIGURES.items() if figure.when(session)}
