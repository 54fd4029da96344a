"""Payloads of alerting and incident systems: each is known by exactly one reader, and says what it says."""

import importlib
import json
import pkgutil
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import facilitator.intake.kinds
from facilitator.intake.drafts import Draft
from facilitator.intake.payloads.labels import fingerprint
from facilitator.intake.reader import Options, Reader, Sample
from facilitator.intake.report import Report
from facilitator.model.moments import Approximation
from facilitator.model.text import one_line, paragraphs
from tests.hostile import HOSTILE
from tests.intake.payload_samples import INCIDENTS, OPSGENIE, PAGERDUTY, PROMETHEUS, Payload
from tests.intake.real import FOLDER
from tests.intake.system_samples import SYSTEMS
from tests.intake.text_source import TextSource

KINDS = ("pagerduty", "opsgenie", "alertmanager", "prometheus", "grafana", "statuspage", "incident_io", "rootly",
         "firehydrant", "datadog", "alert")  # fmt: skip
PAYLOADS = (*PAGERDUTY, *OPSGENIE, *PROMETHEUS, *INCIDENTS, *SYSTEMS)
NOW = Options(datetime(2026, 11, 23, tzinfo=UTC))


def _reader(kind: str) -> Reader:
    found = importlib.import_module(f"facilitator.intake.kinds.{kind}").READER
    assert isinstance(found, Reader)
    return found


READERS = {kind: _reader(kind) for kind in KINDS}
ALL = {
    module.name: importlib.import_module(f"facilitator.intake.kinds.{module.name}")
    for module in pkgutil.iter_modules(facilitator.intake.kinds.__path__)
}


def _read(kind: str, data: bytes | str, name: str = "a.json") -> tuple[list[Draft], Report]:
    report = Report()
    source = TextSource(name, data.encode(errors="surrogatepass") if isinstance(data, str) else data)
    return list(READERS[kind].read(source, NOW, report)), report


def _told(draft: Draft) -> str:
    assert draft.stamp is not None
    when = f"{draft.stamp.local} {draft.stamp.zone} {draft.signal}"
    return f"{when} | {draft.text} | {draft.who} | {draft.place} | {draft.key}"


def _sample(value: object, *, whole: bool = True) -> Sample:
    text = json.dumps(value)
    return Sample("a.json", ["a.json"], text, value if whole else None)


def _named(payload: Payload) -> str:
    return f"{payload.kind}-{payload.name}"


@pytest.mark.parametrize("payload", PAYLOADS, ids=_named)
def test_a_payload_is_read(payload: Payload) -> None:
    drafts, report = _read(payload.kind, json.dumps(payload.value))
    told = [_told(draft) for draft in drafts]
    if any("FINGERPRINT" in each for each in payload.drafts):
        told = [each.rpartition(" | ")[0] + " | FINGERPRINT" for each in told]
    assert tuple(told) == payload.drafts
    assert bool(report.skipped) is not bool(drafts)
    assert all(draft.id.startswith(f"{payload.kind}:") for draft in drafts)
    assert len({draft.id for draft in drafts}) == len(drafts)


@pytest.mark.parametrize("payload", PAYLOADS, ids=_named)
def test_exactly_one_reader_takes_a_payload(payload: Payload) -> None:
    for whole in (True, False):
        sample = _sample(payload.value, whole=whole)
        scores = sorted(
            ((module.READER.recognises(sample), kind) for kind, module in ALL.items() if _has(module)), reverse=True
        )
        assert scores[0][1] == payload.kind, scores[:3]
        assert scores[0][0] > scores[1][0], scores[:3]
        assert sum(READERS[kind].recognises(sample) > 0 for kind in KINDS) == 1, scores[:3]


def _has(module: object) -> bool:
    return hasattr(module, "READER")


