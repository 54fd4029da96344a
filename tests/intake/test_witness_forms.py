"""Witness forms: what is written comes back, whatever editors and mail programs do to the file."""

import re
import textwrap
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from facilitator.documents.witness import witness_form
from facilitator.intake.drafts import Stamp
from facilitator.intake.kinds.witness import READER
from facilitator.intake.reader import Options, Sample
from facilitator.intake.report import Report
from facilitator.intake.witness.forms import Form, forms_in, is_form
from facilitator.intake.witness.lines import told_in
from facilitator.intake.witness.text import Line, has_bullet, joined, told
from facilitator.model.account_questions import QUESTIONS
from facilitator.model.moments import Approximation, Moment
from facilitator.model.session import Entry, Milestone, Participant, Session
from facilitator.model.text import clean, one_line
from tests.intake.text_source import TextSource

FIRST, SECOND = "01E1", "01E2"
DANA = Participant(id="01P1", text="Dana Reyes")
TODAY = date(2026, 11, 20)


def at(hour: int, minute: int) -> Moment:
    return Moment(datetime(2026, 11, 15, hour, minute, tzinfo=UTC))


SESSION = Session(
    id="01S1",
    title="Checkout errors",
    created=datetime(2026, 11, 16, tzinfo=UTC),
    participants=(DANA,),
    timeline=(
        Entry(id=FIRST, at=at(23, 40), text="The error rate climbs on all pods at once", milestones=(Milestone.START,)),
        Entry(id=SECOND, at=at(23, 58), text="Rolled back", milestones=(Milestone.RESOLVED,)),
    ),
)
BLANK = witness_form(SESSION, "01F1", DANA)


def filled(answers: dict[tuple[str, str], str], own: str = "", asked: str = "") -> str:
    """Return the form as somebody fills it in who writes below what is asked."""
    text = BLANK
    for (entry, field), answer in answers.items():
        mark = f"<!-- witness:{field} {entry} -->\n"
        assert mark in text
        text = text.replace(mark, f"{mark}\n{answer}\n")
    text = text.replace("day or zone.\n", f"day or zone.\n\n{own}\n")
    return text.replace("witness:asked -->\n", f"witness:asked -->\n\n{asked}\n")


def only(text: str) -> Form:
    (form,) = forms_in(text)
    return form


def answers_of(form: Form) -> dict[tuple[str, str], str]:
    return {(each.entry, each.field): each.text for each in form.answers}


def own_of(form: Form) -> list[tuple[str, str]]:
    return [(f"{each.stamp.local:%d %H:%M}" if each.stamp else "", each.text) for each in told_in(form, TODAY)]


def cleaned(text: str) -> list[str]:
    """Return the lines of a text, each without control characters."""
    return [clean(line) for line in re.split("\r\n?|[\n\x85\u2028\u2029]", text)]


def unchanged(text: str) -> str:
    return text


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def trailing(text: str) -> str:
    return "".join(f"{line}  \t\n" for line in text.split("\n"))


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.split("\n"))


def quoted_twice(text: str) -> str:
    return "".join(f">> {line}".rstrip() + "\n" for line in text.split("\n"))


def wrapped(text: str) -> str:
    blocks = re.split(r"\n\s*\n", text)
    return "\n\n".join(textwrap.fill(each, 44, break_long_words=False, break_on_hyphens=False) for each in blocks)


def wrapped_and_quoted(text: str) -> str:
    return crlf(quoted(wrapped(text)))


def other_headings(text: str) -> str:
    text = re.sub(r"^## .*? (?=<!--)", "## My part ", text, flags=re.MULTILINE)
    text = re.sub(r"^# .*$", "# Mine", text, flags=re.MULTILINE)
    return re.sub(r"^\*\*What .*?\?\*\*", "**Well?**", text, flags=re.MULTILINE)


def moved(text: str) -> str:
    head, *sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    sections[-1], end = sections[-1].split("<!-- witness:end -->")
    return head + "\n".join(reversed(sections)) + "<!-- witness:end -->" + end


def marks_apart(text: str) -> str:
    return re.sub(r"(\S) (<!-- witness:(?!form|name))", r"\1\n\2", text)


def dashes(text: str) -> str:
    return text.replace("<!--", "<!–").replace("-->", "–>")


TREATMENTS = (
    unchanged, crlf, trailing, quoted, quoted_twice, wrapped, wrapped_and_quoted, other_headings, moved, marks_apart,
    dashes,
)  # fmt: skip

words = st.text(st.sampled_from("abcdeXYZ019éß日.,:;'?!%()"), min_size=1, max_size=9)
sentences = (
    st.lists(words, min_size=1, max_size=20)
    .map(" ".join)
    .map(one_line)
    .filter(lambda text: told(text) and not any(has_bullet(f"{word} x") for word in text.split()))
)
questions = st.tuples(st.sampled_from((FIRST, SECOND)), st.sampled_from(tuple(QUESTIONS)))


