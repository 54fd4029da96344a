"""How well published postmortems are read, against 30 that were read by hand. Prints a table of misses.

Run as `python tests/intake/truth.py [FOLDER]`; the folder holds `postmortems/truth.json`.
"""

import json
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from facilitator.intake.drafts import Stamp
from facilitator.intake.markdown import Document, read_document
from facilitator.intake.report import Report
from facilitator.model.moments import Precision
from tests.intake.real import FOLDER

BOUNDS = {"entries": 0.90, "first": 0.90, "last": 0.90, "date": 0.95, "title": 0.95, "actions": 0.85, "severity": 0.95}


def measure(folder: Path) -> tuple[Counter[str], int, list[str]]:
    """Return how many documents are right in each respect, how many there are, and the misses."""
    truth = json.loads((folder / "postmortems/truth.json").read_text("utf-8"))["documents"]
    right: Counter[str] = Counter()
    misses = []
    for expected in truth:
        path = folder / expected["path"]
        text = path.read_text("utf-8", errors="replace")
        document = read_document(text, path.name, date(2026, 11, 23), Report())
        for what, (ok, got, wanted) in _compared(document, expected).items():
            right[what] += ok
            if not ok:
                misses.append(f"{expected['path'][12:62]:50} {what:9} got {got!s:40} wanted {wanted}")
    return right, len(truth), misses


def _compared(document: Document, expected: dict[str, Any]) -> dict[str, tuple[bool, object, object]]:
    counts = expected.get("timeline_entries_accept", [expected["timeline_entries"]])
    actions = expected.get("action_items_accept", [expected["action_items"]])
    days = expected.get("date_accept", [expected["date_of_incident"]])
    found: dict[str, tuple[bool, object, object]] = {
        "entries": (len(document.entries) in counts, len(document.entries), counts),
        "actions": (len(document.actions) in actions, len(document.actions), actions),
        "date": (str(document.date) in days, document.date, days),
        "title": ((document.title or None) == expected["title"], document.title, expected["title"]),
        "severity": (document.severity == expected["severity"], document.severity, expected["severity"]),
    }
    for name, at in (("first", 0), ("last", -1)):
        stamp = document.entries[at].stamp if document.entries else None
        found[name] = _time(stamp, expected, name)
    return found


def _time(stamp: Stamp | None, expected: dict[str, Any], name: str) -> tuple[bool, object, object]:
    wanted = expected[f"{name}_entry"]
    if stamp is None:
        return False, None, wanted["local"]
    day = stamp.precision is Precision.DAY
    local = stamp.local.strftime("%Y-%m-%d" if day else "%Y-%m-%dT%H:%M:%S")
    utc = None if day or not stamp.zone else stamp.moment("").at
    alternatives = [wanted["utc"], expected.get("utc_alternative", {}).get(name)]
    unstated = expected["timezone_as_stated"].startswith(("not stated", "none"))
    right_utc = (utc is None and (unstated or wanted["utc"] is None)) or utc in [
        _at(each) for each in alternatives if each
    ]
    right_local = local in (wanted["local"], f"{wanted['local']}:00")
    return right_local and right_utc, (local, stamp.zone), (wanted["local"], wanted["utc"])


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


def main() -> None:
    """Print the figures and the misses."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    right, total, misses = measure(folder)
    for what, bound in BOUNDS.items():
        share = right[what] / total
        missed = "" if share >= bound else "  MISSED"
        print(f"{what:9} {right[what]:3} of {total}  {share:5.1%}  bound {bound:.0%}{missed}")
    print(*misses, sep="\n")


if __name__ == "__main__":
    main()
