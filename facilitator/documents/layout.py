"""The blocks that documents are put together from. Everything given here is Markdown, escaped already."""

from collections.abc import Iterable


def section(heading: str, *blocks: str, level: int = 2) -> str:
    """Return blocks below a heading, or nothing when all of them are empty."""
    body = stacked(blocks)
    return f"{'#' * level} {heading}\n\n{body}" if body else ""


def stacked(blocks: Iterable[str]) -> str:
    """Return blocks one below the other, without the empty ones."""
    return "\n\n".join(block for block in blocks if block)


def bullets(items: Iterable[str]) -> str:
    """Return a list with one item for each text that is not empty; an item may have several paragraphs."""
    return "\n".join(f"- {_indented(item)}" for item in items if item)


def labelled(label: str, value: str) -> str:
    """Return the value after its label in bold ("**Regions:** Europe"), or nothing when there is no value."""
    ends = "" if label.endswith("?") else ":"
    return f"**{label}{ends}** {value}" if value else ""


def noted(text: str, remarks: Iterable[str]) -> str:
    """Return a text with the remarks that are not empty behind it, in italics and brackets."""
    said = "; ".join(remark for remark in remarks if remark)
    return f"{text} *({said})*".lstrip() if said else text


def _indented(item: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in item.split("\n"))[2:]
