"""A member by telephone or on paper: the coordinator records it on their word, each with a receipt (R66, R79)."""

import io
import re
from datetime import time, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from plp.accounts.models import Account
from plp.delivery.models import Dispatch
from plp.journal.models import Entry
from plp.membership.firms import set_firm_and_delete_deserted
from plp.membership.models import Membership
from plp.people.models import Buddy, ContactPoint, Household, Person
from plp.places.models import Street
from plp.portal.subjects.membership.self_service.deeds import recent_acts_of_others_for
from tests.factories.cast import Cast, contact, member
from tests.factories.firms import NUMBER, among_traders, trader
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia(cast: Cast) -> Membership:
    """A member with a landline and a mobile, away for a month."""
    someone = member(cast.here.partnership, "Mia Voorbeeld", "nl")
    contact(someone, "calls", "+3225551313")
    contact(someone, "sms", "+32475123456")
    someone.preference.paused_until = "2099-01-01T00:00:00+00:00"
    someone.preference.save()
    return someone.memberships.get()


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.here.coordinator)


def at(name: str, membership: Membership, *more: object) -> str:
    return reverse(f"membership:desk:{name}", args=[membership.pk, *more])


def purposes() -> list[tuple[str, str]]:
    return list(Dispatch.objects.order_by("pk").values_list("message__purpose", "channel"))


def test_a_page_of_a_member_shows_contacts_and_no_pause_and_is_noted(client: Client, mia: Membership) -> None:
    shown = client.get(at("member", mia)).content.decode()

    assert "Mia Voorbeeld" in shown
    assert "02\N{NO-BREAK SPACE}555\N{NO-BREAK SPACE}13\N{NO-BREAK SPACE}13" in shown
    assert "2099" not in re.sub("[0-9a-f-]{32,}", "", shown)  # keys of rows hold any figures
    assert Entry.objects.filter(verb="members.viewed", details__list="member").count() == 1


def test_a_correction_is_recorded_with_its_way_and_a_receipt(client: Client, mia: Membership) -> None:
    told = {
        "name": "Mia Voorbeelt",
        "language": "de",
        "large_print": "on",
        "easy_to_read": "on",
        "call_note": "slow",
        "way": "phone",
    }

    answer = client.post(at("correct", mia), told)

    person = Person.objects.get(pk=mia.person_id)
    assert answer.status_code == 302
    assert (person.name, person.language) == ("Mia Voorbeelt", "de")
    wish = person.preference
    assert (wish.large_print, wish.easy_to_read, wish.call_note) == (True, True, "slow")
    assert purposes() == [("people.changed", "sms")]
    assert Entry.objects.get(verb="membership.corrected_on_word").details == {
        "how": "phone",
        "done_for": str(mia.person_id),
    }


def test_a_correction_of_the_name_leaves_a_note_in_their_own_words(client: Client, mia: Membership) -> None:
    mia.person.preference.call_note = "Bel de buurvrouw"
    mia.person.preference.save()

    page = client.get(at("correct", mia)).text
    typed = {"name": "Mia Voorbeelt", "language": "nl", "call_note": "Bel de buurvrouw", "way": "phone"}
    answer = client.post(at("correct", mia), typed)

    person = Person.objects.get(pk=mia.person_id)
    assert '<option value="Bel de buurvrouw" selected>' in page
    assert (answer.status_code, person.name, person.preference.call_note) == (302, "Mia Voorbeelt", "Bel de buurvrouw")


def test_a_new_way_waits_to_be_proven(client: Client, mia: Membership) -> None:
    bad = client.post(at("reach", mia), {"channel": "email", "address": "nonsense", "way": "paper"})
    client.post(at("reach", mia), {"channel": "email", "address": "mia@plp.test", "way": "paper"})

    assert bad.status_code == 200
    point = ContactPoint.objects.get(channel="email")
    assert (point.address, point.confirmed_at) == ("mia@plp.test", None)
    assert mia.person.consents.get(subject="email").version == "word:paper"


def test_a_stop_by_telephone_has_its_receipt_as_the_last_word(client: Client, mia: Membership) -> None:
    point = mia.person.contacts.get(channel="sms")

    client.post(at("stop_contact", mia, point.pk), {"way": "phone"})

    point.refresh_from_db()
    assert point.stopped_at == AT
    assert purposes() == [("people.stop", "sms")]
    assert Entry.objects.get(verb="contact.stopped").details["how"] == "phone"


def test_somebody_is_asked_to_receive_and_it_is_ended(client: Client, mia: Membership) -> None:
    client.post(at("helper", mia), {"name": "Zoë Dochter", "address": "zoe@plp.test", "language": "fr"})
    asked = client.get(at("member", mia)).content.decode()
    client.post(at("end_helper", mia))

    assert "Asked, no answer yet." in asked
    assert Buddy.objects.get().ended_at == AT


def test_the_sheet_says_what_is_kept_and_nothing_that_nobody_may_know(client: Client, mia: Membership) -> None:
    answer = client.get(at("sheet", mia))

    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert all(word in words for word in ("Mia Voorbeeld", "02 555 13 13", "Nederlands", "in gebruik"))
    assert "2099" not in words


def test_erasing_needs_a_question_and_leaves_the_receipt_alone(client: Client, mia: Membership) -> None:
    asked = client.get(at("erase", mia)).content.decode()
    silent = client.post(at("erase", mia))
    assert Person.objects.filter(pk=mia.person_id).exists()

    receipt = client.post(at("erase", mia), {"way": "paper"}).content.decode()

    assert "cannot be undone" in asked
    assert silent.status_code == 200
    assert "Mia Voorbeeld gewist bij Haren" in receipt
    assert not Person.objects.filter(pk=mia.person_id).exists()
    assert client.get(at("member", mia)).status_code == 404


