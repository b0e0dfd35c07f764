"""What somebody wishes and agrees to, row by row: hours, topics, helpers, lists of members, their own export."""

from datetime import UTC, datetime, time, timedelta

import pytest

from plp.accounts import actions as accounts
from plp.people import actions as people
from plp.people import buddies, preferences
from plp.people.batches import Newcomer, erase_persons_without_sign_in, register_persons
from plp.people.exercises import finished_counts_by_exercise, finished_exercises, record_finished_exercise
from plp.people.models import Consent, ContactPoint, Household, Person
from plp.people.privacy import export
from plp.people.queries import (
    buddy_agreements_in_force,
    distinct_digest_times,
    muted_topics,
    open_agreement_of_member,
    open_agreements_as_helper,
    open_agreements_of_either_side,
    paused_until,
)
from plp.places.models import Street
from tests.factories.cast import NOW, contact, person
from tests.factories.journalled import journalled, line

pytestmark = pytest.mark.django_db
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(days=3)
QUIET = {"quiet_from": time(22), "quiet_until": time(7), "alarm_breaks_quiet": True}
AIDS = {"large_print": True, "easy_to_read": True, "shares_letters": True}


@pytest.fixture
def street() -> Street:
    return Street.objects.create(nis="21004", register_id="1", name_fr="Rue de Verdun", name_nl="Verdunstraat")


@pytest.fixture
def mia(street: Street) -> Person:
    return people.register_person(
        name="Mia Voorbeeld", language="nl", street=street, house="12", is_new=True, by=None, at=NOW
    )


def test_each_wish_is_kept_and_noted_and_touches_nobody_else(mia: Person) -> None:
    bob = person("Bob Ex")
    mail, shop = contact(mia, "email", "mia@plp.test"), contact(mia, "sms", "+32470000001")
    theirs = contact(bob, "email", "bob@plp.test")

    with journalled() as lines:
        preferences.set_quiet_hours(person=mia, **QUIET, by=mia, at=LATER)
        preferences.decline_push(person=mia, by=mia, at=LATER)
        preferences.set_digest_schedule(person=mia, digest="weekly", hour=23, weekday=6, by=mia, at=LATER)
        for topics in (["burglary", "traffic"], ["traffic", "fire"]):
            preferences.set_muted_topics(person=mia, topics=topics, by=mia, at=LATER)
        preferences.set_reading_aids(person=mia, **AIDS, call_note="ring", by=mia, at=LATER)
        preferences.hide_first_steps(person=mia, by=mia, at=LATER)
        for joins in (True, True, False):
            preferences.set_drill_participation(person=mia, joins=joins, by=mia, at=LATER)
        for keys in ([mail.pk], [shop.pk, theirs.pk]):
            people.set_contacts_at_firm(person=mia, keys=keys, by=mia, at=LATER)
        record_finished_exercise(person=mia, exercise="report", by=mia, at=NOW)
        record_finished_exercise(person=mia, exercise="report", by=mia, at=LATER)

    verbs = ["quiet_set", "push_declined", "digest_set", "topics_set", "topics_set", "reading_set"]
    verbs += ["first_steps_put_away", "drills_set", "drills_set"]
    assert lines == [
        *(line(f"person.{verb}", mia, "", mia) for verb in verbs),
        *[line("contact.at_firm_set", mia, "", mia)] * 2,
        *[line("person.exercise_finished", mia, "", mia, exercise="report")] * 2,
    ]
    kept = Person.objects.get(pk=mia.pk)
    wishes = kept.preference
    assert {name: getattr(wishes, name) for name in QUIET} == QUIET
    assert (wishes.digest, wishes.digest_hour, wishes.digest_weekday) == ("weekly", 23, 6)
    assert {name: getattr(wishes, name) for name in AIDS} == AIDS
    assert (wishes.call_note, wishes.call_note_in_words) == ("ring", "Laissez sonner longtemps.")
    assert (wishes.push_declined_at, kept.is_new, muted_topics(kept)) == (LATER, False, {"traffic", "fire"})
    assert [point.address for point in ContactPoint.objects.filter(at_firm=True)] == ["+32470000001"]
    assert finished_exercises(kept) == {"report": LATER}
    assert finished_counts_by_exercise(Person.objects.values_list("pk", flat=True)) == {"report": 1}
    other = Person.objects.get(pk=bob.pk).preference
    assert (other.quiet_from, other.digest, other.large_print, other.push_declined_at) == (None, "", False, None)
    assert distinct_digest_times() == [("weekly", 23, 6)]
    with pytest.raises(people.NotYours):
        preferences.hide_first_steps(person=mia, by=bob, at=LATER)


