"""What is found to be sensitive, what is left alone, and that it takes linear work."""

import pytest

from facilitator.checks.own_patterns import PatternError, own_pattern
from facilitator.checks.sensitive import MOST_FOUND, masked, sensitive, sensitive_findings
from facilitator.model.meeting_items import Account, Note
from facilitator.model.session import Entry
from tests.checks.scenes import NOW, entry, session

_LIVE = "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc"  # in pieces, so that no scanner takes this file for a leak
_HUB = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
_GOOGLE = "AIza" + "SyA1234567890abcdefghijklmnopqrstuv"
_JWT = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0In0.dozjgNryP4J3"
_AMAZON = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
_SLACK = "xoxb-" + "123456789012-abcdefghij"


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("key AKIAIOSFODNN7EXAMPLE in the log", "key", "AKIAIOSFODNN7EXAMPLE"),
        (f"key {_GOOGLE} here", "key", _GOOGLE),
        (f"token {_HUB}.", "key", _HUB),
        (f"({_SLACK})", "key", _SLACK),
        (f"Stripe {_LIVE}", "key", _LIVE),
        (f"cookie={_JWT};", "key", _JWT),
        ("a -----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- b", "key",
         "-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----"),
        ("Authorization: Bearer abc123def456ghi789jkl", "key", "abc123def456ghi789jkl"),
        ("password=hunter2", "password", "hunter2"),
        ("the password is hunter2.", "password", "hunter2"),
        ("with the password `hunter2` from the wiki", "password", "hunter2"),
        ("the password “Tr0ub4dor&3” was in it", "password", "Tr0ub4dor&3"),
        ("DB_PASSWORD='correct horse'", "password", "correct horse"),
        (f"aws_secret_access_key = {_AMAZON}", "password", _AMAZON),
        ("postgres://app:s3cr3t@db.example.com/x", "password", "s3cr3t"),
        ("mail alice@acme.io.", "mail", "alice@acme.io"),
        ("10.0.3.7:5432 refused", "address", "10.0.3.7"),
        ("2a00:1450:4009:80b::200e is down", "address", "2a00:1450:4009:80b::200e"),
        ("db-1.eu.internal is down", "host", "db-1.eu.internal"),
        ("https://grafana.corp/d/1", "host", "grafana.corp"),
        ("ip-10-0-3-27 was drained", "host", "ip-10-0-3-27"),
        ("for CUST-1234 only", "own", "CUST-1234"),
    ],
)  # fmt: skip
def test_what_is_found(text: str, rule: str, words: str):
    (found,) = sensitive(text, ("CUST-[0-9]+",))
    assert (found.rule, found.words) == (f"sensitive.{rule}", words)
    assert text[found.start : found.end] == words
    assert words not in found.why


@pytest.mark.parametrize(
    "text",
    [
        "the password `reset` page", "the password sha256 hash", "the password 'max-age' header",
        "the password is required", "password: ********", "PASSWORD=$DB_PASS", "the token is expired",
        "token: ENG-1234",
        "secret: v2.3.1", "https://user:<password>@example.com", "password authentication failed",
        "alice@example.com", "@alice pages @bob", "git@github.com:foo/bar", "1234+bot@users.noreply.github.com",
        "192.0.2.1 and 203.0.113.9", "version 10.0.3.7", "v1.2.3.4", "rack 2.2.3.1", "Chrome 96.0.4664.110",
        "8.8.8.8",
        "127.0.0.1", "::1 and 2001:db8::1", "at 14:22:05", "a::b in std::string", "255.255.255.0",
        ".env.local", "config.local", "localhost", "internal.", "host.docker.internal",
        "task-force-to-review-all-things",
    ],
)  # fmt: skip
def test_what_is_left_alone(text: str):
    assert sensitive(text) == ()


def test_of_what_overlaps_the_worst_is_told_and_the_rest_beside_it():
    found = sensitive("postgres://app:s3cr3t@db.internal:5432/x")
    assert [(each.rule, each.words) for each in found] == [
        ("sensitive.password", "s3cr3t"),
        ("sensitive.host", "db.internal"),
    ]