@pytest.mark.parametrize("treatment", TREATMENTS, ids=lambda each: each.__name__)
def test_an_untouched_form_says_nothing(treatment: Callable[[str], str]) -> None:
    form = only(treatment(BLANK))
    assert form.is_empty, form
    assert (form.id, form.session, form.addressee, form.name) == ("01F1", "01S1", "01P1", "Dana Reyes")
    assert (form.start, form.zone) == (datetime(2026, 11, 15, 23, 40), "UTC")  # noqa: DTZ001


@pytest.mark.parametrize("treatment", TREATMENTS, ids=lambda each: each.__name__)
@settings(max_examples=30)
@given(answers=st.dictionaries(questions, sentences, max_size=8), asked=sentences)
def test_what_is_written_comes_back(
    treatment: Callable[[str], str], answers: dict[tuple[str, str], str], asked: str
) -> None:
    form = only(treatment(filled(answers, "23:45 saw the graph climb", asked)))
    assert answers_of(form) == answers
    assert form.asked == asked
    assert own_of(form) == [("15 23:45", "saw the graph climb")]
    assert form.beside == ()


@given(st.text(), st.text())
def test_any_text_comes_back_as_one_line(text: str, own: str) -> None:
    assume("witness:" not in text + own)
    form = only(filled({(FIRST, "seen"): text}, own))
    assert answers_of(form).get((FIRST, "seen"), "") == joined([Line(0, each) for each in cleaned(text)])
    kept = "".join(each.text for each in told_in(form, TODAY))
    assert set(kept) <= set(one_line("\n".join(cleaned(own))))


@given(st.text(st.sampled_from(">< !-–witnesform:=01\n #*")), st.integers(0, len(BLANK)))
def test_nothing_in_a_file_stops_the_reader(noise: str, place: int) -> None:
    for form in forms_in(BLANK[:place] + noise + BLANK[place:]):
        texts = [*(each.text for each in form.answers), *(each.text for each in told_in(form, TODAY))]
        assert texts == [one_line(each) for each in texts]


def test_bullets_and_broken_lines_are_one_answer() -> None:
    form = only(filled({(FIRST, "options"): "- rolling\n  back\n- waiting.\n\nor\npaging", (FIRST, "seen"): "* red"}))
    assert answers_of(form) == {(FIRST, "options"): "rolling back; waiting. or paging", (FIRST, "seen"): "red"}


@pytest.mark.parametrize("placeholder", ["…", "-", "n/a", "TBD", "_", "  ", "- ", "?"])
def test_placeholders_say_nothing(placeholder: str) -> None:
    assert only(filled({(FIRST, "seen"): placeholder}, placeholder, placeholder)).is_empty


def test_an_answer_stays_where_the_question_below_it_was_deleted() -> None:
    answer = "**Red** it was,\nall of it"
    text = filled({(FIRST, "seen"): answer}).replace(f"**{QUESTIONS['meant']}** ", "", 1)
    assert answers_of(only(text)) == {(FIRST, "seen"): "**Red** it was, all of it"}


@pytest.mark.parametrize(
    "answer", ["none", f"{'-' * 60} red", "nothing", ">5% errors", "> 5%", "5% errors", "#incidents", "the `db` pod"]
)
def test_short_answers_are_answers(answer: str) -> None:
    assert answers_of(only(filled({(FIRST, "seen"): answer}))) == {(FIRST, "seen"): answer}


def test_an_answer_between_lines_of_a_quoted_form_is_read() -> None:
    mark = f"> **What did you take it to mean?** <!-- witness:meant {SECOND} -->\n"
    form = only(quoted(BLANK).replace(mark, f"{mark}\nThat it was over,\nfor good.\n\n"))
    assert answers_of(form) == {(SECOND, "meant"): "That it was over, for good."}


def test_own_words_are_lines_with_times_and_paragraphs() -> None:
    own = """\
23:50 saw the graph climb
and did not stop
- ~00:10 called the DB team
* 00:20-00:25 rolled back
01:00 CET a mail from Bo

It was loud.
Very.

23:55 had opened the runbook
2026-11-17 09:00 read the log
25:99 is no time
1400 errors a second"""
    form = only(filled({}, own))
    found = list(told_in(form, TODAY))
    assert [(each.text, f"{each.stamp.local:%d %H:%M}" if each.stamp else "") for each in found] == [
        ("saw the graph climb and did not stop", "15 23:50"),
        ("called the DB team", "16 00:10"),
        ("rolled back", "16 00:20"),
        ("a mail from Bo", "16 01:00"),
        ("It was loud. Very.", ""),
        ("had opened the runbook", "15 23:55"),
        ("read the log 25:99 is no time 1400 errors a second", "17 09:00"),
    ]
    stamps = [each.stamp for each in found if each.stamp is not None]
    assert stamps[1].approximation is Approximation.ABOUT
    assert stamps[2].until == datetime(2026, 11, 16, 0, 25)  # noqa: DTZ001
    assert [each.zone for each in stamps] == ["UTC", "UTC", "UTC", "+01:00", "UTC", "UTC"]


