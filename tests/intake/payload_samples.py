"""Small payloads of every system that is read, written for these tests: kind, name, value, what comes of it."""

from typing import Any, NamedTuple


class Payload(NamedTuple):
    """A payload and its drafts, each as "local zone signal | text | who | place | key"."""

    kind: str
    name: str
    value: Any
    drafts: tuple[str, ...]


_SERVICE = {"id": "PSVC1", "type": "service_reference", "summary": "checkout"}
_ANA = {"id": "PUSR1", "type": "user_reference", "summary": "Ana Lima"}
_INCIDENT = {"id": "PINC1", "type": "incident_reference", "summary": "[#7] Checkout is slow"}
_LABELS = {"alertname": "CheckoutSlow", "service": "checkout", "severity": "page"}
_SAID = {"summary": "p99 above 2 s", "description": "Runbook: rb/checkout"}

PAGERDUTY = (
    Payload(
        "pagerduty", "incident",
        {"incident": {
            "id": "PINC1", "incident_number": 7, "title": "Checkout is slow", "created_at": "2026-03-01T14:02:11Z",
            "status": "resolved", "resolved_at": "2026-03-01T14:40:00Z", "service": _SERVICE,
            "html_url": "https://acme.pagerduty.example/incidents/PINC1", "last_status_change_by": _ANA,
            "acknowledgements": [{"at": "2026-03-01T14:05:00Z", "acknowledger": _ANA}],
        }},
        (
            "2026-03-01 14:02:11 UTC fires | Checkout is slow |  | checkout | PINC1",
            "2026-03-01 14:05:00 UTC acknowledged | Checkout is slow (acknowledged) | Ana Lima | checkout | PINC1",
            "2026-03-01 14:40:00 UTC ends | Checkout is slow (resolved) | Ana Lima | checkout | PINC1",
        ),
    ),
    Payload(
        "pagerduty", "log entries",
        {"log_entries": [
            {"id": "R1", "type": "trigger_log_entry", "summary": "Triggered by the API.",
             "created_at": "2026-03-01T15:02:11+01:00", "agent": _SERVICE, "service": _SERVICE, "incident": _INCIDENT,
             "event_details": {"description": "p99 above 2 s"}},
            {"id": "R2", "type": "notify_log_entry", "summary": "Notified Ana Lima by SMS.",
             "created_at": "2026-03-01T14:02:15Z", "service": _SERVICE, "incident": _INCIDENT},
            {"id": "R3", "type": "escalate_log_entry", "summary": "Escalated to Bo by timeout.",
             "created_at": "2026-03-01T14:04:15Z", "service": _SERVICE, "incident": _INCIDENT},
            {"id": "R4", "type": "annotate_log_entry", "summary": "Note added by Ana Lima.", "agent": _ANA,
             "channel": {"type": "note", "summary": "Looks like the cache."},
             "created_at": "2026-03-01T14:06:15Z", "service": _SERVICE, "incident": _INCIDENT},
        ], "limit": 25, "offset": 0, "more": False},
        (
            "2026-03-01 15:02:11 +01:00 fires | Triggered by the API.\np99 above 2 s | checkout | checkout | PINC1",
            "2026-03-01 14:02:15 UTC routine | Notified Ana Lima by SMS. |  | checkout | PINC1",
            "2026-03-01 14:04:15 UTC escalated | Escalated to Bo by timeout. |  | checkout | PINC1",
            "2026-03-01 14:06:15 UTC note | Looks like the cache. | Ana Lima | checkout | PINC1",
        ),
    ),
    Payload(
        "pagerduty", "notes",
        {"notes": [{"id": "N1", "user": _ANA, "content": "Restarting the pods",
         "created_at": "2026-03-01T09:10:00-05:00"}]},
        ("2026-03-01 09:10:00 -05:00 note | Restarting the pods | Ana Lima |  | ",),
    ),
    Payload(
        "pagerduty", "past incidents",
        {"past_incidents": [
            {"incident": {"id": "POLD", "created_at": "2026-02-01T10:00:00Z", "title": "Checkout was slow"},
             "score": 46.8}
        ], "total": 1},
        ("2026-02-01 10:00:00 UTC None | Checkout was slow |  |  | POLD",),
    ),
    Payload(
        "pagerduty", "change events",
        {"change_events": [
            {"id": "C1", "summary": "Build 42 deployed", "timestamp": "2026-03-01T13:58:00Z", "source": "ci",
             "links": [{"href": "https://ci.example/42", "text": "build"}], "type": "change_event"}
        ]},
        ("2026-03-01 13:58:00 UTC changed | Build 42 deployed |  | ci | ",),
    ),
    Payload(
        "pagerduty", "alerts",
        {"alerts": [{"id": "PAL", "type": "alert", "alert_key": "slow/1", "summary": "p99 above 2 s",
                     "created_at": "2026-03-01T14:02:11Z", "resolved_at": "2026-03-01T14:40:00Z",
                     "service": _SERVICE}]},
        (
            "2026-03-01 14:02:11 UTC fires | p99 above 2 s |  | checkout | slow/1",
            "2026-03-01 14:40:00 UTC ends | p99 above 2 s (resolved) |  | checkout | slow/1",
        ),
    ),
    Payload(
        "pagerduty", "webhook 3",
        {"event": {
            "id": "E1", "event_type": "incident.acknowledged", "resource_type": "incident", "agent": _ANA,
            "occurred_at": "2026-03-01T14:05:00Z",
            "data": {"id": "PINC1", "type": "incident", "title": "Checkout is slow", "service": _SERVICE},
        }},
        ("2026-03-01 14:05:00 UTC acknowledged | Checkout is slow (acknowledged) | Ana Lima | checkout | PINC1",),
    ),
    Payload(
        "pagerduty", "webhook 2",
        {"messages": [{
            "id": "M1", "event": "incident.resolve", "created_on": "2026-03-01T14:40:00Z",
            "log_entries": [{"type": "resolve_log_entry", "agent": _ANA}],
            "incident": {"id": "PINC1", "incident_number": 7, "title": "Checkout is slow",
             "service": {"name": "checkout"}},
        }]},
        ("2026-03-01 14:40:00 UTC ends | Checkout is slow (resolved) | Ana Lima | checkout | PINC1",),
    ),
    Payload(
        "pagerduty", "webhook 1",
        {"messages": [{
            "id": "M2", "type": "incident.trigger", "created_on": "2026-03-01T14:02:11Z",
            "data": {"incident": {"id": "PINC1", "trigger_summary_data": {"subject": "Checkout is slow"},
                                  "service": {"name": "checkout"}}},
        }]},
        ("2026-03-01 14:02:11 UTC fires | Checkout is slow |  | checkout | PINC1",),
    ),
    Payload(
        "pagerduty", "sent event",
        {"routing_key": "x", "event_action": "trigger", "dedup_key": "slow/1",
         "payload": {"summary": "p99 above 2 s", "source": "web-1", "severity": "error",
          "timestamp": "2026-03-01T14:02:11Z"}},
        ("2026-03-01 14:02:11 UTC fires | p99 above 2 s |  | web-1 | slow/1",),
    ),
)  # fmt: skip

