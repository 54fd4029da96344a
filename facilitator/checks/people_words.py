"""Words for people and for what is easily taken for people, as data."""

from facilitator.checks.words import words_of


def plurals_of(text: str) -> frozenset[str]:
    """Return the words of a text, and each of them with an "s"."""
    words = words_of(text)
    return words | {f"{word}s" for word in words}


PERSON_NOUNS = plurals_of("""
friend predecessor successor integrator accountant actuaries actuary admin administrator adviser advisor aide
anaesthetist analyst anesthetist animator apprentice approver architect artist assignee assistant astronaut attendant
auditor author baker banker beginner biologist bloke bookkeeper boss bosses buddy builder bursar buyer cameraman
captain caregiver carer caretaker carpenter cashier ceo cfo chair chairman chancellor chap chemist cio ciso cleaner
clerk clinician co-founder co-pilot co-worker coder colleague commander committer conductor consultant contractor
controller contributor coordinator copilot coroner counsellor counselor courier coworker crewman crewmen cto curator
custodian dba dealer dean dentist deployer deputies deputy designer dev developer devops dietician digger director
dispatcher doctor draughtsman driver dude economist electrician employee employer engineer estimator examiner
executive expert facilitator fellow firefighter fireman firemen fitter folk folks foreman forwarder founder freelancer
gal gatekeeper geologist graduate guard guy handler handyman helper hire holder human ic illustrator individual
inspector installer instructor intern investigator invigilator janitor joiner journalist junior kid laborer labourer
lad ladies lady landlord lawyer lead leader lecturer legislators librarian lifeguard lineman linemen linguist
locksmith machinist magistrate maintainer man manager marketer mathematician matron mayor mechanic medic member men
mentor merchant midwife midwives minister moderator musician navigator netadmin newbie newcomer noc novice nurse
officer official on-call on-caller oncall operator optician orderlies orderly owner paralegal paramedic participant
partner peer person personnel pharmacist photographer physician physicist physiotherapist pilot pipefitter planner
plumber politician porter postdoc postman practitioner president professor programmer psychologist quant radiographer
radiologist ranger receptionist recruiter referee registrar regulator rep representative researcher responder reviewer
rigger roofer sailor salesman salesperson scientist scribe secretaries secretary seller senior sergeant shopkeeper
signaller signalman skipper soldier solicitor specialist splicer sre staff staffer stakeholder starter statistician
steward stewardess storekeeper storeman student subcontractor subordinate superintendent superior supervisor supplier
surgeon surveyor swe sysadmin sysop teacher teammate tech techie technician technologist telephonist teller temp
tester therapist trader tradesman trainee trainer translator treasurer tutor underwriter usher vendor vet-nurse
veteran volunteer waiter waitress warden watchman watchmen webmaster welder woman women worker workman workmen writer
youngster
""")

GROUP_NOUNS = plurals_of("""
merchandising editorial catering reception admissions underwriting claims warehousing merch mgmt lab accounting
administration agency airline airport authority backend bank billing board brigade brokerage bureau business carrier
clinic college command committee comms communications companies company compliance consultancy contractors council
courier crew crowd data department design dispatch engineering facilities factory faculties faculty finance firm
frontend government group guild headquarters helpdesk hospital hoster hotline hr industry infra infrastructure
institute insurer isp laboratory leadership legal logistics maker management manufacturer marketing ministry netops
networking office operations ops organisation organization parliament payments payroll pharmacy plant platform police
procurement product provider publisher purchasing qa radiology retailer sales school secops security shift squad
startup state studio subsidiary support surgery team telco telecom treasury tribe universities university upstream
utility ward workforce
""")
"""Groups that act as people."""

GROUPS_AS_SUBJECT = plurals_of("""
isp subcontractor mgmt administration agency airline authority board brigade bureau comms company council crew
department devops finance firm government guild headquarters helpdesk hospital hoster hr insurer leadership legal
management manufacturer marketing ministry netops networking noc ops police procurement purchasing qa retailer sales
secops squad supplier team telco treasury tribe utility vendor workforce
""")
"""Those of the groups whose name alone is enough; "the security" or "the product" may be a thing."""

