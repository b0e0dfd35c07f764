"""Who may do what: the only place where rights are written (design, section 8). Imports no model.

A mandate covers an area and everything inside it. The charter in force can narrow or delegate a right, as data (R37,
R62). "Own data" is the only rule outside this table. Whether a thing is in the right *state* is not a right: that is
checked in the action.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles of R32 that are held by a mandate. Visitors and members hold none."""

    COORDINATOR = "coordinator", _("coordinator")
    DEPUTY = "deputy", _("deputy coordinator")
    COMMITTEE = "committee", _("committee member")
    OFFICER = "officer", _("mandated police officer")
    DEPUTY_OFFICER = "deputy_officer", _("deputy of the mandated police officer")
    SUPERVISOR = "supervisor", _("zone supervisor")
    CHIEF = "chief", _("chief of corps")
    MUNICIPALITY = "municipality", _("municipality")
    FEDERAL = "federal", _("federal reader")
    ADMINISTRATOR = "administrator", _("administrator")


class Permission(models.TextChoices):
    """One thing that one may do, over an area."""

    AREA_DRAW = "area.draw"  # say which streets a quarter covers
    MANDATE_APPOINT_POLICE = "mandate.appoint_police"  # designate a mandated officer (R53)
    MANDATE_APPOINT_COORDINATOR = "mandate.appoint_coordinator"  # record the members' choice and the screening (R36)
    MANDATE_SEE = "mandate.see"  # who holds which role
    ABSENCE_NOTE = "absence.note"  # leave one's own role to a deputy for a while (R38)
    PARTNERSHIP_FOUND = "partnership.found"  # open the file of a partnership
    PARTNERSHIP_LEAD = "partnership.lead"  # change its presentation and state
    MEMBERS_MANAGE = "members.manage"  # see the list of members, accept, correct (R47, R80)
    PLAN_WRITE = "plan.write"  # write the communication plan (R49)
    PLAN_AGREE = "plan.agree"  # put a communication plan in force
    NOTICE_WRITE = "notice.write"  # only the police write (R105)
    NOTICE_RELEASE = "notice.release"  # a second person lets it go (T1)
    NOTICE_RECEIVE = "notice.receive"  # see what the police made available (R51)
    NOTICE_RELAY = "notice.relay"  # pass it on to the members (R106)
    NOTICE_STOP = "notice.stop"  # retract a message that is going out
    NOTICE_OVERRIDE = "notice.override"  # let a finding of the message check pass, with a reason (R73)
    DELIVERY_SEE = "delivery.see"  # counts per channel, call list
    FIGURES_SEE = "figures.see"  # counts only (R149)
    PLATFORM_RUN = "platform.run"  # queue, suppliers, settings: no person


P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    # "La transmission de l'information ... la gestion des participants ... l'organisation de la réception et l'envoi
    # des messages mis à la disposition de la police" (founding text, tasks of the coordinator; R45-R51).
    Role.COORDINATOR: frozenset(
        {
            P.ABSENCE_NOTE,
            P.DELIVERY_SEE,
            P.FIGURES_SEE,
            P.MANDATE_SEE,
            P.MEMBERS_MANAGE,
            P.NOTICE_RECEIVE,
            P.NOTICE_RELAY,
            P.NOTICE_STOP,
            P.PLAN_WRITE,
        }
    ),
    # "L'absence du coordinateur est mieux palliée": a deputy holds nothing but while an absence names them (R38).
    Role.DEPUTY: frozenset({P.MANDATE_SEE}),
    # The committee spreads the work; each task is delegated by the charter (R37).
    Role.COMMITTEE: frozenset({P.MANDATE_SEE, P.FIGURES_SEE}),
    # "Transmettre de l'information, ... suivre et évaluer l'échange d'informations" (tasks of the mandated officer);
    # drafting, judging and entering messages is police competence (R105). No list of members (R80, T15).
    Role.OFFICER: frozenset(
        {
            P.AREA_DRAW,
            P.DELIVERY_SEE,
            P.FIGURES_SEE,
            P.MANDATE_APPOINT_COORDINATOR,
            P.MANDATE_SEE,
            P.NOTICE_OVERRIDE,
            P.NOTICE_RELEASE,
            P.NOTICE_STOP,
            P.NOTICE_WRITE,
            P.PARTNERSHIP_FOUND,
            P.PARTNERSHIP_LEAD,
            P.PLAN_AGREE,
            P.PLAN_WRITE,
        }
    ),
    Role.DEPUTY_OFFICER: frozenset(
        {
            P.DELIVERY_SEE,
            P.FIGURES_SEE,
            P.MANDATE_SEE,
            P.NOTICE_OVERRIDE,
            P.NOTICE_RELEASE,
            P.NOTICE_STOP,
            P.NOTICE_WRITE,
        }
    ),
    # A zone may have several officers plus a supervising one (domain, section 2): releases, counts, names nobody.
    Role.SUPERVISOR: frozenset(
        {
            P.DELIVERY_SEE,
            P.FIGURES_SEE,
            P.MANDATE_SEE,
            P.NOTICE_RELEASE,
            P.NOTICE_STOP,
            P.PARTNERSHIP_FOUND,
        }
    ),
    # "Designated by the chief of corps" (R53); charter signatory.
    Role.CHIEF: frozenset(
        {P.FIGURES_SEE, P.MANDATE_APPOINT_POLICE, P.MANDATE_SEE, P.NOTICE_RELEASE, P.NOTICE_STOP, P.PLAN_AGREE}
    ),
    # Consulted before, signs the charter; never the list (T15).
    Role.MUNICIPALITY: frozenset({P.FIGURES_SEE, P.MANDATE_SEE}),
    # Keeps the list of recognised partnerships: names of partnerships and counts (R150).
    Role.FEDERAL: frozenset({P.FIGURES_SEE}),
    # Runs the machine; sees no member (T52).
    Role.ADMINISTRATOR: frozenset({P.PLATFORM_RUN, P.FIGURES_SEE}),
}

# What a deputy holds in addition while covering an absence (R38): exactly the coordinator's tasks.
COVERING: frozenset[Permission] = GRANTS[Role.COORDINATOR]

# Roles of the police: the pen of level 1, and the circle in which the second person of a release is found.
POLICE: frozenset[Role] = frozenset({Role.OFFICER, Role.DEPUTY_OFFICER, Role.SUPERVISOR, Role.CHIEF})


def roles_with(permission: Permission) -> list[Role]:
    """The roles that hold ``permission`` by themselves, in the order of ``Role``."""
    return [role for role in Role if permission in GRANTS[role]]
