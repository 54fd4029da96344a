"""Making the site of a store: reading what is final, making the pages, putting them in their place."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec

from facilitator.documents.page.style import STYLE
from facilitator.model.review_items import Version
from facilitator.model.session import Session, Status
from facilitator.site import target
from facilitator.site.choosing import Audience, not_final, postmortem_of
from facilitator.site.errors import SiteError
from facilitator.site.feed import NAME as FEED
from facilitator.site.feed import feed
from facilitator.site.generator import generate, ready
from facilitator.site.pages import pages
from facilitator.site.postmortem import LeftOut, Postmortem
from facilitator.site.work import Prepared, Seen, working
from facilitator.store.errors import StoreError
from facilitator.store.opening import read_opened
from facilitator.store.published_files import PublishedError, load_version
from facilitator.store.store import Store
from facilitator.store.summaries import Broken

TITLE = "Postmortems"

_MANY = 100
"""From so many files on that must be read several processes read them."""
_MOST_PROCESSES = 8
_AT_ONCE = 10
_UNKNOWN: Seen = (0, 0, 0)

Progress = Callable[[int, int], None]
"""Is told how many files were read, of how many."""


class Order(msgspec.Struct, frozen=True):
    """What site is made: for whom, what it is called, and the address at which it will be, or nothing."""

    audience: Audience
    title: str = TITLE
    address: str = ""


class Report(msgspec.Struct, frozen=True):
    """What came of it: the postmortems that are shown, newest first, what was left out, how many files changed."""

    shown: tuple[Postmortem, ...]
    left_out: tuple[LeftOut, ...]
    changed: int


def make_site(store: Store, out: Path, order: Order, *, cache: Path, told: Progress | None = None) -> Report:
    """Make the site of a store in a folder, or bring it up to date.

    `cache` is the user's folder for caches. Raises ExtraMissingError when what makes pages is not installed, SiteError
    when there may be no site or it cannot be written, StoreError when the store cannot be listed, and OSError. The
    site that was there is then as it was.
    """
    ready()
    out = out.resolve()
    profile = order.audience.profile.name
    if not store.path.is_dir():
        raise SiteError(f"{store.path} does not exist; choose another store with --store")
    if out.is_relative_to(store.path.resolve()):  # who serves or copies a site must not get sessions with it
        raise SiteError(f"{out} is in the store {store.path}; choose a folder outside of it")
    target.check(out, profile)
    with working(cache, out, _made_by(store, order)) as work:
        before = work.prepared()
        prepared, broken = _prepared(store, order.audience, before, told)
        if prepared != before:
            work.keep(prepared)
        found = [each.found for each in prepared.values()]
        shown = [each for each in found if isinstance(each, Postmortem)]
        shown = list({each.name: each for each in shown}.values())
        with work.generating() as folder:
            made = generate(
                folder, list(pages(shown, order.title, in_house=order.audience.in_house)), order.title, profile
            )
        files: dict[str, bytes | Path] = {**made, **dict(_others(shown, order))}
        changed = target.put(out, files)
    left_out = [each for each in found if isinstance(each, LeftOut)]
    return Report(tuple(shown), (*left_out, *broken), changed)


def _others(shown: Sequence[Postmortem], order: Order) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the site that are no pages."""
    profile = order.audience.profile.name
    yield "_static/document.css", STYLE.encode()
    yield FEED, feed(shown, order.title, profile, order.address).encode()
    yield target.MARKER, target.marker(profile)
    for each in shown:
        for name, svg in each.figures.items():
            yield f"{each.page}/{name}.svg", svg.encode()


def _prepared(
    store: Store, audience: Audience, before: Mapping[str, Prepared], told: Progress | None
) -> tuple[dict[str, Prepared], list[LeftOut]]:
    """Return what became of the final sessions by file, and what else there is in the store."""
    others: list[LeftOut] = []
    seen: dict[str, Seen] = {}
    for each in store.summaries():
        if isinstance(each, Broken):
            others.append(LeftOut(each.file, each.file, each.reason))
        elif each.status is not Status.FINAL:
            others.append(LeftOut(each.id, each.title, not_final(each.status)))
        else:
            seen[each.file] = _seen(store.path / each.file)
    same = {file: before[file] for file in seen if file in before and before[file].seen == seen[file] != _UNKNOWN}
    wanted = [file for file in seen if file not in same]
    read: dict[str, Prepared] = {}
    for number, (file, found) in enumerate(zip(wanted, _read_all(store.path, wanted, audience), strict=True), 1):
        changing = isinstance(found, LeftOut) and found.for_now
        read[file] = Prepared(_UNKNOWN if changing else seen[file], found)
        if told is not None:
            told(number, len(wanted))
    everything = same | read
    return {file: everything[file] for file in seen}, others


def _read_all(folder: Path, files: Sequence[str], audience: Audience) -> Iterator[Postmortem | LeftOut]:
    """Yield what becomes of files, in their order."""
    read = partial(read_file, folder, audience)
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    if len(files) < _MANY or processes < 2:
        yield from map(read, files)
        return
    try:
        with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield from pool.map(read, files, chunksize=_AT_ONCE)
    except BrokenProcessPool as error:
        raise SiteError("a process that read sessions was killed; nothing was written, make the site again") from error


def read_file(folder: Path, audience: Audience, file: str) -> Postmortem | LeftOut:
    """Return what becomes of a session in a file of a store; other processes call it too."""

    def kept(session: Session, version: Version) -> bytes | None:
        try:
            return load_version(folder, session.id, version)
        except PublishedError:
            return None

    try:
        session = read_opened(folder / file).session
    except (StoreError, FileNotFoundError) as error:
        reason = getattr(error, "reason", "") or "it has just gone"
        return LeftOut(file, file, reason, for_now=True)
    return postmortem_of(session, audience, kept)


def _seen(path: Path) -> Seen:
    try:
        status = path.stat()
    except OSError:
        return _UNKNOWN
    return status.st_mtime_ns, status.st_size, status.st_ino


def _made_by(store: Store, order: Order) -> str:
    """Return a digest of all that decides what becomes of a file: the store, the readers, and the program itself."""
    import sphinx

    package = Path(__file__).parents[1]
    sources = sorted(path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    program = [(path.name, _seen(path)[:2]) for path in sources]
    told = [str(store.path.resolve()), order.audience, sphinx.__version__, program]
    return sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()
