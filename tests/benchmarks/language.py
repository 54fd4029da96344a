"""The checks of language: sentences, the line being typed, the worst texts, and the cost of having the rules ready."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from facilitator.checks.language import Context, findings
from tests.benchmarks.commands import CLICK
from tests.benchmarks.measuring import Line, compared, interleaved, timed
from tests.benchmarks.workshop import Workshop
from tests.checks.labelled import rules, twins

ROUNDS = 15
READY = """
from facilitator.checks.compiled import compiled
from facilitator.settings.rules import all_rules
import facilitator.checks.language
compiled(all_rules())
"""
WORST = ("should ", "we did not ", "be more careful, ", '"', "(", "the engineer of ")
SIZE = 50_000


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure sentences one by one, a long line, texts made to be slow, and a program that begins with the rules."""
    ready = rules()
    sentences = [(text, Context(context)) for context, _, *both in twins() for text in both]

    def every() -> None:
        for text, context in sentences:
            findings(text, context, ready)

    took = [timed(every) * 1000 / len(sentences) for _ in range(ROUNDS)]
    yield Line(f"blame language, a sentence of {len(sentences)}", median(took), "us", limit=200)
    typed = " ".join(text for text, _ in sentences)[:500]
    took = [timed(partial(findings, typed, Context.LESSON, ready)) for _ in range(ROUNDS)]
    yield Line(f"blame language, a typed line of {len(typed)} characters", median(took), limit=2)
    for unit in WORST:
        twice, once = f"{2 * SIZE // 1000} KB", f"{SIZE // 1000} KB"
        tasks: dict[str, Callable[[], float]] = {
            name: partial(timed, partial(findings, unit * (size // len(unit)), Context.LESSON, ready))
            for name, size in ((once, SIZE), (twice, 2 * SIZE))
        }
        yield compared(f"blame language, {twice} of {unit.strip()!r}", interleaved(5, tasks), twice, once, bound=2.5)
    commands = {
        CLICK: [sys.executable, "-c", "import click"],
        "settings": [sys.executable, "-c", "import facilitator.settings.settings"],
        "ready": [sys.executable, "-c", READY],
    }
    times = interleaved(
        ROUNDS, {name: partial(timed, partial(workshop.run, each, None)) for name, each in commands.items()}
    )
    yield compared("a program that reads its settings: no rules", times, "settings", CLICK, bound=2)
    yield compared("a program with the rules of language ready", times, "ready", CLICK)