OPSGENIE = (
    Payload(
        "opsgenie", "webhook",
        {"action": "Close", "integrationId": "i", "alert": {
            "alertId": "a-1", "message": "Disk full", "alias": "disk", "createdAt": 1772373731000, "tinyId": "2",
            "updatedAt": 1772374731000000110, "username": "ana@example.org", "entity": "db-1"}},
        ("2026-03-01 14:18:51 UTC ends | Disk full (closed) | ana@example.org | db-1 | disk",),
    ),
    Payload(
        "opsgenie", "alerts",
        {"data": [{"id": "a-1", "tinyId": "2", "alias": "disk", "message": "Disk full", "status": "closed",
                   "createdAt": "2026-03-01T14:02:11Z", "source": "db-1", "owner": "ana@example.org",
                   "report": {"ackTime": 60000, "closeTime": 600000, "acknowledgedBy": "ana@example.org"}}],
                    "took": 0.1},
        (
            "2026-03-01 14:02:11 UTC fires | Disk full |  | db-1 | disk",
            "2026-03-01 14:03:11 UTC acknowledged | Disk full (acknowledged) | ana@example.org | db-1 | disk",
            "2026-03-01 14:12:11 UTC ends | Disk full (closed) |  | db-1 | disk",
        ),
    ),
    Payload(
        "opsgenie", "incident",
        {"data": {"id": "i-1", "tinyId": "9", "message": "Orders are lost", "createdAt": "2026-03-01T14:12:00Z",
                  "ownerTeam": "orders", "impactStartDate": "2026-03-01T14:00:00Z",
                   "impactEndDate": "2026-03-01T15:00:00Z"}},
        (
            "2026-03-01 14:12:00 UTC declared | Orders are lost |  | orders | i-1",
            "2026-03-01 14:00:00 UTC None | Orders are lost (impact started) |  | orders | i-1",
            "2026-03-01 15:00:00 UTC ends | Orders are lost (impact ended) |  | orders | i-1",
        ),
    ),
    Payload(
        "opsgenie", "logs",
        {"data": [{"log": "Alert acknowledged via web", "type": "system", "owner": "ana@example.org",
                   "createdAt": "2026-03-01T14:05:00Z", "offset": "1490087785_1"}]},
        ("2026-03-01 14:05:00 UTC None | Alert acknowledged via web | ana@example.org |  | ",),
    ),
    Payload(
        "opsgenie", "notes",
        {"data": [{"note": "Cleaning up /var", "owner": "ana@example.org", "createdAt": "2026-03-01T14:06:00Z",
         "offset": "1"}]},
        ("2026-03-01 14:06:00 UTC note | Cleaning up /var | ana@example.org |  | ",),
    ),
    Payload(
        "opsgenie", "timeline",
        {"data": {"entries": [
            {"id": "t1", "group": "incident", "type": "IncidentCreated", "eventTime": "2026-03-01T14:12:00Z",
             "hidden": False, "actor": {"name": "Ana", "type": "user"}, "description": {"content": "Incident created"}},
        ]}},
        ("2026-03-01 14:12:00 UTC declared | Incident created | Ana |  | ",),
    ),
)  # fmt: skip

