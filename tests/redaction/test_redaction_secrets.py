"""Planted secrets of many kinds are found, and what only looks like one is left alone; work grows with the text."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.checks.secret_values import is_drawn
from facilitator.redaction.detecting import found_in
from facilitator.redaction.profiles import Kind
from tests.redaction.planting import FORMS, lines, nothing, planted

DOORS = frozenset((Kind.KEY, Kind.CREDENTIAL, Kind.URL))
STEMS = (
    *("pass", "PswD", "pwd", "pw", "kennwort", "community", "passe", "secret", "Token", "key", "auth", "sess", "jwt"),
    *(
        "=",
        ": ",
        " is ",
        " to ",
        " of ",
        "|",
        "\n|--|--|\n",
        "_",
        "-",
        " ",
        "'",
        '"',
        "**",
        "%",
        "//",
        "://",
        "@",
        "?",
        "t=",
    ),
    *(
        "x1Y",
        "hunter2",
        "10.1.2.3",
        "a1b2",
        "customer ",
        "order #",
        "4111 1111 1111 1111",
        "db-01",
        "\u0130",
        "é",
        "<",
        ">",
    ),
)
DOCUMENT = """# Checkout errors

## Summary
At 14:00 v3.2 was deployed. The key insight: retries had no budget, and tokens were cached for 24 h.

| Time | What |
|------|------|
| 14:05 | the secret manager answered slowly |
| 14:10 | passwords were not affected, session handling was |

