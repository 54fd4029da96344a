"""The front matter of a document: YAML between `---`, TOML between `+++`, as far as a postmortem needs it."""

import re
from dataclasses import dataclass, field

_FENCES = {"---": re.compile(r"(?:---|\.\.\.)\s*"), "+++": re.compile(r"\+\+\+\s*"), ";;;": re.compile(r";;;\s*")}
_PAIR = re.compile(
    r"(?P<indent>\s*)[\"']?(?P<key>[A-Za-z][\w .-]{0,60}?)[\"']?\s*[:=](?:\s+|$|(?=[\"'\[\d]))(?P<value>.*)"
)
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields by their names in lower case, each a list of values, and how many lines it all takes."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    lines: int = 0


def front_matter(lines: list[str]) -> FrontMatter:
    """Return the front matter with which the lines begin; nothing that cannot be read stops it."""
    start = next((number for number, line in enumerate(lines[:20]) if line.strip()), 0)
    closing = _FENCES.get(lines[start].rstrip()) if lines else None
    if closing is None:
        return FrontMatter()
    end = next(
        (number for number in range(start + 1, min(len(lines), _MOST_LINES)) if closing.fullmatch(lines[number])), 0
    )
    inside = lines[start + 1 : end]
    # Two rules with text between them are no front matter: every line of that is a pair, an item or a comment.
    if not end or not any(_PAIR.match(line) for line in inside):
        return FrontMatter()
    if inside and not inside[0].strip():
        return FrontMatter()
    return FrontMatter(_fields(inside), end + 1)


def _fields(lines: list[str]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        found = _PAIR.match(line)
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if bare.startswith("- ") and key:
            fields[key].append(_scalar(bare[2:]))
        elif found and not found["indent"]:
            key = found["key"].strip().lower().replace("_", " ").replace("-", " ")
            fields[key] = _values(found["value"])
        elif key and line[:1] in " \t":
            fields[key].append(_scalar(bare))
    return {key: [value for value in values if value] for key, values in fields.items()}


def _values(value: str) -> list[str]:
    value = value.strip()
    if value in (">", "|", ">-", "|-"):
        return []
    if value.startswith("[") and value.endswith("]"):
        return [_scalar(each) for each in value[1:-1].split(",")]
    return [_scalar(value)]


def _scalar(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] in "\"'" and value.endswith(value[0]):
        return value[1:-1].strip()
    return re.sub(r"\s+#.*$", "", value).strip()
