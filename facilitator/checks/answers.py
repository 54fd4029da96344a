"""Whether an answer to a question of the checklist says no: its first words decide."""

import re

_NO = re.compile(
    r"(?:(?:well|still|so far|as yet|unfortunately|sadly|alas|currently|actually)\b[\s,]*)*"
    r"(?:(?:i|we|they|it|this|that|there|nobody|she|he)\s+)?"
    r"(?:(?:have|has|had|do|does|did|is|are|was|were|can|could|will)\s*)?"
    r"(?:no|nope|none|not(?! (?:applicable|relevant)\b)|n['’]t|haven['’]t|never|nobody|no[ -]one|nothing|nowhere|"
    r"hardly|cannot|un(?:known|clear|sure)|pending|later|to ?do|tb[acd]|to be|planned|partly|"
    r"nein|noch nicht|nicht|kein\w{0,2}|niemand|nee|niet|geen|nej|nei|inte|ikke|"
    r"non|pas|aucun\w{0,2}|personne|não|nao|todavía no|aún no|нет)(?![\w-])"
    r"|(?:n|\?+|-+)\s*$",
    re.IGNORECASE,
)


def says_no(answer: str) -> bool:
    """Tell whether an answer begins as a no: "no", "not yet: the team is away", "nobody", "we have not", "nein"."""
    return _NO.match(answer.strip(" \t\n\"'“”(.,!:;*_")) is not None
