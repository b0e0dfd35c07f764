"""Which pages the pictures of the guides show: who looks, where they begin, what they follow from there. Data only."""

from dataclasses import dataclass

HAREN, UNDER_WAY = "haren", "malmedy-gare"
MEMBER = "member"
LAST_SENT = "table >> nth=-1 >> a >> nth=0"  # the message at the head of the list of all
MOST = 40_000  # bytes of a picture


@dataclass(frozen=True)
class Scene:
    """One picture. ``name`` is its file, ``who`` a role of the demonstration in ``quarter`` ("" for a visitor).

    ``view`` is the page, ``key`` whether its address holds the key of the quarter; ``follow`` are links to click on
    from there, as selectors; ``part`` is where the picture begins. ``wide`` for those who work at a desk.
    """

    name: str
    who: str
    view: str
    key: bool = False
    follow: tuple[str, ...] = ()
    part: str = "main"
    quarter: str = HAREN
    wide: bool = False


ALBUM = (
    Scene("resident-covered", "", "partnership:street"),
    Scene("resident-join", "", "partnership:join", key=True),
    Scene("resident-report", "", "sightings:start"),
    Scene("resident-check", "", "partnership:check"),
    Scene("resident-idea", "", "launch:idea:tell"),
    Scene("member-enter", "", "membership:self_service:ask"),
    Scene("member-read", MEMBER, "membership:self_service:messages"),
    Scene("member-reach", MEMBER, "membership:self_service:settings"),
    Scene("member-quiet", MEMBER, "membership:self_service:settings", part="#quiet"),
    Scene("member-question", MEMBER, "sightings:questions:ask", key=True),
    Scene("member-stop", MEMBER, "membership:self_service:settings", part="section:has(a[href$='/erase/'])"),
    Scene("coordinator-signin", "", "account_login"),
    Scene("coordinator-relay", "coordinator", "notices:relay:inbox", follow=("table a >> nth=0",)),
    Scene(
        "coordinator-follow",
        "coordinator",
        "notices:relay:inbox",
        follow=(LAST_SENT,),
    ),
    Scene("coordinator-welcome", "coordinator", "membership:desk:waiting"),
    Scene("coordinator-paper", "coordinator", "membership:enrolment:form", key=True),
    Scene(
        "coordinator-question",
        "coordinator",
        "sightings:questions:coordinator",
        follow=("a[href^='/questions/'] >> nth=0",),
    ),
    Scene("coordinator-request", "coordinator", "followup:requests:ask", key=True),
    Scene("coordinator-away", "coordinator", "mandates:absences:absence"),
    Scene("coordinator-year", "coordinator", "evaluation:home", key=True),
    Scene("committee-plan", "officer", "launch:plan:where", key=True, quarter=UNDER_WAY),
    Scene("committee-evening", "committee", "evening:home", key=True),
    Scene("committee-documents", "committee", "launch:pack:home", key=True),
    Scene("committee-charter", "committee", "charter:home", key=True),
    Scene("committee-propose", "committee", "mandates:propose", key=True),
    Scene("officer-aid", "officer", "notices:guidance:aid", wide=True),
    Scene("officer-write", "officer", "notices:write:new", wide=True),
    Scene("officer-release", "chief", "notices:desk:desk", follow=("a[href$='/release/'] >> nth=0",), wide=True),
    Scene("officer-correct", "officer", "notices:desk:desk", follow=(LAST_SENT, "a[href$='/stop/']"), wide=True),
    Scene("officer-reports", "officer", "sightings:desk", wide=True),
    Scene("officer-feedback", "officer", "notices:desk:desk", follow=(LAST_SENT,), wide=True),
    Scene("officer-requests", "officer", "followup:requests:police", wide=True),
    Scene("officer-people", "officer", "mandates:people", key=True, wide=True),
    Scene("officer-idea", "officer", "launch:groundwork:ideas", follow=("a[href*='/ideas/'] >> nth=0",), wide=True),
    Scene("chief-designate", "chief", "mandates:zone", wide=True),
    Scene("chief-charter", "chief", "charter:signing", key=True, wide=True),
    Scene("chief-rules", "chief", "launch:plan:zones", wide=True),
    Scene("chief-figures", "chief", "evaluation:figures:overview", wide=True),
    Scene("chief-breach", "chief", "protection:record", wide=True),
    Scene("municipality-plan", "municipality", "launch:plan:all", wide=True),
    Scene("municipality-charter", "municipality", "charter:home", key=True, wide=True),
    Scene("municipality-reports", "municipality", "evaluation:home", key=True, wide=True),
    Scene("municipality-figures", "municipality", "evaluation:figures:overview", wide=True),
    Scene("administrator-running", "administrator", "delivery:overview", wide=True),
    Scene(
        "administrator-outbox",
        "administrator",
        "delivery:overview",
        follow=("summary",),
        part="main details",
        wide=True,
    ),
    Scene("administrator-first", "administrator", "setup:overview", wide=True),
    Scene(
        "administrator-access",
        "officer",
        "mandates:people",
        key=True,
        follow=("a[href$='/new-start/'] >> nth=0",),
        wide=True,
    ),
    Scene("administrator-breach", "administrator", "protection:home", wide=True),
)