```yaml
key: checkout
cache_key: cart-v2
```
"""


def covered(text: str, start: int, end: int) -> bool:
    places = {place for each in found_in(text, DOORS) for place in range(each.start, each.end)}
    return places.issuperset(range(start, end))


@pytest.mark.parametrize("seed", range(12))
def test_every_planted_secret_is_found_and_nothing_else(seed: int):
    lot = random.Random(seed)
    text, secrets = planted(lot, DOCUMENT, lines(lot) + nothing(lot))
    found = list(found_in(text, DOORS))
    places = {place for each in found for place in range(each.start, each.end)}
    missed = [each.kind for each in secrets if not places.issuperset(range(each.start, each.end))]
    false = [
        text[each.start : each.end]
        for each in found
        if not any(each.start < secret.end and secret.start < each.end for secret in secrets)
    ]
    assert (missed, false) == ([], [])


def test_there_are_more_than_twenty_kinds():
    assert len({each.kind for each in lines(random.Random(0))}) > 50
    assert len(FORMS) > 20


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Somebody pasted the password hunter2 into the chat", "hunter2"),
        ("- name: DB_PASSWORD\n  value: tr0ub4dor", "tr0ub4dor"),
        ('<add key="Password" value="Fr4ction!" />', "Fr4ction!"),
        ("mysqldump -uroot -pS3cretly shop > x.sql", "S3cretly"),
        ("echo 'S3cretly' | sudo -S reboot", "S3cretly"),
        ("Authorization: Basic ZGVwbG95Omh1bnRlcjI=", "ZGVwbG95Omh1bnRlcjI="),
        ("https://8f3a9c1d2e4b5a6f7c8d9e0f1a2b3c4d@o1.ingest.example.com/7", "8f3a9c1d2e4b5a6f7c8d9e0f1a2b3c4d"),
        ("acme_live_8f3a9c1d2e4b5a6f7c8d9e", "acme_live_8f3a9c1d2e4b5a6f7c8d9e"),
        ("the password for the replica was changed to Orbit!77", "Orbit!77"),
        ("the password was swordfish.", "swordfish"),
        ("log in with root / toor on the spare box", "toor"),
        ("it was set to Winter#2019 by the vendor", "Winter#2019"),
        ("its password, Lemon77, had not changed", "Lemon77"),
        ("use passphrase 'three brown bears'", "three brown bears"),
        ("password=swordfish", "swordfish"),
        ("the PIN is 493812, as ever", "493812"),
        ("sqlplus hr/Oracle4u@//db9:1521/PDB1", "Oracle4u"),
        ("Driver={MySQL};Uid=app;Pwd={a;b1c}", "a;b1c"),
        ("AKIAQ2W3E4R5T6Y7U8I9 / Zx8qLr4Vb2Nm6Kd0Hs1Jf3Gt5Yp7Wc9Xe2Rq4Tu6", "Zx8qLr4Vb2Nm6Kd0Hs1Jf3Gt5Yp7Wc9Xe2Rq4Tu6"),
        (
            "vault write auth/x role_id=1 secret_id=452f4949-280e-4806-a0b9-c2f7519bd916",
            "452f4949-280e-4806-a0b9-c2f7519bd916",
        ),
        ("wandb login 27fd1371b25133da7299cb86202677aca1841c98", "27fd1371b25133da7299cb86202677aca1841c98"),
        ("2FA seed was 5EX62EEAMYJC3MSV for the root account", "5EX62EEAMYJC3MSV"),
        (
            "https://open.example.com/bot/v2/hook/86837685-e06c-46da-a315-ef0e9bc3cd20",
            "86837685-e06c-46da-a315-ef0e9bc3cd20",
        ),
        ("https://hooks.example.com/catch/123/wn9gpbu", "wn9gpbu"),
        ("the key API-N67FI63MRJIGI1SE5E8IZBGMTE was rotated", "API-N67FI63MRJIGI1SE5E8IZBGMTE"),
        ("kept A3-JATHN6-WYTOE7-RZZ17-GEGAX-QV6AL-P3Z83 in a note", "A3-JATHN6-WYTOE7-RZZ17-GEGAX-QV6AL-P3Z83"),
        ("the dump held $6$lIaNkc6K$hysNIegJkhRzj.gQIo4OxC", "$6$lIaNkc6K$hysNIegJkhRzj.gQIo4OxC"),
        ("the password was set to falcon-velvet-stone", "falcon-velvet-stone"),
        ("the password was set to `dragonfly` then", "dragonfly"),
        ("the password of the vault was **Redis-3068**.", "Redis-3068"),
        ('the account admin (password "ggDwUDzU^Mi!A")', "ggDwUDzU^Mi!A"),
        ("we used admin:s3cr3t-kafka-52 there", "s3cr3t-kafka-52"),
        ("./migrate --db-password WQxhWch_T-iIE-ey --steps 2", "WQxhWch_T-iIE-ey"),
        ("  db-password: aHVudGVyMzE=", "aHVudGVyMzE="),
        ("app:Tr0ub4dor-7@tcp(cache:3306)/orders", "Tr0ub4dor-7"),
        ("ssh-keygen -t ed25519 -N 'A6me-meadow55' -f key", "A6me-meadow55"),
        ("snmp-server community s3cr3tj1z0 RO", "s3cr3tj1z0"),
        ("machine es-03 login deploy password Sunshine-7651", "Sunshine-7651"),
        ("| Name | Password |\n|---|---|\n| Grafana | `P@ssw0rd641` |", "P@ssw0rd641"),
        ("https://4e83a38f79e693bfadc02cf115801177:x@example.com/a.git", "4e83a38f79e693bfadc02cf115801177"),
        ("https://app.example.com/share/62234ced4124afe2a6e78c10f9b7", "62234ced4124afe2a6e78c10f9b7"),
        ("the PIN of the safe was 9755.", "9755"),
        ("PswD=hunter2", "hunter2"),
        ("pswd: tr0ub4dor", "tr0ub4dor"),
        ("Password of the admin account: tiger-battery-27", "tiger-battery-27"),
        ("the password for billing had been left at “b1fpmvrokgqph3” since launch", "b1fpmvrokgqph3"),
        ("changed the passphrase from 'three-brown-bears' to 'Lemon77x'", "three-brown-bears"),
        ("somebody logged in as postgres with 'tsixi79r9'.", "tsixi79r9"),
        ('I set it to "P@ssw0rd#131" then', "P@ssw0rd#131"),
        ('"client_secret": "Coffee-staple-17"', "Coffee-staple-17"),
        ("spring.datasource.password=%t*KOTU*1NdzQ7x", "%t*KOTU*1NdzQ7x"),
        ('echo "wehjfy0eb1s97" | docker login -u ci --password-stdin', "wehjfy0eb1s97"),
        ("https://app.example.com/login/magic?t=3670f185a9c84d1e8b7a6f5e", "t=3670f185a9c84d1e8b7a6f5e"),
        ("https://events.example.com/integration/39f3da09a1b2c3d4e5f6/enqueue", "39f3da09a1b2c3d4e5f6"),
    ],
)
def test_ways_in_which_secrets_are_written(text: str, words: str):
    start = text.index(words)
    assert covered(text, start, start + len(words))


@pytest.mark.parametrize(
    "text",
    [
        "the token bucket refills 100 tokens/s", "key 12 was pressed", "secret santa 2024 is cancelled",
        "tokenizer: cl100k_base", "the sort key order_2024_09_id_created", "keyboard-layout: de-latin1",
        "session 2 of 3 at 14:00", "compass: v2-alpha-17", "password_policy: min12-upper-digit",
        "private_key_path=/etc/ssl/private/site-2024.key", "see docs/secrets/rotation-2024.md",
        "the password was wrong.", "--password-stdin was used", "log in to the bastion and restart", "pin it to 1.2",
        "the token fix is in commit 27fd1371b25133da7299cb86202677aca1841c98", "an error code of 4711",
        "API key rotation", "password=REPLACE_ME", "key = hashlib.sha256(name).hexdigest()", "GET /login?next=%2Fhome",
        "token = request.cookies.get('session')", "passwordSecretRef: admin-login",
        "logged in; Digest: sha256:ecfade734fb3",
        "h1:k3Jx9fLq2Zt8Wm4Vb7NrQk3Jx9fLq2Zt8Wm4Vb7NrQ8=", "builds / launches work, add DB_PASSWORD",
        'let key = format!("{}:{}", ns, id);', "the password of the vault was rotated",
        "| Step | Password policy |\n|---|---|\n| one | min12-upper |", "the password is end-to-end encrypted",
        "etag k3Jx9fLq2Zt8Wm4Vb7Nr", "trace_id=27fd1371b25133da7299cb86202677ac",
        "-----BEGIN CERTIFICATE-----\nMIIDk3Jx9fLq2Zt8Wm4Vb7Nr\n-----END CERTIFICATE-----",
    ],
)  # fmt: skip
def test_what_is_no_secret(text: str):
    assert list(found_in(text, DOORS)) == []


def test_a_written_name_is_not_drawn():
    assert not is_drawn("checkout-database-credentials-v2")
    assert not is_drawn("4096")
    assert is_drawn("k3Jx9fLq2Zt8")


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("call +49 170 1234567 now", Kind.MAIL, "+49 170 1234567"),
        ("account number: 0012345678", Kind.CUSTOMER, "0012345678"),
        ("for customer 48213 only", Kind.CUSTOMER, "48213"),
        ("IBAN DE89 3704 0044 0532 0130 00", Kind.CUSTOMER, "DE89 3704 0044 0532 0130 00"),
        ("card 4111 1111 1111 1111", Kind.CUSTOMER, "4111 1111 1111 1111"),
        ("tenant-48213x was hit", Kind.CUSTOMER, "tenant-48213x"),
        ("db-prod-07 was full", Kind.HOST, "db-prod-07"),
        ("ssh auth-db-03 uptime", Kind.HOST, "auth-db-03"),
        ("rebooted lon3-db02", Kind.HOST, "lon3-db02"),
        ("the host web14 was slow", Kind.HOST, "web14"),
        ("node07 was drained", Kind.HOST, "node07"),
        ("see https://kibana.ops.acme.co.uk/app", Kind.HOST, "kibana.ops.acme.co.uk"),
        ("gitlab-dev.acme.com is down", Kind.HOST, "gitlab-dev.acme.com"),
        ("kubectl cordon gke-prod-a-pool-134a959a-n2sk", Kind.HOST, "gke-prod-a-pool-134a959a-n2sk"),
        ("ssh postgres@bastion02 uptime", Kind.HOST, "bastion02"),
        ("http://esdata-15:9090/metrics", Kind.HOST, "esdata-15"),
        ("redis06 ran out of memory", Kind.HOST, "redis06"),
        (
            "the tenant “3c475207-d6c3-444d-a933-af7538118630” lost data",
            Kind.CUSTOMER,
            "3c475207-d6c3-444d-a933-af7538118630",
        ),
        ("Kunde Nr. 19262 rief an", Kind.CUSTOMER, "19262"),
        ("Jonas (0171/5264229) was away", Kind.MAIL, "0171/5264229"),
        ("aks-nodepool1-53590513-vmss000002 is gone", Kind.HOST, "aks-nodepool1-53590513-vmss000002"),
        ("Account #9662-5520-51 was debited", Kind.CUSTOMER, "9662-5520-51"),
        ("customer=WAYNE-CUST-0838 failed", Kind.CUSTOMER, "WAYNE-CUST-0838"),
        ("the customer with the id `KD-713154`", Kind.CUSTOMER, "KD-713154"),
        ("Order #ORD-2023-64690 was stuck", Kind.CUSTOMER, "ORD-2023-64690"),
        ("charged cus_gOasjxMKnPDxzD twice", Kind.CUSTOMER, "cus_gOasjxMKnPDxzD"),
        ("| Customer | Plan |\n|---|---|\n| 587358 | big |", Kind.CUSTOMER, "587358"),
        ("card 3775 850732 83306", Kind.CUSTOMER, "3775 850732 83306"),
        ("Phone: 298-476-5048", Kind.MAIL, "298-476-5048"),
        ("call 020 7946 0958 now", Kind.MAIL, "020 7946 0958"),
        ("db1.cluster.acme.net was full", Kind.HOST, "db1.cluster.acme.net"),
        ("arn:aws:iam::123456789012:role/x", Kind.HOST, "123456789012"),
        ("ask jane@example.com", Kind.MAIL, "jane@example.com"),
        ("call (415) 555-0132", Kind.MAIL, "(415) 555-0132"),
        ('{"tenantId":"3c475207-d6c3-444d-a933-af7538118630"}', Kind.CUSTOMER, "3c475207-d6c3-444d-a933-af7538118630"),
        ("GET /api/customers/2648052/orders", Kind.CUSTOMER, "2648052"),
        ("the tenant (ID 6691131) has 46 seats", Kind.CUSTOMER, "6691131"),
        ("only cus_nXhUVAaTUEDcwI2 was hit", Kind.CUSTOMER, "cus_nXhUVAaTUEDcwI2"),
        ("see https://grafana.acme.io/d/abc", Kind.HOST, "grafana.acme.io"),
        ("no answer from orders.service.consul", Kind.HOST, "orders.service.consul"),
        ("the server cache11-fra1 was rebooted", Kind.HOST, "cache11-fra1"),
        ("amazonaws.com/903184366074/dlq", Kind.HOST, "903184366074"),
        ("arp 02:f4:b6:75:9f:96 moved", Kind.ADDRESS, "02:f4:b6:75:9f:96"),
        ("fe80::60b4:31ff:feef:976d%eth1 is stale", Kind.ADDRESS, "fe80::60b4:31ff:feef:976d%eth1"),
        ("blocked 203.0.113.77:443", Kind.ADDRESS, "203.0.113.77"),
        ("from [2001:db8::7] on", Kind.ADDRESS, "2001:db8::7"),
    ],
)
def test_customers_people_and_hosts(text: str, kind: Kind, words: str):
    assert [(each.kind, text[each.start : each.end]) for each in found_in(text, frozenset(Kind))] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "customer 17 called", "the account team", "user_agent=curl/8.1", "org-chart", "order of 10000 items",
        "4 customers, 12 tenants", "card 4111 1111 1111 1112", "+2 hours at 14:00", "sev-1 on build 1234",
        "python-3.12 and node-20", "a db.r5.large in a pool", "node18 and web3", "offset=5324319833488",
        "https://forum.example.org:8443/health", "com.acme.internal.cache", "order 66 was given",
        "nginx@sha256:0a1b2c3d", "load-test-3 in build-42",
        "config.prod.yaml", "www.example.com", "api.github.com",
        "git@github.com:acme/shop.git", "bound to 0.0.0.0 and 127.0.0.1", "mask 255.255.255.0", "version 10.4.3.1",
        "asked 8.8.8.8",
    ],
)  # fmt: skip
def test_what_is_nobodys(text: str):
    assert list(found_in(text, frozenset((Kind.MAIL, Kind.CUSTOMER, Kind.HOST, Kind.ADDRESS)))) == []


def test_every_number_of_a_list_and_both_ends_of_a_range_are_found() -> None:
    text = "customers 771557, 333557 and 932269 of 10.1.2.3-10.1.2.9"
    found = [text[each.start : each.end] for each in found_in(text, frozenset(Kind))]
    assert found == ["771557", "333557", "932269", "10.1.2.3", "10.1.2.9"]


@given(st.lists(st.sampled_from(STEMS), max_size=12))
@settings(max_examples=200, deadline=None)
def test_nothing_that_looks_like_a_name_of_a_secret_ends_the_search(parts: list[str]) -> None:
    text = "".join(parts)
    assert all(0 <= each.start < each.end <= len(text) for each in found_in(text, frozenset(Kind)))
