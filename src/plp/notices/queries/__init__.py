"""Reads about notices, always within the scope of a person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from plp.charter.kinds import KINDS
from plp.charter.models import PlanRule
from plp.charter.queries import NoPlan, required_plan_rule
from plp.charter.rules import next_sending_time
from plp.delivery import queries as delivery
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.mandates.scopes import AreaScope
from plp.membership.buddies import contacts_of_members_and_helpers
from plp.membership.queries import partnerships_of_member as partnerships_of
from plp.notices.models import Notice, NoticeText, NoticeWriter, Override
from plp.notices.queries.answers import contacts_of_answerers
from plp.notices.queries.targets import doors_in_target_of_notice, is_for_firms_alone_or_none_if_both
from plp.notices.rules import excerpt_hash, expiry_time_within_plan_limit, released_content_hash
from plp.notices.rules.release import earliest_sending_time
from plp.notices.states import State
from plp.partnership.gates import OVER
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.partnership.queries import QUARTER, partnerships_by_keys
from plp.people.households import lives_behind_doors_condition
from plp.people.models import ContactPoint, Person
from plp.people.queries import contacts_not_muted
from plp.places.models import Area
from plp.wording.catalogue.composer import addition_and_its_language
from plp.wording.check import Finding, check

DESK = (Permission.NOTICE_WRITE, Permission.NOTICE_RELEASE)  # one of them opens the officer's desk
RECEIVED = (State.RELEASED, State.RELAYED, State.RETRACTED, State.EXPIRED)


def with_people_message_and_texts(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """The same with who wrote, released and relayed each, its message and its texts: for the page of one."""
    selected = notices.prefetch_related(None).select_related(
        "partnership__area", "author", "release__by", "relay__by", "relay__message"
    )
    return selected.prefetch_related("texts")


def notices_person_writes_or_releases(person: Person | None, *, at: datetime) -> QuerySet[Notice]:
    """The notices that ``person`` may write or release, by area: the officer's desk. A quarter is read once, not once
    a row.
    """
    return notices_in_areas(permitted_areas(person, *DESK, at=at)).prefetch_related(QUARTER)


def notices_in_areas(areas: AreaScope) -> QuerySet[Notice]:
    """The notices of these areas, the newest first."""
    return Notice.objects.filter(partnership__area__in=areas).order_by("-created_at", "pk")


SUBMITTED = OpenRows(
    f"FROM notices_notice t WHERE t.state = '{State.SUBMITTED}' AND t.partnership_id IN {{partnerships}}"
)
DRAFTS = OpenRows(f"FROM notices_notice t WHERE t.state = '{State.DRAFT}' AND t.partnership_id IN {{partnerships}}")
RELEASED = OpenRows(
    f"FROM notices_notice t WHERE t.state = '{State.RELEASED}' AND t.partnership_id IN {{partnerships}}"
)
JUST_RELAYED = OpenRows(
    f"FROM notices_relay r JOIN notices_notice t ON t.id = r.notice_id WHERE t.state = '{State.RELAYED}' "
    "AND r.at > {since} AND t.partnership_id IN {partnerships}",
    age=timedelta(days=2),
)


PROMISED = OpenRows(  # relayed, the plan promises feedback, and neither that nor a correction has reached the members
    f"""
    FROM notices_notice t
    JOIN charter_communicationplan p ON p.partnership_id = t.partnership_id AND p.state = 'in_force'
    JOIN charter_planrule r ON r.plan_id = p.id AND r.kind = t.kind AND r.feedback_hours IS NOT NULL
    WHERE t.state = '{State.RELAYED}' AND t.partnership_id IN {{partnerships}} AND NOT EXISTS (
      SELECT 1 FROM notices_notice f WHERE f.relayed_at IS NOT NULL AND (f.answers_id = t.id OR f.corrects_id = t.id)
    )"""  # noqa: S608 - our own words
)


def notices_awaiting_release_by(person: Person, *, at: datetime) -> QuerySet[Notice]:
    """What waits for ``person`` as second person: every word is by others (T1)."""
    return _notices_to_release(permitted_areas(person, Permission.NOTICE_RELEASE, at=at), person.pk)


def _notices_to_release(areas: AreaScope, person: UUID) -> QuerySet[Notice]:
    mine = NoticeWriter.objects.filter(notice=OuterRef("pk"), person=person)
    waiting = Notice.objects.filter(~Exists(mine), partnership__area__in=areas, state=State.SUBMITTED)
    return waiting.exclude(partnership__state__in=OVER).order_by("submitted_at")


def count_notices_to_release_and_relay(area: Area) -> tuple[int, int]:
    """How many messages of ``area`` and what lies in it wait to be released, and how many to be relayed."""
    states = Notice.objects.filter(partnership__area__path__startswith=area.path).values_list("state", flat=True)
    waiting = list(states.filter(state__in=[State.SUBMITTED, State.RELEASED]))
    return waiting.count(State.SUBMITTED), waiting.count(State.RELEASED)


def list_notices_awaiting_release_by(person: Person, *, at: datetime) -> list[Notice]:
    """What ``notices_awaiting_release_by`` finds."""
    return list(notices_awaiting_release_by(person, at=at)) if SUBMITTED.may_exist_for(person) else []


def notices_for_coordinators(areas: AreaScope) -> QuerySet[Notice]:
    """What the police made available to the coordinators of these areas, newest first."""
    notices = Notice.objects.filter(partnership__area__in=areas, state__in=RECEIVED)
    return notices.select_related("release").order_by("-release__at", "pk")


def _keys_and_kinds_of_notices_to_relay(areas: AreaScope) -> QuerySet[Notice, tuple[UUID, str]]:
    rows = Notice.objects.filter(partnership__area__in=areas, state=State.RELEASED)
    rows = rows.exclude(partnership__state__in=OVER)
    return rows.order_by("-release__at").values_list("pk", "kind")


def kinds_of_notices_to_relay(person: Person, *, at: datetime) -> dict[UUID, str]:
    """What ``person`` is to relay as coordinator, with its kind, the newest first: one query."""
    if not RELEASED.may_exist_for(person):
        return {}
    return dict(_keys_and_kinds_of_notices_to_relay(permitted_areas(person, Permission.NOTICE_RECEIVE, at=at)))


def _keys_relayed_since(areas: AreaScope, kinds: Sequence[str], since: datetime) -> QuerySet[Notice, tuple[UUID, UUID]]:
    rows = Notice.objects.filter(partnership__area__in=areas, kind__in=kinds, state=State.RELAYED)
    rows = rows.exclude(partnership__state__in=OVER)
    return rows.filter(relay__at__gt=since).values_list("relay__message", "pk")


def running_urgent_notices_by_message(person: Person, since: datetime, *, at: datetime) -> dict[UUID, UUID]:
    """Message and notice of what is urgent, was relayed after ``since``, has not ended, and is looked after by
    ``person``.
    """
    urgent = [key for key, kind in KINDS.items() if kind.urgent]
    relayed = _keys_relayed_since(permitted_areas(person, Permission.MEMBERS_MANAGE, at=at), urgent, since)
    return dict(relayed.exclude(relay__message__expires_at__lte=at))


def notices_sent_to_member(person: Person, *, at: datetime) -> QuerySet[Notice]:
    """What was sent to the members of the partnerships of ``person``, newest first.

    What went to a part of a quarter is shown to those alone who got it; what is to leave at a set hour, not before.
    """
    got_it = delivery.copies_to_current_contacts(person).filter(message=OuterRef("relay__message"))
    sent = Notice.objects.filter(partnership__in=partnerships_of(person), relayed_at__isnull=False)
    sent = sent.filter(Q(target_area__isnull=True) | Exists(got_it)).exclude(send_at__gt=at)
    return sent.select_related("relay__message").prefetch_related(QUARTER, "texts").order_by("-relayed_at")


def _titles_of_notices(keys: Sequence[UUID]) -> QuerySet[NoticeText, tuple[UUID, str, str]]:
    return NoticeText.objects.filter(notice__in=keys).order_by("language").values_list("notice", "language", "title")


@dataclass(frozen=True)
class Headings:
    """Of the notices of a page: the titles of each by language, and the quarters."""

    titles: Mapping[UUID, Mapping[str, str]]
    quarters: Mapping[UUID, Partnership]

    def title(self, notice: Notice, language: str) -> str:
        """In the reader's language, else in one of its quarter, else in any; empty if there is none."""
        titles = self.titles[notice.pk]
        order = [language, *self.quarters[notice.partnership_id].languages, *titles]
        return next((titles[candidate] for candidate in order if titles.get(candidate)), "")

    def quarter(self, notice: Notice, language: str) -> str:
        """The name of its quarter."""
        return self.quarters[notice.partnership_id].name(language)


