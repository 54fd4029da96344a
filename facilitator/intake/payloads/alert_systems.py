"""The table of systems that send alerts: how each is recognised, and in which fields it says what."""

from dataclasses import dataclass

from facilitator.intake.drafts import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One system. All fields but `name` are paths with points, the first that says something is taken.

    `needs` are as those of a shape. A `started` and an `ended` time make two drafts; `at` is when the `state` came
    about. "date+time" is a time written in two fields. `fires`, `ends` and `acks` are words for a state, in small
    letters, that mean something else or more than usual. `always` is the signal of what has no state. `told` says that
    the title itself tells the state.
    """

    name: str
    needs: tuple[str, ...]
    title: tuple[str, ...]
    detail: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    started: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    ident: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    fires: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    acks: tuple[str, ...] = ()
    always: Signal | None = None
    told: bool = False
    sure: int = 85


SYSTEMS = (
    System(
        name="newrelic", needs=("current_state", "condition_name", "policy_name", "incident_id"),
        title=("condition_name",), detail=("details",), at=("timestamp",), state=("current_state",),
        ident=("incident_id",), place=("targets.0.name", "policy_name"), who=("owner",), link=("incident_url",),
    ),
    System(
        name="newrelic", needs=("issueUrl", "title", "state", "createdAt"),
        title=("title",), detail=("annotations.description.0",), started=("createdAt", "activatedAt"),
        ended=("closedAt",), at=("updatedAt",), state=("state",), ident=("id", "issueId"),
        place=("impactedEntities.0", "alertPolicyNames.0"), who=("owner", "acknowledgedBy"), link=("issueUrl",),
    ),
    System(
        name="pingdom", needs=("check_id", "check_name", "current_state", "state_changed_timestamp"),
        title=("check_name",), detail=("long_description", "description"), at=("state_changed_timestamp",),
        state=("current_state",), ident=("check_id",), place=("check_params.hostname",),
        link=("check_params.full_url",),
    ),
    System(
        name="graylog", needs=("event_definition_title", "event{}", "event.timestamp"),
        title=("event_definition_title",), detail=("event.message",), at=("event.timestamp",),
        ident=("event.id",), place=("event.source",), always=Signal.FIRES,
    ),
    System(
        name="graylog", needs=("check_result{}", "check_result.triggered_at", "check_result.result_description"),
        title=("stream.title",), detail=("check_result.result_description",), at=("check_result.triggered_at",),
        key=("check_result.triggered_condition.id",), place=("stream.description",), always=Signal.FIRES,
    ),
    System(
        name="gcp", needs=("incident{}", "incident.incident_id", "incident.policy_name", "incident.state"),
        title=("incident.condition_name", "incident.policy_name"), detail=("incident.summary",),
        started=("incident.started_at",), ended=("incident.ended_at",), state=("incident.state",),
        ident=("incident.incident_id",), place=("incident.resource_display_name", "incident.resource_name"),
        link=("incident.url",),
    ),
    System(
        name="cloudwatch", needs=("AlarmName", "NewStateValue", "StateChangeTime"),
        title=("AlarmName",), detail=("NewStateReason", "AlarmDescription"), at=("StateChangeTime",),
        state=("NewStateValue",), key=("AlarmArn", "AlarmName"), place=("Trigger.Namespace", "Region"),
    ),
    System(
        name="cloudwatch", needs=("AlarmName", "StateValue", "StateUpdatedTimestamp"),
        title=("AlarmName",), detail=("StateReason", "AlarmDescription"),
        at=("StateTransitionedTimestamp", "StateUpdatedTimestamp"), state=("StateValue",),
        key=("AlarmArn", "AlarmName"), place=("Namespace",),
    ),
    System(
        name="cloudwatch", needs=("AlarmName", "HistorySummary", "Timestamp"),
        title=("AlarmName",), detail=("HistorySummary",), at=("Timestamp",), key=("AlarmName",),
    ),
    System(
        name="cloudwatch", needs=("source=aws.cloudwatch", "detail.alarmName", "detail.state.value"),
        title=("detail.alarmName",), detail=("detail.state.reason",), at=("detail.state.timestamp", "time"),
        state=("detail.state.value",), ident=("id",), key=("resources.0", "detail.alarmName"), place=("region",),
    ),
    System(
        name="cloudwatch", needs=("AlarmName", "MetricName|AlarmDescription"),
        title=("AlarmName",), detail=("AlarmDescription",), at=("StateChangeTime", "Timestamp"), key=("AlarmName",),
        place=("Namespace",), sure=60,
    ),
    System(
        name="aws", needs=("detail-type", "source", "time", "detail{}"),
        title=("detail-type",), detail=("detail.eventDescription.0.latestDescription", "detail.description"),
        at=("time",), ident=("id",), place=("resources.0", "source"), sure=80,
    ),
    System(
        name="sns", needs=("Type=Notification", "TopicArn", "Message", "Timestamp"),
        title=("Subject",), detail=("Message",), at=("Timestamp",), ident=("MessageId",), place=("TopicArn",), sure=70,
    ),
    System(
        name="azure", needs=("data.essentials{}", "data.essentials.alertRule", "data.essentials.monitorCondition"),
        title=("data.essentials.alertRule",), detail=("data.essentials.description",),
        started=("data.essentials.firedDateTime",), ended=("data.essentials.resolvedDateTime",),
        state=("data.essentials.monitorCondition",), ident=("data.essentials.alertId",),
        place=("data.essentials.configurationItems.0", "data.essentials.alertTargetIDs.0"),
    ),
    System(
        name="azure", needs=("status", "context{}", "context.timestamp", "context.name"),
        title=("context.name",), detail=("context.description",), at=("context.timestamp",), state=("status",),
        key=("context.id",), place=("context.resourceName",), link=("context.portalLink",),
    ),
    System(
        name="zabbix", needs=("eventid", "clock", "name", "r_eventid|value|severity"),
        title=("name",), detail=("opdata",), at=("clock",), state=("value",), ident=("eventid",),
        key=("objectid", "eventid"), place=("hosts.0.name", "hosts.0.host"), fires=("1",), ends=("0",),
    ),
    System(
        name="zabbix", needs=("event_id|eventid", "event_date", "event_time"),
        title=("event_name", "alert_subject", "trigger_name"), detail=("alert_message", "event_opdata"),
        at=("event_recovery_date+event_recovery_time", "event_update_date+event_update_time", "event_date+event_time"),
        state=("event_value",), ident=("event_id", "eventid"), place=("host_name", "host"), who=("event_update_user",),
        link=("event_url", "trigger_url"), fires=("1",), ends=("0",),
    ),
    System(
        name="sentry", needs=("data.event{}", "data.event.title", "data.event.event_id"),
        title=("data.event.title",), detail=("data.triggered_rule",),
        at=("data.event.datetime", "data.event.timestamp"),
        ident=("data.event.event_id",), key=("data.event.issue_id",), place=("data.event.project",),
        link=("data.event.web_url", "data.event.issue_url"), always=Signal.FIRES,
    ),
    System(
        name="sentry", needs=("data.metric_alert{}", "action", "data.description_title"),
        title=("data.description_title",), detail=("data.description_text",),
        started=("data.metric_alert.date_started", "data.metric_alert.date_detected"),
        ended=("data.metric_alert.date_closed",), state=("action",), ident=("data.metric_alert.id",),
        place=("data.metric_alert.projects.0",), link=("data.web_url",), fires=("warning",),
    ),
    System(
        name="sentry", needs=("action", "data.issue{}", "data.issue.firstSeen"),
        title=("data.issue.title",), detail=("data.issue.culprit",), at=("data.issue.lastSeen", "data.issue.firstSeen"),
        state=("action",), ident=("data.issue.id",), place=("data.issue.project.name",), who=("actor.name",),
        link=("data.issue.web_url", "data.issue.permalink"),
    ),
    System(
        name="sentry", needs=("project_name", "culprit", "event{}", "event.event_id"),
        title=("event.title", "message"), detail=("message",), at=("event.datetime", "event.timestamp"),
        ident=("event.event_id",), key=("id",), place=("project_name",), link=("url",), always=Signal.FIRES,
    ),
    System(
        name="site24x7", needs=("MONITORNAME", "STATUS", "INCIDENT_TIME|INCIDENT_TIME_ISO|OUTAGE_TIME_UNIX_FORMAT"),
        title=("MONITORNAME",), detail=("INCIDENT_REASON", "INCIDENT_DETAILS"),
        at=("INCIDENT_TIME_ISO", "INCIDENT_TIME", "OUTAGE_TIME_UNIX_FORMAT"), state=("STATUS",),
        key=("MONITOR_ID", "MONITORNAME"), place=("MONITOR_GROUPNAME", "MONITORURL"),
        link=("MONITOR_DASHBOARD_LINK", "RCA_LINK"), fires=("trouble",),
    ),
    System(
        name="uptimerobot", needs=("monitorFriendlyName", "alertType|alertTypeFriendlyName", "alertDateTime"),
        title=("monitorFriendlyName",), detail=("alertDetails",), at=("alertDateTime",),
        state=("alertTypeFriendlyName", "alertType"), key=("monitorID",), place=("monitorURL",), link=("monitorURL",),
        fires=("1",), ends=("2",),
    ),
    System(
        name="uptimekuma", needs=("heartbeat{}", "heartbeat.status", "heartbeat.time", "monitor.name"),
        title=("monitor.name",), detail=("heartbeat.msg",), at=("heartbeat.time",), state=("heartbeat.status",),
        key=("heartbeat.monitorID", "monitor.id"), place=("monitor.hostname", "monitor.name"), link=("monitor.url",),
        fires=("0",), ends=("1",),
    ),
    System(
        name="riemann", needs=("host", "service", "state", "metric"),
        title=("service",), detail=("description",), at=("time",), state=("state",), key=("service",), place=("host",),
    ),
    System(
        name="vrealize", needs=("alertId", "startDate", "criticality", "status"),
        title=("alertName", "info", "subType"), detail=("info",), started=("startDate",), ended=("cancelDate",),
        state=("status",), ident=("alertId",), place=("resourceName",), ends=("canceled",),
    ),
    System(
        name="axiom", needs=("action", "event.monitorID", "event.title", "event.timestamp"),
        title=("event.title",), detail=("event.body", "event.description"), at=("event.timestamp",), state=("action",),
        key=("event.monitorID",),
    ),
    System(
        name="checkly", told=True, needs=("alert_type", "check_name", "check_id", "started_at"),
        title=("event", "check_name"), detail=("check_error_message",), at=("started_at",), state=("alert_type",),
        ident=("uuid", "check_result_id"), key=("check_id",), place=("check_name",), link=("link",),
        fires=("alert_failure", "alert_degraded", "alert_failure_remain", "alert_degraded_remain"),
        ends=("alert_recovery", "alert_degraded_recovery"),
    ),
    System(
        name="checkmk", told=True, needs=("notification_type", "what", "host", "long_date_time|short_date_time"),
        title=("summary", "output"), detail=("output",), at=("long_date_time", "short_date_time"),
        state=("notification_type",), key=("service", "host"), place=("host",), who=("notification_author",),
        link=("url",),
    ),
    System(
        name="coralogix", needs=("alert_id", "alert_action", "name", "fields[]"),
        title=("name",), detail=("description",), at=("fields.timestampISO", "fields.timestampMs", "fields.timestamp"),
        state=("alert_action",), ident=("uuid",), key=("fields.dedupKey", "alert_id"),
        place=("fields.application", "fields.computer"), link=("alert_url", "log_url"),
    ),
    System(
        name="dash0", needs=("type", "data.issue{}", "data.issue.start", "data.issue.status"),
        title=("data.issue.summary",), detail=("data.issue.description",), started=("data.issue.start",),
        ended=("data.issue.end",), state=("data.issue.status",), ident=("data.issue.id",),
        key=("data.issue.issueIdentifier",), link=("data.issue.url",),
    ),
    System(
        name="librenms", told=True, needs=("device_id", "alert_id", "rule_id", "timestamp"),
        title=("title", "name"), at=("timestamp",), state=("state",), key=("alert_id",), place=("hostname", "sysName"),
        fires=("1", "3", "4"), ends=("0",), acks=("2",),
    ),
    System(
        name="netbox", needs=("event", "model", "request_id", "timestamp", "data{}"),
        title=("data.display", "data.name"), detail=("event",), at=("timestamp",), ident=("request_id",),
        place=("model",), who=("username",), always=Signal.CHANGED,
    ),
    System(
        name="signalfx", told=True, needs=("detectorUrl", "incidentId", "messageTitle|statusExtended"),
        title=("messageTitle", "detector", "inputs.messageTitle"), detail=("description", "messageBody"),
        at=("timestamp",), state=("statusExtended", "status"), key=("incidentId",), link=("detectorUrl",),
    ),
    System(
        name="thousandeyes", needs=("eventId", "eventType", "alert{}", "alert.ruleName"),
        title=("alert.testName", "alert.agentName", "alert.ruleName"), detail=("alert.ruleExpression",),
        started=("alert.dateStartZoned", "alert.dateStart"), ended=("alert.dateEndZoned", "alert.dateEnd"),
        state=("eventType",), ident=("alert.alertId",), place=("alert.hostname", "alert.testTargetsDescription.0"),
        link=("alert.permalink",), fires=("alert_notification_trigger",), ends=("alert_notification_clear",),
    ),
    System(
        name="victorops", needs=("message_type", "entity_id", "state_message|entity_display_name"),
        title=("entity_display_name", "entity_id"), detail=("state_message",), at=("state_start_time", "timestamp"),
        state=("message_type",), key=("entity_id",), place=("host_name", "monitoring_tool"), who=("ack_author",),
        fires=("warning",),
    ),
    System(
        name="betterstack", needs=("type=incident", "attributes{}", "attributes.started_at", "attributes.cause"),
        title=("attributes.name",), detail=("attributes.cause",), started=("attributes.started_at",),
        ended=("attributes.resolved_at",), at=("attributes.acknowledged_at",), state=("attributes.status",),
        ident=("id",), place=("attributes.url",), link=("attributes.url",),
    ),
    System(
        name="splunk", needs=("sid", "search_name", "result{}"),
        title=("search_name",), detail=("result._raw",), at=("result._time", "trigger_time"), ident=("sid",),
        place=("result.host", "app"), who=("owner",), link=("results_link",), always=Signal.FIRES,
    ),
    System(
        name="elastalert", needs=("rule_name", "alert_time", "match_time"),
        title=("rule_name",), detail=("match_body.message",), at=("match_time", "alert_time"), always=Signal.FIRES,
    ),
    System(
        name="sensu", needs=("check{}", "entity{}", "check.status", "timestamp|check.executed|check.issued"),
        title=("check.metadata.name", "check.name"), detail=("check.output",),
        at=("check.executed", "timestamp", "check.issued"), state=("check.state",), ident=("id",),
        place=("entity.metadata.name", "entity.name"), ends=("passing",), fires=("failing",),
    ),
    System(
        name="dynatrace", needs=("problemId", "displayId", "title", "startTime"),
        title=("title",), started=("startTime",), ended=("endTime",), state=("status",), ident=("problemId",),
        key=("displayId",), place=("impactedEntities.0.name", "affectedEntities.0.name"),
    ),
    System(
        name="cloudflare", needs=("alert_type", "name", "text", "ts"),
        title=("name",), detail=("text",), at=("ts",), state=("alert_event",), ident=("alert_correlation_id",),
        fires=("alert_state_event_start",), ends=("alert_state_event_end",),
    ),
    System(
        name="kubernetes", needs=("involvedObject{}", "reason", "message", "lastTimestamp|firstTimestamp|eventTime"),
        title=("reason",), detail=("message",), at=("eventTime", "lastTimestamp", "firstTimestamp"),
        ident=("metadata.uid",), place=("involvedObject.name", "involvedObject.namespace"),
        who=("reportingComponent", "source.component"),
    ),
)  # fmt: skip
"""In the order in which they are tried; what is particular comes before what is general."""