@pytest.mark.parametrize("payload", PAYLOADS, ids=_named)
def test_a_payload_in_lines_or_twice_gives_the_same_ids(payload: Payload) -> None:
    first, _ = _read(payload.kind, json.dumps(payload.value))
    lines, report = _read(payload.kind, json.dumps(payload.value) + "\n" + json.dumps(payload.value) + "\n")
    assert [draft.id for draft in lines] == [draft.id for draft in first]
    assert [draft.line for draft in lines] == [1] * len(first)
    assert report.reasons["the same record again"] == len(first)


def test_a_payload_cut_off_is_read_as_far_as_it_goes() -> None:
    entries = PAGERDUTY[1]
    text = json.dumps(entries.value)
    drafts, report = _read("pagerduty", text[: text.index('"R4"')])
    assert [draft.id for draft in drafts] == ["pagerduty:R1", "pagerduty:R2", "pagerduty:R3"]
    assert report.skipped[0].place == "line 1"
    assert "cut off" in report.skipped[0].reason
    assert READERS["pagerduty"].recognises(Sample("a", ["a"], text[: text.index('"R2"')])) > 50


def test_the_rest_of_lines_is_read_after_a_bad_one() -> None:
    good = json.dumps(PAGERDUTY[6].value)
    other = good.replace('"E1"', '"E2"')
    drafts, report = _read("pagerduty", f"{good}\n{{broken\n<html>\n{other}\n")
    assert [(draft.id, draft.line) for draft in drafts] == [("pagerduty:E1", 1), ("pagerduty:E2", 4)]
    assert [skipped.place for skipped in report.skipped] == ["line 2"]


def test_items_without_time_or_text_are_reported_with_their_place() -> None:
    entry = {"id": "R1", "type": "trigger_log_entry", "summary": "x", "created_at": "2026-03-01T10:00:00Z"}
    entries = [
        entry,
        {**entry, "id": "R2", "created_at": "0001-01-01T00:00:00Z"},
        {**entry, "id": "R3", "summary": " "},
        7,
    ]
    drafts, report = _read("pagerduty", json.dumps({"log_entries": entries}))
    assert len(drafts) == 1
    assert [(each.place, each.reason) for each in report.skipped] == [
        ("log_entries, item 2", "a time that cannot be read: 0001-01-01T00:00:00Z"),
        ("log_entries, item 3", "no text"),
        ("log_entries, item 4", "not a record of this kind"),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html></html>", "not JSON"),
        (b"{}", "not a record of Opsgenie"),
        (b'{"openapi": "3.0.1", "paths": {}}', "a description of an API (OpenAPI or JSON schema), not a record"),
        (b"[" * 100_000, "JSON that is nested too deeply"),
        (b'{"a": ' * 5_000, "JSON that is nested too deeply"),
        (b'{"a": "b', "JSON that is broken or cut off"),
    ],
)
def test_what_is_no_record_is_reported(data: bytes, reason: str) -> None:
    drafts, report = _read("opsgenie", data)
    assert not drafts
    assert reason in report.reasons


def test_links_are_only_those_of_a_browser() -> None:
    event = json.loads(json.dumps(PAGERDUTY[0].value))
    for link in ("javascript:alert(1)", "file:///etc/passwd", "https://a b", "https://x\x1b[31m\n/y", 5, {"a": 1}):
        event["incident"]["html_url"] = link
        drafts, _ = _read("pagerduty", json.dumps(event))
        assert {draft.link for draft in drafts} == {""}


def test_the_fingerprint_is_that_of_alertmanager() -> None:
    assert fingerprint({"name": "garland, briggs", "fear": "love is not enough"}) == f"{5799056148416392346:016x}"


def test_an_alert_has_one_key_in_prometheus_and_alertmanager() -> None:
    alert = {"labels": {"alertname": "A", "job": "j"}, "annotations": {}, "startsAt": "2026-03-01T10:00:00Z"}
    posted, _ = _read("alertmanager", json.dumps([{**alert, "status": "firing"}]))
    active = {"labels": alert["labels"], "annotations": {}, "state": "firing", "activeAt": "2026-03-01T09:59:00Z"}
    listed, _ = _read("prometheus", json.dumps({"data": {"alerts": [active]}}))
    assert posted[0].key == listed[0].key != ""


