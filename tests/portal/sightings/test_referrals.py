"""A report for a service of the municipality: handed over in one touch, its outcome comes back by a link."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from plp.delivery.models import Dispatch
from plp.evaluation.queries.figures import figures_of
from plp.journal.models import Entry
from plp.people.models import Person
from plp.sightings.actions import referrals, sightings
from plp.sightings.actions.referrals import ServiceAddress
from plp.sightings.letters import signed_follow_up_path, signed_service_path
from plp.sightings.models import Referral, Sighting
from plp.sightings.refusals import NotReferable
from plp.toolbox.clock import local
from tests.factories.cast import contact
from tests.launch.ground import Ground
from tests.portal.signing import AT, signed_in
from tests.sightings.stage import PLATE, REPORTER, WORDS, sighting

pytestmark = pytest.mark.django_db
LAMP = "La lampe devant le 12 ne brûle plus."
TOWN = ServiceAddress("email", "travaux@commune.test")


def closed(ground: Ground, **changes: object) -> Sighting:
    """A report that the officer closed as one for another service."""
    filed = sighting(**changes)
    sightings.close_and_tell_reporter(sighting=filed, reason="elsewhere", words="", by=ground.officer, at=AT)
    return filed


def referred(ground: Ground, **changes: object) -> Referral:
    """The same, handed to the municipality."""
    filed = closed(ground, **changes)
    return referrals.refer_sighting_and_mail_service(sighting=filed, words=LAMP, to=TOWN, by=ground.officer, at=AT)


def opened_by_service(referral: Referral) -> tuple[Client, str]:
    """A browser of the service, at the page behind its link."""
    browser = Client(headers={"accept-language": "en"})
    answer = browser.get(f"/report/service/{signed_service_path(referral.pk)}/", follow=True)
    return browser, answer.content.decode()


def test_one_touch_hands_it_over_and_the_outcome_comes_back(ground: Ground, client: Client) -> None:
    filed = sighting(reporter=REPORTER, email=("email", "zoe@plp.test"))
    desk = signed_in(ground.officer)

    page = desk.post(reverse("sightings:close", args=[filed.pk]), {"reason": "elsewhere"}, follow=True)
    form = page.context["form"]
    desk.post(page.redirect_chain[-1][0], {"words": form["words"].value(), "email": "travaux@commune.test"})

    referral = Referral.objects.get()
    browser, shown = opened_by_service(referral)
    assert WORDS in shown
    assert not any(token in shown for token in (PLATE, *REPORTER, "zoe@plp.test"))
    said = browser.post(reverse("sightings:service"), {"outcome": "planned", "words": "Mardi."}, follow=True)
    assert "Thank you. Whoever reported it can read this." in said.content.decode()
    followed = client.get(f"/report/follow/{signed_follow_up_path(filed.pk)}/", follow=True).content.decode()
    assert "<strong>planned, not done yet</strong>" in followed
    assert "Mardi." in followed
    purposes = list(Dispatch.objects.values_list("message__purpose", flat=True))
    assert purposes.count("sighting.referred") == 1
    assert purposes.count("sighting.news") == 2  # that it was closed, and what the municipality says


def test_the_service_sees_who_reports_only_where_they_agreed(ground: Ground) -> None:
    _browser, shown = opened_by_service(referred(ground, reporter=REPORTER, service_sees_name=True))
    assert all(token in shown for token in REPORTER)
    assert not closed(ground, service_sees_name=True).service_sees_name


@pytest.mark.parametrize(("form", "begins"), [("json", b'{"reference"'), ("pdf", b"%PDF")])
def test_the_service_takes_it_along(ground: Ground, form: str, begins: bytes) -> None:
    browser, _shown = opened_by_service(referred(ground, reporter=REPORTER))

    answer = browser.post(reverse("sightings:service"), {"form": form})

    assert answer.content.startswith(begins)
    if form == "json":
        assert (json.loads(answer.content)["words"], json.loads(answer.content)["reporter"]) == (LAMP, None)


def test_without_an_address_the_police_pass_the_link_on(ground: Ground) -> None:
    filed = closed(ground)
    referrals.refer_sighting_and_mail_service(sighting=filed, words=LAMP, to=None, by=ground.officer, at=AT)

    page = signed_in(ground.officer).get(reverse("sightings:detail", args=[filed.pk])).content.decode()

    assert f"/report/service/{Referral.objects.get().pk}/" in page
    assert not Dispatch.objects.filter(message__purpose="sighting.referred").exists()


def test_what_is_not_theirs_comes_back_to_the_officer(ground: Ground) -> None:
    referral = referred(ground)
    contact(ground.officer, "email", "officer@plp.test")

    referrals.record_referral_outcome_and_notify(referral=referral, outcome="not_ours", words="", by=None, at=AT)

    copy = Dispatch.objects.get(message__purpose="sighting.referral_back")
    assert copy.contact.person_id == ground.officer.pk
    assert Entry.objects.get(verb="sighting.referral_outcome").actor == ""


def test_only_what_is_for_another_service_goes_there_once(ground: Ground) -> None:
    known = sighting()
    sightings.close_and_tell_reporter(sighting=known, reason="known", words="", by=ground.officer, at=AT)
    for report in (known, sighting(), referred(ground).sighting):
        with pytest.raises(NotReferable):
            referrals.refer_sighting_and_mail_service(sighting=report, words=LAMP, to=None, by=ground.officer, at=AT)
        answer = signed_in(ground.officer).get(reverse("sightings:refer", args=[report.pk]), follow=True)
        assert answer.redirect_chain == [(reverse("sightings:detail", args=[report.pk]), 302)]
        assert "Close this report first, as one with which another service deals." in answer.text


def test_the_address_of_the_last_time_stands_there(ground: Ground) -> None:
    referred(ground)
    page = signed_in(ground.officer).get(reverse("sightings:refer", args=[closed(ground).pk])).content.decode()
    assert 'value="travaux@commune.test"' in page


def test_nobody_else_hands_over_and_a_forged_link_opens_nothing(ground: Ground, client: Client) -> None:
    referral, filed = referred(ground), closed(ground)
    for person in (ground.coordinator, ground.cast.foreign_officer):
        assert signed_in(person).post(reverse("sightings:refer", args=[filed.pk]), {"words": "x"}).status_code == 404
    assert client.get(f"/report/service/{referral.pk}/zz/").status_code == 404
    assert client.get(reverse("sightings:service")).status_code == 404


def test_all_goes_with_the_report_and_the_count_stays(ground: Ground) -> None:
    referral = referred(ground)
    service = referral.service

    sightings.erase_old_sightings(by=None, at=AT + timedelta(days=31))

    referral.refresh_from_db()
    assert (referral.words, referral.address, referral.service) == ("", "", "")
    assert not Person.objects.filter(pk=service).exists()
    browser, shown = opened_by_service(referral)
    assert LAMP not in shown
    browser.post(reverse("sightings:service"), {"outcome": "done"})
    day = local(AT).date()
    figures = figures_of(ground.cast.here.partnership, day, day, at=AT)
    assert (figures.referred, figures.referred_done) == (1, 1)
