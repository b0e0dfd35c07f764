"""The pages between installations: the chief meets, the officer answers what is offered, nobody else sees any of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plp.exchange import actions as exchange
from plp.exchange.letter_format import letter_file
from plp.exchange.models import PartnerInstallation, SupralocalOffer
from plp.exchange.queries import verification_words_of
from plp.exchange.states import PartnerState
from plp.mandates.grants import Role
from plp.notices.models import Notice
from plp.places.models import Area
from tests.exchange.peer import Peer, connected, met
from tests.exchange.test_offers import offered as offered_there
from tests.factories.cast import NOW, Cast, hold, person
from tests.notices.test_notices import drafted
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db
HERE = "/installations/"


@pytest.fixture
def chief(cast: Cast) -> Client:
    return signed_in(cast.chief)


@pytest.fixture
def officer(cast: Cast) -> Client:
    return signed_in(cast.officer)


def offered(cast: Cast) -> SupralocalOffer:
    """A message of another installation waits."""
    peer, _partner = connected(cast)
    peer.send("offer", peer.offer())
    return SupralocalOffer.objects.get()


def test_a_chief_invites_and_gets_the_text_to_send(cast: Cast, chief: Client) -> None:
    page = chief.post(HERE, {"act": "invite", "invite-area": cast.zone.pk}, follow=True)

    assert "plp-invitation-1." in page.text
    assert PartnerInstallation.objects.get().made_by == cast.chief


def test_a_chief_answers_compares_and_confirms(cast: Cast, chief: Client) -> None:
    typed = {"act": "answer", "answer-area": cast.zone.pk, "answer-invitation": Peer().invitation()}

    page = chief.post(HERE, typed, follow=True)
    partner = PartnerInstallation.objects.get()
    unread = chief.post(f"{HERE}{partner.pk}/", {})
    chief.post(f"{HERE}{partner.pk}/", {"words_agree": "on"})

    partner.refresh_from_db()
    assert all(f"<li>{word}</li>" in page.text for word in verification_words_of(partner))
    assert unread.status_code == 200
    assert partner.confirmed_by == cast.chief


def test_what_is_no_invitation_is_said_at_its_field_and_stays(chief: Client, cast: Cast) -> None:
    typed = {"act": "answer", "answer-area": cast.zone.pk, "answer-invitation": "plp-invitation-1.abc"}

    page = chief.post(HERE, typed)

    assert page.status_code == 409
    assert "plp-invitation-1.abc" in page.text
    assert "This is no invitation." in page.text
    assert 'href="#id_answer-invitation"' in page.text


def test_letters_go_and_come_on_a_stick(cast: Cast, chief: Client) -> None:
    peer, partner = met(cast)

    out = chief.post(f"{HERE}{partner.pk}/letters")
    file = SimpleUploadedFile("letters.plp", letter_file([peer.letter("confirmed")]))
    chief.post(HERE, {"act": "file", "file-file": file})
    broken = chief.post(HERE, {"act": "file", "file-file": SimpleUploadedFile("a.doc", b"PK")})

    partner.refresh_from_db()
    assert out.content.startswith(b"plp-letters-1\n")
    assert partner.confirmed_there_at is not None
    assert broken.context["file"].errors["file"]


def test_an_exchange_is_ended_after_a_question(cast: Cast, chief: Client) -> None:
    _peer, partner = connected(cast)

    asked = chief.get(f"{HERE}{partner.pk}/end/")
    chief.post(f"{HERE}{partner.pk}/end/")

    partner.refresh_from_db()
    assert asked.status_code == 200
    assert partner.state == PartnerState.ENDED


def test_who_is_no_chief_of_the_zone_finds_nothing(cast: Cast, officer: Client) -> None:
    _peer, partner = met(cast)
    reader = person("Rita Lectrice")
    hold(reader, Role.FEDERAL, Area.objects.get(path="be/"))
    other_chief = person("Ben Ander")
    hold(other_chief, Role.CHIEF, Area.objects.get(path="be/z10/"))

    assert officer.get(HERE).status_code in {403, 404}
    assert officer.get(f"{HERE}{partner.pk}/").status_code in {403, 404}
    assert signed_in(other_chief).get(f"{HERE}{partner.pk}/").status_code == 404
    assert signed_in(other_chief).post(f"{HERE}{partner.pk}/letters").status_code == 404


def test_an_officer_finds_the_offer_on_the_desk_and_makes_a_draft_of_it(cast: Cast, officer: Client) -> None:
    offer = offered(cast)
    where = f"{HERE}offers/{offer.pk}/"

    assert where in officer.get("/police/").text
    assert where in officer.get("/").text
    assert "Fermez vos portes." in officer.get(where).text
    nothing = officer.post(where, {})
    answer = officer.post(where, {"partnerships": [cast.here.partnership.pk]})

    notice = Notice.objects.get()
    assert nothing.context["form"].errors["partnerships"]
    assert answer.url == f"/police/{notice.pk}/edit/"
    assert officer.get(where).status_code == 404


def test_an_officer_refuses_with_a_reason_and_what_was_typed_stays(cast: Cast, officer: Client) -> None:
    offer = offered(cast)

    short = officer.post(f"{HERE}offers/{offer.pk}/refuse/", {"because": "non"})
    officer.post(f"{HERE}offers/{offer.pk}/refuse/", {"because": "Rien de tel chez nous."})

    offer.refresh_from_db()
    assert ">non</textarea>" in short.text.replace("\n", "")
    assert offer.because == "Rien de tel chez nous."


def test_an_officer_elsewhere_does_not_find_it(cast: Cast) -> None:
    offer = offered(cast)

    browser = signed_in(cast.foreign_officer)
    assert browser.get(f"{HERE}offers/{offer.pk}/").status_code == 404
    assert str(offer.pk) not in browser.get("/police/").text


def test_a_draft_is_offered_to_the_installations_that_are_ticked(cast: Cast, officer: Client) -> None:
    _peer, partner = connected(cast)
    lead = drafted(cast, "alarm")
    page = officer.get(f"/police/{lead.pk}/reach/")

    officer.post(f"/police/{lead.pk}/reach/", {"who": "all", "partners": [partner.pk]})

    assert "Zone Elders" in page.text
    assert SupralocalOffer.objects.get(is_ours=True).notice == lead
    assert "Zone Elders" in officer.get(f"/police/{lead.pk}/").text


def test_what_is_taken_back_is_a_task(cast: Cast, officer: Client) -> None:
    peer, _partner = connected(cast)
    content = peer.offer()
    peer.send("offer", content)
    offer = SupralocalOffer.objects.get()
    notice = exchange.accept_offer_and_draft_notice(
        offer=offer, partnerships=[cast.here.partnership], by=cast.officer, at=NOW
    )

    peer.send("withdrawn", {"offer": content["offer"]})

    assert f"/police/{notice.pk}/" in officer.get("/").text
    told = "Zone Elders takes a message back"
    assert told in officer.get(f"/police/{notice.pk}/").text
    Notice.objects.update(state="dropped")
    assert told not in officer.get(f"/police/{notice.pk}/").text


def test_who_stops_a_message_reads_where_else_it_was_taken_over(cast: Cast, officer: Client) -> None:
    peer, lead = offered_there(cast)

    waiting = officer.get(f"/police/{lead.pk}/stop/").text
    peer.send("accepted", {"offer": peer.inbox()[0]["content"]["offer"], "partnerships": 1})
    accepted = officer.get(f"/police/{lead.pk}/stop/").text

    assert ("Also taken over by" in waiting, "Also taken over by: Zone Elders." in accepted) == (False, True)


def test_the_register_of_a_reader_holds_what_other_installations_told(cast: Cast) -> None:
    reader, country = person("Rita Lectrice"), Area.objects.get(path="be/")
    hold(reader, Role.FEDERAL, country)
    peer = Peer()
    partner = exchange.accept_invitation(invitation=peer.invitation(), area=country, by=reader, at=NOW)
    exchange.confirm_partner(partner=partner, words_agree=True, by=reader, at=NOW)
    peer.send("confirmed")
    entry = {"key": "elders-1", "members": None, "years": {"2025": {"messages": 4, "meetings": 1, "members": 60}}}
    peer.send("register", {"taken_on": "2026-11-25", "keys": ["elders-1"], "entries": [entry]})

    table = signed_in(reader).get("/zone/register.csv").text

    assert "elders-1" in table
    assert "haren" in table
