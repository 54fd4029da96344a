"""Words that mean nearly the same in reports of incidents, and words that say nothing there.

A word is compared by its stem ("expired", "expires") and, in a group of words for one thing, by the group too
("certificate", "TLS"): two people seldom write of one failure in the same words.
"""

import re
from functools import lru_cache

from facilitator.library.texts import BOUNDARY

MARK = "~"
"""How a term that is a group of words begins; the first word of the group follows."""

_ENDINGS = ("ing", "ed", "ion", "ment", "er", "al", "ly", "able")
_FORMS = ("", "e", "s", "es", "ed", "ing", "ion")
_SHORTEST = 4

_GROUPS = """
memory oom oomkilled oomkill heap ram swap leak
disk space inode inodes volume storage pvc filesystem
certificate cert certs tls ssl x509 letsencrypt
expiry expire expires expired expiring expiration renew renewed renewal
dns nameserver resolver coredns nxdomain route53 domain
network networking vpc subnet cni cidr nat
firewall iptables acl
balancer loadbalancer alb elb nlb haproxy
ingress proxy nginx traefik envoy gateway
upgrade upgraded upgrading update updated updates updating bump bumped version versions
deployment deploy deployed deploys deploying release released rollout
rollback rollbacks revert reverted reverts reverting
package packages dependency dependencies gem gems library libraries bundle bundler rpm npm pip module
mismatch mismatched incompatible incompatibility conflict conflicting
configuration config configurations configured misconfigured misconfiguration setting settings
permission permissions iam rbac role roles policy policies unauthorized forbidden denied
secret secrets credential credentials password passwords token tokens leaked
compromise compromised malicious attacker attack phishing malware hacked stolen
vulnerability vulnerabilities cve exploit exploited advisory
flood flooded ddos bot bots crawler crawlers scraper scraping abuse abusive
traffic surge spike spikes burst popular
quota quotas throttle throttled throttling ratelimit ratelimited
billing subscription subscriptions invoice payment suspended credits
database databases db postgres postgresql mysql mariadb rds
migration migrations migrate migrated schema
lock locks locked locking deadlock deadlocks
queue queues backlog job jobs worker workers sidekiq
email emails mail mails smtp notification notifications
hang hangs hung stuck freeze froze frozen unresponsive
crash crashed crashes crashing crashloop crashlooping crashloopbackoff segfault panic
restart restarted restarts restarting reboot rebooted reboots
delete deleted deletes deleting deletion destroy destroyed removed remove removal terminated termination
node nodes vm vms instance instances
autoscaling autoscaler scaling scale scaled
drain drained draining cordon cordoned evict evicted eviction recycle recycled recycling
log logs logging kibana elasticsearch fluentd loki
metric metrics prometheus grafana exporter
backup backups restore restored restoring snapshot snapshots
replication replica replicas standby failover failovers
cache caches cached caching redis memcached
timeout timeouts latency slow slowness slowly
container containers docker dockerd containerd kubelet runtime
webhook webhooks admission
context workspace kubeconfig
image images registry dockerhub ecr
build builds builder builders
clock ntp ntpd chrony skew leap
authentication auth login logins sso oauth ldap oidc saml
terraform pulumi cloudformation iac
pipeline pipelines ci cicd jenkins
"""
_NOTHING = """
a about above after again against all almost also although always am an and another any anyone anything are around as
at away back be because became become been before began being below best better between both but by came can cannot
could did do does doing done during each either else end ended enough even ever every everything far few find first
for found from full further gave get gets getting give given go goes going gone good got had has have having he her
here high him his how however i if in instead into is it its itself just keep kept know known last later least less
let like likely little long look looked looking made mainly make makes making many may maybe me might more most much
must my need needed needs never new next no nor not nothing now of off often old on once one only onto or other others
our out over own part per perhaps possible probably put quite rather re really right said same saw say see seem seemed
seems seen set several shall she should show shown since so some someone something soon still such take taken takes
than that the their them then there therefore these they thing things think this those though through thus time times
to today together too took toward towards tried try trying two under unless until up upon us use used uses using usual
usually very via want wanted was way we well went were what when where whether which while who whole whom whose why
will with within without work would yes yet you your ll ve don doesn didn wasn weren isn aren won incident incidents
issue issues problem problems postmortem postmortems mortem post summary timeline resolution resolved resolve root
cause caused causes causing utc gmt bst cet cest am pm min mins minute minutes hour hours day days week weeks month
months year years yesterday tomorrow morning afternoon evening night monday tuesday wednesday thursday friday saturday
sunday jan feb mar apr jun jul aug sep sept oct nov dec january february march april june july august september
october november december http https www com org html detail details action actions item items lesson lessons learned
"""

