"""The forms of English verbs: from the base to the others, and back. Regular ones by rule, the others by name."""

from functools import lru_cache
from typing import NamedTuple

from facilitator.checks.words import words_of


class Forms(NamedTuple):
    """Forms of one verb: "forget", "forgets", "forgot", "forgotten", "forgetting"."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


_IRREGULAR = """
arise arose arisen, be was been, bear bore borne, beat beat beaten, become became become, begin began begun, bet bet
bet, bind bound bound, blow blew blown, break broke broken, bring brought brought, build built built, buy bought
bought, catch caught caught, choose chose chosen, come came come, cost cost cost, cut cut cut, deal dealt dealt, dig
dug dug, do did done, draw drew drawn, drive drove driven, eat ate eaten, fall fell fallen, feed fed fed, feel felt
felt, fight fought fought, find found found, fly flew flown, forbid forbade forbidden, forget forgot forgotten, forgo
forwent forgone, foresee foresaw foreseen, get got got, give gave given, go went gone, grow grew grown, hang hung
hung, have had had, hear heard heard, hide hid hidden, hit hit hit, hold held held, hurt hurt hurt, keep kept kept,
know knew known, lay laid laid, lead led led, leave left left, lend lent lent, let let let, lie lay lain, light lit
lit, lose lost lost, make made made, mean meant meant, meet met met, misread misread misread, mistake mistook
mistaken, misunderstand misunderstood misunderstood, oversee oversaw overseen, overlook overlooked overlooked,
overwrite overwrote overwritten, override overrode overridden, pay paid paid, put put put, quit quit quit, read read
read, rebuild rebuilt rebuilt, redo redid redone, reread reread reread, rerun reran rerun, rewrite rewrote rewritten,
ride rode ridden, ring rang rung, rise rose risen, run ran run, say said said, see saw seen, seek sought sought, sell
sold sold, send sent sent, set set set, shake shook shaken, shoot shot shot, show showed shown, shut shut shut, sit
sat sat, sleep slept slept, speak spoke spoken, spend spent spent, spin spun spun, split split split, spread spread
spread, stand stood stood, steal stole stolen, stick stuck stuck, strike struck struck, swing swung swung, take took
taken, teach taught taught, tear tore torn, tell told told, think thought thought, throw threw thrown, undo undid
undone, understand understood understood, wake woke woken, wear wore worn, win won won, withdraw withdrew withdrawn,
write wrote written, freeze froze frozen, unfreeze unfroze unfrozen, awake awoke awoken, bend bent bent, breed bred
bred, burn burnt burnt, cast cast cast, cling clung clung, creep crept crept, dream dreamt dreamt, dwell dwelt dwelt,
flee fled fled, fling flung flung, forgive forgave forgiven, foretell foretold foretold, grind ground ground, kneel
knelt knelt, leap leapt leapt, learn learnt learnt, mislay mislaid mislaid, mislead misled misled, misspell misspelt
misspelt, outgrow outgrew outgrown, overcome overcame overcome, overdo overdid overdone, overhear overheard overheard,
overrun overran overrun, oversleep overslept overslept, overtake overtook overtaken, overthrow overthrew overthrown,
rebind rebound rebound, recast recast recast, reset reset reset, resend resent resent, retake retook retaken, rethink
rethought rethought, saw sawed sawn, sew sewed sewn, shed shed shed, shine shone shone, sink sank sunk, slide slid
slid, sling slung slung, smell smelt smelt, spell spelt spelt, spill spilt spilt, spit spat spat, spoil spoilt spoilt,
spring sprang sprung, sting stung stung, strive strove striven, swear swore sworn, sweep swept swept, swell swelled
swollen, swim swam swum, tread trod trodden, undergo underwent undergone, unwind unwound unwound, upset upset upset,
uphold upheld upheld, weave wove woven, weep wept wept, wind wound wound, withhold withheld withheld, withstand
withstood withstood
"""
_DOUBLES = words_of("""
admit begin bet chat clip commit control cut debug defer dig drag drop equip fit flag flip forbid forget format get
grab hit incur jam jot let log map mug nag occur omit permit pin plan plug pop prefer program put quit recur refer
rerun rip run scan scrap scrub set ship shut sit skip slap slip snap spin split spot stab stem step stop strip submit
swap tag tap tip transfer transmit trap trim unplug unzip upset wrap zip
""")
_TWICE = frozenset(("cancel", "label", "mislabel", "model", "signal", "travel", "dial", "fuel", "channel"))
"""Written in two ways: cancelled and canceled."""

_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=4096)
def forms(base: str) -> Forms:
    """Return the forms of the verb with this base."""
    gerund = _gerund(base)
    past, participle = _irregular().get(base, ("", ""))
    if not past:
        past = participle = _past(base)
    return Forms(base, _third(base), past, participle, gerund)


def spellings(base: str, kind: str) -> tuple[str, ...]:
    """Return how a form is written: `kind` is "" for any, "s", "ed" for past and participle, or "ing"."""
    each = forms(base)
    found = {
        "": (each.base, each.third, each.past, each.participle, each.gerund),
        "s": (each.third,),
        "ed": (each.past, each.participle),
        "ing": (each.gerund,),
    }[kind]
    if base in _TWICE:
        found += tuple(form.replace(base, base + base[-1]) for form in found if form not in (base, each.third))
    return tuple(dict.fromkeys(found))


def base_of(word: str, known: frozenset[str]) -> str:
    """Return the base among `known` of which a word is a form, or nothing."""
    if word in known:
        return word
    irregular = _by_form().get(word, "")
    if irregular:
        return irregular
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            base = word[: -len(ending)] + instead
            if base in known:
                return base
    if word.endswith(("ed", "ing")):
        stem = word.removesuffix("ed").removesuffix("ing")
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in known:
            return stem[:-1]
    return ""


def is_past(word: str) -> bool:
    """Tell whether a word looks like the past of a verb, or its participle."""
    return word in _by_form() or (word.endswith("ed") and len(word) > 4 and word not in _NO_PAST)


_NO_PAST = words_of("need speed exceed succeed proceed indeed embed shared hundred")
_ENDINGS = (
    ("ied", "y"),
    ("ies", "y"),
    ("es", ""),
    ("es", "e"),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
)


@lru_cache(maxsize=1)
def _irregular() -> dict[str, tuple[str, str]]:
    found = {}
    for each in _IRREGULAR.replace("\n", " ").split(","):
        base, past, participle = each.split()
        found[base] = (past, participle)
    return found


@lru_cache(maxsize=1)
def _by_form() -> dict[str, str]:
    found: dict[str, str] = {}
    for base, pasts in _irregular().items():
        for form in pasts:
            found.setdefault(form, base)
    return found | {"were": "be", "is": "be", "are": "be", "being": "be", "has": "have", "does": "do", "lying": "lie"}


def _gerund(base: str) -> str:
    if base in _DOUBLES:
        return f"{base}{base[-1]}ing"
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return f"{base[:-1]}ing"
    return f"{base}ing"


def _past(base: str) -> str:
    if base in _DOUBLES:
        return f"{base}{base[-1]}ed"
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return f"{base[:-1]}ied"
    return f"{base}ed"


def _third(base: str) -> str:
    if base == "have":
        return "has"
    if base == "be":
        return "is"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{base}es"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return f"{base[:-1]}ies"
    return f"{base}s"
