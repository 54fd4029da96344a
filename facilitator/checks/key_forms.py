"""The forms that the makers of keys give them, by which a key is known wherever it stands.

Every expression begins with fixed characters, or with few that repeat a bounded number of times, and ends within a run
of characters that it cannot begin within, so that it takes time in proportion to the length of the text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Form(NamedTuple):
    """The form of one kind of key: what it is, which characters every one holds, and the expression.

    `back` finds what of a key stands before these characters; None when it begins with them.
    """

    what: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    back: re.Pattern[str] | None = None

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """Return where keys of this form stand in a text. Looked at is only what is around the signs."""
        for sign in self.signs:
            place, end = text.find(sign), 0
            while place != -1:
                start = place
                if self.back is not None and (before := self.back.search(text, max(end, place - _FARTHEST), place)):
                    start = before.start()
                if start >= end and (found := self.pattern.match(text, start)) is not None:
                    yield found
                    end = found.end()
                place = text.find(sign, max(place + 1, end))


_FARTHEST = 90
_HOST = r"(?:https?://)?(?:[a-z0-9-]{1,40}\.){0,3}"


def _form(what: str, signs: str, pattern: str, back: str = "") -> Form:
    before = re.compile(rf"{back}\Z") if back else None
    return Form(what, tuple(signs.split()), re.compile(rf"(?<![A-Za-z0-9_]){pattern}"), before)


def _beginning(what: str, beginnings: str, signs: str) -> Form:
    """Return the form of a key that is one of some beginnings and then signs, such as `[a-z]{20}`."""
    words = beginnings.split()
    return _form(what, beginnings, rf"(?:{'|'.join(map(re.escape, words))}){signs}")


_END = r"(?![A-Za-z0-9])"
_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"

FORMS = (
    _beginning("an AWS access key", "AKIA ASIA ABIA ACCA A3TX", rf"[A-Z0-9]{{16}}{_END}"),
    _beginning("an AWS key", "ABSK", r"[A-Za-z0-9+/]{100,}={0,2}"),
    _beginning("a Google API key", "AIza", r"[\w-]{35}(?![\w-])"),
    _beginning("a Google OAuth token", "ya29.", r"[\w.-]{20,}"),
    _beginning("a Google OAuth secret", "GOCSPX-", r"[\w-]{28}(?![\w-])"),
    _beginning("a GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", r"[A-Za-z0-9]{36,}"),
    _beginning("a GitHub token", "github_pat_", r"\w{22,}"),
    _beginning("a GitLab token", "glpat- gldt- glrt- glft- glsoat- glcbt- glptt- glimt- glagent- gloas- glffct-",
               r"[\w.-]{20,}"),
    _beginning("a GitLab token", "GR1348941", r"[\w-]{20,}"),
    _beginning("a Bitbucket token", "ATBB ATCTT3", r"[\w=-]{24,}"),
    _form("a Slack token", "xox", r"xox(?:[abeoprsc]|[abeoprsc]-\d)-[A-Za-z0-9-]{10,}"),
    _form("a Slack token", "xoxe.", r"xoxe\.xox[bp]-\d-[A-Za-z0-9]{20,}"),
    _form("a Slack token", "xapp-", r"xapp-\d-[A-Za-z0-9-]{10,}"),
    _form("a Slack webhook", "hooks.slack.com",
          rf"{_HOST}hooks\.slack\.com/(?:services|workflows|triggers)/[TE]\w{{6,20}}/[\w/]{{10,80}}", _HOST),
    _form("a Teams webhook", "webhook.office.com",
          rf"{_HOST}webhook\.office\.com/webhookb?2?/[\w@/-]{{40,250}}", _HOST),
    _form("a Discord webhook", "/api/webhooks/",
          rf"{_HOST}discord(?:app)?\.com/api/webhooks/\d{{15,22}}/[\w-]{{50,80}}", rf"{_HOST}discord(?:app)?\.com"),
    _form("a chat webhook", "chat.googleapis.com",
          rf"{_HOST}chat\.googleapis\.com/v1/spaces/[\w-]{{1,40}}/messages\?[\w=&%.-]{{20,300}}", _HOST),
    _form("a Discord token", ".", r"[MNO][A-Za-z0-9_-]{23,27}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])",
          r"[MNO][A-Za-z0-9_-]{23,27}"),
    _beginning("a Stripe key", "sk_live_ rk_live_ sk_test_ rk_test_ sk_prod_ rk_prod_", r"[A-Za-z0-9]{16,}"),
    _beginning("a Stripe webhook secret", "whsec_", r"[A-Za-z0-9+/]{24,}={0,2}"),
    _beginning("a Square key", "sq0atp- sq0csp- sq0idp-", r"[\w-]{22,}"),
    _beginning("a Square key", "EAAA EAAC EAAB", r"[\w-]{56,}"),
    _form("a Braintree key", "access_token$", r"access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}"),
    _beginning("a Razorpay key", "rzp_live_ rzp_test_", r"[A-Za-z0-9]{14,}"),
    _beginning("a Plaid token", "access-sandbox- access-development- access-production-", _UUID),
    _beginning("an npm token", "npm_", rf"[A-Za-z0-9]{{36}}{_END}"),
    _beginning("a PyPI token", "pypi-", r"[\w-]{50,}"),
    _beginning("a RubyGems key", "rubygems_", rf"[0-9a-f]{{48}}{_END}"),
    _beginning("a crates.io token", "cio", rf"[A-Za-z0-9]{{32}}{_END}"),
    _beginning("a NuGet key", "oy2", rf"[a-z0-9]{{43}}{_END}"),
    _beginning("a Docker token", "dckr_pat_ dckr_oat_", r"[\w-]{20,}"),
    _beginning("an Artifactory key", "AKC AP0 AP1 AP2 AP3 AP4 AP5 AP6 AP7 AP8 AP9 APA APB APC APD APE APF",
               rf"(?=[A-Z]{{0,8}}[a-z0-9])(?=[A-Za-z]{{0,30}}\d)[A-Za-z0-9]{{10,}}{_END}"),
    _beginning("an Artifactory token", "cmVmdGtuO", r"[A-Za-z0-9+/=]{40,}"),
    _beginning("a SendGrid key", "SG.", r"[\w-]{16,32}\.[\w-]{32,64}"),
    _beginning("a Brevo key", "xkeysib- xsmtpsib-", r"[0-9a-f]{64}-\w{16}"),
    _beginning("a Mailgun key", "key-", rf"[0-9a-f]{{32}}{_END}"),
    _form("a Mailchimp key", "-us", r"[0-9a-f]{32}-us\d{1,2}(?!\w)", r"[0-9a-f]{32}"),
    _beginning("a Mandrill key", "md-", rf"(?=[\w-]{{0,21}}\d)(?=[\w-]{{0,21}}[A-Z])[\w-]{{22}}{_END}"),
    _beginning("a Twilio key", "SK", r"(?=[a-z]{0,31}\d)[0-9a-z]{32}(?![0-9a-zA-Z])"),
    _form("an API key", "sk-", r"sk-(?:proj-|svcacct-|admin-|ant-[a-z0-9]{3,10}-|or-v1-)?(?=[\w-]{0,40}\d)[\w-]{20,}"),
    _beginning("an API key", "gsk_ r8_ pplx- xai-", r"[A-Za-z0-9]{36,}"),
    _beginning("a Hugging Face token", "hf_ api_org_", r"[A-Za-z0-9]{34,}"),
    _beginning("a DigitalOcean token", "dop_v1_ doo_v1_ dor_v1_", r"[0-9a-f]{64}"),
    _beginning("a Heroku key", "HRKU-", r"[\w-]{36,}"),
    _beginning("a Fly.io token", "fm1r_ fm2_ fm1a_ fo1_", r"[A-Za-z0-9+/=_-]{40,}"),
    _beginning("a Netlify token", "nfp_ nfc_ nfo_ nfu_", r"[A-Za-z0-9_-]{36,}"),
    _beginning("a Cloudflare key", "v1.0-", r"[0-9a-f]{24}-[0-9a-f]{146}"),
    _beginning("a PlanetScale secret", "pscale_tkn_ pscale_pw_ pscale_oauth_", r"[\w.=-]{32,}"),
    _beginning("a Supabase key", "sbp_ sb_secret_", r"[\w-]{20,}"),
    _beginning("a Render key", "rnd_", rf"[A-Za-z0-9]{{28,40}}{_END}"),
    _beginning("a Doppler token", "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.", r"[\w.-]{40,}"),
    _beginning("a Pulumi token", "pul-", rf"[0-9a-f]{{40}}{_END}"),
    _form("a Terraform token", ".atlasv1.", r"[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,}", r"[A-Za-z0-9]{14}"),
    _beginning("a Vault token", "hvs. hvb. hvr.", r"[\w-]{24,}"),
    _beginning("a Databricks token", "dapi", r"[0-9a-f]{32}(?:-\d)?(?![0-9a-zA-Z])"),
    _beginning("a New Relic key", "NRAK- NRRA- NRJS- NRII- NRIQ- NRSP-", r"[\w-]{19,42}"),
    _form("a New Relic key", "NRAL", rf"[0-9a-f]{{36}}NRAL{_END}", r"[0-9a-f]{36}"),
    _beginning("a Grafana token", "glsa_ glc_", r"[A-Za-z0-9+/=_]{32,}"),
    _beginning("a Grafana key", "eyJrIjoi", r"[A-Za-z0-9]{40,}={0,2}"),
    _beginning("a Sentry token", "sntrys_ sntryu_", r"[A-Za-z0-9+/=_-]{40,}"),
    _beginning("a Honeycomb key", "hcaik_ hcxik_ hcalk_ hcamk_ hcxlk_", r"[A-Za-z0-9]{40,}"),
    _beginning("a Dynatrace token", "dt0c01. dt0s16. dt0s01.", r"[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    _beginning("a LaunchDarkly key", "sdk- mob- api-", _UUID + _END),
    _beginning("an Airtable token", "pat", rf"[A-Za-z0-9]{{14}}\.[0-9a-f]{{64}}{_END}"),
    _beginning("a Linear key", "lin_api_ lin_oauth_", r"[A-Za-z0-9]{32,}"),
    _beginning("a Notion token", "ntn_ secret_", rf"[A-Za-z0-9]{{40,50}}{_END}"),
    _beginning("a Figma token", "figd_ figo_", r"[\w-]{36,}"),
    _beginning("a Shopify token", "shpat_ shpss_ shpca_ shppa_", r"[0-9a-fA-F]{32}"),
    _beginning("a HubSpot token", "pat-na1- pat-eu1- pat-na2-", _UUID),
    _form("a Mapbox token", "sk.eyJ", r"sk\.eyJ[\w-]{20,500}\.[\w-]{20,}"),
    _beginning("a Contentful token", "CFPAT-", r"[\w-]{40,}"),
    _beginning("an Atlassian token", "ATATT3 ATSTT3 ATOAT", r"[\w=-]{50,}"),
    _beginning("a Buildkite token", "bkua_ bkct_ bkpt_", r"[0-9a-f]{40}"),
    _beginning("a CircleCI token", "CCIPAT_ CCIPRJ_", r"\w{40,}"),
    _beginning("a Sonar token", "sqp_ squ_ sqa_", rf"[0-9a-f]{{40}}{_END}"),
    _beginning("a Sourcegraph token", "sgp_", r"(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}"),
    _beginning("a Postman key", "PMAK- PMAT-", r"[\w-]{24,}"),
    _beginning("a Tailscale key", "tskey-", r"[a-z]{3,12}-[\w-]{16,}"),
    _beginning("a Prefect key", "pnu_ pnb_", r"[a-z0-9]{36}"),
    _beginning("a 1Password token", "ops_eyJ", r"[A-Za-z0-9+/=_-]{100,}"),
    _beginning("a 1Password secret key", "A3-",
               rf"[A-Z0-9]{{6}}-(?:[A-Z0-9]{{11}}|[A-Z0-9]{{6}}-[A-Z0-9]{{5}})(?:-[A-Z0-9]{{5}}){{3}}{_END}"),
    _beginning("an Octopus key", "API-", rf"(?=[A-Z]{{0,25}}\d)[A-Z0-9]{{25,30}}{_END}"),
    _form("the hash of a password", "$1$ $5$ $6$ $y$ $apr1$ $2a$ $2b$ $2y$ $argon2 $pbkdf2",
          r"\$(?:[156y]|apr1|2[aby]|argon2(?:id|i|d)|pbkdf2(?:-sha\d{3})?)\$[\w./=,$+-]{20,300}"),
    _beginning("an age key", "AGE-SECRET-KEY-", r"1[A-Z0-9]{58}"),
    _beginning("a Docker Swarm token", "SWMTKN-1-", r"[0-9a-z]{40,60}-[0-9a-z]{20,30}"),
    _form("a Telegram token", ":AA", r"\d{8,10}:AA[\w-]{33}(?![\w-])", r"\d{8,10}"),
    _form("a JSON Web Token", "eyJ", r"(?<!-)eyJ[\w-]{8,500}\.eyJ[\w-]{8,}(?:\.[\w-]{0,2000})?"),
    _form("an encrypted token", "eyJ",
          r"(?<!-)eyJ[\w-]{8,500}\.[\w-]{0,800}\.[\w-]{8,64}\.[\w-]{8,9000}\.[\w-]{16,64}"),
    _form("an Azure secret", "Q~", r"[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])",
          r"[A-Za-z0-9_~.-]{3}\d"),
    _form("an Azure DevOps token", "AZDO", r"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}", r"[A-Za-z0-9]{76}"),
    _form("an Azure key", "+ASt +AMC JQQJ99",
          r"(?:[A-Za-z0-9+/]{76}\+(?:ASt|AMC)[A-Za-z0-9+/]{5,10}={0,2}|[A-Za-z0-9]{32}(?:[A-Za-z0-9]{20})?JQQJ99[A-Za-z0-9]{26})",
          r"(?:[A-Za-z0-9+/]{76}|[A-Za-z0-9]{52}|[A-Za-z0-9]{32})"),
    _beginning("a Dropbox token", "sl.", r"(?:u\.)?[\w-]{130,}"),
    _beginning("an Alibaba key", "LTAI", rf"[A-Za-z0-9]{{12,24}}{_END}"),
    _beginning("a Tencent key", "AKID", rf"[A-Za-z0-9]{{32}}{_END}"),
    _beginning("a Yandex key", "AQVN y0_", r"[\w-]{35,}"),
    _beginning("a Typeform token", "tfp_", r"[\w.-]{40,}"),
    _beginning("an EasyPost key", "EZAK EZTK", r"[A-Za-z0-9]{50,}"),
    _beginning("a Flutterwave key", "FLWSECK_TEST- FLWSECK-", r"[0-9a-zX-]{12,}"),
    _beginning("a Shippo key", "shippo_live_ shippo_test_", r"[0-9a-f]{40}"),
    _beginning("a Readme key", "rdme_", r"[a-z0-9]{60,}"),
    _beginning("a Duffel key", "duffel_test_ duffel_live_", r"[\w-]{40,}"),
    _form("a key", "_live_ _secret_ _prod_ _pat_ _token_ _key_ _sk_ -secret- -token- -pat-",
          r"[a-z][a-z0-9]{1,15}[_-](?:(?:live|secret|prod|pat|token|key|sk)[_-]){1,2}"
          r"(?=[A-Za-z0-9]{0,60}\d)(?=[A-Za-z0-9]{0,60}[A-Za-z])[A-Za-z0-9]{20,200}(?![A-Za-z0-9_-])",
          r"[a-z][a-z0-9]{1,15}(?:[_-][a-z]{2,6})?"),
)  # fmt: skip
"""What is known by its own form. The last one is how new makers of keys write theirs: who, what for, and the key."""
