"""The phrases by which it is heard what was said, as data: few enough to read, and careful rather than complete.

A phrase is words, in any case. "a/b" is either word, "word*" any ending of it, "word?" a word that may be missing,
"..." up to three words in between, and "^" the beginning of a sentence. A word in capitals stands for those of `WORDS`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from facilitator.model.cue_values import Heard


class Phrases(NamedTuple):
    """A kind of saying: the phrases that show it, and those that show that it is something else after all."""

    said: tuple[str, ...]
    unless: tuple[str, ...] = ()


WORDS: Mapping[str, str] = {
    "SOMEBODY": "i/we/he/she/they/you/somebody/someone/everybody/everyone/people/on-call/oncall/responder/responders/"
    "engineer/engineers/operator/operators/developer/developers/team/admin/dba/ic/commander",
    "PERSON": "engineer/engineers/operator/operators/developer/developers/admin/admins/on-call/oncall/responder/"
    "responders/intern/contractor/dba",
    "ACTED": "restart*/reboot*/revert*/disabl*/enabl*/drain*/delet*/kill*/stopp*/paus*/rollback/redeploy*/"
    "promot*/throttl*/purg*/flush*/scal*/skipp*/switch*/roll*/rerout*/unplug*",
    "MADE": "add/automate/build/create/write/document/introduce/implement/improve/monitor/alert/test/train/rewrite/"
    "replace/migrate/refactor/enforce/require/update/buy/invest/make/set",
    "PICTURE": "graph/graphs/dashboard/dashboards/panel/panels/chart/charts/log/logs/metric/metrics/trace/traces/"
    "monitoring/console/grafana/kibana/datadog",
    "WORKED": "work/works/worked/working/run/runs/ran/running/behave*/operat*/respond*/serv*/exit*/end/ends/ended/"
    "finish*/start/starts/started/boot*/perform*/process*/complet*",
    "AFRAID": "worried/afraid/scared/nervous/anxious/exhausted/frightened/panicked/panicking/relieved/frustrated/"
    "unsure/embarrassed",
    "SURE": "tired/stressed/confused/surprised/sure/uncertain/confident/overwhelmed/puzzled/distracted/rushed/"
    "convinced",
    "VERY": "very/rather/quite/really/so",
    "NO": "no/not/never/nobody/noone/nothing/none/neither/without/hardly/cannot/didn't/don't/doesn't/wasn't/weren't/"
    "isn't/couldn't/can't/hadn't/hasn't/haven't/aren't",
}

PHRASES: Mapping[Heard, Phrases] = {
    Heard.FIX: Phrases(
        said=(
            "i/we/you/they/somebody/someone should/must/could just? also? MADE",
            "i/we/you/they need/have/ought to MADE",
            "i/we/they should/could/must have a/an/more/better/some",
            "next time i/we/you/they/it",
            "^ next time",
            "in future i/we/you/they",
            "in the future i/we/you/they",
            "from now on",
            "going forward",
            "to prevent this/that/it from",
            "so that this/that/it does/can/will not/never happen",
            "the/a/my/our permanent? fix is/would to/be",
            "needs a/an/more/better alert/alerts/test/tests/runbook/monitoring/check/dashboard",
            "it would be better/good/great/nice/best to/if",
            "^ how about",
            "^ why don't we",
            "^ let's MADE",
            "^ let us MADE",
        ),
        unless=("said/says/decided/decides ... should",),
    ),
    Heard.COUNTERFACTUAL: Phrases(
        said=(
            "should/could/would/might not? never? have",
            "should/could/would of",
            "shouldn't/couldn't/wouldn't have",
            "should've/could've/would've",
            "if only",
            "ought not? to have",
            "needed to have",
            "had i/we/he/she/they/somebody/someone/anybody/anyone not? known/seen/checked/read/asked/looked/tested",
            "if i/we/he/she/they/somebody/someone/anybody/anyone had",
            "SOMEBODY failed/neglected/forgot to",
            "SOMEBODY overlooked/missed the/a/an/that/this/it",
            "SOMEBODY did not ... in time",
            "SOMEBODY didn't ... in time",
        ),
        unless=(
            "should/could/must have a/an/more/better/some",
            "could/would/might have been worse/larger/bigger/longer",
            "could/would/might have gone/got/gotten worse",
            "should/would have enough/access/room/space",
        ),
    ),
    Heard.PERSON: Phrases(
        said=(
            "human/user/operator/pilot error",
            "human mistake",
            "carelessness/negligence/inattention/sloppiness",
            "lack of care/attention/discipline",
            "somebody/someone/PERSON forgot/failed/ignored/overlooked/neglected",
            "somebody/someone/PERSON made a mistake",
            "mistake by the/a/an PERSON",
            "whose fault",
            "NAME forgot/failed/ignored/overlooked/neglected/missed/broke/caused",
            "NAME should/could not? have",
            "NAME shouldn't/couldn't have",
            "NAME made a mistake",
            "NAME did not/never ... check/notice/read/test/tell/ask/look/follow/know",
            "NAME didn't ... check/notice/read/test/tell/ask/look/follow/know",
            "because of NAME",
            "caused by NAME",
            "due to NAME",
            "fault of NAME",
            "NAME 's fault/mistake/error/carelessness/negligence",
        ),
        unless=("NO human/user/operator error", "NO ... fault", "human/user error rate/rates/page/pages/message*"),
    ),
    Heard.OBVIOUS: Phrases(
        said=(
            "obvious/obviously",
            "of course",
            "needless to say",
            "goes without saying",
            "everybody/everyone/anybody/anyone knows/knew that?",
            "self-evident",
            "common sense",
        ),
        unless=(
            "NO ... obvious",
            "less/hardly/any/far from? obvious",
            "matter of course",
            "of course correction*",
            "change* of course",
        ),
    ),
    Heard.JUDGEMENT: Phrases(
        said=(
            "clearly",
            "it/that/this was/is definitely/certainly/surely/undoubtedly",
            "it/that/this must have been",
            "must have been the/a/an",
            "bad/wrong/poor/terrible/stupid/silly/good/right/great/brilliant call/decision/choice/idea/judgement",
            "was/were too slow/late/early/hasty/careful/cautious/complicated",
            "in my opinion/view",
            "i/we think it/that/this/they was/is/were",
            "i/we believe it/that/this/they was/is/were",
        ),
        unless=(
            "NO clearly",
            "clearly defined/documented/labelled/labeled/marked/named/written/separated/stated/visible",
            "time/call/decision/choice must have been",
            "good/right decision tree/support",
            "replica/query/queries/response/responses/disk/network/page was/were too slow/late",
        ),
    ),
    Heard.KNOWLEDGE: Phrases(
        said=(
            "i/we/he/she/they/on-call/oncall/NAME already? knew",
            "i/we/he/she/they/on-call/oncall/NAME was/were well? aware",
            "it/this/that was well? known",
            "known issue/problem/bug/limitation/behaviour/behavior/quirk",
        ),
        unless=("NO ... knew", "NO ... aware", "NO ... known", "if ... knew", "wish ... knew", "became aware"),
    ),
    Heard.NORMALITY: Phrases(
        said=(
            "usually/typically/ordinarily/normally",
            "as always/usual",
            "as a rule",
            "most of the time",
            "on a normal/usual/typical day",
            "i/we/it/they/this/that/he/she always",
        ),
        unless=(
            "WORKED normally",
            "normally again",
            "take/takes/took/taken/spent/lost most of the time",
        ),
    ),
    Heard.MIND: Phrases(
        said=(
            "was/were/felt/feel/got/became VERY? a? bit? AFRAID",
            "SOMEBODY was/were/felt/am/are/is VERY? SURE",
            "SOMEBODY was/were/am/are/is under ... pressure/stress",
            "i/we/he/she/they/NAME felt",
            "SOMEBODY panicked/hesitated/worried",
            "in a hurry",
        ),
        unless=(
            "NO ... worried/afraid/scared",
            "make* sure",
        ),
    ),
    Heard.HELP: Phrases(
        said=(
            "ask*/call* for help/support/assistance/advice/backup/reinforcement*",
            "SOMEBODY page*/phone*/rang/ping* the/a/an/@*/NAME/somebody/someone",
            "NAME page*/phone*/rang/ping* the/a/an/@*/NAME/somebody/someone",
            "SOMEBODY escalat* to",
            "NAME escalat* to",
            "ask* ... to help/join/assist",
            "SOMEBODY call*/brought/bring* in the/a/an/NAME/somebody/someone",
            "reach* out to",
        ),
        unless=(
            "NO ... ask*/call*/escalat*/page*/phone*/reach*",
            "page* shows/showed",
            "ping* the server/host/box/ip/gateway",
        ),
    ),
    Heard.DECISION: Phrases(
        said=(
            "SOMEBODY decide/decides/decided",
            "NAME decide/decides/decided",
            "decided/decides/decision to",
            "decision made/taken/is/was made/taken?",
            "SOMEBODY then? quickly? ACTED the/a/an/it/all/both/one/back/over/off/up/down/to",
            "NAME then? quickly? ACTED the/a/an/it/all/both/one/back/over/off/up/down/to",
            "so SOMEBODY ACTED",
            "SOMEBODY chose/opted/choose/chooses to/for/not",
            "SOMEBODY went with",
            "rollback/failover/restart/revert started/starts/initiated/begun/begins/began/triggered",
        ),
        unless=(
            "NO ... decid*/decision*/chose",
            "undecided",
            "could/would/should ACTED",
            "restart* itself",
            "automat* rollback/failover/restart/revert",
        ),
    ),
    Heard.OBSERVATION: Phrases(
        said=(
            "saw/noticed/spotted/observed/notices/spots/observes",
            "SOMEBODY/NAME sees/see",
            "SOMEBODY could see",
            "PICTURE show/shows/showed",
            "SOMEBODY looked at the/a/my/our",
        ),
        unless=(
            "NO ... saw/noticed/spotted/observed/see/sees",
            "saw no reason/need",
            "saw/see/sees to it",
            "saw/see/sees fit",
            "seen before",
            "will/can/let's/to/must/shall see",
            "we/you see if/whether",
        ),
    ),
}
