"""Words that names are made of, and when they are none: in lower case "will" and "mark" are words like all others.

They are not all words there are: those that people are called, and that are said of incidents.
"""

_NAMES = """
abbot alert am amber amen an angel api april archer art as ash at august aurora autumn baker banks barber bay be bean
bear bell berry best bill bird bishop black blank blue bond bone born boss bow bowl box boy branch brand bright brook
brown buck bud buff bug bull burn burns bush butcher by cache call candy cannon carpenter carter case cash castle cd
chain chance chandler chase cherry child china chip christian church ci clark clay clear clerk close cloud coal cook
cooper core corn crane crash crisp cross crystal cs cure dale data date dawn day db dean dell do dot drew duke earl
early east ember english eve ever faith fall farmer fern field fields fish fisher flag flint flood flora flower ford
forest fort foster fowler fox frank free freeman french friday frost fry gale gardener gardner gates gay gem ginger
glass glen go gold golden good grace grant gray green grey grove guard guy hall hand handy hardy harvest hawk hay haze
he head heath hero hi hill hills home honey hood hook hope host hunt hunter id if imp in india ink ip iron is it ivory
jack jan jay jersey jewel jewels job jolly joy july june just key keys kind king kit knight land lane lark law lead
leaf lee light lily link little lock long lord love low lucky major man march mark marks marsh marshal master max may
mayor mays me mercy merit mile miles mill miller mills min miss mode monday moon moss mount my nest new night no noble
node noon north oak oaks ocean of ok olive on opal or order os owl pace page park parker parks peace pearl peck penny
pepper perry person pierce pitt plant poe pole pond pool port porter post potter pound power pr price pride prince
prior query quick rain rake ram ramp ransom ray read red reed reef rice rich ridge right ring river rivers rob robin
rock rod rode root rose ruby rush rust rusty sailor salt sander sandy saturday savage saw scarlet script sea season
self serene server shade shall shark sharp shaw shell shepherd shields shore short silver singer sky slack slater
smart smith snow so somebody son sparks spear speed spice spring stack stage star stark steel sterling stern stone
storm story street strong sue summer sun sunday swan swift tab tailor tall temple the thorn thursday tiger timber to
token trace trade tree trip true trust tuesday turner up us van vm walk walker wall ward ware warren waters wave way
we web webb wednesday weeks well wells west wheat white wild will wills winter wise wolf wood woods worth wright young
zone
"""

_MONTHS = """
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
"""

_TEAMS = """
backend billing checkout compliance customer data database dba devops engineering everybody everyone facilitator
finance frontend group infra infrastructure legal marketing mobile network nobody noc oncall operations ops org
payments platform product qa release reliability sales security somebody squad sre staff support tbd team teams
unknown vendor web
"""

NAME_WORDS = frozenset(_NAMES.split())
"""Names that are words too."""

MONTHS = frozenset(_MONTHS.split())
"""Words that are no name beside a number, in whatever case: "May 15", "15 May"."""

TEAM_WORDS = frozenset(_TEAMS.split())
"""Words that make an owner a team, whose name is no secret."""

TITLES = frozenset(
    [
        "and",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "den",
        "der",
        "di",
        "dos",
        "dr",
        "ibn",
        "ii",
        "iii",
        "jr",
        "la",
        "le",
        "mr",
        "mrs",
        "ms",
        "prof",
        "sir",
        "sr",
        "the",
        "van",
        "von",
    ]
)
"""Words of names by which nobody is called alone."""

ROLE_WORDS = frozenset(
    (
        "admin", "administrator", "analyst", "architect", "commander", "dba", "developer", "engineer", "lead",
        "manager", "operator", "responder", "sre", "tester",
    )
)  # fmt: skip
"""The last words of what is a role and no name: of "Second engineer" no part is the name of somebody."""

_ROLES = """
advisor advocate agent approver assistant associate author ceo cfo chief cio ciso consultant contractor coo
coordinator csm cto deputy designer dev director dri driver editor em expert facilitator fellow handler head helper
host ic intern investigator keeper lawyer liaison maintainer mentor moderator note-taker observer officer on-call
oncall owner person planner pm po president primary producer programmer qa reporter representative researcher
reviewer scientist scribe secondary secretary shadow sme speaker specialist sponsor stakeholder student supervisor
support taker technician timekeeper tl tpm trainee trainer translator volunteer vp witness writer
"""

ROLE_HEADS = ROLE_WORDS | frozenset(_ROLES.split())
"""What somebody can be called by: "the payments engineer", "the head of support", and not "the search for backups"."""

ROLE_ATTRIBUTES = TEAM_WORDS | frozenset(
    (
        "another", "associate", "cloud", "duty", "fifth", "first", "fourth", "incident", "junior", "lead", "on-call",
        "primary", "principal", "second", "secondary", "senior", "site", "software", "storage", "systems", "tech",
        "third",
    )
)  # fmt: skip
"""Words before a role that are no name either: "On-call engineer"."""

CLAUSE_WORDS = frozenset(
    (
        "are", "as", "be", "because", "been", "but", "by", "did", "do", "does", "had", "has", "have", "he", "her",
        "his", "i", "if", "into", "is", "it", "its", "me", "my", "no", "not", "our", "she", "since", "so", "that",
        "their", "them", "then", "they", "this", "those", "these", "until", "us", "was", "we", "were", "what", "when",
        "where", "which", "while", "who", "whom", "whose", "will", "you", "your",
    )
)  # fmt: skip
"""Words by which a text is a sentence, or a part of one, and no role."""
