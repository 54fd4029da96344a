"""The documentation says what the program does: its tables, its command lines, its links."""

import os
import re
import shutil
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from textual.binding import Binding

from facilitator.app import commands
from facilitator.app.widgets.line_input import LineInput
from facilitator.capture.lines import help_lines
from facilitator.capture.reviewing import help_lines as review_lines
from facilitator.cli.main import SUMMARIES, main
from facilitator.documents.formats import FORMATS
from facilitator.model.edits import set_field
from facilitator.model.phases import Phase
from facilitator.settings.keymap import check_keymap
from facilitator.settings.settings import load
from facilitator.store import codec
from facilitator.store.store import Store
from tests.docs.commandlines import shown_commands, shown_lines
from tests.docs.readings import asked, understood
from tests.docs.records import write_records
from tests.docs.tables import ROOT, as_markdown, code, key_rows, tables

PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^ *```(\w+)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_OPENS_SOMETHING = ("open", "demo", "edit")


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def page(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a copy of the worked examples, and a home in which nothing is set."""
    for name in [name for name in os.environ if name.startswith(("FACILITATOR", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    shutil.copytree(ROOT / "sessions", tmp_path / "sessions", ignore=shutil.ignore_patterns(".facilitator", "trash"))
    monkeypatch.chdir(tmp_path)
    store = Store(tmp_path / "sessions")
    opened = store.open(store.resolve("2026-11-15"))
    store.save(opened, set_field(opened.session, "trigger", "A change of the error rate"))
    for name in ("base.json", "ours.json", "theirs.json"):
        shutil.copy(tmp_path / "sessions" / "2026-11-15-checkout-errors-after-v3-2.json", tmp_path / name)
    (tmp_path / "postmortem.md").write_text("# Checkout errors\n\n## Root cause\n\nHuman error.\n", encoding="utf-8")
    write_records(tmp_path)
    (tmp_path / "sentences.jsonl").write_text('{"id": 1, "text": "Human error."}\n', encoding="utf-8")
    return tmp_path


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(text: str) -> set[str]:
    """Return the names under which GitHub finds the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    "group", ["EVERYWHERE", "LISTS", "LIBRARY", "HOME", "REGISTER", "TRENDS", "SESSION", "EDITOR", "DRAFTS"]
)
def test_the_keys_of_each_group_are_those_of_the_program(group: str) -> None:
    wanted = key_rows(getattr(commands, group))
    shown = tables(read("docs/keys.md"))[("Key", "Command", "What it does", "Name")]
    assert wanted in shown, f"docs/keys.md needs this table:\n{as_markdown(wanted)}"


def test_no_key_is_missing_or_made_up() -> None:
    shown = [row for table in tables(read("docs/keys.md"))[("Key", "Command", "What it does", "Name")] for row in table]
    assert shown == key_rows(commands.ALL)


def test_the_keys_of_the_line_are_those_that_it_has() -> None:
    (table,) = tables(read("docs/keys.md"))[("Key", "What it does")]
    shown = [code(key) for keys, _ in table for key in keys.split(", ")]
    assert sorted(shown) == sorted(binding.key for binding in Binding.make_bindings(LineInput.BINDINGS))


@pytest.mark.parametrize("phase", Phase, ids=str)
def test_what_can_be_typed_in_a_phase_is_what_its_help_shows(phase: Phase) -> None:
    anywhere, *own = tables(read("docs/capture.md"))[("typed", "becomes")]
    wanted = [(f"`{example}`", meaning) for example, meaning in help_lines(phase)]
    expected = wanted[: -len(anywhere)]
    assert wanted[-len(anywhere) :] == anywhere
    assert not expected or expected in own, f"docs/capture.md needs this table:\n{as_markdown(expected)}"


def test_every_table_of_the_capture_line_belongs_to_a_phase() -> None:
    anywhere, *own = tables(read("docs/capture.md"))[("typed", "becomes")]
    shown = [*map(help_lines, Phase), review_lines()]
    known = [[(f"`{example}`", meaning) for example, meaning in lines] for lines in shown]
    assert all([*table, *anywhere] in known for table in own)
    assert known[-1][: -len(anywhere)] in own


def test_times_are_understood_as_the_documentation_says() -> None:
    (table,) = tables(read("docs/capture.md"))[("stamp", "understood")]
    for stamp, said in table:
        assert understood(f"{code(stamp)} checkout is slow", Phase.TIMELINE) == said


def test_what_is_asked_about_is_asked_as_the_documentation_says() -> None:
    (table,) = tables(read("docs/capture.md"))[("typed", "question", "answers")]
    for line, question, answers in table:
        assert asked(code(line), Phase.TIMELINE) == (question, tuple(answers.split("; ")))


def test_particulars_of_actions_are_understood_as_the_documentation_says() -> None:
    (table,) = tables(read("docs/capture.md"))[("typed", "understood")]
    for line, said in table:
        assert understood(code(line), Phase.ACTIONS) == said


def test_every_command_is_described_and_listed_in_the_readme() -> None:
    described = re.findall(r"^## (\S+)$", read("docs/commands.md"), re.MULTILINE)
    assert described == ["facilitator", *SUMMARIES]
    (listed,) = tables(read("README.md"))[("Command", "What it does")]
    assert listed[1:] == [(f"`facilitator {name}`", summary) for name, summary in SUMMARIES.items()]


def test_every_option_of_every_command_is_described() -> None:
    context = click.Context(main)
    text = read("docs/commands.md")
    for name in SUMMARIES:
        command = main.get_command(context, name)
        assert command is not None
        section = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
        wanted = {max(each.opts, key=len) for each in command.params if isinstance(each, click.Option)}
        aliases = {"--output": "-o"}
        for option in wanted - {"--store", "--help"}:
            assert aliases.get(option, option) in section, f"docs/commands.md: {name} {option}"


def test_every_format_is_named() -> None:
    for name in FORMATS:
        assert f"--format {name}" in read("docs/documents.md")
        assert f"`{name}`" in read("docs/commands.md")


def test_every_link_and_picture_is_there(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        path, _, heading = target.partition("#")
        found = page.parent / path if path else page
        assert found.exists(), f"{page.name}: {target}"
        if heading:
            assert heading in anchors(found.read_text(encoding="utf-8")), f"{page.name}: {target}"


def test_every_page_is_linked_from_the_readme() -> None:
    linked = set(_LINK.findall(read("README.md")))
    assert {str(page.relative_to(ROOT)) for page in PAGES if page.name != "README.md"} <= linked


def test_every_picture_is_shown_somewhere() -> None:
    shown = {Path(target).name for page in PAGES for target in _LINK.findall(page.read_text(encoding="utf-8"))}
    pictures = {path.name for path in (ROOT / "docs" / "pictures").glob("*.svg")}
    assert pictures <= shown


def test_every_command_line_works(page: Path, checkout: Path) -> None:
    lines = list(shown_commands(page.read_text(encoding="utf-8")))
    for args in lines:
        parse(args)
        asks = args and args[0] == "delete" and "--yes" not in args
        if not args or args[0] in _OPENS_SOMETHING or "--open" in args or "--at" in args or asks:
            continue
        result = CliRunner().invoke(main, list(args))
        assert result.exit_code in ((0, 1) if args[:1] == ("check",) else (0,)), f"{' '.join(args)}: {result.output}"
        assert result.stdout or "-o" in args or args[0] in ("delete", "merge", "merge-driver", "review", "approve")


def parse(args: tuple[str, ...]) -> None:
    """Let click read a command line as it would, without doing anything. Raises UsageError."""
    # With its own settings: click keeps the option for help of the first context that asks a command for it.
    context = click.Context(main, info_name="facilitator", **main.context_settings)
    _, words, _ = main.make_parser(context).parse_args(list(args))
    if words:
        name, command, rest = main.resolve_command(context, words)
        assert command is not None
        command.make_context(name, rest, parent=context)


def test_the_documentation_shows_command_lines_at_all() -> None:
    shown = [args for page in PAGES for args in shown_commands(page.read_text(encoding="utf-8"))]
    assert {args[0] for args in shown if args} >= set(SUMMARIES)


def test_every_make_target_is_there(page: Path) -> None:
    targets = set(re.findall(r"^(\w+):", read("Makefile"), re.MULTILINE))
    shown = re.findall(r"`make (\w+)`", page.read_text(encoding="utf-8"))
    shown += [line.split()[1] for line in shown_lines(page.read_text(encoding="utf-8")) if line.startswith("make ")]
    assert set(shown) <= targets


def test_configurations_that_are_shown_have_no_problem(page: Path, tmp_path: Path) -> None:
    for language, block in _FENCED.findall(page.read_text(encoding="utf-8")):
        if language == "toml":
            path = tmp_path / "config.toml"
            path.write_text(block, encoding="utf-8")
            settings, problems = load(path)
            assert not problems
            assert not check_keymap(settings.keymap, commands.known_bindings())


def test_the_session_that_is_shown_is_a_session() -> None:
    (shown,) = [block for language, block in _FENCED.findall(read("docs/store.md")) if language == "json"]
    session = codec.loads(shown.encode())
    assert codec.dumps(session).decode() == shown


def test_the_newest_version_of_the_changes_is_that_of_the_program() -> None:
    newest = re.findall(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)[0]
    assert newest == tomllib.loads(read("pyproject.toml"))["project"]["version"]


def test_no_page_names_a_folder_of_one_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.findall(r"(?<![\w.~/:])/(?:home|root|Users|tmp|work|usr|var|opt|private)\b", text)
