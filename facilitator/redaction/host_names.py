"""Names of hosts that tell nothing by their ending: "auth-db-03", "kibana.ops.acme.io", a node of a cluster.

The checks know what ends as no public name does; see `checks.sensitive`. Here are those that a team gives its servers.
"""

import re
from collections.abc import Iterator
from string import ascii_lowercase, digits

from facilitator.checks.searching import around

_SERVERS = (
    "db|sql|web|srv|svc|server|host|node|vm|esx|kube|k8s|worker|master|replica|primary|secondary|standby|proxy|lb|"
    "haproxy|nginx|cache|redis|mysql|pg|postgres|kafka|zk|mon|prometheus|grafana|jenkins|ci|build|runner|backup|nfs|storage|"
    "mail|mx|smtp|ns|dns|ldap|vpn|bastion|jump|gw|fw|router|switch|prod|prd|stg|staging|dev|test|log|logs|elastic|es|mongo"
)
"""What begins the name of a server, where more follows that names do not end with elsewhere."""

_SURELY = (
    "db|web|srv|server|host|vm|esx|worker|replica|proxy|lb|haproxy|mysql|pg|postgres|kafka|redis|mongo|mq|prod|prd|stg|"
    "staging|bastion|gw|fw|app|api|cache|queue|kvm"
)
"""What says that a name with a number at its end is that of a server, wherever in the name it stands."""

_COUNTED = "web|srv|server|host|vm|worker|lb|app|proxy|mx|gw|fw|esx"
"""What servers are called that have nothing but a number."""

_INSIDE = frozenset(
    (
        "corp", "internal", "intra", "intern", "int", "lan", "infra", "mgmt", "priv", "private", "prod", "prd",
        "production", "staging", "stage", "stg", "dev", "ops", "svc", "cluster", "office", "local", "uat", "qa",
    )
)  # fmt: skip
_TOOLS = frozenset(
    (
        "kibana", "argocd", "vault", "consul", "sentry", "splunk", "nexus", "artifactory", "harbor", "rancher",
        "nagios", "zabbix", "airflow", "keycloak", "alertmanager", "sonarqube", "gitea", "jaeger", "rabbitmq",
        "pgadmin", "phpmyadmin",
    )
)  # fmt: skip
"""What has a name of its own in many a network, and seldom one for everybody."""

_ENDINGS = frozenset(
    (
        "com", "net", "org", "io", "de", "uk", "co", "cloud", "dev", "app", "tech", "systems", "ai", "us", "eu", "fr",
        "nl", "ch", "at", "it", "es", "se", "no", "fi", "dk", "pl", "cz", "be", "ie", "ca", "au", "nz", "jp", "in",
        "br", "biz", "info", "tv", "sh", "xyz", "online", "services", "network",
    )
)  # fmt: skip
_BEFORE_ONE = (
    "@", "://", "ssh ", "host", 'instance="', "lookup ", "UnknownHostException: ", "ping ", "telnet ", "nc ", "dig ",
    "traceroute ",
)  # fmt: skip
"""What stands before the name of a host, whatever it is called."""

