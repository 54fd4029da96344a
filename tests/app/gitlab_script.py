"""GitLab's database incident of 31 January 2017 as a facilitator types it, phase by phase, one line at a time.

Data only. The facts are those of GitLab's published postmortem; handles and due dates are made up.
"""

TITLE = "GitLab database incident"

INCIDENT_FIELDS = (
    ("Severity", "SEV1"),
    ("Status", "in review"),
    ("Services", "gitlab.com, postgresql"),
    ("Started", "~2017-01-31 23:27"),
    ("Resolved", "~2017-02-01 18:00"),
    ("Summary", "Six hours of database changes were lost and GitLab.com was unavailable for about 18 hours."),
    ("Impact", "Roughly 5,000 projects, 5,000 comments and 700 new user accounts; Git repositories were untouched."),
    ("Users affected", "700"),
    ("Features affected", "projects, issues, comments, user accounts, webhooks"),
    ("Root cause category", "organisation"),
    ("Tags", "database, backup, replication"),
    ("Postmortem held", "2017-02-03"),
    ("Facilitator", "Maren"),
    ("Authors", "Noor, Emil"),
    ("Reviewers", "Tove"),
    ("Time zone", "UTC"),
)
"""Label and typed value of fields of the incident, in the order of its form."""

RESPONSE_FIELDS = (
    ("Detected by", "person"),
    ("How it was detected", "Noticed at the keyboard within a second or two, when the host name was read again."),
    ("Was that the right way?", "no"),
    ("What would have been faster?", "For the backups, an alert on the age of the newest complete one."),
    ("Runbooks", "The rebuild of a secondary relied on shell scripts and memory."),
    ("Communication", "Status messages, open notes and a live stream."),
)
"""Label and typed value of fields of detection and response, in the order of their form."""

FACTOR_FIELDS = (
    ("Trigger", "A command that empties a data directory, meant for the secondary, ran on the primary."),
    ("Resolution", "The snapshot of 17:20 was copied back from staging, then webhooks were restored."),
)
"""Label and typed value of the fields above the factors."""

FIELDS = (*INCIDENT_FIELDS, *RESPONSE_FIELDS, *FACTOR_FIELDS)
"""All fields; a label is in one phase only."""

TIMELINE = (
    '~2017-01-31 17:20 LVM snapshot of production taken by hand and loaded into staging source:"GitLab postmortem"',
    "~18:00 spam in snippets seen as the reason for an unstable database",
    "~19:00 database load grows, many users cannot post comments",
    "~21:00 lock-up of writes, with some downtime",
    "~22:00 page: replication to the secondary is about 4 GB behind and has stopped",
    "after 22:00 data directory of the secondary emptied for a rebuild, pg_basebackup waits without output",
    "~23:00 max_wal_senders on the primary raised from 3 to 32",
    "after 23:00 PostgreSQL refuses to restart, max_connections lowered from 8000 to 2000",
    '~23:27 data directory removed on the primary db1 in place of the secondary db2 #start source:"GitLab postmortem"',
    "23:27 removal noticed and stopped, about 4.5 GB of 300 GB are left #detected #acknowledged",
    "23:28 status message: GitLab.com is taken offline #declared source:@gitlabstatus",
    "after 23:30 the S3 bucket for the daily dumps is empty, and Azure snapshots were not enabled for the databases",
    "2017-02-01 00:36 the copy in staging is backed up before anything else touches it",
    "00:44 status message: a restore may be needed, live notes are open to all",
    "~01:58-16:28 copying from staging to production at about 60 Mbps",
    "17:00 database restored without webhooks #mitigated",
    "~18:00 webhooks restored and everything confirmed to work #resolved",
    "18:14 GitLab.com is announced to be back online",
)
"""Typed lines of the timeline. The first of a day has its date, so that no line depends on the day of typing."""

RESPONSE = (
    "+ the staging copy was backed up before anything was overwritten",
    "+ live notes and a live stream brought help from outside",
    "- where backups are kept had to be found out during the night",
    "- webhooks are removed from the staging copy, so a second restore was needed",
)
"""Typed lines about the response: what went well, what was harder than expected."""

WHYS = (
    (0, "about six hours of production data were lost #and #confirmed"),
    (1, "the data directory of the primary was removed #and #confirmed"),
    (2, "emptying a data directory is a normal step of rebuilding a secondary"),
    (3, "replication had stopped, and the WAL it still needed was not archived"),
    (2, "primary and secondary look the same in a terminal #actionable"),
    (2, "pg_basebackup waiting as designed looks like pg_basebackup stuck #likely"),
    (1, "no backup was younger than the snapshot of 17:20 #and"),
    (2, "pg_dump 9.2 ran against a 9.6 server, and the mails about it were rejected"),
    (2, "Azure disk snapshots were not enabled on the database servers"),
    (2, "a restore had never been practised"),
    (3, "backups and restores had no owner #confirmed #actionable"),
    (0, "GitLab.com was unavailable for about 18 hours"),
    (1, "the data came back through the slow disks of staging"),
)
"""Depth and typed line of each why, in reading order: an effect at depth 0, an answer below the last one above it."""

FACTORS = (
    ("no ownership of backups and restores #organisation #root", (10,)),
    ("a restore had never been practised from end to end #testing", (9,)),
    ("daily dumps ran pg_dump 9.2 against a 9.6 server and produced nothing #configuration", (7,)),
    ("mails about failed backups were rejected and were the only signal #monitoring", (7,)),
    ("Azure disk snapshots were enabled for file servers and not for databases #infrastructure", (8,)),
    ("LVM snapshots were taken only every 24 hours, as a feed for staging #process", (6,)),
    ("the rebuild of a secondary is manual and barely documented #documentation", (2, 5)),
    ("prompts of primary and secondary are nearly the same #configuration", (4,)),
    ("a snapshot taken by hand six hours before kept the loss to six hours #mitigator #process", (6,)),
)
"""Typed line of each factor, and the indexes in WHYS of the answers that it stands for."""

LESSONS = (
    "+ sharing the notes while the work went on brought help #process",
    "- a backup that has never been restored is a plan, not a backup #process",
    "- an alarm that is silent both when all is well and when it is broken says nothing #tooling",
    "! the snapshot of 17:20 existed because of an unrelated test #process",
)
"""Typed lines of the lessons: what went well, what went wrong, where luck helped."""

ACTIONS = (
    ("Show host and environment by colour in the prompt of every server @noor 2017-02-10 P0 #prevent INFRA-1094", (7,)),
    ("Alert when no complete backup has arrived for 24 hours @emil 2017-02-17 P0 #detect INFRA-1095", (2, 3)),
    ("Take LVM snapshots of the production databases every hour @ravi 2017-02-10 P0 #mitigate INFRA-1098", (5,)),
    ("Enable Azure disk snapshots for the production databases @ravi 2017-03-10 P1 #mitigate INFRA-1099", (4,)),
    ("Restore the newest backup every day and compare row counts @emil 2017-05-31 P1 #detect INFRA-1102", (1,)),
    ("Write the rebuild of a secondary as a runbook @tove 2017-02-28 P1 #process INFRA-1103", (6,)),
    ("Assign one owner for data durability @noor 2017-02-28 P1 #process INFRA-1163", (0,)),
)
"""Typed line of each action, and the indexes in FACTORS of the factors that it addresses."""

PARKED = (
    "// a handover rule for responders whose working day has ended",
    "// load balancing of read queries",
)
"""Typed lines for the parking lot, in whatever phase they come up."""

QUESTIONS = ("? for how long had the daily dumps been empty @emil",)
"""Typed open questions, in whatever phase they come up."""
