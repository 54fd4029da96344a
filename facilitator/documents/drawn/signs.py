"""The characters that lines are drawn with: those of Unicode, and plain ones for terminals and fonts without them."""

from typing import NamedTuple


class Signs(NamedTuple):
    """The characters of a fishbone, each one cell wide: the spine, the trunk of several spines, ribs, box and marks."""

    spine: str
    tip: str
    tip_up: str
    trunk: str
    trunk_first: str
    trunk_between: str
    trunk_last: str
    trunk_reach: str
    trunk_cross: str
    branch: str
    last_branch: str
    falling: str
    rising: str
    bone: str
    joint: str
    end_above: str
    end_below: str
    twig: str
    corners: tuple[str, str, str, str]
    side: str
    root: str
    factor: str
    nothing: str


UNICODE = Signs(
    spine="━", tip="▶", tip_up="▲", trunk="┃", trunk_first="┓", trunk_between="┫", trunk_last="┛", trunk_reach="┣",
    trunk_cross="╋", branch="┣", last_branch="┗", falling="╲",
    rising="\N{BOX DRAWINGS LIGHT DIAGONAL UPPER RIGHT TO LOWER LEFT}", bone="│", joint="┤",
    end_above="╮", end_below="╯", twig="─", corners=("╭", "╮", "╰", "╯"), side="│", root="◆", factor="·", nothing="…",
)  # fmt: skip
ASCII = Signs(
    spine="=", tip=">", tip_up="^", trunk="|", trunk_first="+", trunk_between="+", trunk_last="+", trunk_reach="+",
    trunk_cross="+", branch="+", last_branch="+", falling="\\", rising="/", bone="|", joint="|", end_above=".",
    end_below="'", twig="-", corners=("+", "+", "+", "+"), side="|", root="*", factor="-", nothing="...",
)  # fmt: skip
