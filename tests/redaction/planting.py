"""Secrets of many kinds, made by chance from a seed, in the lines in which they are met, and what only looks like one.

Nothing here is copied from anywhere: values have the form of their makers and are drawn by lot.
"""

import base64
import json
import random
import string
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

Lot = random.Random
Maker = Callable[[Lot], str]

HEX, B36, B62 = "0123456789abcdef", string.ascii_lowercase + string.digits, string.ascii_letters + string.digits
B64, URL64 = B62 + "+/", B62 + "-_"
UPPER = string.ascii_uppercase + string.digits


class Planted(NamedTuple):
    """A secret in a text: of which kind, and where."""

    kind: str
    start: int
    end: int


class Line(NamedTuple):
    """A line with a secret in it, or with nothing that is one when `secret` is empty."""

    kind: str
    text: str
    secret: str


def draw(lot: Lot, signs: str, count: int) -> str:
    """Return signs drawn by lot, of which one at least is a digit and one a letter."""
    while True:
        found = "".join(lot.choices(signs, k=count))
        if any(map(str.isdigit, found)) and any(map(str.isalpha, found)):
            return found


def _of(signs: str, count: int, before: str = "", after: str = "") -> Maker:
    return lambda lot: f"{before}{draw(lot, signs, count)}{after}"


def _uuid(lot: Lot) -> str:
    return "-".join(draw(lot, HEX, count) for count in (8, 4, 4, 4, 12))


def _password(lot: Lot) -> str:
    words = ("Winter", "summer", "Dragon", "orbit", "Falcon", "monkey", "Coffee", "turbine", "Zebra", "k1tchen")
    number = lot.choice((str(lot.randrange(10, 99)), str(lot.randrange(1990, 2030))))
    return lot.choice(
        (
            f"{lot.choice(words)}{number}{lot.choice('!#%?*')}",
            f"{lot.choice(words)}-{lot.choice(words)}-{number}",
            f"{lot.choice(words).lower()}{number}",
            draw(lot, B62, lot.randrange(9, 20)),
            f"{draw(lot, B62, 6)}{lot.choice('!@#^*')}{draw(lot, B62, 5)}",
            f"{lot.choice(words)}_{lot.choice(words)}{lot.choice('!#')}{number}",
        )
    )


