"""`facilitator site`: the final postmortems of a store as a static site."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from facilitator.cli.errors import Failure
from facilitator.cli.options import examples, store_option
from facilitator.cli.output import note, say
from facilitator.cli.places import open_store
from facilitator.model.text import one_line

if TYPE_CHECKING:
    from facilitator.site.making import Report
    from facilitator.site.postmortem import LeftOut, Postmortem

SHOWN = 20
"""How many sessions that are left out, or changed since, are named unless all are asked for."""

_MANY, _STEP = 100, 50
_SCHEMES = ("https://", "http://")


@click.command(
    "site",
    epilog=examples(
        "facilitator site /srv/postmortems --profile company",
        "facilitator site public --profile public --title 'Postmortems of Example' --url https://example.com/postmortems/",
    ),
)
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--profile", "profile_name", metavar="NAME", required=True, help="For whom: internal, company, public ..."
)
@click.option("--title", metavar="TEXT", default="", help="What the site is called.")
@click.option("--url", metavar="URL", default="", help="Where the site will be; the feed then has whole addresses.")
@click.option("--all", "everything", is_flag=True, help="Name every session that is left out, however many.")
@store_option
@click.pass_context
def command(ctx: click.Context, *, out: Path, profile_name: str, title: str, url: str, everything: bool) -> None:
    """Make a site of the final postmortems of the store in the folder OUT, or bring it up to date.

    It has a page for each postmortem and each service, cause, severity, year and tag, a search and a feed, and works
    without a server. Only what was published for the readers of the profile is on it; what is left out is said, with
    the reason. It needs what 'facilitator[site]' installs.
    """
    import platformdirs

    from facilitator.cli.checking import settings_told
    from facilitator.cli.redactions import profile_called
    from facilitator.site.choosing import Audience
    from facilitator.site.errors import SiteError
    from facilitator.site.making import TITLE, Order, make_site

    settings = settings_told()
    audience = Audience(profile_called(profile_name, settings), settings.sensitive)
    order = Order(audience, one_line(title) or TITLE, _address(url))
    cache = platformdirs.user_cache_path("facilitator", appauthor=False)
    try:
        made = make_site(open_store(ctx), out, order, cache=cache, told=_tell_progress())
    except SiteError as error:
        raise Failure(str(error)) from error
    _tell(made, out, profile_name, everything=everything)


def _address(url: str) -> str:
    """Return the address of the folder of the site, with "/" at its end. Raises UsageError."""
    address = one_line(url)
    if address and (not address.startswith(_SCHEMES) or any(each in address for each in " ?#\"'<>")):
        raise click.UsageError(f"--url must be the address of the site, such as https://example.com/, not {address!r}")
    return f"{address.rstrip('/')}/" if address else ""


def _tell_progress() -> "Callable[[int, int], None] | None":
    """Return what says on a terminal how far the reading is, where it takes a while."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, of: int) -> None:
        if of >= _MANY and (done % _STEP == 0 or done == of):
            click.echo(f"\rfacilitator: {done:,} of {of:,} read{'' if done < of else chr(10)}", nl=False, err=True)

    return tell


def _tell(made: "Report", out: Path, profile: str, *, everything: bool) -> None:
    outdated = [each for each in made.shown if each.outdated]
    for line in _listed(list(map(_outdated, outdated)), everything=everything):
        note(line)
    for line in _listed(list(map(_left_out, made.left_out)), everything=everything):
        note(line)
    count, changed = len(made.shown), made.changed
    files = "nothing had changed" if not changed else f"{changed:,} file{'' if changed == 1 else 's'} changed"
    found = f"{count:,} postmortem{'' if count == 1 else 's'}"
    say(f"{found} for the readers of {profile} in {out / 'index.html'}; {files}")


def _listed(lines: Sequence[str], *, everything: bool) -> Iterator[str]:
    shown = lines if everything else lines[:SHOWN]
    yield from shown
    if len(lines) > len(shown):
        yield f"and {len(lines) - len(shown):,} more like these; --all names them"


def _outdated(each: "Postmortem") -> str:
    return f"{each.title!r} ({each.id}) was changed since; version {each.version} is shown, as it was published"


def _left_out(each: "LeftOut") -> str:
    named = f"{one_line(each.title)!r} ({each.id})" if each.title != each.id else each.id
    return f"left out: {named}: {each.reason}"
