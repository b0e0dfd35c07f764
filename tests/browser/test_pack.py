"""The launch pack on an old telephone: find a document, word it, compare, go back, without JavaScript."""

import pytest

from plp.launch.models import PackText
from plp.mandates.models import Mandate
from plp.people.models import Person
from tests.browser.conftest import Opened
from tests.browser.walking import Telephone
from tests.launch.complete import complete

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "kind"), [("fr", "plp"), ("nl", "plp_i"), ("de", "sectoral")])
def test_a_document_is_read_worded_and_taken_back(open_page: Opened, language: str, kind: str) -> None:
    """5 s: twelve pages of a real browser."""
    partnership = complete(kind)
    officer, chief = (Mandate.objects.filter(role=role, area__path="be/z1/")[0].person for role in ("officer", "chief"))
    Person.objects.filter(pk__in=[officer.pk, chief.pk]).update(language=language)
    phone = Telephone(open_page(script=False, language=language), language)
    phone.enter(officer)
    here = f"/pack/{partnership.key}"

    for page in ("", "registration_form/", "step_plan/", "presentation/"):
        phone.go(f"{here}/{page}" + (f"{language}/" if page.endswith(("form/", "plan/")) else ""))
    phone.go(f"{here}/press/{language}/word/")
    phone.give(source="# Text\n\n{partnership}\n\n- [ ] x\n\n| a | b |\n|---|---|\n| c |  |\n")
    phone.press("button[name=look]")
    phone.press("button[name=keep]")
    assert phone.page.locator(".document h2").inner_text() == "Text"
    phone.go(f"{here}/press/{language}/compare/")
    phone.go(f"{here}/press/{language}/restore/")
    phone.press("main form button")

    zone = Telephone(open_page(script=False, language=language), language)
    zone.enter(chief)
    zone.go("/pack/zones/")
    zone.press("main summary")
    zone.press("main table a")
    assert (phone.poor, zone.poor) == ([], [])
    assert PackText.objects.count() == 2
