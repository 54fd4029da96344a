"""The published JSON Schema of the file format."""

from inspect import cleandoc
from typing import Any

import msgspec

from facilitator.model.edits import LISTS
from facilitator.store.codec import FORMAT, MARK, SessionFile


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the files that this version writes."""
    _, parts = msgspec.json.schema_components([SessionFile], ref_template="#/$defs/{name}")
    whole = parts.pop("SessionFile")
    # Each list of a session is a table of its own, so the document of the session has none.
    header = parts["Session"]
    header["properties"] = {name: field for name, field in header["properties"].items() if name not in LISTS.values()}
    whole["properties"]["session"] |= {"minProperties": 1, "maxProperties": 1}
    mark = {"type": "object", "properties": {MARK: {"$ref": "#/$defs/FormatMark"}}, "required": [MARK]}
    whole["properties"]["format"] = mark
    for kind in LISTS:
        # An item has no id until it is filed, but in a file every one is.
        item = parts[kind.__name__]
        item["properties"]["id"] = {"type": "string", "pattern": "^[0-9A-Za-z_-]{1,64}$"}
        item["required"] = ["id", *item["required"]]
    for part in (whole, *parts.values()):
        if "description" in part:
            # Docstrings are kept as they are indented by Pythons before 3.13 and without that by later ones.
            part["description"] = cleandoc(part["description"])
    parts["FormatMark"]["properties"]["number"] = {"const": FORMAT}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **whole,
        "title": f"A session of Facilitator, format {FORMAT}",
        "$defs": dict(sorted(parts.items())),
    }
    # Defaults are tuples in the model and arrays in JSON.
    return msgspec.json.decode(msgspec.json.encode(schema), type=dict[str, Any])
