"""The session itself as JSON, for programs."""

from typing import Any

import msgspec

from facilitator.model.private import published
from facilitator.model.session import Session
from facilitator.model.text import clean


def session_json(session: Session) -> str:
    """Return the session as JSON: indented, keys in the order of the model, defaults left out, every text cleaned.

    What is private in it is left out.
    """
    encoded = msgspec.json.encode(cleaned(msgspec.to_builtins(published(session))))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def cleaned(value: Any) -> Any:
    """Return plain data with all its text cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: cleaned(each) for key, each in value.items()}
    return [cleaned(each) for each in value] if isinstance(value, list | tuple) else value