_SAID_TO_BE = re.compile(
    r"(?:-\w{1,2} (?:\S{1,60} )?){0,3}(?:name)?\"?[=:]? ?\"?"
    r"(?P<host>(?!sha\d|md5|v\d)[a-z][a-z-]{2,40}[a-z0-9-]{0,30}\d[a-z0-9-]{0,20})(?![\w.-]|:[^\s/@]{0,200}@|@)"
)
_IN_NAME = re.compile(r"[.-][a-z0-9.-]{2}")
_NAME = re.compile(r"(?:(?<![\w.@/-])|(?<=://))[a-z][a-z0-9]{0,40}[.-][a-z0-9.-]{2,250}(?!\w)")
_NUMBER = re.compile(r"\d(?<=[a-z-]\d)\d{1,2}(?![\w-]|\.\w)")
_COUNTED_NAME = re.compile(
    rf"(?<![\w.@/-])(?:(?:{_COUNTED})\d{{2,3}}|(?:{_COUNTED}|{_SERVERS}|vault|consul|esdata)-?0\d{{1,2}}|"
    r"node(?:\d[13579]|\d{3}))(?![\w-]|\.\w)"
)
_DASHED = re.compile(
    rf"(?:{_SERVERS})\d{{0,4}}-(?:[a-z0-9]{{1,20}}-){{1,5}}(?:[a-z]{{1,12}}\d{{1,4}}|\d{{1,4}}[a-z]?)|"
    rf"(?:{_SERVERS})\d{{1,4}}(?:-[a-z0-9]{{1,20}}){{1,5}}|"
    rf"(?:[a-z0-9]{{1,20}}-){{1,5}}(?:{_SURELY}|node)\d{{1,4}}|"
    rf"(?:[a-z0-9]{{1,20}}-){{0,4}}(?:{_SURELY})(?:-[a-z][a-z0-9]{{0,20}}){{0,3}}-\d{{2,4}}|"
    rf"(?:[a-z0-9]{{1,20}}-){{1,4}}(?:{_SURELY})-\d|(?:db|node)-0\d{{1,3}}|"
    r"gke-[a-z0-9-]{1,60}-[0-9a-f]{8}-[a-z0-9]{4}|(?:aks|k8s)-[a-z0-9-]{1,40}-\d{8}-(?:vmss[0-9a-z]{6}|\d{1,4})"
)
_DOTTED = re.compile(
    rf"(?:[a-z-]{{1,40}}\d[a-z0-9-]{{0,40}}|(?:{_SERVERS})(?:-[a-z0-9-]{{1,60}})?)(?:\.[a-z0-9-]{{1,63}}){{1,6}}\.[a-z]{{2,12}}|"
    r"(?:[a-z0-9-]{1,63}\.){2,6}(?:consul|private|svc)|"
    r"(?:[a-z0-9-]{1,63}\.){1,6}(?:amazonaws\.com|windows\.net|cloudapp\.net|azmk8s\.io|mongodb\.net|cloudant\.com)"
)
_NOBODYS = re.compile(
    r"(?:^|\.)(?:example\.(?:com|org|net)|[a-z]+\.(?:py|js|ts|go|rs|md|json|ya?ml|html?|txt|log|gz|so|jar|sh|rb|java|c|h|css|"
    r"svg|png|conf|cfg|ini|toml|xml|lock|tar|zip|deb|rpm|whl|service|socket|test|invalid|io\.k8s)|^core\.windows\.net|googleapis\.com|k8s\.io|kubernetes\.io|"
    r"github\.com|githubusercontent\.com|docker\.io)$|"
    # Packages in Java, which begin as the names of hosts end, and sizes in a cloud.
    r"^(?:com|org|net|io)\.|"
    r"^(?:db\.|cache\.)?[a-z]{1,3}\d[a-z]{0,4}\.(?:nano|micro|small|medium|large|\d{0,2}xlarge|metal)$"
)


def host_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names of servers stand in a text."""
    found: set[tuple[int, int]] = set()
    for each in around(_IN_NAME, ascii_lowercase + digits, 41, _NAME, text):
        name = each[0].rstrip(".-")
        if _is_host(name):
            found.add((each.start(), each.start() + len(name)))
    found.update(each.span() for each in around(_NUMBER, ascii_lowercase + "-", 14, _COUNTED_NAME, text))
    found.update(_said_to_be(text))
    yield from sorted(found)


def _said_to_be(text: str) -> Iterator[tuple[int, int]]:
    for sign in _BEFORE_ONE:
        place = text.find(sign)
        while place != -1:
            named = _SAID_TO_BE.match(text, place + len(sign))
            if named is not None and (sign != "@" or text[place - 1 : place].isalnum()):
                yield named.span("host")
            place = text.find(sign, place + len(sign))


def _is_host(name: str) -> bool:
    if "." not in name:
        return _DASHED.fullmatch(name) is not None
    return (_DOTTED.fullmatch(name) is not None or _is_inside(name)) and _NOBODYS.search(name) is None


def _is_inside(name: str) -> bool:
    """Tell whether a name with a public ending is one of the inside: by a part that says so, or by what has it."""
    first, *within, _, ending = name.split(".") if name.count(".") > 1 else ("", "", "")
    if ending not in _ENDINGS:
        return False
    return first in _TOOLS or not _INSIDE.isdisjoint((*within, *first.split("-")[1:]))
