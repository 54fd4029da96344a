"""The program `facilitator`: the app when no command is given, and the commands."""

import click

from facilitator.cli.options import store_option
from facilitator.cli.program import Program

SUMMARIES = {
    "new": "Start a session and print its id.",
    "list": "List the sessions of the store, newest first.",
    "find": "Find sessions by words, services, causes, durations, actions.",
    "similar": "Show past sessions that are like one, or like a text, and why.",
    "actions": "List the actions of all sessions, and change them.",
    "trends": "Draw causes, durations, actions and recurrence over time.",
    "remember": "Show an old lesson of this day, or of chance.",
    "show": "Show what a session holds and what it still lacks.",
    "open": "Open a session in the app.",
    "edit": "Edit the prose or a list of a session in your editor.",
    "witness": "Ask somebody for their account by a form, and read it back.",
    "export": "Write a session as a document.",
    "templates": "List the templates for documents, and what they are given.",
    "tickets": "Write actions as tickets for a tracker, and note those made.",
    "review": "Send a session round, take in comments, see what it lacks.",
    "approve": "Note that somebody approves a part of a session.",
    "redact": "Show what is replaced before publication, and say yes.",
    "publish": "Publish a session or a correction; each version is kept.",
    "site": "Make a site of the final postmortems, which needs no server.",
    "merge": "Merge an edited document back into its session.",
    "intake": "Read chats, alerts, deployments and documents into a session.",
    "check": "Point out blame, gaps and leaks in a session or Markdown file.",
    "rules": "List every rule of the checks, with its reason and its source.",
    "history": "List what was changed in a session, when and by whom.",
    "delete": "Move a session to the trash of the store.",
    "restore": "Bring back a deleted session, or an earlier state of one.",
    "doctor": "Check every file of the store, and repair what can be repaired.",
    "merge-driver": "Merge two versions of a session for git.",
    "reindex": "Build the index by which sessions are found anew.",
    "schema": "Print the JSON Schema of session files.",
    "where": "Say which store is used, and why.",
    "demo": "Open a throw-away copy of the worked examples.",
    "completion": "Print the script that completes commands and ids.",
}
"""The commands, and what each does."""

EPILOG = """\b
Examples:
  facilitator                             open the app
  facilitator new "Checkout errors" --severity SEV2 --start "14:00 CET"
  facilitator list --status draft
  facilitator find 'service:checkout since:12m'
  facilitator export 01K9 -o postmortem.md
  facilitator check postmortem.md

\b
An ID may be any beginning of an id, or of the name of its file, that is not ambiguous.
Exit codes: 0 ok, 1 findings or nothing found, 2 wrong usage or bad input.
"""


def _version(ctx: click.Context, _param: click.Parameter, wanted: object) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import version

    click.echo(f"facilitator {version('facilitator')}")
    ctx.exit()


@click.group(
    "facilitator",
    cls=Program,
    summaries=SUMMARIES,
    epilog=EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@store_option
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version and exit."
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Guide a blameless postmortem, from the first question to the published document.

    Without a command, the app opens on the sessions of the store.
    """
    if ctx.invoked_subcommand is None:
        from facilitator.cli.app import start

        ctx.exit(start(ctx))
