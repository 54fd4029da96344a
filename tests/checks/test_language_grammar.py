"""The grammar below the rules: words with their places, forms of verbs, who does what, patterns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.checks.actors import Kind, known, people_ahead
from facilitator.checks.clauses import clause, explained, subject
from facilitator.checks.language import NOBODY, People
from facilitator.checks.patterns import RESERVED, Match, PatternError, match, parsed
from facilitator.checks.rules import WordClass
from facilitator.checks.verbs import base_of, forms, spellings
from facilitator.checks.words import NUMBER, QUOTED, Sentence, sentences

WHO = known(NOBODY)


def one(text: str) -> Sentence:
    (sentence,) = sentences(text)
    return sentence


SUBJECTS = [
    ("Bob *forgot the flag", Kind.OTHER),
    ("The on-call engineer had *forgotten it", Kind.OTHER),
    ("An engineer at the carrier *forgot it", Kind.OTHER),
    ("The deployment by the engineer *failed", Kind.THING),
    ("The failure of the operator *was", Kind.THING),
    ("A technician, while on a call, accidentally *cut it", Kind.OTHER),
    ("The service restarted and *failed", Kind.THING),
    ("An operator noticed the levels but *failed to act", Kind.OTHER),
    ("We looked at the graph and *forgot it", Kind.US),
    ("On Tuesday we *forgot it", Kind.US),
    ("None of the engineers *looked", Kind.NOBODY),
    ("No one seems to have *noticed", Kind.NOBODY),
    ("no reviewer *noticed", Kind.NOBODY),
    ("the person who *ran it", Kind.OTHER),
    ("the job which *ran", Kind.THING),
    ("the Kubernetes operator *restarted", Kind.THING),
    ("the user service *restarted", Kind.THING),
    ("the attacker *missed it", Kind.THING),
    ("the users *forgot", Kind.CROWD),
    ("three people *forgot", Kind.OTHER),
    ("*forgot the flag", Kind.ELIDED),
    ("14:02 - *forgot the flag", Kind.ELIDED),
    ("Lesson: *forgot the flag", Kind.ELIDED),
    ("team B *forgot it", Kind.OTHER),
    ("Team A *forgot it", Kind.OTHER),
    ("Tell HR about the *delayed run", Kind.THING),
    ("you *forgot it", Kind.YOU),
    ("the pods restarted, and they *failed", Kind.MAYBE),
    ("`deploy` *failed", Kind.THING),
    ("@anna *forgot it", Kind.OTHER),
    ("lol @anna force *pushed it", Kind.OTHER),
    ("The force *pushed it", Kind.THING),
    ("The scheduler on duty *forgot it", Kind.OTHER),
    ("Two of the switches *forgot it", Kind.THING),
    ("Two of the engineers *forgot it", Kind.OTHER),
    ("the network planners *forgot it", Kind.OTHER),
    ("the network planner *forgot it", Kind.THING),
]


@pytest.mark.parametrize(("marked", "kind"), SUBJECTS)
def test_the_subject_of_a_verb_is_found(marked: str, kind: Kind) -> None:
    text = marked.replace("*", "")
    sentence = one(text)
    place = sentence.starts.index(marked.index("*"))
    assert subject(sentence, place, WHO).kind is kind


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("the new hire in values.yaml", 3),
        ("our hosting partner's technician", 4),
        ("the operator pod", -1),
        ("an engineer restarting it", 2),
        ("everybody", 1),
        ("the database", -1),
        ("Lena two minutes", 1),
    ],
)
def test_people_are_found_ahead(text: str, ends: int) -> None:
    assert people_ahead(one(text), 0, WHO, frozenset((Kind.OTHER, Kind.US))) == ends


def test_a_sentence_is_words_with_their_places() -> None:
    sentence = one("14:02 Bob didn’t run `make all`, did he?")
    assert sentence.words == [NUMBER, "bob", "did", "not", "run", QUOTED, ",", "did", "he"]
    assert [sentence.written(place) for place in (0, 1, 2, 3, 5)] == ["14:02", "Bob", "did", "n’t", "`make all`"]
    assert sentence.asked
    assert sentence.begins == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("One. Two.", 2),
        ("It fell at 14:10. We saw it at 14:12, and left.", 2),
        ("It is v3.2 of it, e.g. the new one.", 1),
        ("A line that\ngoes on", 1),
        ("- one\n- two", 2),
        ("one\n\ntwo", 2),
        ("| one | two |", 2),
        ("at 2 a.m. it fell", 1),
        ("", 0),
        (" \n\t", 0),
        ("...", 0),
    ],
)
def test_sentences_are_told_apart(text: str, number: int) -> None:
    assert sum(1 for _ in sentences(text)) == number


@given(st.text(alphabet=st.sampled_from("ab '’\"`“”.!?\n-|1:,<>@()ßİ"), max_size=60))
def test_words_stand_where_they_say(text: str) -> None:
    last = 0
    for sentence in sentences(text):
        assert len(sentence.words) == len(sentence.starts) == len(sentence.ends)
        assert 0 <= sentence.begins < len(sentence.words)
        for start, end in zip(sentence.starts, sentence.ends, strict=True):
            assert last <= start <= end <= len(text)
            last = start


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("forget", "forgets forgot forgotten forgetting"),
        ("run", "runs ran run running"),
        ("check", "checks checked checked checking"),
        ("verify", "verifies verified verified verifying"),
        ("deploy", "deploys deployed deployed deploying"),
        ("skip", "skips skipped skipped skipping"),
        ("push", "pushes pushed pushed pushing"),
        ("write", "writes wrote written writing"),
        ("ignore", "ignores ignored ignored ignoring"),
        ("lie", "lies lay lain lying"),
    ],
)
def test_forms_of_verbs(base: str, expected: str) -> None:
    assert " ".join(forms(base)[1:]) == expected
    assert {base_of(each, frozenset({base})) for each in forms(base)} == {base}


def test_verbs_are_spelled_in_both_ways() -> None:
    assert set(spellings("cancel", "ed")) == {"canceled", "cancelled"}
    assert spellings("test", "ing") == ("testing",)


DUTY = WordClass("DUTY", ("test", "check"), verbs=True)
SOON = WordClass("SOON", ("sooner", "earlier"))


@pytest.mark.parametrize(
    ("pattern", "text", "place", "expected"),
    [
        ("should have > DUTYed", "we should really have also tested it", 1, Match(1, 6, 5)),
        ("careless*", "so carelessly done", 1, Match(1, 2, -1)),
        ("more *ing", "more testing", 0, Match(0, 2, -1)),
        ("took ... long", "took us far too long", 0, Match(0, 5, -1)),
        ("took ... long", "took one two three four five long", 0, None),
        ("took ... long", "took it, long", 0, None),
        ("^ not", "we not", 1, None),
        ("^ not", "so not", 1, Match(1, 2, -1)),
        ("again $", "again and", 0, None),
        ("again $", "again", 0, Match(0, 1, -1)),
        ("check the? disk", "check disk", 0, Match(0, 2, -1)),
        ("PEOPLE forgot", "the team forgot", 2, Match(0, 3, -1)),
        ("PEOPLE forgot", "the service forgot", 2, None),
        ("PEOPLE ... mistake", "we ran it by mistake", 4, Match(0, 5, -1)),
        ("fault of OTHERS", "fault of the engineer", 0, Match(0, 4, -1)),
        ("WHOSE fault", "the engineer's fault", 2, Match(1, 3, -1)),
        ("WHOSE fault", "the server's fault", 2, None),
        ("ask SOON/$", "ask earlier", 0, Match(0, 2, -1)),
        ("ask SOON/$", "ask", 0, Match(0, 1, -1)),
        ("at NUMBER", "at 14:02", 0, Match(0, 2, -1)),
    ],
)
def test_patterns(pattern: str, text: str, place: int, expected: Match | None) -> None:
    assert match(parsed(pattern, (DUTY, SOON)), one(text), place, WHO, {}) == expected


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("", "has no word"),
        ("PEOPLE", "has no word"),
        ("... forgot", "must begin"),
        ("the? forgot", "always there"),
        ("abc*", "4 letters"),
        ("*ing", "4 letters"),
        ("forgot a//b", "a word is missing"),
        ("forgot a*b", "a word is missing"),
        ("forgot NAMES", "no class of words"),
        ("forgot SOONed", "no class of verbs"),
        (" ".join(["word"] * 20), "more than"),
    ],
)
def test_what_is_no_pattern_is_said(pattern: str, message: str) -> None:
    with pytest.raises(PatternError, match=message.replace("*", r"\*")):
        parsed(pattern, (DUTY, SOON))


@given(
    st.lists(
        st.sampled_from(["a", "b?", "...", "^", "$", ">", "c*", "*d", "DUTYed", *RESERVED, "a/b", "//"]), max_size=6
    )
)
def test_every_pattern_is_understood_or_refused(words: list[str]) -> None:
    sentence = one("the engineer a b c d tested it, a")
    try:
        pattern = parsed(" ".join(words), (DUTY,))
    except PatternError:
        return
    for place in range(len(sentence.words)):
        found = match(pattern, sentence, place, WHO, {})
        assert found is None or 0 <= found.start <= found.end <= len(sentence.words)


def test_a_clause_ends_at_a_mark_or_a_conjunction() -> None:
    sentence = one("It fell, we looked, but nobody saw it")
    assert clause(sentence, 3) == (3, 5)
    assert clause(sentence, 9) == (7, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("missed it because the alert was buried", True),
        ("missed it because he was careless", False),
        ("missed it because he was tired", True),
        ("did it because he was under pressure from management", True),
        ("caused it by raising the limit to 10, which is shared by all tenants", True),
        ("caused it by raising the limit, which was bad", False),
        ("missed it, since there is no alert", True),
        ("missed it", False),
        ("missed it as usual", False),
    ],
)
def test_a_reason_is_a_condition_or_a_person(text: str, expected: bool) -> None:
    assert explained(one(text), 0, 1, WHO) is expected


def test_names_and_roles_of_a_session_are_words() -> None:
    who = known(People(frozenset({"ana-maria the great", "x", "@kim"}), frozenset({"release captain", "router"})))
    assert who.names == {"ana-maria", "great", "kim"}
    assert who.roles == {"captain"}
