"""Trends on the screen: charts fit whatever room they have, and lead to the sessions that they are made of."""

import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len

from facilitator.app.screens.home import HomeScreen
from facilitator.app.screens.trends import TrendsScreen
from facilitator.app.trends.chart_view import ChartView
from facilitator.app.trends.drawing import picture
from facilitator.app.trends.pieces import PLAIN, UNICODE, Signs
from facilitator.app.trends.time_plots import period_ticks
from facilitator.app.widgets.line_input import LineInput
from facilitator.library.charts import Bars, Chart, Mark, charts
from facilitator.library.impact import Impact, Impacts, Verdict
from facilitator.library.ledger import Brief
from facilitator.library.trends import trends
from facilitator.model.session import ReviewKind, Severity
from facilitator.model.text import clean
from tests.app.driving import Keys, keys, make_app, screen_text, typed, until
from tests.benchmarks.library_store import fill
from tests.hostile import HOSTILE

EXAMPLES = Path(__file__).parents[2] / "sessions"
SIZES = [(20, 4), (38, 6), (80, 14), (150, 40)]


def briefs(count: int, name: str = "checkout") -> list[Brief]:
    return [
        Brief(
            f"S{number}", f"{name} {number}", date(2024, 1, 1) + timedelta(days=20 * number), Severity.SEV2,
            ReviewKind.INCIDENT, (name, f"service {number % 30}"), (name, "code"), 60.0 * number, 90.0 * (number + 1),
            3.0 * number, number % 4, number % 3, number % 2,
        )
        for number in range(count)
    ]  # fmt: skip


def every_chart(count: int, name: str = "checkout") -> tuple[Chart, ...]:
    done = date(2025, 1, 1)
    impact = tuple(
        Impact("S1", "A", 1, f"{name} {number}", done, (name,), ("code",), 1, 90, number, 90, 1, 1, 1.0, low, high, 1,
               Verdict.UNDECIDED)
        for number, (low, high) in enumerate(((0.0, None), (0.1, 0.4), (3.0, 90.0)))
    )  # fmt: skip
    sessions = briefs(count, name)
    return charts(trends(sessions), sessions, Impacts(impact, {}))


@pytest.mark.parametrize("signs", [UNICODE, PLAIN], ids=["unicode", "plain"])
@pytest.mark.parametrize("count", [1, 4, 40])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_chart_fits_and_a_click_finds_each_part_of_it(size: tuple[int, int], count: int, signs: Signs) -> None:
    for chart in every_chart(count):
        drawn = picture(chart, size, signs, marked=0)
        assert drawn.lines or chart.body is None
        assert len(drawn.lines) <= size[1]
        texts = ["".join(piece.text for piece in line) for line in drawn.lines]
        assert max(map(cell_len, texts), default=0) <= size[0], (chart.name, texts)
        if signs.plain:
            assert all(text.replace("…", "").isascii() for text in texts), texts
        for part in drawn.parts:
            place = (part.first, 0) if drawn.upright else (0, part.first)
            assert drawn.mark_at(*place) == part.mark


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text_and_leave_every_line_as_wide_as_it_was(name: str) -> None:
    for chart in every_chart(40, name):
        for line in picture(chart, (100, 20), UNICODE).lines:
            text = "".join(piece.text for piece in line)
            assert clean(text) == text
            assert "\n" not in text
            assert cell_len(text) <= 100


@pytest.mark.parametrize("marked", [0, 19, 39])
def test_the_mark_is_always_to_be_seen(marked: int) -> None:
    marks = tuple(Mark(f"service {number}", f"{number}", "", "") for number in range(40))
    drawn = picture(Chart("Services", "", "", marks, Bars(tuple(range(40)))), (60, 10), UNICODE, marked)
    shown = ["".join(piece.text for piece in line) for line in drawn.lines]
    assert [line[:12].strip() for line in shown if line.startswith("› ")] == [f"› service {marked}"]
    assert sum(part.mark == marked for part in drawn.parts) == 1


def test_years_and_months_are_named_where_they_have_room() -> None:
    names = [f"{2024 + number // 12}-{number % 12 + 1:02}" for number in range(24)]
    year = ["Apr", "Jul", "Oct"]
    assert [name for _, name in period_ticks(names, 1, 24)] == ["2024", "2025", *year, *year]
    assert [name for _, name in period_ticks(names[3:6], 6, 18)] == ["2024-04", "May", "Jun"]
    assert [name for _, name in period_ticks(["2019", "2020", "2021"], 4, 12)] == ["2019", "2021"]


async def at_trends(pilot: Keys) -> TrendsScreen:
    """Go to the trends, and wait until they are drawn."""
    await keys(pilot, "shift+tab")
    await until(pilot, lambda: isinstance(pilot.app.screen, TrendsScreen))
    shown = pilot.app.screen
    assert isinstance(shown, TrendsScreen)
    await until(
        pilot,
        lambda: not any(each.is_running for each in shown.workers if each.group in ("index", "trends", "effects")),
    )
    await pilot.pause()
    return shown


