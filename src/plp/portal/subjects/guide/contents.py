"""What each guide leads to: its tasks in the order of its text, and the page on which each is done. Data only."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.mandates.grants import Permission, Role


@dataclass(frozen=True)
class Task:
    """One task. ``key`` is its address and the name of its picture; ``view`` the page where it begins, if it has one.

    ``needs`` is what somebody must be allowed to do to open that page; ``None``: everybody may.
    """

    key: str
    view: str = ""
    needs: Permission | None = None


@dataclass(frozen=True)
class Guide:
    """The guide of one role. ``roles`` are the mandates for which it is meant; none: those without one."""

    key: str
    title: Any
    icon: str
    tasks: tuple[Task, ...]
    roles: frozenset[Role] = frozenset()


CHARTER = Task("charter", "charter:index", Permission.CHARTER_WRITE)
PLAN = Task("plan", "launch:plan:all", Permission.LAUNCH_SEE)
FIGURES = Task("figures", "evaluation:figures:overview", Permission.FIGURES_SEE)
BREACH = Task("breach", "protection:home", Permission.PROTECTION_READ)
DESK = ("notices:desk:desk", Permission.NOTICE_WRITE)

GUIDES = {
    guide.key: guide
    for guide in (
        Guide(
            "resident",
            _("Neighbour"),
            "house",
            (
                Task("covered", "partnership:street"),
                Task("join", "partnership:partnerships"),
                Task("report", "sightings:start"),
                Task("check", "partnership:check"),
                Task("idea", "launch:idea:tell"),
            ),
        ),
        Guide(
            "member",
            _("Member"),
            "users",
            (
                Task("enter", "membership:self_service:ask"),
                Task("read", "membership:self_service:ask"),
                Task("reach", "membership:self_service:ask"),
                Task("quiet", "membership:self_service:ask"),
                Task("question", "partnership:partnerships"),
                Task("shop", "membership:self_service:ask"),
                Task("stop", "membership:self_service:ask"),
            ),
        ),
        Guide(
            "coordinator",
            capfirst(_("coordinator")),
            "hand-helping",
            (
                Task("signin", "account_login"),
                Task("relay", "notices:relay:inbox", Permission.NOTICE_RECEIVE),
                Task("follow", "notices:relay:inbox", Permission.NOTICE_RECEIVE),
                Task("welcome", "membership:desk:waiting", Permission.MEMBERS_MANAGE),
                Task("paper", "membership:enrolment:desk", Permission.MEMBERS_MANAGE),
                Task("question", "sightings:questions:coordinator", Permission.QUESTION_COORDINATOR),
                Task("request", "followup:requests:asked", Permission.REQUEST_ASK),
                Task("away", "mandates:absences:absence", Permission.ABSENCE_NOTE),
                Task("year", "evaluation:index", Permission.EVALUATION_READ),
                Task("objectives", "evaluation:index", Permission.EVALUATION_READ),
            ),
            frozenset({Role.COORDINATOR, Role.DEPUTY}),
        ),
        Guide(
            "committee",
            _("Steering committee"),
            "network",
            (
                PLAN,
                Task("evening", "evening:everywhere", Permission.EVENING_LEAD),
                Task("documents", "launch:plan:all", Permission.LAUNCH_SEE),
                CHARTER,
                Task("propose", "mandates:home", Permission.MANDATE_SEE),
            ),
            frozenset({Role.COMMITTEE}),
        ),
        Guide(
            "officer",
            capfirst(_("mandated police officer")),
            "megaphone",
            (
                Task("aid", "notices:guidance:aid", Permission.NOTICE_WRITE),
                Task("write", *DESK),
                Task("release", "notices:desk:desk", Permission.NOTICE_RELEASE),
                Task("correct", *DESK),
                Task("reports", "sightings:desk", Permission.SIGHTING_HANDLE),
                Task("feedback", *DESK),
                Task("requests", "followup:requests:police", Permission.REQUEST_ANSWER),
                Task("people", "mandates:home", Permission.MANDATE_SEE),
                Task("idea", "launch:groundwork:ideas", Permission.IDEA_HANDLE),
                Task("duty", "mandates:rotas:home", Permission.ROTA_MAKE),
                Task("exercise", "exercises:overview"),
                Task("quarter", "launch:plan:all", Permission.PARTNERSHIP_LEAD),
            ),
            frozenset({Role.OFFICER, Role.DEPUTY_OFFICER, Role.SUPERVISOR}),
        ),
        Guide(
            "chief",
            capfirst(_("chief of corps")),
            "badge-check",
            (
                Task("designate", "mandates:zone", Permission.MANDATE_APPOINT_POLICE),
                CHARTER,
                Task("rules", "launch:plan:zones", Permission.ZONE_SET),
                FIGURES,
                Task("move", "installations:overview", Permission.INSTALLATION_MEET),
                BREACH,
            ),
            frozenset({Role.CHIEF}),
        ),
        Guide(
            "municipality",
            capfirst(_("municipality")),
            "landmark",
            (PLAN, CHARTER, Task("reports", "evaluation:index", Permission.EVALUATION_READ), FIGURES),
            frozenset({Role.MUNICIPALITY}),
        ),
        Guide(
            "administrator",
            capfirst(_("administrator")),
            "server",
            (
                Task("running", "delivery:overview", Permission.PLATFORM_RUN),
                Task("outbox", "delivery:overview", Permission.PLATFORM_RUN),
                Task("first"),
                Task("access"),
                BREACH,
            ),
            frozenset({Role.ADMINISTRATOR}),
        ),
    )
}
