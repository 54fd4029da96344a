"""What is asked of those who were there, in a meeting and on a form."""

from collections.abc import Mapping
from types import MappingProxyType

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "seen": "What did you see at this moment, and where?",
        "meant": "What did you take it to mean?",
        "expected": "What did you expect to happen next?",
        "options": "Which options were on the table?",
    }
)
"""What is asked about each moment, by the fields of `Account`, in this order. Source: the Etsy debriefing guide."""
