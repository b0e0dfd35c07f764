"""Who may do what: the only place where rights are written (docs/design.md#rights). Imports no model.

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
    RECOVERY_AGREE = "recovery.agree"  # the second word on a new start for somebody who lost their sign-in (T4)
    MANDATE_SEE = "mandate.see"  # who holds which role
    MANDATE_LIST = "mandate.list"  # all roles of the area as a table; confirm and end those that one gives (ADR 68)
    CANDIDATE_PROPOSE = "candidate.propose"  # put somebody forward and record what the members voted (R23, R35)
    TASK_DELEGATE = "task.delegate"  # give one of the coordinator's tasks to a committee member (R37)
    ABSENCE_NOTE = "absence.note"  # leave one's own role to a deputy for a while (R38)
    ROTA_MAKE = "rota.make"  # say who is on call when: officers of a zone, coordinators of a quarter
    IDEA_HANDLE = "idea.handle"  # read the ideas of the zone and answer them (R10, R11)
    GROUNDWORK = "groundwork"  # prepare the ground: consultations, statements, stakeholders, informing (R12-R17)
    PARTNERSHIP_FOUND = "partnership.found"  # open the file of a partnership
    PARTNERSHIP_LEAD = "partnership.lead"  # change its presentation and state
    LAUNCH_SEE = "launch.see"  # where a partnership stands in its plan, and what is missing (R1, R30)
    LAUNCH_NOTE = "launch.note"  # record publications, signs and stickers, and what no other row can tell (R28, R147)
    PACK_WORD = "pack.word"  # word a document of the launch pack for a partnership, before use (R7)
    ZONE_SET = "zone.set"  # what holds for every partnership of a police zone: recognition first or not (R27); texts
    MEMBERS_MANAGE = "members.manage"  # see the list of members, accept, correct (R47, R80)
    EVENING_LEAD = "evening.lead"  # convene, lead and minute evenings and meetings; see who offered help (R18-R26)
    PLAN_WRITE = "plan.write"  # write the communication plan (R49)
    PLAN_AGREE = "plan.agree"  # put a communication plan in force
    PLAN_ADVISE = "plan.advise"  # advise on the organisation of messages, beside the plan: the police alone (R54)
    CHARTER_WRITE = "charter.write"  # write, propose and agree: all partners do (R91)
    CHARTER_SIGN = "charter.sign"  # put one's name under the charter (R93), or witness a signature on paper
    NOTICE_WRITE = "notice.write"  # only the police write (R105)
    NOTICE_RELEASE = "notice.release"  # a second person lets it go (T1)
    NOTICE_RECEIVE = "notice.receive"  # see what the police made available (R51)
    NOTICE_RELAY = "notice.relay"  # pass it on to the members (R106)
    NOTICE_STOP = "notice.stop"  # retract a message that is going out
    NOTICE_OVERRIDE = "notice.override"  # let a finding of the message check pass, with a reason (R73)
    SIGHTING_HANDLE = "sighting.handle"  # read what citizens saw and answer it: the police alone (R75, R121)
    QUESTION_COORDINATOR = "question.coordinator"  # answer questions to the coordinator; share an answer (R127, R135)
    QUESTION_POLICE = "question.police"  # answer questions to the police (R127)
    REQUEST_ASK = "request.ask"  # ask the police for information, and read the answer (R52, R129)
    REQUEST_ANSWER = "request.answer"  # answer it or refuse it with a reason; explain a silence (R52, R129)
    EXCHANGE_TALK = "exchange.talk"  # meet to compare and plan; read what the police think of an exchange (R61)
    EXCHANGE_RATE = "exchange.rate"  # rate how a message travelled, sum up a period, count reports (R56, R57, R138)
    EXCHANGE_ANSWER = "exchange.answer"  # answer what the police think of an exchange (R57)
    SERVICE_KEEP = "service.keep"  # the register of police and judicial services, and its log of contacts (R58)
    POLICY_LINK = "policy.link"  # write down a policy plan and link partnerships to it (R59)
    EVALUATION_WRITE = "evaluation.write"  # survey the members, write the yearly report, sign it (R60, R141)
    EVALUATION_READ = "evaluation.read"  # read the reports that were filed (R142)
    MEASURE_SEE = "measure.see"  # the pages of measures: each office sees those on which it decides (R99-R102)
    MEASURE_MEMBER = "measure.member"  # take part in deciding on measures about members (R99)
    MEASURE_COORDINATOR = "measure.coordinator"  # the same about coordinators and deputies (R100, R101)
    TRAIL_READ = "trail.read"  # read what was decided in a partnership, in words: its partners (R153)
    DELIVERY_SEE = "delivery.see"  # counts per channel, call list
    FIGURES_SEE = "figures.see"  # counts only (R149)
    PROTECTION_READ = "protection.read"  # register of processing, impact assessment, how long what is kept (R82, R84)
    BREACH_KEEP = "breach.keep"  # record a breach of personal data and decide who is told (R86)
    FIND = "find"  # look for a place, a partnership or a person by name, within what one may see (T17)
    INSTALLATION_MEET = "installation.meet"  # meet another installation, confirm its keys, end it: the chief
    PLATFORM_RUN = "platform.run"  # queue, suppliers, settings: no person


P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    # "La transmission de l'information ... la gestion des participants ... l'organisation de la réception et l'envoi
    # des messages mis à la disposition de la police" (founding text, tasks of the coordinator; R45-R51).
    Role.COORDINATOR: frozenset(
        {
            P.ABSENCE_NOTE,
            P.BREACH_KEEP,
            P.CANDIDATE_PROPOSE,
            P.CHARTER_SIGN,
            P.CHARTER_WRITE,
            P.DELIVERY_SEE,
            P.EVALUATION_READ,
            P.EVALUATION_WRITE,
            P.EVENING_LEAD,
            P.EXCHANGE_ANSWER,
            P.EXCHANGE_TALK,
            P.FIGURES_SEE,
            P.FIND,
            P.GROUNDWORK,
            P.LAUNCH_NOTE,
            P.LAUNCH_SEE,
            P.MANDATE_SEE,
            P.MEASURE_MEMBER,
            P.MEASURE_SEE,
            P.MEMBERS_MANAGE,
            P.NOTICE_RECEIVE,
            P.NOTICE_RELAY,
            P.NOTICE_STOP,
            P.PACK_WORD,
            P.PLAN_WRITE,
            P.PROTECTION_READ,
            P.QUESTION_COORDINATOR,
            P.REQUEST_ASK,
            P.ROTA_MAKE,
            P.TASK_DELEGATE,
            P.TRAIL_READ,
        }
    ),
    # "L'absence du coordinateur est mieux palliée": a deputy does the coordinator's tasks while an absence names them
    # (R38).
    Role.DEPUTY: frozenset(
        {
            P.EVALUATION_READ,
            P.LAUNCH_SEE,
            P.MANDATE_SEE,
        }
    ),
    # The committee spreads the work: it helps to find people, and does the tasks below that it was given (R37).
    Role.COMMITTEE: frozenset(
        {
            P.CANDIDATE_PROPOSE,
            P.CHARTER_WRITE,
            P.EVALUATION_READ,
            P.EVENING_LEAD,
            P.FIGURES_SEE,
            P.GROUNDWORK,
            P.LAUNCH_NOTE,
            P.LAUNCH_SEE,
            P.MANDATE_SEE,
            P.PACK_WORD,
        }
    ),
    # "Transmettre de l'information, ... suivre et évaluer l'échange d'informations" (tasks of the mandated officer);
    # drafting, judging and entering messages is police competence (R105). No list of members (R80, T15).
    Role.OFFICER: frozenset(
        {
            P.AREA_DRAW,
            P.BREACH_KEEP,
            P.CANDIDATE_PROPOSE,
            P.CHARTER_SIGN,
            P.CHARTER_WRITE,
            P.DELIVERY_SEE,
            P.EVALUATION_READ,
            P.EVALUATION_WRITE,
            P.EVENING_LEAD,
            P.EXCHANGE_RATE,
            P.EXCHANGE_TALK,
            P.FIGURES_SEE,
            P.FIND,
            P.GROUNDWORK,
            P.IDEA_HANDLE,
            P.LAUNCH_NOTE,
            P.LAUNCH_SEE,
            P.MANDATE_APPOINT_COORDINATOR,
            P.MANDATE_LIST,
            P.MANDATE_SEE,
            P.MEASURE_COORDINATOR,
            P.MEASURE_MEMBER,
            P.MEASURE_SEE,
            P.NOTICE_OVERRIDE,
            P.RECOVERY_AGREE,
            P.NOTICE_RELEASE,
            P.NOTICE_STOP,
            P.NOTICE_WRITE,
            P.PACK_WORD,
            P.PARTNERSHIP_FOUND,
            P.PARTNERSHIP_LEAD,
            P.PLAN_ADVISE,
            P.PLAN_AGREE,
            P.PLAN_WRITE,
            P.POLICY_LINK,
            P.PROTECTION_READ,
            P.QUESTION_POLICE,
            P.REQUEST_ANSWER,
            P.ROTA_MAKE,
            P.SERVICE_KEEP,
            P.SIGHTING_HANDLE,
            P.TRAIL_READ,
        }
    ),
    # Stands in for the mandated officer in daily work: writes and releases, appoints nobody, signs nothing (R32).
    Role.DEPUTY_OFFICER: frozenset(
        {
            P.DELIVERY_SEE,
            P.EVALUATION_READ,
            P.EVENING_LEAD,
            P.EXCHANGE_RATE,
            P.EXCHANGE_TALK,
            P.FIGURES_SEE,
            P.FIND,
            P.GROUNDWORK,
            P.LAUNCH_NOTE,
            P.LAUNCH_SEE,
            P.MANDATE_SEE,
            P.NOTICE_OVERRIDE,
            P.RECOVERY_AGREE,
            P.NOTICE_RELEASE,
            P.NOTICE_STOP,
            P.NOTICE_WRITE,
            P.PACK_WORD,
            P.PLAN_ADVISE,
            P.QUESTION_POLICE,
            P.REQUEST_ANSWER,
            P.SERVICE_KEEP,
            P.SIGHTING_HANDLE,
        }
    ),
    # A zone may have several officers plus a supervising one: releases, counts, names nobody.
    Role.SUPERVISOR: frozenset(
        {
            P.DELIVERY_SEE,
            P.EVALUATION_READ,
            P.FIGURES_SEE,
            P.FIND,
            P.IDEA_HANDLE,
            P.LAUNCH_SEE,
            P.MANDATE_SEE,
            P.RECOVERY_AGREE,
            P.NOTICE_RELEASE,
            P.NOTICE_STOP,
            P.PARTNERSHIP_FOUND,
            P.PROTECTION_READ,
            P.ROTA_MAKE,
            P.SERVICE_KEEP,
            P.ZONE_SET,
        }
    ),
    # "Designated by the chief of corps" (R53); charter signatory.
    Role.CHIEF: frozenset(
        {
            P.BREACH_KEEP,
            P.CHARTER_SIGN,
            P.CHARTER_WRITE,
            P.EVALUATION_READ,
            P.FIGURES_SEE,
            P.FIND,
            P.INSTALLATION_MEET,
            P.LAUNCH_SEE,
            P.MANDATE_APPOINT_POLICE,
            P.MANDATE_LIST,
            P.MANDATE_SEE,
            P.MEASURE_COORDINATOR,
            P.MEASURE_MEMBER,
            P.MEASURE_SEE,
            P.RECOVERY_AGREE,
            P.NOTICE_RELEASE,
            P.NOTICE_STOP,
            P.PLAN_AGREE,
            P.POLICY_LINK,
            P.PROTECTION_READ,
            P.ROTA_MAKE,
            P.SERVICE_KEEP,
            P.TRAIL_READ,
            P.ZONE_SET,
        }
    ),
    # Consulted before, signs the charter; never the list (T15).
    Role.MUNICIPALITY: frozenset(
        {
            P.CHARTER_SIGN,
            P.CHARTER_WRITE,
            P.EVALUATION_READ,
            P.FIGURES_SEE,
            P.LAUNCH_NOTE,
            P.LAUNCH_SEE,
            P.MANDATE_LIST,
            P.MANDATE_SEE,
            P.MEASURE_COORDINATOR,
            P.MEASURE_SEE,
            P.PROTECTION_READ,
            P.TRAIL_READ,
        }
    ),
    # Keeps the list of recognised partnerships: names of partnerships and counts (R150).
    Role.FEDERAL: frozenset({P.FIGURES_SEE, P.INSTALLATION_MEET}),
    # Runs the machine; sees no member (T52).
    Role.ADMINISTRATOR: frozenset(
        {P.PLATFORM_RUN, P.FIGURES_SEE, P.PROTECTION_READ, P.BREACH_KEEP, P.MANDATE_LIST},
    ),
}

# What a deputy holds in addition while covering an absence (R38), or while there is no coordinator (R152): the
# coordinator's tasks. To judge a member is none of them (R99, R102), nor to sign the charter: that binds the office
# (R93), and the founding text gives a deputy the tasks of an absence, not the coordinator's place at the table.
COVERING: frozenset[Permission] = GRANTS[Role.COORDINATOR] - {P.CHARTER_SIGN, P.MEASURE_SEE, P.MEASURE_MEMBER}


class Task(models.TextChoices):
    """A task of the coordinator that a committee member may be given by itself (R37)."""

    MEMBERS = "members", _("Welcome neighbours and keep the list of members")
    MESSAGES = "messages", _("Receive the messages from the police and relay them")
    PLAN = "plan", _("Work out the communication plan with the police")
    QUESTIONS = "questions", _("Answer the questions of members")
    CONFER = "confer", _("Confer with the police: ask for information, meet to follow up")


# What each task carries: always less than a coordinator holds.
TASKS: dict[Task, frozenset[Permission]] = {
    Task.MEMBERS: frozenset({P.MEMBERS_MANAGE}),
    Task.MESSAGES: frozenset({P.DELIVERY_SEE, P.NOTICE_RECEIVE, P.NOTICE_RELAY, P.NOTICE_STOP}),
    Task.PLAN: frozenset({P.PLAN_WRITE}),
    Task.QUESTIONS: frozenset({P.QUESTION_COORDINATOR}),
    Task.CONFER: frozenset({P.EXCHANGE_TALK, P.REQUEST_ASK}),
}

# Roles of the police: the pen of level 1, and the circle in which the second person of a release is found.
POLICE: frozenset[Role] = frozenset({Role.OFFICER, Role.DEPUTY_OFFICER, Role.SUPERVISOR, Role.CHIEF})


def roles_with(permission: Permission) -> list[Role]:
    """The roles that hold ``permission`` by themselves, in the order of ``Role``."""
    return [role for role in Role if permission in GRANTS[role]]


def tasks_with(permission: Permission) -> list[Task]:
    """The tasks that carry ``permission``, in the order of ``Task``."""
    return [task for task in Task if permission in TASKS[task]]