def test_whoever_has_a_sign_in_does_it_alone(client: Client, mia: Membership) -> None:
    Account.objects.create(person=mia.person, username="x", email="x@plp.test", created_at=AT)

    answers = [
        client.post(at("erase", mia), {"way": "door"}).content.decode(),
        client.post(at("reach", mia), {"channel": "email", "address": "m@plp.test", "way": "door"}).content.decode(),
    ]

    assert all("changes their own settings" in answer for answer in answers)
    assert not ContactPoint.objects.filter(channel="email").exists()


def test_the_street_of_a_member_is_named_in_the_language_of_the_page(client: Client, mia: Membership) -> None:
    names = {"name_fr": "Rue Haute", "name_nl": "Hoogstraat"}
    street = Street.objects.create(nis="21004", postcode="1130", register_id="1", folded="rue haute", **names)
    mia.person.household = Household.objects.create(street=street, house="12")
    mia.person.save()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    shown = client.get(at("member", mia)).content.decode()

    assert ("Rue Haute 12" in shown, "Hoogstraat 12" in shown) == (True, False)


@pytest.mark.parametrize(
    "name", ["member", "correct", "reach", "stop_contact", "helper", "end_helper", "sheet", "erase"]
)
def test_next_door_and_the_police_find_nobody(cast: Cast, mia: Membership, name: str) -> None:
    more = [mia.person.contacts.get(channel="sms").pk] if name == "stop_contact" else []

    for someone in (cast.next_door.coordinator, cast.officer):
        assert signed_in(someone).post(at(name, mia, *more), {"way": "phone"}).status_code == 404

    assert Person.objects.filter(pk=mia.person_id).exists()
    assert not ContactPoint.objects.exclude(stopped_at=None).exists()


def test_a_member_is_given_a_firm_on_their_word_where_there_are_firms(
    cast: Cast, client: Client, mia: Membership
) -> None:
    told = {"name": "Mia Voorbeeld", "language": "nl", "way": "phone", "firm_name": "Bar", "firm_number": "0123456748"}
    elsewhere = client.get(at("correct", mia)).content.decode()
    among_traders(cast.here.partnership)

    refused = client.post(at("correct", mia), told)
    kept = client.post(at("correct", mia), told | {"firm_name": "", "firm_number": ""})
    resident = Membership.objects.get(pk=mia.pk).firm
    answer = client.post(at("correct", mia), told | {"firm_number": "BE 0123.456.749", "firm_sector": "food"})
    firm = Membership.objects.get(pk=mia.pk).firm

    assert "firm_name" not in elsewhere
    assert (refused.status_code, {*refused.context["form"].errors}) == (200, {"firm_number", "firm_sector"})
    assert (kept.status_code, resident) == (302, None)
    assert (answer.status_code, firm is not None) == (302, True)
    assert firm is not None
    assert (firm.name, firm.number, firm.sector) == ("Bar", NUMBER, "food")
    assert 'value="0123.456.749"' in client.get(at("correct", mia)).content.decode()


def test_opening_hours_and_quiet_hours_are_recorded_on_their_word(cast: Cast, client: Client, mia: Membership) -> None:
    among_traders(cast.here.partnership)
    firm = trader(cast.here.partnership, "Els").firm
    set_firm_and_delete_deserted(mia, firm, by=mia.person, at=AT)
    landline = mia.person.contacts.get(channel="calls")
    told = {
        "hours_0": "9-12 13:30-18",
        "same_hours": "on",
        "at_firm": landline.pk.hex,
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "way": "phone",
    }

    answer = client.post(at("hours", mia), told)

    firm.refresh_from_db()
    landline.refresh_from_db()
    wishes = Person.objects.get(pk=mia.person_id).preference
    assert answer.status_code == 302
    assert firm.hours == ["09:00-12:00 13:30-18:00"] * 6 + [""]
    assert landline.at_firm
    assert (wishes.quiet_from, wishes.quiet_until) == (time(22), time(7))
    assert purposes() == [("people.changed", "sms")]
    assert Entry.objects.get(verb="membership.hours_set_on_word").details["how"] == "phone"
    assert "Open: Mon" in client.get(at("member", mia)).content.decode()
    deeds = recent_acts_of_others_for(mia.person, [mia], at=AT + timedelta(hours=1))
    assert [str(deed.words) for deed in deeds] == ["Opening hours and quiet hours"]


def test_quiet_hours_are_not_shown_stay_when_left_empty_and_end_on_their_word(client: Client, mia: Membership) -> None:
    wishes = mia.person.preference
    wishes.quiet_from, wishes.quiet_until = time(21), time(8)
    wishes.save()

    page = client.get(at("hours", mia))
    client.post(at("hours", mia), {"way": "phone"})
    wishes.refresh_from_db()
    kept = wishes.quiet_from
    client.post(at("hours", mia), {"way": "phone", "no_quiet": "on"})
    wishes.refresh_from_db()
    half = client.post(at("hours", mia), {"way": "phone", "quiet_from": "00:00"})

    assert "21:00" not in page.content.decode()
    assert (kept, wishes.quiet_from) == (time(21), None)
    assert list(half.context["form"].errors) == ["quiet_until"]


def test_whoever_has_a_sign_in_sets_their_hours_alone(cast: Cast, client: Client, mia: Membership) -> None:
    Account.objects.create(person=mia.person, email="mia@plp.test", created_at=AT)

    refused = client.post(at("hours", mia), {"way": "phone", "no_quiet": "on"})

    assert refused.status_code != 302
    assert not Entry.objects.filter(verb="membership.hours_set_on_word").exists()
