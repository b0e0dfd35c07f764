"""One message with its way and its figures, for its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plp.alerts.queries import publishable_notices
from plp.charter.kinds import KINDS
from plp.delivery.queries import message_tally
from plp.exchange.queries import withdrawn_offers_with_live_notice
from plp.journal.queries import entries_about
from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.notices.models import Notice, Override
from plp.notices.queries import (
    can_notice_be_stopped,
    check_texts_in_every_language,
    may_sent_notice_be_repeated,
    title_core_and_more_by_language,
)
from plp.notices.queries.answers import answers_to_notice, count_acknowledgements
from plp.notices.queries.writers import persons_who_may_release, writers_of_notice
from plp.notices.rules.release import excerpt_hash
from plp.notices.states import State
from plp.people.models import Person
from plp.portal.subjects.notices.leaving_times import leaving_and_expiry_times
from plp.portal.subjects.notices.lists import notice_row
from plp.portal.subjects.notices.reach.places import destinations_of_notice
from plp.portal.subjects.notices.reached_part import reached_part

BEFORE_RELAY = {State.DRAFT, State.SUBMITTED, State.RELEASED}


@dataclass(frozen=True)
class HistoryEntry:
    """Something that happened to a message: when, what, who did it."""

    at: datetime
    title: str
    who: str
    kind: str = "plain"


def message_history(notice: Notice) -> list[HistoryEntry]:
    """The way of the message so far, with the names of those who acted; to and fro as the journal has it."""
    history = _history_before_release(notice)
    if hasattr(notice, "release"):
        history.append(HistoryEntry(notice.release.at, _("Released"), _person_name(notice.release.by), "good"))
    for reading in notice.readings.select_related("person").order_by("seen_at"):
        name = _person_name(reading.person)
        history.append(HistoryEntry(reading.seen_at, _("Seen by the coordinator"), name))
        if reading.acknowledged_at:
            history.append(HistoryEntry(reading.acknowledged_at, _("Acknowledged by the coordinator"), name))
    if hasattr(notice, "relay"):
        who = _("directly, as the communication plan says") if notice.relay.is_direct else _person_name(notice.relay.by)
        history.append(HistoryEntry(notice.relay.at, _("Relayed to the members"), who, "good"))
    if notice.retracted_at:
        history.append(HistoryEntry(notice.retracted_at, capfirst(_("stopped")), "", "bad"))
    return sorted(history, key=lambda entry: entry.at)


def _history_before_release(notice: Notice) -> list[HistoryEntry]:
    """What came before the release, as the journal has it: the message keeps the last of each act, and its author.

    The journal of a message that was brought in stayed where it was written: then what the message keeps is told.
    """
    acts = {
        "notice.drafted": (_("Drafted"), "plain"),
        "notice.submitted": (_("Offered for release"), "busy"),
        "notice.sent_back": (_("Sent back"), "plain"),
        "notice.dropped": (capfirst(_("dropped")), "plain"),
        "notice.taken_up": (_("Taken up again"), "plain"),
    }
    lines = list(entries_about(notice).filter(verb__in=acts).only("at", "verb", "actor"))
    people = {str(one.pk): one for one in Person.objects.filter(pk__in={line.actor for line in lines if line.actor})}
    went_back = any(line.verb == "notice.sent_back" for line in lines)
    writers = {str(key) for key in writers_of_notice(notice).values_list("pk", flat=True)} if went_back else set()
    history = []
    for line in lines:
        title, kind = acts[line.verb]
        if line.verb == "notice.sent_back" and line.actor in writers:
            title = _("Taken back")
        who = _person_name(people.get(line.actor)) if line.actor else _("the platform itself")
        history.append(HistoryEntry(line.at, title, who, kind))
    author, told = _person_name(notice.author), {line.verb for line in lines}
    if "notice.drafted" not in told:
        history.append(HistoryEntry(notice.created_at, _("Drafted"), author))
    if "notice.submitted" not in told and notice.submitted_at and notice.state != State.DRAFT:
        history.append(HistoryEntry(notice.submitted_at, _("Offered for release"), author, "busy"))
    return history


def _person_name(person: Person | None) -> str:
    return person.name if person else _("somebody who is no longer known here")


def _overridden_findings(notice: Notice, texts: Mapping[str, tuple[str, str, str]]) -> list[tuple[Override, str]]:
    """The findings that passed with a reason, each with the words it was about, as they stand in the text now."""
    given = list(notice.overrides.select_related("by").order_by("at"))
    found = check_texts_in_every_language(notice, texts, two_readers=True) if given else []
    words = {(one.language, one.finding.rule, excerpt_hash(one.finding.excerpt)): one.finding.excerpt for one in found}
    return [(one, words.get((one.language, one.rule, one.excerpt_hash), "")) for one in given]


def releasers_context(notice: Notice, *, at: datetime) -> dict[str, Any]:
    """Who is left to release a message by the plan in force, for its page: names, and whether there is nobody."""
    names = sorted(person.name for person in persons_who_may_release(notice, at=at))
    return {"second_persons": names, "nobody_is_left": not names}


def message_page_context(notice: Notice, person: Person, language: str, *, at: datetime) -> dict[str, Any]:
    """Everything the page of one message shows to ``person``."""
    area = notice.partnership.area
    writes = may(person, Permission.NOTICE_WRITE, area, at=at)
    writers = list(writers_of_notice(notice))
    wrote = person in writers
    waits = notice.state == State.SUBMITTED
    texts = title_core_and_more_by_language(notice)
    figures = message_tally(notice.relay.message) if hasattr(notice, "relay") else None
    return {
        "notice": notice,
        "row": notice_row(notice, language),
        "heard": count_acknowledgements(notice) if figures else 0,
        "answers": answers_to_notice(notice).count() if may(person, Permission.QUESTION_POLICE, area, at=at) else 0,
        "history": message_history(notice),
        "writers": sorted(one.name for one in writers),
        "texts": texts,
        "tally": figures,
        "has_table": may(person, Permission.DELIVERY_SEE, area, at=at),
        "is_moving": notice.state == State.RELEASED or bool(figures and figures.waiting),
        "part": reached_part(notice, at=at) if notice.state in BEFORE_RELAY else None,
        "places": destinations_of_notice(notice, person, language, at=at),
        "withdrawals": [
            _("%s takes a message back") % offer.partner.name
            for offer in withdrawn_offers_with_live_notice(person, at=at).filter(notice=notice)
        ],
        "lead": notice.lead,
        "bundles": list(notice.bundles.exclude(state=State.DROPPED)),
        "overrides": _overridden_findings(notice, texts),
        **leaving_and_expiry_times(notice, at=at),
        "may_edit": writes and notice.state == State.DRAFT,
        "may_take_up": writes and notice.state == State.DROPPED and notice.author_id is not None,
        "may_take_out": writes and notice.state == State.GATHERED,
        "may_take_back": waits and wrote,
        "may_release": waits and not wrote,
        **(releasers_context(notice, at=at) if waits else {}),
        "may_stop": can_notice_be_stopped(notice) and may(person, Permission.NOTICE_STOP, area, at=at),
        "may_publish": publishable_notices(person, at=at).filter(pk=notice.pk).exists(),
        "can_hand_over": notice.state in {State.RELEASED, State.RELAYED},
        "published": hasattr(notice, "publication"),
        "may_follow": writes and figures is not None,
        "may_repeat": writes and figures is not None and may_sent_notice_be_repeated(notice, at=at),
        "may_feed_back": writes and figures is not None and not KINDS[notice.kind].needs_origin,
    }
