"""The document as one file of HTML: nothing is loaded, nothing runs, and every picture is in it."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape

from facilitator.documents.markdown import markdown
from facilitator.documents.page.blocks import Block
from facilitator.documents.page.html import page_html
from facilitator.documents.page.paper import DARK, on_paper
from facilitator.documents.page.read import PICTURE, read_page
from facilitator.documents.page.sections import anchors, headed, parted, section_html
from facilitator.documents.page.style import STYLE
from facilitator.documents.pictures.figures import FIGURES, Figure
from facilitator.documents.pictures.svg import STYLE as COLOURS
from facilitator.model.session import Session

_ON_SCREEN = "@media screen and (prefers-color-scheme:dark)"

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="{policy}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="referrer" content="no-referrer" />
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the document</a>
<header>
{top}
</header>
{contents}<main id="content" tabindex="-1">
{body}
</main>
</body>
</html>
"""


def placed(figure: Figure, session: Session) -> str:
    """Show a figure as its place on a page."""
    return f"```{PICTURE}\n{figure.name}\n```" if figure.when(session) else ""


def page(session: Session) -> tuple[Block, ...]:
    """Return the document of a session as a page: all of its sections, with the places of figures."""
    return read_page(markdown(session, placed))


def html_page(session: Session, *, paper: bool = False) -> str:
    """Return the document of a session as HTML.

    For `paper` each picture has its own colours, the light ones, as what reads it there wants it.
    """

    def picture(name: str) -> str:
        return _picture(FIGURES[name], session, paper=paper) if name in FIGURES else ""

    top, *sections = parted(page(session), 2)
    named = list(zip(anchors(sections, ("content", "contents")), sections, strict=True))
    style = STYLE if paper else f"{STYLE}{COLOURS.replace(DARK, _ON_SCREEN)}"
    return _PAGE.format(
        policy=escape(_policy(style)),
        title=escape(headed(top)),
        style=style,
        top=page_html(top, "", picture),
        contents=_contents(named),
        body="\n".join(section_html(anchor, blocks, picture) for anchor, blocks in named),
    )


def _contents(named: Sequence[tuple[str, list[Block]]]) -> str:
    if not named:
        return ""
    links = "\n".join(f'<li><a href="#{anchor}">{escape(headed(blocks))}</a></li>' for anchor, blocks in named)
    return f'<nav aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n<ul>\n{links}\n</ul>\n</nav>\n'


def _picture(figure: Figure, session: Session, *, paper: bool) -> str:
    drawn = figure.svg(session).rstrip("\n")
    svg = on_paper(drawn) if paper else drawn.replace(f"<style>{COLOURS}</style>\n", "")
    label = escape(figure.label)
    return (
        f'<figure>\n<div class="scroll" role="group" tabindex="0" aria-label="Picture: {label}">\n{svg}\n</div>\n'
        f"<figcaption>{label}</figcaption>\n</figure>"
    )


def _policy(style: str) -> str:
    """Return what a browser may do with the page: show it in this style, and nothing else."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
