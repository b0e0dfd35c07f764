"""Which pages the pictures of the guides show: who looks, where they begin, what they follow from there. Data only."""

from dataclasses import dataclass

HAREN, UNDER_WAY, TRADERS = "haren", "malmedy-gare", "malmedy-commerces"
MEMBER = "member"
LAST_SENT = "table >> nth=-1 >> a >> nth=0"  # the message at the head of the list of all
MOST = 40_000  # bytes of a picture


@dataclass(frozen=True)
class GuideScene:
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


GUIDE_SCENES = (
    GuideScene("resident-covered", "", "partnership:street"),
    GuideScene("resident-join", "", "partnership:join", key=True),
    GuideScene("resident-report", "", "sightings:start"),
    GuideScene("resident-check", "", "partnership:check"),
    GuideScene("resident-idea", "", "launch:idea:tell"),
    GuideScene("member-enter", "", "membership:self_service:ask"),
    GuideScene("member-read", MEMBER, "membership:self_service:messages"),
    GuideScene("member-reach", MEMBER, "membership:self_service:settings"),
    GuideScene("member-quiet", MEMBER, "membership:self_service:quiet"),
    GuideScene("member-question", MEMBER, "sightings:questions:ask", key=True),
    GuideScene(
        "member-shop",
        "",
        "partnership:join",
        key=True,
        part="div.shows:has([name=has_firm])",
        quarter=TRADERS,
    ),
    GuideScene("member-stop", MEMBER, "membership:self_service:settings", part="section:has(a[href$='/erase/'])"),
    GuideScene("coordinator-signin", "", "account_login"),
    GuideScene("coordinator-relay", "coordinator", "notices:relay:inbox", follow=("table a >> nth=0",)),
    GuideScene(
        "coordinator-follow",
        "coordinator",
        "notices:relay:inbox",
        follow=(LAST_SENT,),
    ),
    GuideScene("coordinator-welcome", "coordinator", "membership:desk:waiting"),
    GuideScene("coordinator-paper", "coordinator", "membership:enrolment:form", key=True),
    GuideScene(
        "coordinator-question",
        "coordinator",
        "sightings:questions:coordinator",
        follow=("a[href^='/questions/'] >> nth=0",),
    ),
    GuideScene("coordinator-request", "coordinator", "followup:requests:ask", key=True),
    GuideScene("coordinator-away", "coordinator", "mandates:absences:absence"),
    GuideScene("coordinator-year", "coordinator", "evaluation:home", key=True),
    GuideScene("coordinator-objectives", "coordinator", "evaluation:objectives", key=True),
    GuideScene("committee-plan", "officer", "launch:plan:where", key=True, quarter=UNDER_WAY),
    GuideScene("committee-evening", "committee", "evening:home", key=True),
    GuideScene("committee-documents", "committee", "launch:pack:home", key=True),
    GuideScene("committee-charter", "committee", "charter:home", key=True),
    GuideScene("committee-propose", "committee", "mandates:propose", key=True),
    GuideScene("officer-aid", "officer", "notices:guidance:aid", wide=True),
    GuideScene("officer-write", "officer", "notices:write:new", wide=True),
    GuideScene("officer-release", "chief", "notices:desk:desk", follow=("a[href$='/release/'] >> nth=0",), wide=True),
    GuideScene("officer-correct", "officer", "notices:desk:desk", follow=(LAST_SENT, "a[href$='/stop/']"), wide=True),
    GuideScene("officer-reports", "officer", "sightings:desk", wide=True),
    GuideScene("officer-feedback", "officer", "notices:desk:desk", follow=(LAST_SENT,), wide=True),
    GuideScene("officer-requests", "officer", "followup:requests:police", wide=True),
    GuideScene("officer-people", "officer", "mandates:people", key=True, wide=True),
    GuideScene(
        "officer-idea", "officer", "launch:groundwork:ideas", follow=("a[href*='/ideas/'] >> nth=0",), wide=True
    ),
    GuideScene("officer-duty", "officer", "mandates:rotas:home", wide=True),
    GuideScene(
        "officer-exercise", "officer", "exercises:overview", follow=("a[href*='/training/'] >> nth=0",), wide=True
    ),
    GuideScene("officer-quarter", "officer", "launch:plan:life", key=True, wide=True),
    GuideScene("chief-designate", "chief", "mandates:zone", wide=True),
    GuideScene("chief-charter", "chief", "charter:signing", key=True, wide=True),
    GuideScene("chief-rules", "chief", "launch:plan:zones", wide=True),
    GuideScene("chief-figures", "chief", "evaluation:figures:overview", wide=True),
    GuideScene("chief-move", "chief", "installations:overview", wide=True),
    GuideScene("chief-breach", "chief", "protection:record", wide=True),
    GuideScene("municipality-plan", "municipality", "launch:plan:all", wide=True),
    GuideScene("municipality-charter", "municipality", "charter:home", key=True, wide=True),
    GuideScene("municipality-reports", "municipality", "evaluation:home", key=True, wide=True),
    GuideScene("municipality-figures", "municipality", "evaluation:figures:overview", wide=True),
    GuideScene("administrator-running", "administrator", "delivery:overview", wide=True),
    GuideScene(
        "administrator-outbox",
        "administrator",
        "delivery:overview",
        follow=("summary",),
        part="main details",
        wide=True,
    ),
    GuideScene("administrator-first", "administrator", "setup:overview", wide=True),
    GuideScene(
        "administrator-access",
        "officer",
        "mandates:people",
        key=True,
        follow=("a[href$='/new-start/'] >> nth=0",),
        wide=True,
    ),
    GuideScene("administrator-breach", "administrator", "protection:home", wide=True),
)