@pytest.mark.parametrize(("digest", "hour", "weekday"), [("daily", -1, 0), ("weekly", 8, -1)])
def test_an_hour_before_the_first_is_no_wish(mia: Person, digest: str, hour: int, weekday: int) -> None:
    with pytest.raises(preferences.BadHour):
        preferences.set_digest_schedule(person=mia, digest=digest, hour=hour, weekday=weekday, by=None, at=NOW)

    preferences.set_digest_schedule(person=mia, digest="daily", hour=0, weekday=0, by=None, at=NOW)
    assert distinct_digest_times() == [("daily", 0, 0)]


@pytest.mark.parametrize("until", [None, NOW, NOW - timedelta(minutes=1)])
def test_a_pause_ends_with_none_and_with_a_moment_that_is_over(mia: Person, until: datetime | None) -> None:
    preferences.set_pause(person=mia, until=LAST, by=mia, at=NOW)

    preferences.set_pause(person=mia, until=until, by=mia, at=NOW)

    assert paused_until(Person.objects.get(pk=mia.pk)) is None


def test_somebody_receives_for_another_from_both_words_until_either_ends_it(mia: Person) -> None:
    zoe, bob = person("Zoë Dochter"), person("Bob Ex")
    everybody = Person.objects.values_list("pk", flat=True)

    with journalled() as lines:
        buddy = buddies.request_buddy(person=mia, helper=zoe, version="7", by=mia, at=NOW)
        with pytest.raises(buddies.BuddyExists):
            buddies.request_buddy(person=mia, helper=bob, version="7", by=mia, at=NOW)
        asked = (
            open_agreement_of_member(mia),
            list(open_agreements_as_helper(zoe)),
            list(buddy_agreements_in_force(everybody)),
        )
        news = [buddies.confirm_buddy(buddy=buddy, version="8", by=zoe, at=LATER) for _ in range(2)]
        agreed = (
            list(buddy_agreements_in_force(everybody)),
            list(open_agreements_of_either_side(mia)),
            list(open_agreements_of_either_side(zoe)),
        )
        moments = buddy.asked_at, buddy.agreed_at, buddy.ended_at
        ended = [buddies.end_buddy(buddy=buddy, by=zoe, at=LAST) for _ in range(2)]

    about = {"kind": "buddy", "subject": buddy.pk.hex}
    own, other = Consent.objects.get(person=mia), Consent.objects.get(person=zoe)
    assert lines == [
        line("consent.given", mia, "", own, **about, version="7"),
        line("buddy.asked", mia, "", buddy),
        line("consent.given", zoe, "", other, **about, version="8"),
        line("buddy.agreed", zoe, "", buddy),
        line("consent.withdrawn", zoe, "", mia, **about),
        line("consent.withdrawn", zoe, "", zoe, **about),
        line("buddy.ended", zoe, "", buddy),
    ]
    assert (asked, agreed) == ((buddy, [buddy], []), ([buddy], [buddy], [buddy]))
    assert (news, ended, moments, buddy.ended_at) == ([True, False], [True, False], (NOW, LATER, None), LAST)
    assert [(row.given_at, row.withdrawn_at) for row in (own, other)] == [(NOW, LAST), (LATER, LAST)]
    assert (
        open_agreement_of_member(mia),
        *open_agreements_as_helper(zoe),
        *buddy_agreements_in_force(everybody),
        *open_agreements_of_either_side(mia),
    ) == (None,)
    with pytest.raises(buddies.BuddyEnded):
        buddies.confirm_buddy(buddy=buddy, version="8", by=zoe, at=LAST)
    with pytest.raises(buddies.OwnHelper):
        buddies.request_buddy(person=mia, helper=mia, version="7", by=mia, at=NOW)


def test_a_list_is_registered_as_a_set_and_taken_back_but_for_who_signs_in(mia: Person, street: Street) -> None:
    clerk, day = person("Anne Exemple"), datetime(2026, 1, 5, tzinfo=UTC)
    contacts = [("sms", "+32470000002"), ("email", "Jan@plp.test")]
    newcomers = [
        Newcomer("Jan Modaal", "nl", contacts, street, "12"),
        Newcomer("Eva Exemple", "fr", [("paper", "Rue de Verdun 14")], street, "14"),
        Newcomer("Ida Muster", "de", []),
    ]

    with journalled() as lines:
        about = {"newcomers": newcomers, "version": "list 1", "consented_at": day, "confirmed": ["email"]}
        jan, eva, ida = register_persons(**about, by=clerk, at=NOW)

    assert lines == [line("person.registered_all", clerk, "", "", persons=3, contacts=3, version="list 1")]
    kept = [Person.objects.get(pk=row.pk) for row in (jan, eva, ida)]
    assert [(row.name, row.language, row.created_at) for row in kept] == [
        ("Jan Modaal", "nl", NOW),
        ("Eva Exemple", "fr", NOW),
        ("Ida Muster", "de", NOW),
    ]
    assert [(row.household and row.household.house, row.preference.paused_until) for row in kept] == [
        ("12", ""),
        ("14", ""),
        (None, ""),
    ]
    assert kept[0].household == mia.household
    assert kept[1].household.street == street
    points = jan.contacts.order_by("rank").values_list("channel", "rank", "created_at", "confirmed_at")
    assert list(points) == [("sms", 1, NOW, None), ("email", 2, NOW, NOW)]
    assert people.add_contact(person=jan, channel="email", address="jan@plp.test", by=None, at=NOW).rank == 2
    given = jan.consents.order_by("kind", "subject").values_list("kind", "subject", "version", "given_at")
    assert list(given) == [(*row, "list 1", day) for row in [("channel", "email"), ("channel", "sms"), ("joining", "")]]

    accounts.create_account(person=ida, email="ida@plp.test", password=None, by=None, at=NOW)
    with journalled() as lines:
        assert erase_persons_without_sign_in(keys=[jan.pk, eva.pk, ida.pk], by=clerk, at=LATER) == 2
    assert lines == [line("person.forgotten_all", clerk, "", "", persons=2)]
    assert {row.name for row in Person.objects.all()} == {"Mia Voorbeeld", "Anne Exemple", "Ida Muster"}
    assert list(Household.objects.all()) == [mia.household]