@pytest.mark.parametrize("door", ["https://ops:hunter2", "amqp://app:<password>", "redis://:s3cr3tpw"])
def test_the_host_behind_credentials_in_an_address_is_found(door: str):
    assert [each.words for each in sensitive(f"{door}@mq-1.corp:5672/x") if each.rule == "sensitive.host"] == [
        "mq-1.corp"
    ]


def test_a_credential_is_shown_by_how_it_begins():
    assert [masked(each) for each in sensitive(f"{_HUB} password=hunter2 a@acme.io")] == ["ghp_…", "…", "a@acme.io"]


def test_a_session_is_searched_where_it_is_published():
    given = session(
        Entry(id="E", at=entry(1, "14:00", "x").at, text="see a@acme.io", links=("https://grafana.corp/x",)),
        summary="db-1.internal",
        notes=(Note(id="N", text="b@acme.io"),),
        accounts=(
            Account(id="A", entry="E", seen="c@acme.io", private=True),
            Account(id="B", entry="E", seen="d@acme.io"),
        ),
    )
    found = [(each.about, each.field, each.words) for each in sensitive_findings(given)]
    assert found == [
        ("", "summary", "db-1.internal"),
        ("E", "text", "a@acme.io"),
        ("E", "links", "grafana.corp"),
        ("B", "seen", "d@acme.io"),
    ]
    assert NOW is given.created


@pytest.mark.parametrize("sign", ["a.internal ", "a@acme.io ", "10.0.3.7 ", "CUST-1 ", "password=hunter22 "])
def test_there_are_at_most_so_many_in_one_text(sign: str):
    assert len(sensitive(sign * (MOST_FOUND + 50), ("CUST-[0-9]+",))) == MOST_FOUND


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("CUST-[0-9]+", "for CUST-1234.", "CUST-1234"),
        (r"\b[A-Z]{2}\d{6}\b", "AB123456 and ABC123456", "AB123456"),
        ("(?i)acct[ _-]?[0-9]{6,10}", "ACCT 1234567", "ACCT 1234567"),
        ("(?:[A-Z]{2}-){2}[0-9]+", "DE-AB-77", "DE-AB-77"),
        ("[0-9]{4} ?[0-9]{4}", "1234 5678", "1234 5678"),
        (r"(?:client|tenant)[#:]\w+", "client#a1", "client#a1"),
        ("a{x}", "a{x}", "a{x}"),
        ("a{,2}b", "aab", "aab"),
        (r"[\]x]+!", "]x]!", "]x]!"),
    ],
)
def test_a_pattern_of_ones_own(pattern: str, text: str, words: str):
    assert [each.words for each in sensitive(text, (pattern,))] == [words]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(a+)+b", "could take for ever: a bracket that repeats"),
        ("(a|a)*b", "could take for ever: a bracket that repeats"),
        ("(?:a{1,9}){3}b", "could take for ever: a bracket that repeats"),
        ("[a-z]+[a-z0-9]+x", "could take for ever: parts that repeat"),
        (".*foo.*bar", "could take for ever: parts that repeat"),
        ("(?:[a-z]+)?[a-z]+q", "could take for ever: parts that repeat"),
        ("a?" * 7 + "a" * 7, "could take for ever: parts that repeat"),
        ("[0-9]*", "fits where there is nothing"),
        ("", "fits where there is nothing"),
        ("a|", "fits where there is nothing"),
        ("(x", "is no regular expression"),
        ("x)", "is no regular expression"),
        ("[x", "is no regular expression"),
        ("*x", "is no regular expression"),
        ("a{2,1}", "is no regular expression"),
        ("a{2}{3}", "is no regular expression"),
        ("a\\", "is no regular expression"),
        (r"(a)\1", "is not known here"),
        ("(?=a)b", "begins a bracket with '(?'"),
        ("[[a]", "unusual set of characters"),
        ("a{70}", "repeats something 70 times"),
        ("(" * 30 + "a" + ")" * 30, "too many brackets"),
        ("x" * 201, "has 201 characters"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(pattern: str, reason: str):
    with pytest.raises(PatternError) as wrong:
        own_pattern(pattern)
    assert reason in str(wrong.value)
    assert sensitive("aaaa", (pattern,)) == ()
