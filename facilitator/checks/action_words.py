"""The words by which the wording of an action is judged: verbs that begin one, and which of them have no end."""

VAGUE = (
    "improve", "better", "enhance", "optimise", "optimize", "strengthen", "look at", "look into", "look over",
    "take a look at", "have a look at", "check out", "investigate", "explore", "research", "analyse", "analyze",
    "study", "assess", "evaluate", "consider", "ensure", "make sure", "make better", "review", "revisit", "rethink",
    "re-think", "reconsider", "think about", "talk about", "discuss", "monitor", "address", "work on", "deal with",
    "handle", "follow up on", "follow up with", "try to", "see if", "see whether", "figure out", "find out",
    "be more careful", "be careful", "pay attention", "focus on",
)  # fmt: skip
"""Verbs without an output or an end: nobody can say when they are done. Source: Google SRE and Atlassian, which want an
action to be actionable, specific and bounded."""

FINDING_OUT = frozenset((
    "look at", "look into", "look over", "take a look at", "have a look at", "check out", "investigate", "explore",
    "research", "analyse", "analyze", "study", "assess", "evaluate", "consider", "review", "revisit", "rethink",
    "re-think", "reconsider", "think about", "talk about", "discuss", "see if", "see whether", "figure out",
    "find out",
))  # fmt: skip
"""Vague verbs that ask for a decision or an answer."""

MAKING_SURE = frozenset(("ensure", "make sure"))
"""Vague verbs after which a state follows."""

BY_HOW_MUCH = frozenset((
    "reduce", "increase", "decrease", "lower", "raise", "shorten", "speed", "tune", "scale", "adjust", "minimise",
    "minimize", "maximise", "maximize", "limit", "cut",
))  # fmt: skip
"""Verbs that say which way and not how far."""

NEVER_DONE = frozenset((
    "keep", "maintain", "continue", "encourage", "foster", "promote", "support", "follow", "adhere", "be", "stay",
    "try", "communicate", "collaborate", "coordinate", "help", "watch", "practice", "practise", "remember",
))  # fmt: skip
"""Verbs of a way to be, of which nobody can see that it is done."""

ONLY_PEOPLE = (
    "train", "retrain", "re-train", "educate", "teach", "coach", "remind", "instruct", "warn", "tell", "sensitise",
    "sensitize",
)  # fmt: skip
"""Verbs of which a person is the object, and that leave what they work with as it is."""

VERBS = frozenset((
    "accept", "add", "adjust", "adopt", "agree", "alert", "align", "allow", "announce", "apply", "approve", "archive",
    "ask", "assign", "attach", "audit", "automate", "backfill", "back", "backport", "ban", "batch", "block", "bound",
    "build", "buy", "cache", "call", "cap", "capture", "change", "check", "choose", "clarify", "clean", "clear",
    "close", "collect", "compare", "compute", "configure", "confirm", "connect", "contact", "convert", "copy",
    "correct", "cover", "create", "cut", "debug", "decide", "decommission", "decouple", "define", "delay", "delete",
    "deliver", "demo", "deploy", "deprecate", "describe", "design", "detect", "disable", "disallow", "display",
    "distribute", "document", "drain", "drop", "duplicate", "emit", "enable", "encrypt", "end", "enforce", "escalate",
    "establish", "estimate", "evict", "expand", "export", "expose", "extend", "extract", "fail", "file", "filter",
    "finish", "fix", "flag", "forbid", "format", "gate", "generate", "give", "grant", "guard", "harden", "hide",
    "hire", "hold", "identify", "implement", "import", "include", "increase", "index", "inform", "insert", "install",
    "instrument", "integrate", "introduce", "invalidate", "invite", "isolate", "keep", "label", "let", "limit",
    "link", "list", "load", "lock", "log", "lower", "make", "map", "mark", "measure", "merge", "migrate", "mirror",
    "mock", "move", "name", "notify", "open", "order", "organise", "organize", "page", "parse", "partition", "patch",
    "pin", "plan", "port", "post", "prepare", "prevent", "print", "process", "prohibit", "promote", "propose",
    "protect", "provide", "provision", "prune", "publish", "pull", "purge", "push", "put", "quarantine", "raise",
    "rate-limit", "rebuild", "record", "redact", "redesign", "redirect", "reduce", "refactor", "refuse", "register",
    "reject", "release", "reload", "remove", "rename", "renew", "repair", "replace", "replay", "replicate", "report",
    "request", "require", "reserve", "reset", "resize", "resolve", "restart", "restore", "restrict", "restructure",
    "retire", "retry", "return", "reuse", "revert", "revoke", "rewrite", "roll", "rotate", "route", "run", "sanitise",
    "sanitize", "save", "scale", "schedule", "scrub", "send", "separate", "serve", "set", "shard", "share", "shift",
    "ship", "show", "shut", "simplify", "simulate", "skip", "sign", "snapshot", "specify", "split", "stage",
    "standardise", "standardize", "start", "stop", "store", "stream", "strip", "submit", "subscribe", "surface",
    "swap", "switch", "sync", "tag", "take", "tell", "terminate", "test", "throttle", "tie", "trace", "track",
    "transfer", "translate", "trigger", "trim", "tune", "turn", "unify", "unlock", "update", "upgrade", "use",
    "validate", "verify", "version", "warm", "warn", "wire", "withdraw", "wrap", "write",
))  # fmt: skip
"""Verbs with which actions begin."""

NO_VERB = frozenset((
    "alerting", "alerts", "automation", "awareness", "better", "capacity", "communication", "coverage", "dashboard",
    "dashboards", "documentation", "docs", "extra", "failover", "guidelines", "improved", "knowledge", "load",
    "logging", "metrics", "monitoring", "more", "new", "observability", "onboarding", "playbook", "policy",
    "procedure", "process", "redundancy", "regular", "reminder", "runbook", "runbooks", "testing", "tests", "tooling",
    "training", "validation", "visibility",
))  # fmt: skip
"""First words of what is a topic and no action."""

OPEN_ABSTRACT = frozenset((
    "monitoring", "alerting", "alerts", "logging", "metrics", "documentation", "docs", "docu", "tests", "testing",
    "dashboards", "dashboard", "runbook", "runbooks", "observability", "tooling", "automation", "process",
    "processes", "visibility", "training", "communication", "coverage", "resilience", "reliability", "stability",
    "performance", "quality", "redundancy", "bug", "bugs", "issue", "issues", "problem", "problems", "error",
    "errors", "it", "this", "that", "things", "code", "config", "safeguards",
))  # fmt: skip
"""Objects that say of nothing in particular what it is."""

SAME_THING = frozenset(("it", "them", "this", "that", "its", "their", "the", "a", "an"))
