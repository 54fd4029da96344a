"""What tells one customer from the others: ids, numbers of accounts, orders and contracts, of banks and of cards."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from facilitator.checks.searching import lowered, places
from facilitator.checks.secret_values import is_written, kinds


class CustomerId(NamedTuple):
    """An id: where it is, and what it is, such as "a bank account"."""

    start: int
    end: int
    what: str = "a customer"


_CUSTOMERS = (
    "cust|cus|customer|acct|acc|account|tenant|client|subscriber|subscription|kunden?|konto|merchant|member|patient|"
    "organi[sz]ation|org|workspace"
)
_PAPERS = "contract|policy|invoice|order|passport"
_STEMS = (
    "cus", "acc", "tenan", "clien", "subscr", "kund", "konto", "merch", "member", "patien", "org", "worksp", "contr",
    "policy", "invoi", "order", "passp", "user", "usr", "uid", "team",
)  # fmt: skip
"""What the words for customers and for their papers begin with."""

_NAME = re.compile(
    rf"(?<![a-z0-9])(?:(?:{_CUSTOMERS}|user|usr|uid|team)_[a-z0-9]{{1,40}}|(?:{_CUSTOMERS})-[a-z0-9]{{3,40}})(?![a-z0-9])"
)
_WHOSE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,16}-\Z")
_OPENING = r"(?:<code>|[\"'`*(\[“\u2018_]{0,3})"
_NEXT = re.compile(r"(?:, (?:and )?| and | or | & )(\d{4,20})(?![\w-])")
_NUMBER = r"\d{2,7}(?:[- ]\d{2,8}){1,4}|(?:[a-z]{1,4}-){0,2}\d{4,20}(?:-\d{1,12}){0,3}"
_MARKED = re.compile(
    rf"(?<![a-z0-9.])(?:(?:{_CUSTOMERS}|{_PAPERS}|user)(?: with(?: the)?)?"
    r"(?:[ _-]?\(?(?:id|ids|uuid|no\.?|nr\.?|number|num|ref|reference))"
    rf"(?: (?:is|was|of))?[\"'`]?[ \t]?[:#=]?[ \t]?{_OPENING}#?"
    r"((?=[a-z0-9-]{0,24}\d{2})[a-z0-9][a-z0-9-]{2,34}[a-z0-9])(?![\w-])|"
    rf"(?:{_CUSTOMERS})s?(?![a-z])[\"'`]?[ \t]?[:#=/(]?[ \t]?{_OPENING}#?"
    rf"({_NUMBER}|[0-9a-f]{{8}}-(?:[0-9a-f]{{4}}-){{3}}[0-9a-f]{{12}})(?![\w-])|"
    rf"(?:{_PAPERS})s?(?![a-z])[ \t]?(?:[:=#][ \t]?|[ \t]?{_OPENING}#|[ \t])"
    r"((?:[a-z]{2,4}-){0,2}(?=[\d-]{6})\d{2,20}(?:-\d{1,12}){0,3})(?![\w-]))"
)
_IBAN = re.compile(r"[A-Z](?<![A-Za-z0-9][A-Z])[A-Z]\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])")
_CARD = re.compile(
    r"\d(?<![\w.-]\d)(?:\d{14,18}|\d{3}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{3}([ -])\d{6}\2\d{5})(?!\w|[.-]\w)"
)


def customer_ids(text: str) -> Iterator[CustomerId]:
    """Yield what in a text identifies a customer."""
    small = lowered(text)
    for stem in places(small, _STEMS):
        named = _NAME.match(small, stem)
        if named is not None and len(named[0]) > 6 and _is_numbered(text[named.start() : named.end()]):
            whose = _WHOSE.search(text, max(0, named.start() - 17), named.start())
            yield CustomerId(whose.start() if whose else named.start(), named.end())
        marked = _MARKED.match(small, stem)
        if marked is not None:
            yield CustomerId(*marked.span(marked.lastindex or 1))
            following = _NEXT.match(small, marked.end())
            while following is not None:
                yield CustomerId(*following.span(1))
                following = _NEXT.match(small, following.end())
    for found in _IBAN.finditer(text):
        if _is_account(found[0].replace(" ", "")):
            yield CustomerId(*found.span(), "a bank account")
    for found in _CARD.finditer(text):
        if _is_card("".join(filter(str.isdigit, found[0]))):
            yield CustomerId(*found.span(), "the number of a card")


def _is_numbered(name: str) -> bool:
    """Tell whether a name such as "cus_n9hUVAaTU" has digits enough for an id, or one in the midst of capitals."""
    count = sum(map(str.isdigit, name))
    if name.startswith(("cus_", "cust_")) and len(name) > 9:
        id_ = name.partition("_")[2]
        return any(map(str.isdigit, id_[:-1])) or _is_unreadable(id_)
    return (
        count > 1
        or (count == 1 and name != name.lower() and name != name.upper() and len(name) > 10)
        or _is_unreadable(name.partition("_")[2])
    )


def _is_unreadable(name: str) -> bool:
    """Tell whether a name without digits is in small letters and capitals, and in no words."""
    return len(name) > 11 and kinds(name) > 1 and not is_written(name)


def _is_account(number: str) -> bool:
    """Tell whether the two digits of an international account number check the rest."""
    digits = "".join(str(int(sign, 36)) for sign in number[4:] + number[:4])
    return 15 <= len(number) <= 34 and int(digits) % 97 == 1


def _is_card(number: str) -> bool:
    """Tell whether the last digit of the number of a card checks the others."""
    doubled = (int(each) * (1 + place % 2) for place, each in enumerate(reversed(number)))
    return len(set(number)) > 1 and number[0] in "23456" and sum(each // 10 + each % 10 for each in doubled) % 10 == 0