def headings_of_notices(notices: Sequence[Notice]) -> Headings:
    """What stands over each of these notices: two queries, and none for no notice."""
    titles: dict[UUID, dict[str, str]] = {notice.pk: {} for notice in notices}
    for key, language, title in _titles_of_notices(sorted(titles)):
        titles[key][language] = title
    quarters = partnerships_by_keys(sorted({notice.partnership_id for notice in notices}))
    return Headings(titles, {quarter.pk: quarter for quarter in quarters})


def heading_of_loaded_notice(notice: Notice) -> Headings:
    """The same of one notice whose texts and quarter were read with it."""
    titles = {text.language: text.title for text in notice.texts.all()}
    return Headings({notice.pk: titles}, {notice.partnership_id: notice.partnership})


def title_core_and_more_by_language(notice: Notice) -> dict[str, tuple[str, str, str]]:
    """Title, core and more per language."""
    return {row.language: (row.title, row.core, row.more) for row in notice.texts.all()}


def easy_texts_of_notice(notice: Notice) -> dict[str, str]:
    """The message in easy language, in each language in which it was composed."""
    return {row.language: row.easy for row in notice.texts.all() if row.easy}


def hash_of_current_content(notice: Notice, texts: Mapping[str, tuple[str, str, str]]) -> str:
    """The hash of the texts as they stand now, in easy language too."""
    choices = {
        "target_area": notice.target_area,
        "send_at": notice.send_at.isoformat() if notice.send_at else "",
        "newcomers": notice.reaches_newcomers,
        "easy": easy_texts_of_notice(notice),
    }
    return released_content_hash(texts, kind=notice.kind, expires_at=notice.expires_at, choices=choices)