def test_the_end_of_the_last_run_is_open() -> None:
    drafts, _ = _read("prometheus", json.dumps(PROMETHEUS[3].value))
    approximations = [draft.stamp.approximation for draft in drafts if draft.stamp and draft.signal == "ends"]
    assert approximations == [Approximation.EXACT, Approximation.EXACT, Approximation.AFTER]


def test_template_variables_that_were_not_filled_in_are_no_text() -> None:
    value = json.loads(json.dumps(PAGERDUTY[9].value))
    value["dedup_key"], value["payload"]["source"] = "%s", "$HOSTNAME"
    drafts, _ = _read("pagerduty", json.dumps(value))
    assert (drafts[0].key, drafts[0].place) == ("", "")


_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(HOSTILE),
    st.sampled_from(["0001-01-01T00:00:00Z", "2026-03-01T10:00:00Z", "9999-12-31T23:59:59Z", "x" * 5000, "{", "[]"]),
    st.sampled_from([10**18, -(10**30), 1e308, 1772373731, 1772373731000]),
)  # fmt: skip
_JSON = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@st.composite
def _spoilt(draw: st.DrawFn) -> tuple[str, object]:
    """Return a payload in which some values are replaced by others."""
    payload = draw(st.sampled_from(PAYLOADS))

    def spoil(value: object) -> object:
        if draw(st.integers(0, 7)) == 0:
            return draw(_JSON)
        if isinstance(value, dict):
            return {key: spoil(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [spoil(inner) for inner in value]
        return value

    return payload.kind, spoil(payload.value)


@settings(max_examples=150, deadline=None)
@given(_spoilt())
def test_no_value_is_too_strange(spoilt: tuple[str, object]) -> None:
    kind, value = spoilt
    text = json.dumps(value)
    drafts, _ = _read(kind, text)
    again, _ = _read(kind, text)
    assert [draft.id for draft in again] == [draft.id for draft in drafts]
    assert len({draft.id for draft in drafts}) == len(drafts)
    for draft in drafts:
        assert draft.text == paragraphs(draft.text).strip() != ""
        for line in (draft.id, draft.who, draft.place, draft.link, draft.key):
            assert line == one_line(line)
        assert draft.stamp is not None
        assert draft.stamp.moment("UTC").at.year >= 1969
    for reader in READERS.values():
        assert 0 <= reader.recognises(_sample(value)) <= 100


@settings(max_examples=60, deadline=None)
@given(st.one_of(_JSON.map(json.dumps).map(str.encode), st.binary(max_size=200)))
def test_any_bytes_are_read_or_reported(data: bytes) -> None:
    for kind in KINDS:
        report = Report()
        try:
            assert list(READERS[kind].read(TextSource("a", data), NOW, report)) == []
        except ValueError:
            continue
        assert report.skipped or data.strip() == b"[]"


_DATA = FOLDER / "alerts"


@pytest.mark.skipif(not _DATA.is_dir(), reason="the payloads of other projects are not here")
def test_payloads_of_other_projects_are_read_or_reported() -> None:
    names = ("alerta-webhook-fixtures", "keep-alert-mocks", "opsgenie", "pagerduty", "statuspage", "firehydrant")
    files = [file for name in names for file in sorted((_DATA / name).rglob("*.json"))]
    assert files
    for file in files:
        data = file.read_bytes()
        for kind in KINDS:
            report = Report()
            drafts = list(READERS[kind].read(TextSource(file.name, data), NOW, report))
            assert drafts or report.skipped, (file, kind)
            assert len({draft.id for draft in drafts}) == len(drafts)
        scores = sorted(reader.recognises(Sample(file.name, [], "", json.loads(data))) for reader in READERS.values())
        assert scores[-2] == 0, file
