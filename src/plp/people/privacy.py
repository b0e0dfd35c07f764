"""What this room knows of a person: how it is given out to them and how it is forgotten (R79, T51)."""

from typing import Any

from django.utils import translation

from plp.people.models import Buddy, Person

PERSONAL = {
    "people.Household.house": "exported; deleted with the last person behind the door",
    "people.Household.digest": "not exported: a look-up key; deleted with the household",
    "people.Person.name": "exported; deleted with the person",
    "people.ContactPoint.address": "exported; deleted with the person",
    "people.ContactPoint.digest": "not exported: a look-up key; deleted with the person",
    "people.Preference.paused_until": "exported; deleted with the person",
    "people.Preference.digest": "exported: whether messages come together; deleted with the person",
    "people.Preference.call_note": "exported; deleted with the person",
    "people.Muted.person": "exported as topics; deleted with the person",
    "people.Buddy.person": "exported; deleted with either person",
    "people.Buddy.helper": "exported as dates: the other one is not theirs to take along; deleted with either person",
    "people.Code.digest": "not exported: spent within ten minutes; deleted with the contact",
    "people.Code.browser": "not exported: spent within ten minutes; deleted with the contact",
}


def export(person: Person) -> dict[str, Any]:
    """Everything this room holds of ``person``, in plain values for JSON."""
    household = person.household
    preference = person.preference
    with translation.override(person.language):
        call_note = preference.call_note_in_words
    return {
        "name": person.name,
        "language": person.language,
        "since": person.created_at.isoformat(),
        "street": household.street.name(person.language) if household else "",
        "house": household.house if household else "",
        "account": person.account.email if hasattr(person, "account") else "",
        "quiet_from": str(preference.quiet_from or ""),
        "quiet_until": str(preference.quiet_until or ""),
        "alarm_breaks_quiet": preference.alarm_breaks_quiet,
        "paused_until": preference.paused_until,
        "digest": preference.digest,
        "digest_hour": preference.digest_hour,
        "digest_weekday": preference.digest_weekday,
        "large_print": preference.large_print,
        "easy_to_read": preference.easy_to_read,
        "joins_drills": preference.joins_drills,
        "shares_letters": preference.shares_letters,
        "call_note": call_note,
        "muted": sorted(person.muted.values_list("topic", flat=True)),
        "exercises": {
            finished.exercise: finished.finished_at.isoformat() for finished in person.exercises.order_by("exercise")
        },
        "somebody_receives_for_me": [_dates_for_export(buddy) for buddy in person.helped_by.order_by("asked_at")],
        "i_receive_for_somebody": [_dates_for_export(buddy) for buddy in person.helps.order_by("asked_at")],
        "contacts": [
            {
                "channel": contact.channel,
                "address": contact.address,
                "order": contact.rank,
                "confirmed": contact.confirmed_at.isoformat() if contact.confirmed_at else "",
                "stopped": contact.stopped_at.isoformat() if contact.stopped_at else "",
                "comes_back": contact.failure,
                "comes_back_since": contact.failed_at.isoformat() if contact.failed_at else "",
            }
            for contact in person.contacts.order_by("rank")
        ],
        "consents": [
            {
                "what": granted.kind,
                "about": granted.subject,
                "text_version": granted.version,
                "given": granted.given_at.isoformat(),
                "withdrawn": granted.withdrawn_at.isoformat() if granted.withdrawn_at else "",
            }
            for granted in person.consents.order_by("given_at")
        ],
    }


def _dates_for_export(buddy: Buddy) -> dict[str, str]:
    """When somebody was asked to receive for another, agreed and ended."""
    return {
        "asked": buddy.asked_at.isoformat(),
        "agreed": buddy.agreed_at.isoformat() if buddy.agreed_at else "",
        "ended": buddy.ended_at.isoformat() if buddy.ended_at else "",
    }
