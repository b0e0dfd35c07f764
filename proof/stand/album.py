"""Which pages the pictures of the guides show: who looks, where they begin, what they follow from there. Data only."""

from dataclasses import dataclass

HAREN, UNDER_WAY = "haren", "malmedy-gare"
MEMBER = "member"
MOST = 60_000  # bytes of a picture


@dataclass(frozen=True)
class Scene:
    """One picture. ``name`` is its file, ``who`` a role of the demonstration in ``quarter`` ("" for a visitor).

    ``view`` is the page, ``key`` whether its address holds the key of the quarter; ``follow`` are links to click on
    from there, as selectors. ``wide`` for those who work at a desk.
    """

    name: str
    who: str
    view: str
    key: bool = False
    follow: tuple[str, ...] = ()
    quarter: str = HAREN
    wide: bool = False


ALBUM = (
    Scene("resident-covered", "", "public:street"),
    Scene("resident-join", "", "public:join", key=True),
    Scene("resident-report", "", "sightings:start"),
    Scene("resident-check", "", "public:check"),
    Scene("member-enter", "", "members:ask"),
    Scene("member-read", MEMBER, "members:messages"),
    Scene("member-reach", MEMBER, "members:settings"),
    Scene("coordinator-signin", "", "account_login"),
    Scene("coordinator-relay", "coordinator", "coordinator:inbox", follow=("table a >> nth=0",)),
    Scene(
        "coordinator-follow",
        "coordinator",
        "coordinator:inbox",
        follow=("table >> nth=-1 >> a >> nth=0",),
    ),
    Scene("coordinator-welcome", "coordinator", "coordinator:waiting"),
    Scene("coordinator-paper", "coordinator", "enrolment:form", key=True),
    Scene("committee-plan", "officer", "launch:where", key=True, quarter=UNDER_WAY),
    Scene("committee-evening", "committee", "evening:home", key=True),
    Scene("committee-documents", "committee", "pack:home", key=True),
    Scene("committee-charter", "committee", "charter:home", key=True),
    Scene("officer-write", "officer", "police:new", wide=True),
    Scene("officer-reports", "officer", "sightings:desk", wide=True),
    Scene("officer-requests", "officer", "requests:police", wide=True),
    Scene("officer-people", "officer", "mandates:people", key=True, wide=True),
    Scene("chief-designate", "chief", "mandates:zone", wide=True),
    Scene("chief-charter", "chief", "charter:signing", key=True, wide=True),
    Scene("chief-rules", "chief", "launch:zones", wide=True),
    Scene("chief-figures", "chief", "zone:overview", wide=True),
    Scene("municipality-plan", "municipality", "launch:all", wide=True),
    Scene("municipality-charter", "municipality", "charter:home", key=True, wide=True),
    Scene("municipality-reports", "municipality", "evaluation:home", key=True, wide=True),
    Scene("municipality-figures", "municipality", "zone:overview", wide=True),
    Scene("administrator-running", "administrator", "running:overview", wide=True),
    Scene("administrator-breach", "administrator", "protection:home", wide=True),
)