async def calm(pilot: Keys) -> None:
    """Wait until what was asked is drawn."""
    await pilot.pause()
    await until(
        pilot, lambda: not any(each.is_running for each in pilot.app.workers if each.group in ("trends", "effects"))
    )
    await pilot.pause()


def query(pilot: Keys) -> str:
    return pilot.app.screen.query_one(LineInput).value


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a store with thirty sessions."""
    fill(tmp_path / "store", 30)
    return tmp_path / "store"


async def test_enter_goes_into_a_chart_narrows_and_then_shows_the_sessions(many: Path):
    app = make_app(many)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "30 sessions" in screen_text(pilot))
        await typed(pilot, "mttd:<2d")
        shown = await at_trends(pilot)
        assert query(pilot) == "mttd:<2d"
        assert "Causes over time" in screen_text(pilot)
        await keys(pilot, "down", "enter")
        await keys(pilot, "down", "left", "right")
        (service,) = re.findall(r"› (\S+) +│▄", screen_text(pilot))
        await keys(pilot, "enter")
        await calm(pilot)
        assert query(pilot) == f"mttd:<2d service:{service} "
        await keys(pilot, "enter")
        assert f"› {service}" in screen_text(pilot)
        await keys(pilot, "escape")
        assert f"› {service} " not in screen_text(pilot)
        await keys(pilot, "enter")
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert query(pilot).strip() == f"mttd:<2d service:{service}"
        assert shown is not pilot.app.screen


async def test_a_click_puts_the_mark_on_a_column_and_arrows_move_it(many: Path):
    async with make_app(many).run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "30 sessions" in screen_text(pilot))
        await at_trends(pilot)
        await keys(pilot, "down", "down")
        chart = pilot.app.screen.query_one(ChartView)
        part = chart.picture.parts[1]
        await pilot.click(ChartView, offset=(part.first, 2))
        assert "▲" in screen_text(pilot)
        before = screen_text(pilot)
        await keys(pilot, "right")
        assert screen_text(pilot) != before
        await keys(pilot, "left")
        assert screen_text(pilot) == before
        for start, narrowed in (("date:2019", "date:2019"), ("", r"date:20\d\d")):
            await keys(pilot, "ctrl+u", *start)
            await calm(pilot)
            await keys(pilot, "enter")
            await keys(pilot, "enter")
            await calm(pilot)
            assert re.fullmatch(rf"{narrowed}\S* ", query(pilot))


@pytest.mark.parametrize("size", [(40, 12), (80, 24)], ids=str)
async def test_a_small_screen_has_one_chart_with_its_finding(many: Path, size: tuple[int, int]):
    async with make_app(many).run_test(size=size) as pilot:
        await until(pilot, lambda: "30 sessions" in screen_text(pilot))
        await at_trends(pilot)
        await keys(pilot, "down", "down")
        assert "Time to resolve (MTTR)" in screen_text(pilot)
        assert "median" in screen_text(pilot)


async def test_few_sessions_and_none_are_said_plainly(tmp_path: Path):
    store = tmp_path / "store"
    shutil.copytree(EXAMPLES, store, ignore=shutil.ignore_patterns(".facilitator"))
    async with make_app(store).run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "4 sessions" in screen_text(pilot))
        await at_trends(pilot)
        assert "4 sessions: too few for a trend" in screen_text(pilot)
        await typed(pilot, "zzz")
        await until(pilot, lambda: "Nothing here matches 'zzz'." in screen_text(pilot))
        await keys(pilot, "enter", "escape")
        await until(pilot, lambda: "4 sessions: too few" in screen_text(pilot))


async def test_an_empty_store_is_calm_about_it(tmp_path: Path):
    (tmp_path / "store").mkdir()
    async with make_app(tmp_path / "store").run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await at_trends(pilot)
        await until(pilot, lambda: "There is no session yet." in screen_text(pilot))
        await keys(pilot, "enter", "down", "ctrl+e")
        assert "There is nothing to draw yet." in screen_text(pilot)


async def test_the_picture_is_written_where_it_is_wanted(many: Path, tmp_path: Path):
    async with make_app(many).run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "30 sessions" in screen_text(pilot))
        await at_trends(pilot)
        await keys(pilot, "ctrl+e")
        await until(pilot, lambda: "Write to" in screen_text(pilot))
        await keys(pilot, "ctrl+u", *str(tmp_path / "t.svg"), "enter")
        await until(pilot, lambda: "Written: t.svg" in screen_text(pilot))
    assert ET.parse(tmp_path / "t.svg").getroot().tag.endswith("svg")


def test_what_draws_charts_is_not_loaded_before_they_are_shown():
    script = (
        "import sys, facilitator.app.application, facilitator.app.screens.trends; "
        "print([name for name in sys.modules if 'plotext' in name])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
