"""The impact: what it cost, in figures and in words."""

from collections.abc import Mapping
from math import isfinite
from types import MappingProxyType

from facilitator.documents.escape import block, inline
from facilitator.documents.layout import bullets, labelled, stacked
from facilitator.model.session import Impact

YES_OR_NO: Mapping[bool | None, str] = MappingProxyType({True: "yes", False: "no", None: ""})
"""How an answer is shown; one that is not known is not."""


def impact(cost: Impact) -> str:
    """Return the figures as a list and the prose below them."""
    budget = cost.error_budget
    facts = (
        ("Users affected", "" if cost.users is None else f"{cost.users:,}"),
        ("Features", ", ".join(inline(each) for each in cost.features)),
        ("Regions", ", ".join(inline(each) for each in cost.regions)),
        ("Revenue", inline(cost.revenue)),
        ("Error budget consumed", f"{budget:g}%" if budget is not None and isfinite(budget) else ""),
        ("SLA breached", YES_OR_NO[cost.sla_breached]),
    )
    return stacked((bullets(labelled(*fact) for fact in facts), block(cost.prose)))
