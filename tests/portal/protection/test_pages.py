"""The pages of data protection: papers in each language, and a breach from its record to its end by the forms."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import translation

from plp.mandates.grants import Role
from plp.people.models import RetentionTerm
from plp.places.models import Area
from plp.portal.subjects.protection.forms import datetime_local_value
from plp.protection.facts import role_member_access_rows
from plp.protection.models import Breach
from plp.protection.papers import compose_breach_letter, compose_register_or_assessment
from plp.toolbox import clock
from plp.toolbox.clock import local
from plp.toolbox.texts import LANGUAGES
from tests.portal.staff import sign_in, staff

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_the_papers_say_what_is_set_in_every_language(client: Client, settings: LazySettings) -> None:
    settings.DPO = "Dora Voorbeeld, dpo@plp.test"
    sign_in(client, staff(role=Role.MUNICIPALITY))

    for name in ("register", "assessment"):
        for language in LANGUAGES:
            with translation.override(language):
                made = compose_register_or_assessment(name, areas=Area.objects.none(), language=language, at=AT)
            assert not made.missing
        answer = client.get(f"/protection/papers/{name}/")
        assert answer.status_code == 200
        assert "http://127.0.0.1" in answer.content.decode()
    assert client.get("/protection/papers/register.docx").status_code == 200
    assert client.get("/protection/papers/register.exe").status_code == 404
    assert client.get("/protection/papers/diary/").status_code == 404


def test_the_register_tells_which_roles_see_members_by_name() -> None:
    with translation.override("en"):
        told = dict(role_member_access_rows())

    assert told["coordinator"] == "yes, each look is recorded"
    assert told["deputy coordinator"] == "only during an absence of the coordinator; each look is recorded"
    assert told["municipality"] == "no"


def test_who_may_read_and_who_may_keep(client: Client) -> None:
    sign_in(client, staff(role=Role.MUNICIPALITY))

    assert client.get("/protection/").status_code == 200
    assert client.get("/protection/breaches/").status_code == 404
    client.logout()
    sign_in(client, staff("Fee Lezer", role=Role.FEDERAL))
    assert client.get("/protection/").status_code == 404


def test_a_breach_goes_from_its_record_to_its_end_by_the_forms(client: Client) -> None:
    chief = staff(role=Role.CHIEF)
    sign_in(client, chief)
    place = f"a-{chief.mandate.area_id}" if chief.mandate else ""
    told = {"place": place, "cause": "lost", "words": "A list was lost.", "kinds": ["names"], "persons": "12"}
    noticed, later = (datetime_local_value(local(clock.now() - timedelta(minutes=ago))) for ago in (90, 30))

    client.post("/protection/breaches/new/", {**told, "noticed_at": noticed})
    breach = Breach.objects.get()
    address = f"/protection/breaches/{breach.pk}/"
    before = client.get(address).content.decode()
    early = client.post(f"{address}authority/", {"on": later})
    client.post(f"{address}decide/", {"risk": "some", "reason": "Names.", "done": "Looked for."})
    client.post(f"{address}authority/", {"on": later})
    client.post(f"{address}close/")

    assert "The authority must know by" in before
    assert "cannot be noted yet" in early.content.decode()
    assert client.get(f"{address}authority.docx").status_code == 200
    assert Breach.objects.get().closed_at is not None
    client.logout()
    sign_in(client, staff("Cis Anders", role=Role.CHIEF))
    assert client.get(address).status_code == 404


def test_what_came_to_light_since_is_added_by_the_form(client: Client) -> None:
    chief = staff(role=Role.CHIEF)
    sign_in(client, chief)
    noticed = clock.now().replace(second=0, microsecond=0) - timedelta(hours=2)
    breach = Breach.objects.create(
        area=chief.mandate.area, cause="lost", words="One list.", data=["names"], persons=0,
        noticed_at=noticed, recorded_at=noticed, began_at=noticed - timedelta(days=1),
    )  # fmt: skip
    address = f"/protection/breaches/{breach.pk}/complete/"
    before = client.get(address).content.decode()
    known = {"cause": "lost", "words": "Two lists.", "kinds": ["names", "contacts"], "persons": "60"}
    late = client.post(address, {**known, "began_at": datetime_local_value(local(noticed + timedelta(hours=1)))})
    done = client.post(address, {**known, "began_at": datetime_local_value(local(breach.began_at))})

    assert f'value="{datetime_local_value(local(breach.began_at))}"' in before
    assert "It cannot have begun after it was noticed." in late.content.decode()
    assert done.headers["Location"] == f"/protection/breaches/{breach.pk}/"
    kept = Breach.objects.get()
    assert (kept.words, kept.data, kept.persons) == ("Two lists.", ["names", "contacts"], 60)
    assert (kept.noticed_at, kept.began_at) == (noticed, breach.began_at)


def test_who_is_at_high_risk_reads_words_of_their_own(client: Client) -> None:
    chief = staff(role=Role.CHIEF)
    sign_in(client, chief)
    breach = Breach.objects.create(
        area=chief.mandate.area, cause="lost", words="The server in the cellar.", data=["names"], persons=3,
        noticed_at=AT, recorded_at=AT,
    )  # fmt: skip
    address = f"/protection/breaches/{breach.pk}/decide/"
    given = {"risk": "high", "reason": "Names.", "done": "Looked for."}

    refused = client.post(address, given)
    client.post(address, {**given, "plain": "A list with your name was lost."})

    assert "write what happened, for them" in refused.content.decode()
    breach.refresh_from_db()
    made = str(compose_breach_letter("persons", breach, language="en", at=AT))
    assert ("A list with your name was lost." in made, "cellar" in made) == (True, False)


def test_the_letters_hold_every_word_in_every_language() -> None:
    area = Area.objects.create(kind="zone", path="be/z1/", name_fr="Zone", name_nl="Zone")
    breach = Breach.objects.create(
        area=area, cause="lost", words="Perdue.", data=["names"], persons=0, noticed_at=AT, recorded_at=AT
    )

    for name in ("authority", "persons"):
        for language in LANGUAGES:
            made = compose_breach_letter(name, breach, language=language, at=AT)
            assert len(made.missing) >= 1  # what only a human can fill in is marked


@pytest.mark.parametrize("officer", ["", "Dora Voorbeeld, dpo@plp.test"])
def test_papers_notices_and_the_privacy_page_name_the_data_protection_officer(
    client: Client, settings: LazySettings, officer: str
) -> None:
    settings.DPO = officer
    made = compose_register_or_assessment("register", areas=Area.objects.none(), language="en", at=AT)
    page = client.get("/privacy/").content.decode()

    assert ("dpo@plp.test" in str(made), "dpo@plp.test" in page) == (bool(officer), bool(officer))
    assert bool(made.missing) != bool(officer)


def test_the_notice_for_everybody_tells_the_same_terms(client: Client) -> None:
    page = client.get("/privacy/", headers={"accept-language": "en"}).content.decode()

    assert "30 days after they left" in page
    assert "E-mail supplier" in page


def test_a_zone_keeps_something_for_less_time_by_its_form(client: Client) -> None:
    chief = staff(role=Role.CHIEF)
    sign_in(client, chief)
    page = client.get("/protection/terms/", follow=True)
    form = page.context["form"]
    days = {name: form.initial[name] for name in form.fields}

    refused = client.post(page.redirect_chain[-1][0], days | {"members": "31"})
    saved = client.post(page.redirect_chain[-1][0], days | {"members": "21", "reads": "400"}, follow=True)

    assert page.redirect_chain == [(f"/protection/terms/{chief.mandate.area_id}/", 302)]
    assert "After they left, in days: from 7 to 30." in page.content.decode()
    assert list(refused.context["form"].errors) == ["members"]
    assert 'value="31"' in refused.content.decode()
    assert dict(RetentionTerm.objects.values_list("key", "days")) == {"members": 21, "reads": 400}
    assert "Saved. The privacy notice says it now" in saved.content.decode()
    assert "21 days" in client.get("/privacy/").content.decode()


def test_terms_of_another_zone_are_not_found_and_shown(client: Client) -> None:
    other = Area.objects.create(kind="zone", path="be/z77/", name_fr="Ailleurs")
    sign_in(client, staff(role=Role.CHIEF))
    RetentionTerm.objects.create(area=other, key="members", days=9)

    page = client.get("/protection/terms/", follow=True).content.decode()

    assert "Another zone keeps this for 9 days only, and that holds here too." in page
    assert client.get(f"/protection/terms/{other.pk}/").status_code == 404
