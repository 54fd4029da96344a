"""`facilitator demo`: the app on a throw-away copy of the worked examples."""

import shutil
import tempfile
from pathlib import Path

import click


@click.command("demo")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Open a throw-away copy of the worked examples in the app.

    Try everything: the copy is removed at the end, and none of your sessions is touched.
    """
    from facilitator.cli.app import need_terminal, run_app
    from facilitator.cli.examples import examples_path

    need_terminal()
    from facilitator.store.locate import Location
    from facilitator.store.store import Store

    examples = examples_path()
    with tempfile.TemporaryDirectory(prefix="facilitator-demo-") as folder:
        path = Path(folder, "sessions")
        path.mkdir()
        for file in sorted(examples.glob("*.json")):
            shutil.copyfile(file, path / file.name)
        location = Location(path, "a throw-away copy of the worked examples")
        store = Store(path, cache=Path(folder, "cache"))
        ctx.exit(run_app(store, location, demo=True))