def time_notice_ends(notice: Notice, *, at: datetime) -> datetime | None:
    """When it ends: as it was relayed, else by the plan in force, counted from its release or from that of the message
    of which it is a copy, however late it is relayed (R111). One that was not released yet counts from ``at``.
    """
    if hasattr(notice, "relay"):
        return notice.relay.message.expires_at
    try:
        rule = required_plan_rule(notice.partnership, notice.kind, at=at)
    except NoPlan:
        return notice.expires_at
    first = notice.lead or notice
    released_at = first.release.at if hasattr(first, "release") else at
    return expiry_time_within_plan_limit(notice.expires_at, rule, send_at=notice.send_at, released_at=released_at)


def has_notice_ended(notice: Notice, *, at: datetime) -> bool:
    """Whether its end has come."""
    ends_at = time_notice_ends(notice, at=at)
    return ends_at is not None and ends_at <= at


def does_notice_end_before_leaving(notice: Notice, *, at: datetime) -> bool:
    """Whether its end comes before the plan lets it leave: every copy would expire while it waits."""
    ends_at = time_notice_ends(notice, at=at)
    if ends_at is None:
        return False
    try:
        rule = required_plan_rule(notice.partnership, notice.kind, at=at)
    except NoPlan:
        return ends_at <= at
    return ends_at <= next_sending_time(rule, earliest_sending_time(notice.send_at, at))


def can_notice_be_stopped(notice: Notice) -> bool:
    """Whether it waits or is on its way, here or, where it expired here, as a copy elsewhere."""
    alive = (State.RELEASED, State.RELAYED)
    return notice.state in alive or (notice.state == State.EXPIRED and notice.copies.filter(state__in=alive).exists())


def may_sent_notice_be_repeated(notice: Notice, *, at: datetime) -> bool:
    """Whether a message that was sent may be said again: what is urgent only until it ends or is stopped (R111)."""
    return not KINDS[notice.kind].urgent or (notice.state == State.RELAYED and not has_notice_ended(notice, at=at))


@dataclass(frozen=True)
class CheckedFinding:
    """A finding of the message check in one language, and the reason for which an officer let it pass, if any."""

    language: str
    finding: Finding
    reason: str
    text: str  # title, core and more, in which the finding has its place

    @property
    def blocks(self) -> bool:
        """Whether it keeps the message from leaving."""
        return self.finding.severity == "hold" and not self.reason


def is_official_and_prosecutor_consulted(notice: Notice) -> bool:
    """Whether it is an official notice: its reference is given and the prosecutor agreed to its words (R77, R125)."""
    return KINDS[notice.kind].needs_reference and bool(notice.official_reference and notice.prosecutor_consulted_on)


def check_texts_in_every_language(
    notice: Notice, texts: Mapping[str, tuple[str, str, str]], *, two_readers: bool = False
) -> list[CheckedFinding]:
    """Every finding in every language of the notice (R73), with the overrides already given.

    A copy is judged as the message it came from: what passed there with a reason passes here (R120). In an official
    notice nothing holds: its words are the prosecutor's, and each finding is only shown. ``two_readers``: for who
    writes or releases, as the second reader weighs it (ADR 90); of its doubts no record is kept. A doubt about words
    that stand untranslated in a text counts in the text of their own language alone.
    """
    overrides = Override.objects.filter(notice__in=[key for key in (notice.pk, notice.lead_id) if key])
    reasons = {(row.language, row.rule, row.excerpt_hash): row.reason for row in overrides}
    desks = [notice.partnership, *([notice.lead.partnership] if notice.lead else [])]
    numbers = [desk.contact_phone for desk in desks if desk.contact_phone]
    official = is_official_and_prosecutor_consulted(notice)
    return [
        CheckedFinding(
            language,
            replace(finding, severity="warn") if official else finding,
            reasons.get((language, finding.rule, excerpt_hash(finding.excerpt)), ""),
            text,
        )
        for language, text in sorted((language, "\n\n".join(words)) for language, words in texts.items())
        for finding in check(
            text, language=language, kind=notice.kind, official_numbers=numbers, two_readers=two_readers
        ).findings
        if finding.severity == "hold" or not _is_in_untranslated_addition(notice, texts, language, finding.excerpt)
    ]