PROMETHEUS = (
    Payload(
        "alertmanager", "webhook 4",
        {"version": "4", "groupKey": "{}:{}", "status": "resolved", "receiver": "hook", "groupLabels": {},
         "commonLabels": _LABELS, "commonAnnotations": {}, "externalURL": "http://am.example", "alerts": [
            {"status": "resolved", "labels": _LABELS, "annotations": _SAID, "startsAt": "2026-03-01T14:02:11+02:00",
             "endsAt": "2026-03-01T14:40:00+02:00", "generatorURL": "http://prom.example/graph", "fingerprint": "f1"},
            {"status": "firing", "labels": {**_LABELS, "zone": "b"}, "annotations": {}, "fingerprint": "f2",
             "startsAt": "2026-03-01T12:10:00Z", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": ""}]},
        (
            "2026-03-01 14:02:11 +02:00 fires | CheckoutSlow: p99 above 2 s\nRunbook: rb/checkout |  | checkout | f1",
            "2026-03-01 14:40:00 +02:00 ends | CheckoutSlow: p99 above 2 s (resolved) |  | checkout | f1",
            "2026-03-01 12:10:00 UTC fires | CheckoutSlow |  | checkout | f2",
        ),
    ),
    Payload(
        "alertmanager", "api 2",
        [{"labels": _LABELS, "annotations": _SAID, "startsAt": "2026-03-01T14:02:11Z", "endsAt": "2026-03-01T14:50:11Z",
          "updatedAt": "2026-03-01T14:46:11Z", "fingerprint": "f1", "receivers": [{"name": "hook"}],
          "status": {"state": "active", "silencedBy": [], "inhibitedBy": []}}],
        ("2026-03-01 14:02:11 UTC fires | CheckoutSlow: p99 above 2 s\nRunbook: rb/checkout |  | checkout | f1",),
    ),
    Payload(
        "prometheus", "alerts",
        {"status": "success", "data": {"alerts": [
            {"labels": _LABELS, "annotations": {}, "state": "firing", "activeAt": "2026-03-01T14:02:11.1Z",
             "value": "3e+00"},
            {"labels": {"alertname": "DiskFull"}, "annotations": {}, "state": "pending",
             "activeAt": "2026-03-01T14:03:11Z"}]}},
        (
            "2026-03-01 14:02:11.100000 UTC fires | CheckoutSlow |  | checkout | FINGERPRINT",
            "2026-03-01 14:03:11 UTC None | DiskFull (pending) |  |  | FINGERPRINT",
        ),
    ),
    Payload(
        "prometheus", "range",
        {"status": "success", "data": {"resultType": "matrix", "result": [
            {"metric": {"__name__": "ALERTS", "alertstate": "firing", **_LABELS},
             "values": [[1772373600, "1"], [1772373660, "1"], [1772373720, "1"], [1772374200, "1"], [1772374260, "1"]]},
            {"metric": {"__name__": "ALERTS", "alertstate": "firing", "alertname": "DiskFull"},
             "values": [[1772374200, "1"], [1772374320, "1"]]}]}},
        (
            "2026-03-01 14:00:00 UTC fires | CheckoutSlow |  | checkout | FINGERPRINT",
            "2026-03-01 14:02:00 UTC ends | CheckoutSlow (no longer firing) |  | checkout | FINGERPRINT",
            "2026-03-01 14:10:00 UTC fires | CheckoutSlow |  | checkout | FINGERPRINT",
            "2026-03-01 14:11:00 UTC ends | CheckoutSlow (no longer firing) |  | checkout | FINGERPRINT",
            "2026-03-01 14:10:00 UTC fires | DiskFull |  |  | FINGERPRINT",
            "2026-03-01 14:12:00 UTC ends | DiskFull (no longer firing) |  |  | FINGERPRINT",
        ),
    ),
    Payload(
        "grafana", "webhook",
        {"receiver": "hook", "status": "firing", "orgId": 1, "title": "[FIRING:1]", "state": "alerting", "message": "m",
         "version": "1", "groupKey": "g", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}, "alerts": [
            {"status": "resolved", "labels": _LABELS, "annotations": _SAID, "startsAt": "2026-03-01T14:02:11Z",
             "endsAt": "2026-03-01T14:40:00Z", "panelURL": "https://g.example/d/1?viewPanel=2", "fingerprint": "f1",
             "silenceURL": "https://g.example/s", "dashboardURL": "https://g.example/d/1", "values": {"B": 1}}]},
        (
            "2026-03-01 14:02:11 UTC fires | CheckoutSlow: p99 above 2 s\nRunbook: rb/checkout |  | checkout | f1",
            "2026-03-01 14:40:00 UTC ends | CheckoutSlow: p99 above 2 s (resolved) |  | checkout | f1",
        ),
    ),
    Payload("grafana", "legacy", {"ruleId": 7, "ruleName": "CPU", "state": "alerting", "title": "[Alerting] CPU"}, ()),
    Payload(
        "grafana", "annotations",
        [{"id": 4, "dashboardId": 1, "panelId": 2, "time": 1772373600000, "timeEnd": 0, "text": "Failover",
         "login": "ana"}],
        ("2026-03-01 14:00:00 UTC note | Failover | ana |  | ",),
    ),
    Payload(
        "grafana", "oncall",
        {"event": {"type": "acknowledge", "time": "2026-03-01T14:05:00Z"}, "user": {"username": "ana"},
         "alert_group": {"id": "I1", "title": "Checkout", "state": "acknowledged"}, "integration": {"name": "prod"}},
        ("2026-03-01 14:05:00 UTC acknowledged | Checkout (acknowledged) | ana | prod | I1",),
    ),
)  # fmt: skip

INCIDENTS = (
    Payload(
        "statuspage", "incident",
        {"page": {"id": "p"}, "incident": {
            "id": "s1", "name": "Slow checkout", "status": "resolved", "created_at": "2026-03-01T14:10:00.500Z",
            "shortlink": "https://stspg.example/1", "scheduled_for": None, "components": [{"name": "Shop"}],
            "incident_updates": [
                {"id": "u2", "status": "resolved", "body": "Fixed.", "display_at": "2026-03-01T14:40:00Z"},
                {"id": "u1", "status": "investigating", "body": "We look.", "display_at": "2026-03-01T14:11:00Z"}]}},
        (
            "2026-03-01 14:10:00.500000 UTC declared | Slow checkout |  | Shop | s1",
            "2026-03-01 14:11:00 UTC note | We look. |  | Shop | s1",
            "2026-03-01 14:40:00 UTC ends | Fixed. |  | Shop | s1",
        ),
    ),
    Payload(
        "statuspage", "component",
        {"component_update": {"id": "c1", "old_status": "operational", "new_status": "major_outage",
                              "created_at": "2026-03-01T14:09:00Z", "component_id": "k"},
                               "component": {"name": "Shop"}},
        ("2026-03-01 14:09:00 UTC None | Shop (major outage) |  | Shop | k",),
    ),
    Payload(
        "incident_io", "incident",
        {"incident": {
            "id": "01A", "reference": "INC-7", "name": "Slow checkout", "mode": "standard",
             "created_at": "2026-03-01T14:12:00Z",
            "incident_status": {"name": "Closed", "category": "closed"}, "slack_channel_name": "inc-7",
            "permalink": "https://app.incident.example/7", "creator": {"user": {"name": "Ana"}},
            "incident_timestamp_values": [
                {"incident_timestamp": {"name": "Reported at", "rank": 1}, "value": {"value": "2026-03-01T14:12:00Z"}},
                {"incident_timestamp": {"name": "Fixed at", "rank": 2}, "value": {"value": "2026-03-01T14:38:00Z"}},
                {"incident_timestamp": {"name": "Impact started at", "rank": 3}, "value": None}]}},
        (
            "2026-03-01 14:12:00 UTC declared | Slow checkout | Ana | inc-7 | INC-7",
            "2026-03-01 14:38:00 UTC mitigated | Slow checkout (Fixed at) |  | inc-7 | INC-7",
        ),
    ),
    Payload(
        "incident_io", "updates",
        {"incident_updates": [
            {"id": "01U", "incident_id": "01A", "message": "Rolled back", "created_at": "2026-03-01T14:30:00Z",
             "new_incident_status": {"name": "Monitoring", "category": "active"},
              "updater": {"user": {"name": "Ana"}}}]},
        ("2026-03-01 14:30:00 UTC note | Rolled back | Ana |  | 01A",),
    ),
    Payload(
        "incident_io", "follow-ups",
        {"follow_ups": [{"id": "01F", "incident_id": "01A", "title": "Alert on cache misses", "status": "outstanding",
                         "created_at": "2026-03-01T15:00:00Z", "assignee": {"name": "Bo"}}]},
        ("2026-03-01 15:00:00 UTC note | Alert on cache misses | Bo |  | 01A",),
    ),
    Payload(
        "rootly", "incident",
        {"data": {"id": "r1", "type": "incidents", "attributes": {
            "sequential_id": 7, "title": "Slow checkout", "slug": "slow-checkout", "status": "resolved",
            "created_at": "2026-03-01T14:04:00.000-08:00", "started_at": "2026-03-01T14:02:00.000-08:00",
            "acknowledged_at": "2026-03-01T14:05:00.000-08:00",
            "mitigated_at": "2026-03-01T14:30:00.000-08:00", "mitigation_message": "Rolled back", "resolved_at": None,
            "services": [{"name": "checkout"}]}}},
        (
            "2026-03-01 14:04:00 -08:00 declared | Slow checkout |  | checkout | r1",
            "2026-03-01 14:02:00 -08:00 None | Slow checkout (started) |  | checkout | r1",
            "2026-03-01 14:05:00 -08:00 acknowledged | Slow checkout (acknowledged) |  | checkout | r1",
            "2026-03-01 14:30:00 -08:00 mitigated | Slow checkout (mitigated)\nRolled back |  | checkout | r1",
        ),
    ),
    Payload(
        "rootly", "webhook",
        {"event": {"id": "w", "type": "incident.created", "issued_at": "2026-03-01T14:02:01Z"}, "data": {
            "id": "r1", "sequential_id": 7, "title": "Slow checkout", "slug": "slow-checkout", "status": "started",
            "started_at": "2026-03-01T14:02:00Z", "services": [{"name": "checkout"}]}},
        ("2026-03-01 14:02:00 UTC None | Slow checkout |  | checkout | r1",),
    ),
    Payload(
        "rootly", "events",
        {"data": [{"id": "e1", "type": "incident_events", "attributes": {
            "event": "Found the bad config", "visibility": "internal", "occurred_at": "2026-03-01T14:20:00Z"}}]},
        ("2026-03-01 14:20:00 UTC note | Found the bad config |  |  | ",),
    ),
    Payload(
        "firehydrant", "incident",
        {"id": "h1", "name": "Slow checkout", "number": 7, "created_at": "2026-03-01T14:12:00Z",
         "current_milestone": "resolved",
         "incident_url": "https://fh.example/7", "created_by": {"name": "Ana"}, "services": [{"name": "checkout"}],
         "milestones": [{"type": "started", "occurred_at": "2026-03-01T14:02:00Z"},
                        {"type": "mitigated", "occurred_at": "2026-03-01T14:30:00Z"}]},
        (
            "2026-03-01 14:12:00 UTC declared | Slow checkout | Ana | checkout | h1",
            "2026-03-01 14:02:00 UTC None | Slow checkout (started) |  | checkout | h1",
            "2026-03-01 14:30:00 UTC mitigated | Slow checkout (mitigated) |  | checkout | h1",
        ),
    ),
    Payload(
        "firehydrant", "events",
        {"data": [{"id": "v1", "incident_id": "h1", "type": "note", "occurred_at": "2026-03-01T14:15:00Z",
                   "author": {"name": "Ana"}, "data": {"body": "Cache is cold"}}], "pagination": {"count": 1}},
        ("2026-03-01 14:15:00 UTC note | Cache is cold | Ana |  | h1",),
    ),
    Payload(
        "firehydrant", "alert",
        {"data": [{"id": "al", "summary": "p99 above 2 s", "starts_at": "2026-03-01T14:02:00Z", "status": "resolved",
                   "ends_at": "2026-03-01T14:40:00Z", "integration_name": "Datadog", "remote_id": "dd-1"}]},
        (
            "2026-03-01 14:02:00 UTC fires | p99 above 2 s |  | Datadog | dd-1",
            "2026-03-01 14:40:00 UTC ends | p99 above 2 s (resolved) |  | Datadog | dd-1",
        ),
    ),
    Payload(
        "firehydrant", "change",
        {"id": "ch", "summary": "Deploy 42", "starts_at": "2026-03-01T13:58:00Z", "related_changes": [],
         "external_id": "42",
         "authors": [{"name": "Bo"}], "services": [{"name": "checkout"}]},
        ("2026-03-01 13:58:00 UTC changed | Deploy 42 | Bo | checkout | 42",),
    ),
    Payload(
        "datadog", "incident",
        {"data": {"id": "d1", "type": "incidents", "attributes": {
            "public_id": 7, "title": "Slow checkout", "created": "2026-03-01T14:12:00+00:00", "customer_impacted": True,
            "customer_impact_start": "2026-03-01T14:02:00+00:00", "customer_impact_scope": "All shoppers",
            "detected": "2026-03-01T14:03:00+00:00", "resolved": "2026-03-01T14:40:00+00:00"}}},
        (
            "2026-03-01 14:12:00 UTC declared | Slow checkout\nAll shoppers |  |  | 7",
            "2026-03-01 14:03:00 UTC None | Slow checkout (detected) |  |  | 7",
            "2026-03-01 14:02:00 UTC None | Slow checkout (customer impact started) |  |  | 7",
            "2026-03-01 14:40:00 UTC ends | Slow checkout (resolved) |  |  | 7",
        ),
    ),
    Payload(
        "datadog", "timeline",
        {"data": [{"id": "tc", "type": "incident_timeline_cells", "attributes": {
            "cell_type": "markdown", "content": {"content": "Rolled back"}, "created": "2026-03-01T14:30:00Z"}}]},
        ("2026-03-01 14:30:00 UTC note | Rolled back |  |  | ",),
    ),
    Payload(
        "datadog", "todos",
        {"data": [{"id": "td", "type": "incident_todos", "attributes": {
            "content": "Ask the vendor", "created": "2026-03-01T14:31:00Z", "assignees": ["@ana"],
             "incident_id": "d1"}}]},
        ("2026-03-01 14:31:00 UTC note | Ask the vendor | @ana |  | d1",),
    ),
    Payload(
        "datadog", "events",
        {"events": [{"id": 1, "title": "Deployed 42", "text": "%%% by Bo %%%", "date_happened": 1772373480,
                     "source": "deployment", "host": "ci", "url": "/event/1"}]},
        ("2026-03-01 13:58:00 UTC changed | Deployed 42\nby Bo |  | ci | ",),
    ),
    Payload(
        "datadog", "monitor",
        {"id": "77", "last_updated": 1772373731000, "event_type": "query_alert_monitor", "title": "[Triggered] p99",
         "date": 1772373731000, "org": {"id": "1", "name": "acme"}, "body": "p99 above 2 s",
          "alert_transition": "Triggered"},
        ("2026-03-01 14:02:11 UTC fires | [Triggered] p99\np99 above 2 s |  |  | ",),
    ),
    Payload(
        "datadog", "monitor by other names",
        {"alert_id": "123", "alert_title": "p99", "alert_transition": "Recovered", "date_posix": "1772373731",
         "link": "https://app.datadog.example/monitors/123", "hostname": "web-1"},
        ("2026-03-01 14:02:11 UTC ends | p99 (Recovered) |  | web-1 | 123",),
    ),
)  # fmt: skip
