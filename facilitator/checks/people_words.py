"""Words for people and for what is easily taken for people, as data."""

from facilitator.checks.words import words_of


def plurals_of(text: str) -> frozenset[str]:
    """Return the words of a text, and each of them with an "s"."""
    words = words_of(text)
    return words | {f"{word}s" for word in words}


PERSON_NOUNS = plurals_of("""
admin administrator analyst apprentice approver architect assignee auditor author baker boss bosses buddy builder
buyer captain caretaker cashier ceo chair cio ciso cleaner clerk co-pilot coder colleague commander committer
conductor consultant contractor contributor coordinator copilot coworker crewman cto dba dealer deployer designer dev
developer devops digger director dispatcher doctor driver electrician employee engineer executive expert facilitator
firefighter folks foreman freelancer gatekeeper graduate guard guy handler helper hire holder human ic individual
inspector installer intern investigator janitor joiner junior lady landlord lawyer lead leader legislators maintainer
man manager mathematician mechanic member men mentor minister navigator newbie newcomer noc nurse officer official
on-call on-caller oncall operator owner participant partner peer person personnel physician pilot planner plumber
politician postdoc professor programmer regulator rep representative researcher responder reviewer sailor scientist
scribe seller senior signalman soldier specialist sre staff staffer stakeholder starter student subcontractor
superintendent supervisor supplier surgeon surveyor sysadmin sysop teacher teammate tech technician teller temp tester
therapist trader trainee trainer translator vendor volunteer welder woman women worker workman workmen writer
""")

GROUP_NOUNS = plurals_of("""
administration agency airline authority backend bank billing board bureau business carrier committee comms
communications companies company contractors council crew crowd data department finance firm frontend government group
guild headquarters hospital hoster hr industry infra infrastructure institute insurer leadership legal maker
management manufacturer marketing ministry netops networking office operations ops organisation organization
parliament payments plant platform police procurement product provider publisher qa retailer sales secops security
shift squad state subsidiary support team telco tribe upstream utility
""")
"""Groups that act as people."""

GROUPS_AS_SUBJECT = plurals_of("""
administration agency airline authority board bureau comms company council crew department devops finance firm
government guild headquarters hospital hoster hr insurer leadership legal management manufacturer marketing ministry
netops networking noc ops police procurement qa retailer sales secops squad supplier team telco tribe utility vendor
""")
"""Those of the groups whose name alone is enough; "the security" or "the product" may be a thing."""

TECHNICAL = plurals_of("""
author builder captain commander conductor coordinator dealer deployer director dispatcher driver expert group guard
handler helper hire holder individual inspector installer junior lead leader manager member navigator operator owner
partner peer pilot planner provider regulator senior starter supervisor tech translator user worker writer
""")
"""Words for people that are also words for parts of systems."""

SYSTEM_MODIFIERS = words_of("""
kubernetes k8s prometheus postgres postgresql mysql kafka redis elastic elasticsearch etcd vault strimzi argo flux
istio cert-manager grafana rook ceph mongodb cassandra rabbitmq openshift cluster cloud-native pod queue raft ring
replica network package session secret secrets traffic cache cert certificate task job connection resource memory file
window process boot display device kernel disk printer storage graphics jdbc odbc csi cni database db node key event
signal error exception request message identity credential dns auth oauth oidc saml data metrics cloud transaction
lock leader shard partition consumer replication broker raid volume security auto-scaling autoscaling scaling target
placement managed instance system service plugin container image build deploy deployment workflow rollout terraform
helm crd arithmetic logical comparison ternary boolean sql spread
""")
"""What before one of those makes it a part of a system: "the Kubernetes operator", "the connection manager"."""

CROWD = words_of("""
user users customers people clients visitors players subscribers readers viewers tenants consumers
""")
"""Those for whom the system is there; they are no cause, even where they are the subject."""

ATTACKERS = words_of("""
attacker attackers hacker hackers intruder impersonator adversary spammer spammers thief actor actors
""")

