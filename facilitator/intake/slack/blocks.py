"""What messages say that have no text of their own: in blocks, in attachments, in files."""

from collections.abc import Iterator, Mapping
from typing import Any

from facilitator.intake.slack.markup import escaped
from facilitator.model.text import MAX_TEXT, one_line

_DEEPEST = 12
_MOST_PIECES = 2000
_LINES = frozenset(("rich_text_section", "rich_text_preformatted", "rich_text_quote", "rich_text_list"))
_NO_PREVIEW = "[no preview available]"
_LONGEST_NAME = 300


def text_of_blocks(blocks: Any) -> str:
    """Return what blocks say, in Slack's mark-up, a line for each."""
    lines = (_line(each) for each in _objects(blocks))
    return "\n".join(line for line in lines if line)[: 2 * MAX_TEXT]


def text_of_attachments(attachments: Any) -> str:
    """Return what attachments say, in Slack's mark-up: title, text and fields, or what they are to be replaced by."""
    return "\n".join(line for each in _objects(attachments) for line in _attached(each))[: 2 * MAX_TEXT]


def names_of_files(files: Any) -> str:
    """Return the files of a message as its text says them: "[file: graph.png]"."""
    return " ".join(f"[file: {name}]" for each in _objects(files) if (name := _name_of_file(each)))


def _name_of_file(file: Mapping[str, Any]) -> str:
    if file.get("mode") == "tombstone":
        return "deleted"
    for key in ("name", "title", "id"):
        if isinstance(file.get(key), str) and (name := one_line(file[key][:_LONGEST_NAME])):
            return escaped(name)
    return ""


def _attached(attachment: Mapping[str, Any]) -> Iterator[str]:
    title, link = _said(attachment, "title"), _said(attachment, "title_link")
    linked = f"<{link}|{title}>" if title and link.startswith(("http://", "https://")) and "<" not in title else title
    lines = [line for line in (_said(attachment, "pretext"), linked, _said(attachment, "text")) if line]
    for field in _objects(attachment.get("fields")):
        name, content = _said(field, "title"), _said(field, "value")
        if name or content:
            lines.append(f"{name}: {content}" if name and content else name or content)
    if not lines:
        lines = [line for line in (text_of_blocks(attachment.get("blocks")), _said(attachment, "fallback")) if line][:1]
    yield from (line for line in lines if line != _NO_PREVIEW)


def _line(block: Mapping[str, Any]) -> str:
    kind = block.get("type")
    if kind == "rich_text":
        return "".join(_rich(block.get("elements"), 0)).strip("\n")
    said = [_text(block.get("text"))]
    said += [_text(each) for each in _objects(block.get("fields"))]
    if kind == "context":
        said += [_text(each) for each in _objects(block.get("elements"))]
    if kind in ("image", "video"):
        said += [_text(block.get("title")) or escaped(_said(block, "alt_text"))]
    return "\n".join(each for each in said if each)


def _text(written: Any) -> str:
    """Return the text of a text object; that of a plain one is escaped, so that it is not taken for mark-up."""
    if not isinstance(written, Mapping):
        return ""
    text = _said(written, "text")
    return text if written.get("type") == "mrkdwn" else escaped(text)


def _rich(elements: Any, depth: int) -> Iterator[str]:
    """Return the pieces of rich text in Slack's mark-up."""
    if depth > _DEEPEST:
        return
    for each in _objects(elements):
        kind = each.get("type")
        if kind in _LINES:
            yield from _rich(each.get("elements"), depth + 1)
            if kind != "rich_text_list":
                yield "\n"
        else:
            yield _piece(each)


def _piece(element: Mapping[str, Any]) -> str:
    match element.get("type"):
        case "text":
            return escaped(_said(element, "text"))
        case "link":
            url, label = _said(element, "url"), escaped(_said(element, "text"))
            return f"<{url}|{label}>" if label else f"<{url}>"
        case "user":
            return f"<@{_said(element, 'user_id')}>"
        case "channel":
            return f"<#{_said(element, 'channel_id')}>"
        case "usergroup":
            return f"<!subteam^{_said(element, 'usergroup_id')}>"
        case "broadcast":
            return f"<!{_said(element, 'range')}>"
        case "emoji":
            return f":{_said(element, 'name')}:"
        case "date":
            return escaped(_said(element, "fallback"))
        case _:
            return ""


def _said(holder: Mapping[str, Any], key: str) -> str:
    written = holder.get(key)
    if isinstance(written, str):
        return written[:MAX_TEXT].strip("\n") if key != "text" else written[:MAX_TEXT]
    return str(written) if isinstance(written, int | float) and key == "value" else ""


def _objects(written: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(written, list):
        yield from (each for each in written[:_MOST_PIECES] if isinstance(each, Mapping))