def test_without_a_day_times_stay_in_the_paragraphs() -> None:
    blank = witness_form(Session(id="01S1", title="New", created=SESSION.created), "01F1")
    assert "witness:moment" not in blank
    form = only(
        blank.replace("the day before them.\n", "the day before them.\n\n14:22 saw it\n\n2026-11-15 14:25 ran\n")
    )
    assert own_of(form) == [("", "14:22 saw it"), ("15 14:25", "ran")]


def test_what_stands_beside_the_form_is_kept_and_the_head_of_a_mail_is_not() -> None:
    above = "Hi, I wrote it down.\n\nOn Mon, 23 Nov 2026 at 10:00, Kim <kim@example.com> wrote:\n\n"
    below = "\nBest\nDana\n"
    form = only(above + quoted(filled({(FIRST, "seen"): "red"})) + below)
    assert form.beside == ("Hi, I wrote it down.", "Best Dana")


def test_what_is_written_in_the_wrong_place_is_kept() -> None:
    text = BLANK.replace("--> Dana Reyes\n", "--> Dana Reyes\nI was new on call.\n")
    text = text.replace(f"witness:moment {FIRST} -->\n", f"witness:moment {FIRST} -->\n\nI remember it well.\n")
    assert only(text).beside == ("I was new on call.", "I remember it well.")


def test_a_form_that_a_mail_holds_twice_is_read_twice() -> None:
    first, second = forms_in(filled({(FIRST, "seen"): "red"}) + "\n\n" + quoted(BLANK))
    assert (first.is_empty, second.is_empty) == (False, True)


def test_a_section_that_stands_twice_keeps_both_answers() -> None:
    mark = f"<!-- witness:seen {FIRST} -->"
    form = only(f"{filled({(FIRST, 'seen'): 'red'})}\n{mark}\ngreen\n{mark}\nred\n")
    assert answers_of(form) == {(FIRST, "seen"): "red; green"}


def test_control_characters_are_taken_out() -> None:
    form = only(filled({(FIRST, "seen"): "a\x1b[31mred\x1b[0m\u202e b\x00"}))
    assert answers_of(form) == {(FIRST, "seen"): "ared b"}


@pytest.mark.parametrize(
    "text", ["", "# Notes", "<!-- witness:seen 01E1 -->\nred", "<!-- witness:form -->", "<!-- x -->"]
)
def test_what_is_no_form_has_no_forms(text: str) -> None:
    assert forms_in(text) == ()


def test_many_marks_and_long_lines_are_read_in_bounds() -> None:
    head = "<!-- witness:form 01F1 session=01S1 zone=Mars/Base start=yesterday -->\n"
    form = only(head + "<!-- witness:seen 01E1 -->\nx\n" * 20_000 + "<!--" + " " * 100_000)
    assert form.start is None
    assert form.zone == "UTC"
    assert len(form.answers) == 1


def test_the_reader_knows_a_form_by_its_mark_and_gives_its_lines() -> None:
    data = filled({(FIRST, "seen"): "red"}, "23:45 saw it\n\nIt was loud.\n\n23:45 ran").encode()
    sample = Sample("dana.md", ("dana.md",), data.decode())
    assert (READER.recognises(sample), READER.recognises(Sample("x", ("x",), "# x"))) == (100, 0)
    report = Report()
    options = Options(now=datetime(2026, 11, 20, tzinfo=UTC))
    drafts = list(READER.read(TextSource("dana.md", data), options, report))
    when = Stamp(datetime(2026, 11, 15, 23, 45), "UTC")  # noqa: DTZ001
    assert [(each.text, each.who, each.stamp, each.file) for each in drafts] == [
        ("saw it", "Dana Reyes", when, "dana.md"),
        ("ran", "Dana Reyes", when, "dana.md"),
    ]
    assert len({each.id for each in drafts}) == 2
    assert all(each.id.startswith("witness:") for each in drafts)
    assert drafts == list(READER.read(TextSource("dana.md", crlf(data.decode()).encode()), options, Report()))
    assert [(each.place, each.reason) for each in report.skipped] == [
        ("line 19", "no time at its start: it is kept as a private note")
    ]
    assert is_form(data.decode())


@given(st.binary(max_size=200))
def test_the_reader_never_raises(data: bytes) -> None:
    options = Options(now=datetime(2026, 11, 20, tzinfo=UTC))
    for each in (data, BLANK.encode() + data, data + BLANK.encode("utf-16")):
        for draft in READER.read(TextSource("x", each), options, Report()):
            assert draft.text == one_line(draft.text)