ORGANISATIONS = words_of("""
amazon aws azure google microsoft github gitlab cloudflare ovh hetzner digitalocean oracle fastly akamai datadog
atlassian slack apple meta facebook twitter stripe equinix telstra comcast verizon at&t vodafone telekom cms usps sap
ibm dell cisco
""")

_PRONOUNS = {
    "us": "i we us me myself ourselves mine",
    "other": "him he she who whoever somebody someone everybody everyone anybody anyone they he/she himself herself",
    "maybe": "them both others one",
    "you": "you yours",
    "nobody": "nobody",
    "thing": "it this that these those which what nothing something everything there all",
}
PRONOUNS = {word: kind for kind, words in _PRONOUNS.items() for word in words.split()}
"""What each pronoun names, as a value of `actors.Kind`."""

DETERMINERS = words_of("""
a an the our my your his her their its this that these those some any each every no another both neither either all
most many several few which what whose other
""")
PREPOSITIONS = words_of("""
of at in on from for with by to into onto upon during under over within without between among against about across
after before behind besides despite inside near outside per since through throughout till until toward towards via
above below like unlike as than due
""")
CONJUNCTIONS = words_of("""
and or but nor yet so because while when where although though whereas if unless once whether
""")
SUBORDINATORS = words_of("""
because while when where although though whereas if unless once that which who after before since until as whether so
""")
AUXILIARIES = words_of("""
had has have was were is are been be being did does do will would should could can may might must shall am got
""")
NEGATIONS = frozenset(("not", "never"))
MARKS = frozenset(";:,()[]-/&")
NUMERALS = words_of("""
one two three four five six seven eight nine ten both several some many most none half few all each neither
""")
TIMES = words_of("""
night day days morning evening afternoon week weekend month year time today yesterday moment shift minute hour tonight
monday tuesday wednesday thursday friday saturday sunday while hours minutes
""")
ADVERBS = words_of("""
only just then still even already again also perhaps maybe really very quite rather well actually always often ever
soon first later now too instead somehow apparently basically simply initially originally unfortunately sadly finally
far yet sort kind literally once thus therefore hence meanwhile however afterwards indeed anyway all both either more
almost nearly hardly barely supposedly allegedly additionally
""")
NOT_ADVERBS = words_of("""
apply reply supply rely assembly family anomaly multiply comply monopoly daily early july fly ally
""")

TOOLS = words_of("""
airflow akka alertmanager android ansible apache argo argocd artifactory bamboo bazel bind bitbucket buildkite
cassandra celery ceph chrome chef circleci clickhouse codedeploy composer confluence consul couchdb cypress debian
dataflow dependabot django docker dropwizard druid dynamo dynamodb eks elastic elasticsearch envoy errbit etcd excel
exim fargate fastly firefox flink fluentd flux gcp gerrit git gradle grafana graphite graylog hadoop haproxy harbor
hazelcast helm heroku hive ingress istio jaeger java javascript jenkins jira jupyter jupyterhub kafka keycloak kibana
kong kubernetes kubelet lambda linux logstash loki mariadb maven memcached mesos minio mongo mongodb monit munin mysql
nagios nats neo netlify nginx nixos node nomad npm nodejs okta openshift opensearch opsgenie pagerduty percona perl
php pingdom postfix postgres postgresql puppet python prometheus pulsar rabbitmq rails raft redis redshift renovate
riak rollbar route ruby rust salt sentry sidekiq slack solr spark splunk spinnaker spring squid stackdriver sumo
syslog systemd teamcity teams telegraf terraform thanos tomcat traefik travis twilio ubuntu unicorn uptimerobot
vagrant varnish vault vercel victoria vitess vmware wireguard wordpress zabbix zendesk zookeeper zoom api cpu dns tls
ssl vpn http https tcp udp ssh sql ram gc oom cdn lb alb elb bgp dhcp ntp nfs ui ci cd cron dr html json yaml xml pdf
csv nat ip vm vms os db s3 ec2 rds iam vpc gke aks aws
""")
"""Names that are written like those of people or of companies, and are systems."""
