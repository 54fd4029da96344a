"""`facilitator where`: which store is used, and why; which settings, and what is wrong with them."""

import json
from typing import Any

import click
import platformdirs

from facilitator.cli.options import examples, json_option, store_option
from facilitator.cli.output import emit, pad, say
from facilitator.cli.places import find_store, read_settings
from facilitator.store.store import Store
from facilitator.store.summaries import Broken


@click.command(
    "where",
    epilog=examples(
        "facilitator where",
        "facilitator where --json | jq -r .store",
    ),
)
@json_option
@store_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Say which store is used and why, where the settings and the cache are, and what is wrong with the settings.

    The store is the first of these: --store; FACILITATOR_STORE; a folder "sessions" at or above the working folder that
    holds sessions; the folder for your data. The settings are in the file that FACILITATOR_CONFIG names, else in the
    folder for your configuration.
    """
    location = find_store(ctx)
    store = Store(location.path)
    found = store.summaries()
    settings, _, problems = read_settings()
    unreadable = sum(1 for each in found if isinstance(each, Broken))
    facts: dict[str, Any] = {
        "store": str(location.path),
        "reason": location.reason,
        "exists": location.path.is_dir(),
        "sessions": len(found) - unreadable,
        "unreadable": unreadable,
        "settings": str(settings),
        "settings_exist": settings.is_file(),
        "problems": [str(each) for each in problems],
        "cache": str(platformdirs.user_cache_path("facilitator", appauthor=False)),
    }
    if as_json:
        emit(json.dumps(facts, indent=2, ensure_ascii=False).encode() + b"\n")
        return
    for label, value in _rows(facts):
        say(f"{pad(label, 10)}{value}")


def _rows(facts: dict[str, Any]) -> list[tuple[str, str]]:
    unreadable = f", and {facts['unreadable']} that cannot be read" if facts["unreadable"] else ""
    return [
        ("Store", facts["store"] + ("" if facts["exists"] else " (not there yet)")),
        ("Because", f"of {facts['reason']}"),
        ("Sessions", f"{facts['sessions']}{unreadable}"),
        ("Settings", facts["settings"] + ("" if facts["settings_exist"] else " (not there; the defaults are used)")),
        *(("", problem) for problem in facts["problems"]),
        ("Cache", facts["cache"]),
    ]