def _jwt(lot: Lot) -> str:
    def part(value: Mapping[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    body = {"sub": draw(lot, B36, 10), "iat": lot.randrange(1_500_000_000, 1_800_000_000)}
    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(body)}.{draw(lot, URL64, 43)}"


def _private_key(lot: Lot) -> str:
    kind = lot.choice(("RSA ", "EC ", "OPENSSH ", "", "ENCRYPTED ", "DSA "))
    lines = [draw(lot, B64, 64) for _ in range(lot.randrange(3, 12))]
    return "\n".join((f"-----BEGIN {kind}PRIVATE KEY-----", *lines, f"-----END {kind}PRIVATE KEY-----"))


def _google_service(lot: Lot) -> str:
    lines = "\\n".join(draw(lot, B64, 64) for _ in range(4))
    return f"-----BEGIN PRIVATE KEY-----\\n{lines}\\n-----END PRIVATE KEY-----\\n"


FORMS: Mapping[str, Maker] = {
    "aws access key": lambda lot: f"{lot.choice(('AKIA', 'ASIA'))}{draw(lot, string.ascii_uppercase + '234567', 16)}",
    "google api key": _of(URL64, 35, "AIza"),
    "google oauth": lambda lot: f"ya29.{draw(lot, URL64, 60)}",
    "github": lambda lot: f"gh{lot.choice('pous')}_{draw(lot, B62, 36)}",
    "github fine": lambda lot: f"github_pat_{draw(lot, B62, 22)}_{draw(lot, B62, 59)}",
    "gitlab": _of(URL64, 20, "glpat-"),
    "slack": lambda lot: f"xox{lot.choice('bp')}-{lot.randrange(10**11, 10**12)}-{draw(lot, B62, 24)}",
    "slack webhook": lambda lot: "https://hooks.slack.com/services/T" + "/".join(
        (draw(lot, UPPER, 8), "B" + draw(lot, UPPER, 8), draw(lot, B62, 24))),
    "discord webhook": lambda lot: "https://discord.com/api/webhooks/" + "/".join(
        (str(lot.randrange(10**17, 10**18)), draw(lot, URL64, 68))),
    "discord bot": lambda lot: f"M{draw(lot, B62, 23)}.{draw(lot, URL64, 6)}.{draw(lot, URL64, 27)}",
    "stripe": lambda lot: f"{lot.choice(('sk', 'rk'))}_live_{draw(lot, B62, lot.choice((24, 99)))}",
    "twilio": _of(HEX, 32, "SK"),
    "sendgrid": lambda lot: f"SG.{draw(lot, URL64, 22)}.{draw(lot, URL64, 43)}",
    "mailgun": _of(HEX, 32, "key-"),
    "mailchimp": lambda lot: f"{draw(lot, HEX, 32)}-us{lot.randrange(1, 21)}",
    "npm": _of(B62, 36, "npm_"),
    "pypi": lambda lot: f"pypi-AgEIcHlwaS5vcmc{draw(lot, URL64, 70)}",
    "docker": _of(URL64, 27, "dckr_pat_"),
    "openai": lambda lot: f"sk-{draw(lot, B62, 20)}T3BlbkFJ{draw(lot, B62, 20)}",
    "square": lambda lot: f"sq0csp-{draw(lot, URL64, 43)}",
    "telegram": lambda lot: f"{lot.randrange(10**8, 10**10)}:AA{draw(lot, URL64, 33)}",
    "jwt": _jwt,
    "private key": _private_key,
    "vault": _of(URL64, 90, "hvs."),
    "sentry": lambda lot: f"sntrys_{draw(lot, B64, 80)}",
    "terraform": lambda lot: f"{draw(lot, B62, 14)}.atlasv1.{draw(lot, URL64, 67)}",
    "azure client": lambda lot: f"{draw(lot, B62, 3)}8Q~{draw(lot, B62, 34)}",
    "artifactory": _of(B62, 70, "AKCp"),
    "tailscale": lambda lot: f"tskey-auth-{draw(lot, B62, 12)}-{draw(lot, B62, 32)}",
    "shopify": _of(HEX, 32, "shpat_"),
    "new relic": _of(UPPER, 27, "NRAK-"),
    "grafana": lambda lot: f"glsa_{draw(lot, B62, 32)}_{draw(lot, HEX, 8)}",
    "digitalocean": _of(HEX, 64, "dop_v1_"),
}  # fmt: skip
"""Secrets that are known by their own form, wherever they stand."""

NAMED: Mapping[str, tuple[Sequence[str], Maker]] = {
    "aws secret": (("AWS_SECRET_ACCESS_KEY", "aws_secret_access_key", "secretAccessKey"), _of(B64, 40)),
    "aws session": (("AWS_SESSION_TOKEN", "aws_session_token"), _of(B64, 120)),
    "datadog": (("DD_API_KEY", "datadog_api_key", "DD-API-KEY", "dd_app_key"), lambda lot: draw(
        lot, HEX, lot.choice((32, 40)))),
    "pagerduty": (("PAGERDUTY_TOKEN", "routing_key", "integration_key", "pagerduty_api_key"), lambda lot: draw(
        lot, *lot.choice(((B36, 32), (URL64, 20))))),
    "opsgenie": (("OPSGENIE_API_KEY", "opsgenie_api_key", "genieKey"), _uuid),
    "heroku": (("HEROKU_API_KEY", "heroku_api_key"), _uuid),
    "azure storage": (("AccountKey", "azure_storage_key", "AZURE_STORAGE_ACCOUNT_KEY"), _of(B64, 86, after="==")),
    "client secret": (("client_secret", "clientSecret", "OAUTH_CLIENT_SECRET"), lambda lot: draw(lot, URL64, 40)),
    "api key": (("api_key", "apiKey", "X-Api-Key", "API_KEY", "api-key"), lambda lot: draw(
        lot, *lot.choice(((HEX, 32), (B62, 32), (B36, 24), (URL64, 43))))),
    "token": (("auth_token", "access_token", "TOKEN", "ci_token", "refreshToken", "bot_token"), lambda lot: draw(
        lot, *lot.choice(((HEX, 40), (B62, 30), (URL64, 64))))),
    "signing key": (("SIGNING_KEY", "encryption_key", "master_key", "SECRET_KEY", "SECRET_KEY_BASE"), lambda lot: draw(
        lot, *lot.choice(((HEX, 64), (B64, 44), (B62, 50))))),
    "twilio token": (("TWILIO_AUTH_TOKEN", "twilio_auth_token"), _of(HEX, 32)),
    "cloudflare": (("CF_API_TOKEN", "cloudflare_api_token"), _of(URL64, 40)),
    "ibm cloud": (("IBM_CLOUD_API_KEY", "ibm_iam_key", "softlayer_api_key"), lambda lot: draw(lot, URL64, 44)),
}  # fmt: skip
"""Secrets that only a name beside them tells."""

PASSWORD_NAMES = (
    "password", "DB_PASSWORD", "db_pass", "PGPASSWORD", "passwd", "pwd", "redis.password", "adminPassword",
    "spring.datasource.password", "SMTP_PASS", "MYSQL_PWD", "passphrase",
)  # fmt: skip

_PROSE = (
    "The old key {} was still in the image.",
    "- 14:05 somebody pasted {} into the channel",
    "We found `{}` in the logs of the worker and revoked it.",
    'level=error msg="request failed" key={} status=401',
    "| 14:05 | rotated {} | on-call |",
    "curl -H 'X-Key: {}' https://api.example.com/v1/x",
    "See {}",
    "({}, leaked on Tuesday)",
    "> {}",
    'const client = connect("{}");',
)
_ASSIGNED = (
    "{}={}",
    "export {}={}",
    '{}="{}"',
    "{}: {}",
    '  {}: "{}"',
    '{{"{}": "{}", "region": "eu"}}',
    '    "{}" : "{}",',
    "`{}={}` was set in the pod",
    "- {} = '{}'",
    '{} => "{}",',
    "{} := `{}`",
    "run with --set {}={} and it works",
    "ENV {} {}",
    "We had {} set to {} in production.",
    "<{0}>{1}</{0}>",
    'os.environ["{}"] = "{}"',
    "{}: {}  # do not commit",
    "-e {}={} \\",
    'msg="config" {}={} user=app',
    '\\"{}\\": \\"{}\\"',
)
_PASSWORDS = (
    "The password was {}.",
    "the password is `{}`",
    'password "{}" was on the wiki',
    "someone typed the password {} into the chat",
    "login with admin / password: {}",
    "The root password ({}) is in the runbook.",
    "password for the replica is {}",
    "mysql -u root -p{} shop",
    "sshpass -p {} ssh root@db",
    "curl -u deploy:{} https://ci.example.com/job",
    "psql \"host=db user=app password={} dbname=shop\"",
    "Server=db;Database=shop;User Id=app;Password={};Encrypt=true",
    "connect with --password {} --host db",
    "connect with --password={} --host db",
    "we changed the password to {} by hand",
    "machine db.example.com login app password {}",
    "redis-cli -h cache -a {} ping",
    "docker login -u ci -p {} registry.example.com",
    "Password: {}",
)  # fmt: skip
_DOORS = (
    "postgres://app:{}@db:5432/shop",
    "DATABASE_URL=postgresql://app:{}@db.example.com/shop?sslmode=require",
    "amqp://guest:{}@mq/%2f",
    "mongodb+srv://ops:{}@cluster0.example.net/admin",
    "redis://:{}@cache:6379/0",
    "git clone https://bot:{}@git.example.com/ops/tools.git",
    "https://admin:{}@grafana.example.com/d/1",
    "smtp://mailer:{}@mail.example.com:587",
)
_HEADERS = (
    "Authorization: Bearer {}",
    "curl -H 'Authorization: Bearer {}' https://api.example.com",
    '"Authorization": "token {}"',
    "authorization: Bearer {}",
    "Cookie: theme=dark; sessionid={}; lang=en",
    "Set-Cookie: JSESSIONID={}; Path=/; HttpOnly",
    "cookie: _gitlab_session={}",
    "PHPSESSID={}",
    "X-Auth-Token: {}",
    "x-vault-token: {}",
)
_SIGNED = (
    "https://bucket.s3.amazonaws.com/dump.sql?X-Amz-Expires=3600&X-Amz-Signature={}",
    "https://acct.blob.core.windows.net/logs/a.txt?sv=2022-11-02&sr=b&sig={}%3D&se=2026-01-01",
    "https://api.example.com/v1/items?page=2&access_token={}",
    "https://example.com/reset?token={}#now",
    "https://status.example.com/hook?key={}",
    "https://storage.googleapis.com/b/o?X-Goog-Signature={}",
)
_NOTHING: Sequence[Callable[[Lot], str]] = (
    lambda lot: f"commit {draw(lot, HEX, 40)} was deployed",
    lambda lot: f"deployed {draw(lot, HEX, 7)} at 14:05",
    lambda lot: f"image shop/api@sha256:{draw(lot, HEX, 64)}",
    lambda lot: f"md5 {draw(lot, HEX, 32)}  dump.sql",
    lambda lot: f"request id {_uuid(lot)}",
    lambda lot: f"trace_id={draw(lot, HEX, 32)} span_id={draw(lot, HEX, 16)}",
    lambda lot: f"pod api-{draw(lot, HEX, 10)}-{draw(lot, B36, 5)} was evicted",
    lambda lot: f"ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB{draw(lot, B64, 340)} ops@example.com",
    lambda lot: f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{draw(lot, B64, 43)} ops",
    lambda lot: f'integrity="sha384-{draw(lot, B64, 64)}"',
    lambda lot: f"https://docs.google.com/document/d/1{draw(lot, URL64, 43)}/edit",
    lambda lot: f"https://github.com/acme/shop/commit/{draw(lot, HEX, 40)}",
    lambda lot: f"https://grafana.example.com/d/{draw(lot, B62, 9)}/latency?orgId=1&from={lot.randrange(10**12)}",
    lambda lot: f"https://acme.slack.com/archives/C{draw(lot, UPPER, 8)}/p{lot.randrange(10**15, 10**16)}",
    lambda lot: f"arn:aws:kms:eu-west-1:123456789012:key/{_uuid(lot)}",
    lambda lot: f"instance i-0{draw(lot, HEX, 16)} in subnet-0{draw(lot, HEX, 16)}",
    lambda lot: f'ETag: "{draw(lot, HEX, 32)}"',
    lambda lot: f"SHA256:{draw(lot, B64, 43)} (fingerprint of the host)",
    lambda lot: f"session 01{draw(lot, UPPER, 24)} was open",
    lambda _: "the password was reset by the user",
    lambda _: "password: ********",
    lambda _: "DB_PASSWORD=$DB_PASSWORD",
    lambda _: "password: ${DB_PASSWORD}",
    lambda _: "passwords are stored with bcrypt, tokens with sha256",
    lambda _: "api_key: <your key>",
    lambda _: "the API key was rotated, and the token expired",
    lambda _: "secretName: checkout-database-credentials-v2",
    lambda _: "token: required",
    lambda _: "key: checkout:v3:user:12345:cart",
    lambda _: "primary key: order_items_2024_pkey_idx",
    lambda _: "The key insight was that retries2 had no budget",
    lambda lot: f"cache key: product:{lot.randrange(10**6)}:price:{lot.randrange(10**4)}",
    lambda _: "max_tokens: 4096, token_limit=128000",
    lambda _: "password_min_length = 12",
    lambda _: "--password-file /run/secrets/db-password-2024",
    lambda _: "Author: Basic YAML configuration of the cluster",
    lambda _: "https://user:password@example.com/x",
    lambda _: "secret: see vault kv/prod/checkout/db2",
    lambda _: "pk_live_51HxSomethingPublic is a publishable key",
)


def lines(lot: Lot) -> list[Line]:
    """Return a line with each kind of secret, in an order drawn by lot."""
    found = [_formed(lot, kind, maker) for kind, maker in FORMS.items()]
    for kind, (names, maker) in NAMED.items():
        secret = maker(lot)
        found.append(Line(kind, lot.choice(_ASSIGNED).format(lot.choice(names), secret), secret))
    written: tuple[tuple[str, Sequence[str]], ...] = (("password", _PASSWORDS), ("password in an address", _DOORS))
    for kind, ways in written:
        secret = _password(lot)
        while kind != "password" and set(secret) & set("@/#?%"):
            secret = _password(lot)
        found.append(Line(kind, lot.choice(ways).format(secret), secret))
    secret = _password(lot)
    found.append(
        Line("password in a setting", lot.choice(_ASSIGNED).format(lot.choice(PASSWORD_NAMES), secret), secret)
    )
    sent: tuple[tuple[str, Sequence[str]], ...] = (("header", _HEADERS), ("signed address", _SIGNED))
    for kind, ways in sent:
        secret = draw(lot, *lot.choice(((HEX, 40), (B62, 32), (URL64, 50))))
        found.append(Line(kind, lot.choice(ways).format(secret), secret))
    secret = _google_service(lot)
    found.append(Line("google service account", f'{{"type": "service_account", "private_key": "{secret}"}}', secret))
    lot.shuffle(found)
    return found


def _formed(lot: Lot, kind: str, maker: Maker) -> Line:
    secret = maker(lot)
    how = "{}" if "\n" in secret else lot.choice(_PROSE)
    return Line(kind, how.format(secret), secret)


def nothing(lot: Lot) -> list[Line]:
    """Return lines in which nothing is a secret, though much looks like one."""
    return [Line("nothing", make(lot), "") for make in _NOTHING]


def planted(lot: Lot, document: str, given: Sequence[Line]) -> tuple[str, tuple[Planted, ...]]:
    """Return a document with lines put between its own, and where the secrets are in it."""
    own = document.split("\n")
    places: dict[int, list[Line]] = {}
    for line in given:
        places.setdefault(lot.randrange(len(own) + 1), []).append(line)
    parts: list[str] = []
    found: list[Planted] = []
    size = 0
    for number in range(len(own) + 1):
        for line in places.get(number, ()):
            if line.secret:
                start = size + line.text.index(line.secret)
                found.append(Planted(line.kind, start, start + len(line.secret)))
            parts.append(line.text)
            size += len(line.text) + 1
        if number < len(own):
            parts.append(own[number])
            size += len(own[number]) + 1
    return "\n".join(parts), tuple(found)
