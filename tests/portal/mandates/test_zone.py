"""The chief of corps designates and ends the police of the zone (R53)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from plp.accounts.models import Account
from plp.delivery.models import MessageText
from plp.mandates.grants import Permission, Role
from plp.mandates.models import BY_OPERATOR, Mandate
from plp.mandates.queries import may
from plp.people.models import Person
from tests.factories.cast import Cast, area, hold, person
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db


def form(cast: Cast, **changed: object) -> dict[str, object]:
    return {
        "name": "Inès Modèle",
        "email": "Ines@zone.test",
        "language": "fr",
        "role": "deputy_officer",
        "area": cast.zone.pk,
        "decision": "service order 12 of 20 November 2026",
    } | changed


def test_a_chief_designates_a_deputy_who_gets_a_link(cast: Cast) -> None:
    chief = signed_in(cast.chief)

    done = chief.post(reverse("mandates:designate"), form(cast), follow=True).content.decode()

    mandate = Mandate.objects.get(role=Role.DEPUTY_OFFICER)
    assert "Inès Modèle" in done
    assert "service order 12 of 20 November 2026" in done
    assert (mandate.decided_by, mandate.starts_at) == (cast.chief, AT)
    assert may(mandate.person, Permission.NOTICE_WRITE, cast.here.area, at=AT)
    account = Account.objects.get(person=mandate.person)
    assert (account.email, account.has_usable_password()) == ("Ines@zone.test", False)
    assert "/account/set-up/" in MessageText.objects.get(channel="email").body


def test_a_known_address_gets_the_role_and_no_second_person(cast: Cast) -> None:
    chief = signed_in(cast.chief)
    chief.post(reverse("mandates:designate"), form(cast))
    before = Person.objects.count()

    chief.post(reverse("mandates:designate"), form(cast, role="supervisor", name="Autre Nom"))

    assert Person.objects.count() == before
    assert sorted(Mandate.objects.filter(person__name__isnull=False, role__in=["supervisor"]).values_list("role")) == [
        ("supervisor",)
    ]


@pytest.mark.parametrize(
    "amiss",
    [
        {"name": "<b>x</b>"},
        {"email": "nobody"},
        {"role": "chief"},
        {"role": "coordinator"},
        {"decision": " "},
        {"decision": "by order"},
    ],
)
def test_a_form_that_does_not_hold_is_given_back_as_typed(cast: Cast, amiss: dict[str, str]) -> None:
    page = signed_in(cast.chief).post(reverse("mandates:designate"), form(cast, **amiss))

    assert page.status_code == 200
    assert "field-wrong" in page.content.decode()
    assert not Mandate.objects.filter(role=Role.DEPUTY_OFFICER).exists()


def test_nobody_is_designated_in_another_zone(cast: Cast) -> None:
    foreign = area("zone", "be/z10/", "Zone Dix")

    page = signed_in(cast.chief).post(reverse("mandates:designate"), form(cast, area=foreign.pk))

    assert "field-wrong" in page.content.decode()
    assert not Mandate.objects.filter(role=Role.DEPUTY_OFFICER).exists()


def test_a_mandate_ends_after_a_question_and_at_once(cast: Cast) -> None:
    chief, mandate = signed_in(cast.chief), Mandate.objects.get(person=cast.officer)
    url = reverse("mandates:end_police", args=[mandate.pk])

    assert "End this mandate?" in chief.get(url).content.decode()
    assert may(cast.officer, Permission.NOTICE_WRITE, cast.here.area, at=AT)
    chief.post(url)

    assert not may(cast.officer, Permission.NOTICE_WRITE, cast.here.area, at=AT)
    assert chief.get(url).status_code == 404


def test_only_the_chief_of_this_zone_sees_and_ends(cast: Cast) -> None:
    other_chief = person("Chris Ailleurs")
    hold(other_chief, Role.CHIEF, area("zone", "be/z10/", "Zone Dix"))
    mandate = Mandate.objects.get(person=cast.officer)
    ends, link = reverse("mandates:end_police", args=[mandate.pk]), reverse("mandates:link_police", args=[mandate.pk])

    for someone in (cast.officer, cast.here.coordinator):
        browser = signed_in(someone)
        assert browser.get(reverse("mandates:designate")).status_code == 404
        assert (browser.post(ends).status_code, browser.post(link).status_code) == (404, 404)
    assert signed_in(cast.here.coordinator).get(reverse("mandates:zone")).status_code == 404
    stranger = signed_in(other_chief)
    assert "Anne Exemple" not in stranger.get(reverse("mandates:zone")).content.decode()
    assert (stranger.post(ends).status_code, stranger.post(link).status_code) == (404, 404)
    assert Mandate.objects.get(pk=mandate.pk).ends_at is None


def test_the_chief_proves_anew_who_they_are(cast: Cast) -> None:
    stale = signed_in(cast.chief, minutes_ago=6)

    answer = stale.post(reverse("mandates:designate"), form(cast))

    assert answer["Location"].startswith(reverse("account_prove"))


def test_a_zone_without_officer_is_a_task(cast: Cast) -> None:
    chief = signed_in(cast.chief)
    calm = chief.get("/").content.decode()
    for mandate in Mandate.objects.filter(role=Role.OFFICER, area=cast.zone):
        chief.post(reverse("mandates:end_police", args=[mandate.pk]))

    assert "Designate a mandated officer" not in calm
    assert "Designate a mandated officer" in chief.get("/").content.decode()


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_asks_as_much_for_one_as_for_three(cast: Cast, more: int, django_assert_num_queries) -> None:
    for number in range(more):
        hold(person(f"Officier {'ABC'[number]}"), Role.SUPERVISOR, cast.zone)
    chief = signed_in(cast.chief)
    chief.get(reverse("mandates:zone"))

    with django_assert_num_queries(8):
        assert chief.get(reverse("mandates:zone")).status_code == 200


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "désigné par le gestionnaire de cette installation"), ("nl", "aangesteld door de beheerder"),
     ("de", "vom Betreiber dieser Installation eingesetzt"), ("en", "set up by the operator of this installation")],
)  # fmt: skip
def test_what_nobody_decided_in_words_is_read_in_the_language_of_its_reader(
    cast: Cast, language: str, words: str
) -> None:
    Mandate.objects.filter(person=cast.officer).update(decision=BY_OPERATOR)
    chief = signed_in(cast.chief)
    chief.cookies["language"] = language

    page = chief.get(reverse("mandates:zone")).text

    assert words in page


def test_english_words_of_before_become_the_fact_and_come_back(cast: Cast) -> None:
    mandate = Mandate.objects.get(person=cast.officer)
    Mandate.objects.filter(pk=mandate.pk).update(decision="set up by the operator of this installation")
    steps = import_module("plp.mandates.migrations.0005_decisions_of_nobody_are_facts")

    steps.words_to_facts(apps, None)
    mandate.refresh_from_db()
    fact = mandate.decision
    steps.facts_to_words(apps, None)
    mandate.refresh_from_db()

    assert (fact, mandate.decision) == (BY_OPERATOR, "set up by the operator of this installation")
