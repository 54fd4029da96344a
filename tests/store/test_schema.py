"""The published schema is that of the files, and does not change by accident."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from facilitator.model.session import Session
from facilitator.store import codec
from facilitator.store.schema import json_schema
from tests.strategies import sessions

APPROVED = Path(__file__).parent / "approved" / "schema.json"


def test_the_schema_is_the_approved_one() -> None:
    assert json_schema() == json.loads(APPROVED.read_text())


@settings(max_examples=25, deadline=None)
@given(sessions())
def test_every_field_that_is_written_is_in_the_schema(session: Session) -> None:
    _check(codec.encode(session), json_schema(), json_schema()["$defs"], "$")


def _check(value: Any, schema: dict[str, Any], parts: dict[str, Any], place: str) -> None:
    """Fail unless names, kinds and choices of `value` are those of the schema."""
    if "$ref" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        schema = next(each for each in schema["anyOf"] if (each.get("type") == "null") == (value is None))
        schema = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if not schema:  # anything
        return
    if "enum" in schema:
        assert value in schema["enum"], place
    elif isinstance(value, dict):
        properties, rest = schema.get("properties", {}), schema.get("additionalProperties")
        assert set(schema.get("required", ())) <= set(value), place
        for key, each in value.items():
            assert key in properties or rest, f"{place}.{key}"
            _check(each, properties.get(key, rest), parts, f"{place}.{key}")
    elif isinstance(value, list):
        for each in value:
            _check(each, schema["items"], parts, f"{place}[]")
    elif "const" in schema:
        assert value == schema["const"], place
    else:
        kinds: dict[str, Any] = {
            "string": str,
            "integer": int,
            "number": (int, float),
            "boolean": bool,
            "null": type(None),
        }
        assert isinstance(value, kinds[schema["type"]]), place
