"""How a person wants to be reached and led: hours, topics, together or at once, letters (R66, R115, R116)."""

from collections.abc import Collection
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.people.actions import NotYours
from plp.people.models import Muted, Person, Preference
from plp.people.queries import muted_topics
from plp.toolbox.moves import Refused


class BadHour(Refused):
    """Not an hour of the day or a day of the week."""

    sentence = _("Choose an hour and, for once a week, a day.")


@transaction.atomic
def set_quiet_hours(
    *,
    person: Person,
    quiet_from: time | None,
    quiet_until: time | None,
    alarm_breaks_quiet: bool,
    by: Person | None,
    at: datetime,
) -> None:
    """Quiet hours on a Belgian clock; an alarm breaks them only if the member says so (R115)."""
    Preference.objects.filter(person=person).update(
        quiet_from=quiet_from, quiet_until=quiet_until, alarm_breaks_quiet=alarm_breaks_quiet
    )
    note(verb="person.quiet_set", by=by, at=at, target=person)


@transaction.atomic
def set_pause(*, person: Person, until: datetime | None, by: Person, at: datetime) -> None:
    """Hold messages until a moment, or no more (``None`` or a past one).

    Only the person can: nobody else may know. Sealed, and never noted: it would tell who is away (T14).
    """
    if by.pk != person.pk:
        raise NotYours
    preference = Preference.objects.select_for_update().get(person=person)
    preference.paused_until = until.isoformat() if until and until > at else ""
    preference.save(update_fields=["paused_until"])


@transaction.atomic
def decline_push(*, person: Person, by: Person, at: datetime) -> None:
    """Want no notifications on a device: they are not offered again."""
    Preference.objects.filter(person=person).update(push_declined_at=at)
    note(verb="person.push_declined", by=by, at=at, target=person)


@transaction.atomic
def set_digest_schedule(
    *, person: Person, digest: str, hour: int, weekday: int, by: Person | None, at: datetime
) -> None:
    """Have what is not urgent come together: daily or weekly at ``hour`` (0-23), of ``weekday`` (0 is Monday).

    What waits already keeps its hour. Raises ``BadHour``.
    """
    if digest not in Preference.Digest.values or not (0 <= hour <= 23 and 0 <= weekday <= 6):
        raise BadHour
    Preference.objects.filter(person=person).update(digest=digest, digest_hour=hour, digest_weekday=weekday)
    note(verb="person.digest_set", by=by, at=at, target=person)


@transaction.atomic
def set_muted_topics(*, person: Person, topics: Collection[str], by: Person | None, at: datetime) -> None:
    """Want no messages of exactly these topics; the caller knows which topics there are and may be muted (R115)."""
    before = muted_topics(person)
    person.muted.exclude(topic__in=topics).delete()
    Muted.objects.bulk_create(Muted(person=person, topic=topic) for topic in sorted(set(topics) - before))
    note(verb="person.topics_set", by=by, at=at, target=person)


@transaction.atomic
def set_drill_participation(*, person: Person, joins: bool, by: Person | None, at: datetime) -> None:
    """Get drills of a message, or none: nobody gets one who did not say so."""
    if Preference.objects.filter(person=person, joins_drills=not joins).update(joins_drills=joins):
        note(verb="person.drills_set", by=by, at=at, target=person)


@transaction.atomic
def set_reading_aids(
    *,
    person: Person,
    large_print: bool,
    easy_to_read: bool,
    call_note: str,
    by: Person | None,
    at: datetime,
    shares_letters: bool = False,
) -> None:
    """Letters in very large type or easy to read, and a word for whoever calls (R66).

    ``shares_letters``: one letter for all of the home who wish so. ``call_note``: one of ``call_note_choices``;
    raises ``ValueError`` for another.
    """
    preference = Preference.objects.select_for_update().get(person=person)
    if call_note != preference.call_note:
        preference.call_note = Preference.CallNote(call_note).value
    preference.large_print, preference.easy_to_read = large_print, easy_to_read
    preference.shares_letters = shares_letters
    preference.save(update_fields=["large_print", "easy_to_read", "call_note", "shares_letters"])
    note(verb="person.reading_set", by=by, at=at, target=person)


@transaction.atomic
def hide_first_steps(*, person: Person, by: Person, at: datetime) -> None:
    """Show ``person`` their first steps no more. Raises ``NotYours``."""
    if by.pk != person.pk:
        raise NotYours
    Person.objects.filter(pk=person.pk).update(is_new=False)
    note(verb="person.first_steps_put_away", by=by, at=at, target=person)