def _is_in_untranslated_addition(notice: Notice, texts: Collection[str], language: str, excerpt: str) -> bool:
    """Whether an excerpt stands in an officer's own words that the text of ``language`` has in another of ``texts``."""
    additions = (notice.composition or {}).get("additions", {})
    addition, written = addition_and_its_language(additions, language)
    return written != language and written in texts and excerpt in addition


def contacts_of_notice_audience(notice: Notice) -> QuerySet[ContactPoint]:
    """Whom the notice goes to: every member who did not mute its kind (R115), and whoever receives for one (R66).

    A correction or feedback goes to exactly those who got the first (F27, R112), feedback also to where somebody
    answered from; what is meant for a part of the quarter, or for firms or residents, to those alone.
    """
    origin = notice.corrects or notice.answers
    if origin is not None:
        reached = delivery.contacts_perhaps_reached(origin.relay.message)
        return reached | contacts_of_answerers(origin) if notice.answers else reached
    doors = doors_in_target_of_notice(notice)
    living = lives_behind_doors_condition(doors) if doors else None
    return contacts_not_muted(
        contacts_of_members_and_helpers(
            notice.partnership, person_condition=living, has_firm=is_for_firms_alone_or_none_if_both(notice)
        ),
        notice.kind,
    )


def _notices_without_promised_feedback(areas: AreaScope) -> QuerySet[Any]:
    living = notices_in_areas(areas).exclude(partnership__state__in=OVER)  # nobody hears of an outcome after an end
    return notices_with_promised_feedback(relayed_without_feedback_or_correction(living))


def _keys_of_notices_without_feedback(areas: AreaScope, keys: Sequence[UUID]) -> QuerySet[Any, UUID]:
    return (
        relayed_without_feedback_or_correction(notices_in_areas(areas))
        .filter(pk__in=keys)
        .order_by()
        .values_list("pk", flat=True)
    )


def notices_owing_feedback_by_person(person: Person, *, at: datetime) -> list[tuple[Notice, datetime]]:
    """Relayed notices of ``person``'s desk for which the plan promised feedback that was not given yet (R112)."""
    if not PROMISED.may_exist_for(person):
        return []
    areas = permitted_areas(person, *DESK, at=at)
    promised = list(_notices_without_promised_feedback(areas))
    copied = {notice.lead_id for notice in promised if notice.lead_id}  # feedback to a message goes to its copies, too
    leads = set(_keys_of_notices_without_feedback(areas, sorted(copied))) if copied else set()
    due = [
        (notice, notice.relayed_at + timedelta(hours=notice.hours))
        for notice in promised
        if notice.relayed_at and notice.lead_id not in leads
    ]
    return sorted(due, key=lambda pair: pair[1])


def relayed_without_feedback_or_correction(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those that reached the members and that neither feedback nor a correction followed."""
    relayed = notices.filter(state=State.RELAYED)
    return relayed.exclude(answered_by__relayed_at__isnull=False).exclude(corrected_by__relayed_at__isnull=False)


def notices_with_promised_feedback(notices: QuerySet[Notice]) -> QuerySet[Any]:
    """Those for which the plan in force promises feedback, with the promised ``hours`` (R112)."""
    rules = PlanRule.objects.filter(
        plan__partnership=OuterRef("partnership"), plan__state="in_force", kind=OuterRef("kind")
    )
    return notices.annotate(hours=Subquery(rules.values("feedback_hours")[:1])).filter(hours__isnull=False)


def count_persons_in_partnership(notice: Notice, partnership: Partnership, *, at: datetime) -> int:
    """How many persons of another partnership to which a draft also goes it would be queued for now, by the channels
    of the plan there. Raises ``NoPlan``.
    """
    return count_persons_in_audience(Notice(partnership=partnership, kind=notice.kind, reason=notice.reason), at=at)


def count_persons_in_audience(notice: Notice, *, at: datetime) -> int:
    """How many persons the notice would be queued for now, by the channels of the plan. Raises ``NoPlan``."""
    channels = required_plan_rule(notice.partnership, notice.kind, at=at).channels
    usable = contacts_of_notice_audience(notice).filter(
        channel__in=channels, stopped_at=None, confirmed_at__isnull=False
    )
    return usable.values("person").distinct().count()
