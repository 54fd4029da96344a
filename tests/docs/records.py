"""The records that the command lines of the documentation read."""

import json
import zipfile
from pathlib import Path

_INCIDENT = {
    "id": "PINC1", "incident_number": 7, "title": "Checkout error rate", "created_at": "2026-11-15T14:22:00Z",
    "status": "resolved", "resolved_at": "2026-11-15T14:40:00Z", "service": {"summary": "checkout"},
}  # fmt: skip
_MESSAGE = {"type": "message", "user": "U1", "text": "rolling back v3.2", "ts": "1794753000.000200"}
_CHAT = "Ana Lima  [3:05 PM]\nthe error rate rises\n\nben  [3:08 PM]\nrolled back v3.2\n"
_DEPLOYS = "When,What,Who\n2026-11-15T14:00:00Z,v3.2 to production,ci\n2026-11-15T14:35:00Z,v3.1 to production,ana\n"


def write_records(folder: Path) -> None:
    """Write pagerduty.json, slack.zip, chat.txt and deploys.csv into a folder."""
    (folder / "pagerduty.json").write_text(json.dumps({"incident": _INCIDENT}), encoding="utf-8")
    (folder / "chat.txt").write_text(_CHAT, encoding="utf-8")
    (folder / "deploys.csv").write_text(_DEPLOYS, encoding="utf-8")
    with zipfile.ZipFile(folder / "slack.zip", "w") as archive:
        archive.writestr("users.json", json.dumps([{"id": "U1", "name": "ana"}]))
        archive.writestr("channels.json", json.dumps([{"id": "C1", "name": "incidents"}]))
        archive.writestr("incidents/2026-11-15.json", json.dumps([_MESSAGE]))