def test_an_export_holds_every_wish_and_every_moment(mia: Person) -> None:
    zoe, moments = person("Zoë Dochter"), [moment.isoformat() for moment in (NOW, LATER, LAST)]
    mail, phone = contact(mia, "email", "mia@plp.test"), contact(mia, "sms", "+32470000001", confirmed=False)
    people.mark_contact_failing(contact=mail, failure="full", by=None, at=LATER)
    people.stop_contact(contact=phone, how="sms", by=None, at=LAST)
    accounts.create_account(person=mia, email="mia@plp.test", password=None, by=None, at=NOW)
    preferences.set_quiet_hours(person=mia, **QUIET, by=mia, at=NOW)
    preferences.set_digest_schedule(person=mia, digest="daily", hour=8, weekday=2, by=mia, at=NOW)
    preferences.set_reading_aids(person=mia, **AIDS, call_note="ring", by=mia, at=NOW)
    preferences.set_muted_topics(person=mia, topics=["traffic", "fire"], by=mia, at=NOW)
    preferences.set_pause(person=mia, until=LAST, by=mia, at=NOW)
    preferences.set_drill_participation(person=mia, joins=True, by=mia, at=NOW)
    record_finished_exercise(person=mia, exercise="report", by=mia, at=LATER)
    people.record_consent(person=mia, kind="channel", subject="sms", version="1", by=mia, at=NOW)
    people.withdraw_consent(person=mia, kind="channel", subject="sms", by=mia, at=LAST)
    received, helping = (
        buddies.request_buddy(person=one, helper=other, version="2", by=None, at=LATER)
        for one, other in ((mia, zoe), (zoe, mia))
    )
    buddies.confirm_buddy(buddy=helping, version="2", by=mia, at=LATER)
    buddies.end_buddy(buddy=helping, by=mia, at=LAST)

    known = export(Person.objects.get(pk=mia.pk))
    consents = known.pop("consents")

    first, second, third = moments
    points = ("channel", "address", "order", "confirmed", "stopped", "comes_back", "comes_back_since")
    assert known == {
        "name": "Mia Voorbeeld",
        "language": "nl",
        "since": first,
        "street": "Verdunstraat",
        "house": "12",
        "account": "mia@plp.test",
        "quiet_from": "22:00:00",
        "quiet_until": "07:00:00",
        "alarm_breaks_quiet": True,
        "joins_drills": True,
        "paused_until": third,
        "digest": "daily",
        "digest_hour": 8,
        "digest_weekday": 2,
        "call_note": "Laat lang rinkelen.",
        **AIDS,
        "muted": ["fire", "traffic"],
        "exercises": {"report": second},
        "somebody_receives_for_me": [{"asked": second, "agreed": "", "ended": ""}],
        "i_receive_for_somebody": [{"asked": second, "agreed": second, "ended": third}],
        "contacts": [
            dict(zip(points, ("email", "mia@plp.test", 1, first, "", "full", second), strict=True)),
            dict(zip(points, ("sms", "+32470000001", 2, "", third, "", ""), strict=True)),
        ],
    }
    parts = ("what", "about", "text_version", "given", "withdrawn")
    assert consents[0] == dict(zip(parts, ("channel", "sms", "1", first, third), strict=True))
    assert {(one["what"], one["about"], one["withdrawn"]) for one in consents[1:]} == {
        ("buddy", received.pk.hex, ""),
        ("buddy", helping.pk.hex, third),
    }
    bare = export(zoe)
    assert (bare["street"], bare["house"], bare["account"], bare["quiet_from"], bare["quiet_until"]) == ("",) * 5