TECHNICAL = plurals_of("""
controller adviser advisor assistant author builder captain carrier commander conductor coordinator curator dealer
deployer deputy director dispatcher driver examiner expert forwarder founder group guard handler helper hire holder
individual inspector installer junior lead leader manager member merchant merger moderator navigator operator owner
partner peer pilot planner practitioner provider regulator senior starter supervisor tech translator user worker
writer
""")
"""Words for people that are also words for parts of systems."""

MOSTLY_SYSTEMS = plurals_of("""
controller manager handler driver builder deployer planner installer helper translator conductor dispatcher
coordinator provider leader regulator
""")
"""Those of the technical ones that are people only alone, or after a word such as "project" or "shift"."""

HUMAN_MODIFIERS = words_of("""
on-shift traffic air third-party external internal first-line second-line outgoing incoming entire whole same other
first second third stage lighting local national our my their his her your own partner's customer's vendor's data
platform security site-reliability account acting ambulance area assistant branch brand building bus campaign care
case change clinic community construction crane crisis customer delivery department deputy design duty engineering
estate event executive experienced facilities facility finance fleet floor forklift former general group head hotel hr
incident inexperienced infrastructure interim it junior lab line logistics lorry maintenance major marketing new night
nurse office old on-call on-duty operations ops plant practice problem product production program programme project
property purchasing quality regional release responsible restaurant risk sales senior shift shuttle site squad station
stock store studio supply support taxi team technical test theatre track train training tram transition truck van
vendor venue ward warehouse wedding young hosting cloud network internet telecom power energy service technology
emergency police fire deployment
""")

SYSTEM_MODIFIERS = words_of("""
lease state context config configuration download update dependency version buffer thread pool topic stream snapshot
backup alert password token system callback entity environment extension log lifecycle object page layout license
policy kubernetes k8s prometheus postgres postgresql mysql kafka redis elastic elasticsearch etcd vault strimzi argo
flux istio cert-manager grafana rook ceph mongodb cassandra rabbitmq openshift cluster cloud-native pod queue raft
ring replica network package session secret secrets traffic cache cert certificate task job connection resource memory
file window process boot display device kernel disk printer storage graphics jdbc odbc csi cni database db node key
event signal error exception request message identity credential dns auth oauth oidc saml data metrics cloud
transaction lock leader shard partition consumer replication broker raid volume security auto-scaling autoscaling
scaling target placement managed instance service plugin container image build deploy deployment workflow rollout
terraform helm crd arithmetic logical comparison ternary boolean sql query spread
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
    "you": "you yours u",
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

COMMON_NOUNS = words_of("""
access account agent alarm alert app application archive artefact artifact asset auth backend backlog backup bandwidth
batch binary board bot bottleneck branch bridge browser bucket budget bug build bus button cable cache calendar call
capacity card cause certificate change channel chart check checkout client clock cluster code command commit complex
config connector console consumer container context controller cooling core crash cron current customer cutover daemon
dashboard data database date deadline deadlock debug default delay demand deploy detail device diff disk document
domain downtime drift drive driver dump each edge email endpoint engine entry error event every everything export
factor failover failback failure feature feed field file filter firewall fix flag flow folder format framework
frontend gateway goal good graph group guide handler handover hardware header health help hook host human id impact
import incident index input install interface internet interval invoice issue it item job journal kernel key label lag
latency layer lead learn lease less lesson level library license licence limit line link list load lock log login
logic loop machine mail main major manual map master match memory menu message metadata method metric migration mirror
missing mode model module monitor more name network new next node noise note nothing number object old one only order
outage output overall owner package packet page pager panel parser part patch path payload payment phase phone
pipeline plan platform plugin point policy pool port portal post power pressure primary print problem procedure
process producer production profile program project prompt protocol proxy pull query question queue quota race rack
range rate read reboot record recovery region registry release remote replica report request reset resource restart
restore result retry review risk role rollback rollout root route router row rule run runbook runner sample scale
scaling schedule schema script search second secondary secret sensor server service session setup shard shell shift
short signal single site slot software solution some source space spike sprint stack staging stage standby start state
status step storage store stream string subnet suite summary supply support surge switch symptom sync syntax system
table tag target task team template tenant term test thread threshold ticket time timeout timer timestamp token tool
topic total trace traffic trigger tunnel type update upgrade upload upstream uptime user value vault version view
volume wait watchdog web webhook website window worker workflow workload workspace write yes zone
""")
"""Words that begin many a sentence, and are no names though they have a capital there."""

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
