"""The GitLab incident from draft to site, by keys and commands: reviewed by file, approved, redacted, corrected."""

import re
from pathlib import Path

import msgspec
from click.testing import CliRunner

from facilitator.app.panels.places import REVIEW
from facilitator.app.screens.ask import DecideScreen, LineScreen
from facilitator.app.screens.pick import PickScreen
from facilitator.app.screens.redaction import RedactionScreen
from facilitator.cli.main import main
from facilitator.model.review_items import ApprovedPart
from facilitator.model.session import Session, Status
from facilitator.settings.settings import Settings
from facilitator.store import codec
from facilitator.store.store import Store
from tests.app.driving import (
    Keys,
    dialog,
    go_to_row,
    keys,
    line,
    looked,
    make_app,
    screen,
    screen_text,
    session,
    settled,
    until,
)

EXAMPLE = next(Path(__file__).parents[2].joinpath("sessions").glob("2017-01-31-*.json"))
PLANTED = "glpat-" + "k3Jx9fLq2Zt8Wm4Vb7Nr"
HIDDEN = ("Noor", "Emil", "Tove", PLANTED)
COMMENTS = {" impact -->": "Were forks counted?", " timeline -->": "What made the two hosts look alike?"}
"""What is written in the file for comments, below the lines that end so."""

APPROVERS = {ApprovedPart.ACTIONS: "Ravi", ApprovedPart.IMPACT: "Priya", ApprovedPart.SECURITY: "Sol"}


def gitlab() -> Session:
    """Return the example as a draft that nobody has looked at, with a key in it."""
    example = codec.loads(EXAMPLE.read_bytes(), EXAMPLE)
    summary = f"{example.summary} The token {PLANTED} was in the notes of Emil."
    return msgspec.structs.replace(example, status=Status.DRAFT, summary=summary)


async def go(pilot: Keys, sign: str) -> None:
    await dialog(pilot, "ctrl+g")
    await keys(pilot, sign, "enter")
    await settled(pilot)


async def approve(pilot: Keys, part: ApprovedPart, by: str) -> None:
    await go_to_row(pilot, lambda row: row.body == part)
    await dialog(pilot, "enter", LineScreen)
    await keys(pilot, "ctrl+u", *by, "enter")
    await until(pilot, lambda: any(each.part is part for each in session(pilot).approvals))


async def say_yes(pilot: Keys) -> None:
    """Look at the preview for everybody, and say yes to it."""
    await dialog(pilot, "f11", RedactionScreen)
    shown = pilot.app.screen
    assert isinstance(shown, RedactionScreen)
    await until(pilot, lambda: shown.preview is not None and shown.preview.session is shown.desk.session)
    assert PLANTED not in screen_text(pilot)
    await keys(pilot, "ctrl+end")
    given = len(shown.desk.session.consents)
    await dialog(pilot, "enter", DecideScreen)
    await dialog(pilot, "y", PickScreen)
    assert len(shown.desk.session.consents) == given + 1
    await keys(pilot, "escape")
    await settled(pilot)


async def publish(pilot: Keys, target: Path, why: str = "") -> None:
    """Publish for everybody, as Markdown, though what no approval asks for is lacking."""
    await dialog(pilot, "ctrl+t", PickScreen)
    await keys(pilot, *"public", "enter")
    await until(pilot, lambda: "Still lacking before publishing" in screen_text(pilot))
    await keys(pilot, "g")
    await until(pilot, lambda: "Publish it like this?" in screen_text(pilot))
    await keys(pilot, "p")
    await until(pilot, lambda: "In which format?" in screen_text(pilot))
    await keys(pilot, "enter")
    if why:
        await until(pilot, lambda: "Why is it published once more?" in screen_text(pilot))
        await keys(pilot, *why, "enter")
    await until(pilot, lambda: "Write to" in screen_text(pilot))
    await keys(pilot, "ctrl+u", *str(target), "enter")


async def test_the_gitlab_incident_from_draft_to_the_site(store: Path, tmp_path: Path):
    clean = {"HOME": str(tmp_path), "XDG_CACHE_HOME": None, "FACILITATOR_CONFIG": str(tmp_path / "config.toml")}
    opened = Store(store, cache=store.parent / "cache").create(gitlab())
    form, first, second, site = (tmp_path / name for name in ("tove.md", "first.md", "second.md", "site"))

    def run(*args: str) -> str:
        result = CliRunner().invoke(main, ["--store", str(store), *args], env=clean)
        assert result.exit_code == 0, result.output
        return result.output

    async with make_app(store, opened.session.id, Settings(author="Maren")).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "r")
        await keys(pilot, "ctrl+t")
        await until(pilot, lambda: session(pilot).status is Status.IN_REVIEW)
        await line(pilot, "@tove")
        await settled(pilot)

        run("review", opened.session.id, "--for", "@tove", "-o", str(form))
        commented = form.read_text(encoding="utf-8").splitlines()
        for ending, words in COMMENTS.items():
            commented.insert(next(n for n, each in enumerate(commented) if each.endswith(ending)) + 1, f"\n{words}")
        form.write_text("\n".join(commented), encoding="utf-8")
        run("review", "--read", str(form))
        await until(pilot, lambda: len(session(pilot).comments) == len(COMMENTS))
        assert {each.text for each in session(pilot).comments} == set(COMMENTS.values())
        assert {each.by for each in session(pilot).comments} == {"tove"}
        await go_to_row(pilot, lambda row: row.body == "Were forks counted?")
        await line(pilot, "no, projects alone")
        await keys(pilot, "ctrl+k")
        await until(pilot, lambda: any(each.resolved for each in session(pilot).comments))

        for part, by in APPROVERS.items():
            await approve(pilot, part, by)
        await settled(pilot)

        await say_yes(pilot)
        assert screen(pilot).place == REVIEW
        await publish(pilot, first)
        await until(pilot, lambda: len(session(pilot).versions) == 1)
        assert session(pilot).status is Status.FINAL

        await go(pilot, "7")
        await line(pilot, "Page on a backup older than a day @emil 2017-03-01 P1")
        await go(pilot, "r")
        assert "stale" in screen_text(pilot)
        await say_yes(pilot)
        await publish(pilot, second, "an action was missing")
        await until(pilot, lambda: len(session(pilot).versions) == 2)
        await settled(pilot)

    written = [path.read_text(encoding="utf-8") for path in (first, second)]
    assert run("publish", opened.session.id, "--again", "1") == written[0]
    assert "an action was missing" in written[1]
    assert "was changed since" not in run("site", str(site), "--profile", "public")
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*") if path.suffix in (".html", ".js", ".xml")]
    assert any("Page on a backup older than a day" in each for each in pages)
    hidden = re.compile("|".join(rf"\b{re.escape(each)}" for each in (*HIDDEN, *COMMENTS.values())), re.IGNORECASE)
    assert [found for text in (*written, *pages) for found in hidden.findall(text)] == []