_LITTLE = "down user service team outage detection affected response impact"

_SAY_NOTHING = frozenset(_NOTHING.split())
_MEMBERS = tuple(tuple(line.split()) for line in _GROUPS.strip().splitlines())
_NAMES = {word: f"{MARK}{group[0]}" for group in reversed(_MEMBERS) for word in group}
_GROUP = {f"{MARK}{group[0]}": group for group in _MEMBERS}
_ADDRESS = re.compile(r"\S{1,40}(?:://|@)\S+")
_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile("[45][0-9][0-9]")
_SPACED = {number: " " for number in range(128) if not chr(number).isalnum()}


def plain_words(text: str) -> list[str]:
    """Return the words of a column of the index in small letters, without addresses: they name pages, not failures."""
    return written_words(text.lower())


def written_words(text: str) -> list[str]:
    """Return the words of a text as they are written, without those of addresses."""
    if "://" in text or "@" in text:
        text = _ADDRESS.sub(" ", text)
    text = text.replace(BOUNDARY, " ")
    # Most texts are ASCII, of which this takes a third of the time.
    return text.translate(_SPACED).split() if text.isascii() else _WORD.findall(text)


@lru_cache(maxsize=16384)
def terms(word: str) -> tuple[str, ...]:
    """Return by what a word in small letters is compared: its stem, and its group if it has one."""
    if word in _SAY_NOTHING or (len(word) < 2 and word.isascii()):
        return ()
    if "0" <= word[0] <= "9":
        return (word,) if _CODE.fullmatch(word) else ()
    stem = _stem(word)
    group = _NAMES.get(word) or _NAMES.get(stem)
    return (stem, group) if group is not None else (stem,)


@lru_cache(maxsize=16384)
def forms(term: str) -> tuple[str, ...]:
    """Return the words that a term may stand as in a text: those of a group, or the endings that a stem may have."""
    group = _GROUP.get(term)
    if group is not None:
        return group
    if len(term) < _SHORTEST - 1 or not term.isascii():
        return (term,)
    endings = [f"{term}{ending}" for ending in _FORMS]
    if term.endswith("y"):
        endings.append(f"{term[:-1]}ies")
    elif term[-1] not in "aeiousl":
        endings += [f"{term}{term[-1]}{ending}" for ending in ("ed", "ing")]
    return tuple(endings)


def is_weak(term: str) -> bool:
    """Tell whether a term says little: what half of all reports of incidents have, whatever they are about."""
    return term in _SAY_LITTLE


def is_group(term: str) -> bool:
    """Tell whether a term is a group of words rather than a stem."""
    return term.startswith(MARK)


def _stem(word: str) -> str:
    """Return what the forms of an English word have in common, roughly; other words stay as they are."""
    if not word.isascii() or not word.isalpha():
        return word
    stem = _singular(word)
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) > len(ending) + _SHORTEST:
            stem = stem[: -len(ending)]
            if len(stem) > _SHORTEST and stem[-1] == stem[-2] and stem[-1] not in "sl":
                stem = stem[:-1]
            break
    return stem[:-1] if len(stem) > _SHORTEST and stem.endswith("e") else stem


def _singular(word: str) -> str:
    if len(word) > _SHORTEST and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > _SHORTEST and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) >= _SHORTEST and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_SAY_LITTLE = frozenset(map(_stem, _LITTLE.split()))
