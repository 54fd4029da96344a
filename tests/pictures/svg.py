"""Pictures of the screen as files for the documentation: complete in themselves, and the same bytes each time."""

import re

_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_NEWLINE = re.compile(r"<text [^>]*>\n</text>")
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_PREFIX = re.compile(r"terminal-\d+-")
_FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
_TITLE_FONT = "system-ui, sans-serif"


def normalised(screenshot: str, prefix: str) -> str:
    """Return a screenshot as the library makes it, fit to be kept.

    The number in its class names, which changes with the content, becomes `prefix`, so that several pictures fit on
    one page. The font that would be fetched from the web gives way to the reader's own.
    """
    picture = _NEWLINE.sub("\n", _COMMENT.sub("", _FONT_FACE.sub("", screenshot)))
    picture = picture.replace("font-family: Fira Code, monospace", f"font-family: {_FONT}")
    picture = picture.replace("font-family: arial", f"font-family: {_TITLE_FONT}")
    # Some programs that draw SVG drop the spaces with which a text begins, unless they are told to keep them.
    picture = picture.replace('-matrix">', '-matrix" xml:space="preserve">')
    lines = (line.rstrip() for line in _PREFIX.sub(f"{prefix}-", picture).splitlines())
    return "\n".join(line for line in lines if line) + "\n"
