"""Small payloads of the systems in the table of alerts, written for these tests."""

import json

from tests.intake.payload_samples import Payload

_ALARM = {
    "AlarmName": "p99", "AlarmArn": "arn:p99", "NewStateValue": "ALARM", "NewStateReason": "1 datapoint above 2",
    "StateChangeTime": "2026-03-01T14:02:11.553+0000", "Trigger": {"Namespace": "Shop"},
}  # fmt: skip

SYSTEMS = (
    Payload(
        "alert", "newrelic", {"current_state": "closed", "condition_name": "p99", "policy_name": "Shop",
         "incident_id": 5,
                              "timestamp": 1772373731000, "details": "x", "targets": [{"name": "checkout"}]},
        ("2026-03-01 14:02:11 UTC ends | p99 (closed) |  | checkout | 5",),
    ),
    Payload(
        "alert", "newrelic 2", {"id": "n-1", "issueUrl": "https://nr.example/1", "title": "p99", "state": "CLOSED",
                                "createdAt": 1772373731000, "closedAt": 1772373791000,
                                 "impactedEntities": ["checkout"]},
        ("2026-03-01 14:02:11 UTC fires | p99 |  | checkout | n-1",
         "2026-03-01 14:03:11 UTC ends | p99 (closed) |  | checkout | n-1"),
    ),
    Payload(
        "alert", "pingdom", {"check_id": 3, "check_name": "Shop", "current_state": "DOWN", "previous_state": "UP",
                             "state_changed_timestamp": 1772373731, "long_description": "HTTP 503",
                             "check_params": {"hostname": "shop.example"}},
        ("2026-03-01 14:02:11 UTC fires | Shop\nHTTP 503 |  | shop.example | 3",),
    ),
    Payload(
        "alert", "graylog", {"event_definition_title": "Errors", "event": {"id": "g1",
         "timestamp": "2026-03-01T14:02:11Z",
                                                                           "message": "Errors: 17", "source": "web"}},
        ("2026-03-01 14:02:11 UTC fires | Errors: 17 |  | web | g1",),
    ),
    Payload(
        "alert", "gcp", {"version": "1.2", "incident": {
            "incident_id": "q", "policy_name": "Shop", "condition_name": "CPU", "state": "closed",
             "started_at": 1772373731,
            "ended_at": 1772373791, "summary": "CPU above 90 %", "resource_name": "web",
             "url": "https://gcp.example/q"}},
        ("2026-03-01 14:02:11 UTC fires | CPU above 90 % |  | web | q",
         "2026-03-01 14:03:11 UTC ends | CPU (closed) |  | web | q"),
    ),
    Payload(
        "alert", "sns", {"Type": "Notification", "MessageId": "m", "TopicArn": "arn:t", "Subject": "ALARM: p99",
                         "Message": json.dumps(_ALARM), "Timestamp": "2026-03-01T14:02:12.000Z"},
        ("2026-03-01 14:02:11.553000 UTC fires | p99\n1 datapoint above 2 |  | Shop | arn:p99",),
    ),
    Payload(
        "alert", "sns text", {"Type": "Notification", "MessageId": "m", "TopicArn": "arn:t", "Subject": "Failover",
                              "Message": "db-2 is primary", "Timestamp": "2026-03-01T14:02:12.000Z"},
        ("2026-03-01 14:02:12 UTC None | Failover\ndb-2 is primary |  | arn:t | m",),
    ),
    Payload(
        "alert", "eventbridge", {"id": "b", "detail-type": "CloudWatch Alarm State Change", "source": "aws.cloudwatch",
                                 "time": "2026-03-01T14:02:12Z", "region": "eu-west-1", "detail": {
                                     "alarmName": "p99", "state": {"value": "OK",
                                      "timestamp": "2026-03-01T14:02:11.553+0000"}}},
        ("2026-03-01 14:02:11.553000 UTC ends | p99 (ok) |  | eu-west-1 | p99",),
    ),
    Payload(
        "alert", "azure", {"schemaId": "azureMonitorCommonAlertSchema", "data": {"essentials": {
            "alertId": "/x/1", "alertRule": "CPU", "monitorCondition": "Resolved",
             "firedDateTime": "2026-03-01T14:02:11.1234567Z",
            "resolvedDateTime": "2026-03-01T14:03:11Z", "configurationItems": ["web"], "description": "above 90 %"}}},
        (
            "2026-03-01 14:02:11.123456 UTC fires | CPU\nabove 90 % |  | web | /x/1",
            "2026-03-01 14:03:11 UTC ends | CPU (Resolved) |  | web | /x/1",
        ),
    ),
    Payload(
        "alert", "zabbix", {"jsonrpc": "2.0", "result": [
            {"eventid": "9", "clock": "1772373731", "name": "Disk full", "value": "1", "severity": "4",
             "objectid": "o"}]},
        ("2026-03-01 14:02:11 UTC fires | Disk full |  |  | o",),
    ),
    Payload(
        "alert", "zabbix webhook", {"event_id": "9", "event_date": "2026.03.01", "event_time": "14:02:11",
         "event_value": "1",
                                    "event_name": "Disk full", "host_name": "db-1"},
        ("2026-03-01 14:02:11  fires | Disk full |  | db-1 | 9",),
    ),
    Payload(
        "alert", "sentry", {"action": "triggered", "data": {"event": {
            "event_id": "e1", "title": "KeyError: cart", "datetime": "2026-03-01T14:02:11.500000Z", "issue_id": "i9",
            "web_url": "https://sentry.example/e1"}}},
        ("2026-03-01 14:02:11.500000 UTC fires | KeyError: cart |  |  | i9",),
    ),
    Payload(
        "alert", "sentry issue", {"action": "resolved", "actor": {"name": "Ana"}, "data": {"issue": {
            "id": "i9", "title": "KeyError: cart", "firstSeen": "2026-03-01T14:02:11Z",
             "lastSeen": "2026-03-01T14:05:11Z",
            "project": {"name": "shop"}}}},
        ("2026-03-01 14:05:11 UTC ends | KeyError: cart (resolved) | Ana | shop | i9",),
    ),
    Payload(
        "alert", "site24x7", {"MONITORNAME": "Shop", "STATUS": "DOWN", "INCIDENT_REASON": "HTTP 503", "MONITOR_ID": "8",
                              "INCIDENT_TIME": "March 1, 2026 2:02 PM UTC", "MONITORURL": "https://shop.example"},
        ("2026-03-01 14:02:00 UTC fires | Shop\nHTTP 503 |  | https://shop.example | 8",),
    ),
    Payload(
        "alert", "uptimerobot", {"monitorID": "4", "monitorFriendlyName": "Shop", "alertType": "1",
         "alertDetails": "HTTP 503",
                                 "alertDateTime": "1772373731", "monitorURL": "https://shop.example"},
        ("2026-03-01 14:02:11 UTC fires | Shop\nHTTP 503 |  | https://shop.example | 4",),
    ),
    Payload(
        "alert", "victorops", {"message_type": "RECOVERY", "entity_id": "disk/db-1", "state_message": "Disk is fine",
                               "state_start_time": 1772373731},
        ("2026-03-01 14:02:11 UTC ends | disk/db-1 (recovery) |  |  | disk/db-1",),
    ),
    Payload(
        "alert", "betterstack", {"data": {"id": "22", "type": "incident", "attributes": {
            "name": "shop.example", "cause": "Status 503", "started_at": "2026-03-01T14:02:11.000Z",
            "resolved_at": "2026-03-01T14:03:11.000Z", "status": "Resolved"}}},
        (
            "2026-03-01 14:02:11 UTC fires | shop.example\nStatus 503 |  |  | 22",
            "2026-03-01 14:03:11 UTC ends | shop.example (Resolved) |  |  | 22",
        ),
    ),
    Payload(
        "alert", "kubernetes", {"kind": "EventList", "items": [
            {"metadata": {"uid": "k1"}, "involvedObject": {"name": "web-1"}, "reason": "OOMKilling",
             "message": "Out of memory",
             "lastTimestamp": "2026-03-01T14:02:11Z"}]},
        ("2026-03-01 14:02:11 UTC None | OOMKilling\nOut of memory |  | web-1 | k1",),
    ),
    Payload(
        "alert", "in a wrapper", {"headers": {"host": "x"}, "body": json.dumps({
            "heartbeat": {"status": 0, "time": "2026-03-01 14:02:11", "msg": "HTTP 503", "monitorID": 6},
             "monitor": {"name": "Shop"}})},
        ("2026-03-01 14:02:11  fires | Shop\nHTTP 503 |  | Shop | 6",),
    ),
)  # fmt: skip
