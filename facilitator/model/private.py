"""What is private in a session, and a session without it: whatever is published is made from that."""

import msgspec

from facilitator.model.item import Item
from facilitator.model.meeting_items import Account, Meeting
from facilitator.model.session import Conflict, Session

NEVER_PUBLISHED = (
    "notes",
    "surveys",
    "mutes",
    "intakes",
    "review_requests",
    "comments",
    "withheld",
    "redactions",
    "pseudonyms",
    "consents",
)
"""The lists of a session of which nothing is published."""


def published(session: Session) -> Session:
    """Return the session as it may leave the program; the same value when there is nothing private in it.

    Without private notes, answers to surveys, muted findings, what was read in, accounts that are marked private, who
    is new to postmortems, comments and the rest of the review but approvals and versions, and without the other values
    of conflicts about these. Accounts are published unless they are marked: what people told of an entry is what
    readers learn most from. Items that are withheld stay: they are left out for those who are not of the house.
    """
    hidden = {account.id for account in session.accounts if _is_private(account, session)}
    gone = hidden | {item.id for name in NEVER_PUBLISHED for item in getattr(session, name)}
    meetings = {meeting.id for meeting in session.meetings}
    shown: dict[str, tuple[Item, ...]] = {
        **dict.fromkeys(NEVER_PUBLISHED, ()),
        "accounts": tuple(account for account in session.accounts if account.id not in hidden),
        "meetings": tuple(_without_new_here(meeting) for meeting in session.meetings),
        "conflicts": tuple(
            conflict
            for conflict in session.conflicts
            if conflict.about not in gone and not (conflict.about in meetings and conflict.field == "new_here")
        ),
    }
    changed = {name: items for name, items in shown.items() if items != getattr(session, name)}
    return msgspec.structs.replace(session, **changed) if changed else session


def _is_private(account: Account, session: Session) -> bool:
    """Tell whether an account is private, or somebody says so and it is not settled."""
    return account.private or any(_says_so(conflict, account) for conflict in session.conflicts)


def _says_so(conflict: Conflict, account: Account) -> bool:
    return conflict.about == account.id and conflict.field == "private" and conflict.other is True


def _without_new_here(meeting: Meeting) -> Meeting:
    return msgspec.structs.replace(meeting, new_here=()) if meeting.new_here else meeting
