"""Those on a list who say yes anew: nothing else is sent before their yes, and a no or silence is the end (R81)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from plp.delivery.answer_codes import answer_code
from plp.delivery.models import Dispatch
from plp.membership import list_drafts, list_imports, refusals
from plp.membership.code_letters import code_letters_pdf
from plp.membership.letterbox_codes import CODE_LASTS, issue_letterbox_codes
from plp.membership.models import LetterboxCode, ListImport, Membership
from plp.membership.queries import member_contacts
from plp.people.models import Consent, ContactPoint, Person
from plp.toolbox import clock
from plp.toolbox.ids import grouped_code
from tests.factories.cast import Cast
from tests.membership.lists.stage import LIST, PROOF, streets
from tests.membership.test_refusals import text_of
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The quarter, with the streets of the list, at the hour of the list."""
    stop_clock(monkeypatch)
    stage = Cast()
    streets(stage)
    return stage


@pytest.fixture
def listed(cast: Cast) -> ListImport:
    """A list whose people are asked first."""
    proof = replace(PROOF, asks_anew=True)
    broken = LIST.encode() + b"Dan Sample;Nowhere street;1;;not-an-address;fr\n"
    draft = list_drafts.create_list_draft_from_file(
        partnership=cast.here.partnership, content=broken, proof=proof, by=cast.here.coordinator, at=AT
    )
    remainder = list_imports.import_good_rows_and_draft_rest(list_import=draft, by=cast.here.coordinator, at=AT)
    assert remainder is not None
    assert remainder.asks_anew  # the rows that wait for a correction are asked, too
    return draft


def page(code: str, **form: str) -> str:
    """The page behind a code, or what it says after an answer."""
    browser, address = Client(headers={"accept-language": "en"}), f"/enrolment/code/{code}/"
    return (browser.post(address, form) if form else browser.get(address)).content.decode()


def newcomers() -> dict[str, Membership]:
    """Who came by the list, by their first name."""
    rows = Membership.objects.filter(says_yes_anew=True).select_related("person__household__street", "partnership")
    return {row.person.name.split()[0]: row for row in rows}


def test_nothing_but_the_question_is_sent_before_a_yes(cast: Cast, listed: ListImport) -> None:
    assert {row.state for row in newcomers().values()} == {"pending"}
    asked = ContactPoint.objects.filter(person__memberships__says_yes_anew=True)
    assert not asked.exclude(confirmed_at=None).exists()
    assert not member_contacts(cast.here.partnership).filter(person__memberships__says_yes_anew=True).exists()
    assert set(Dispatch.objects.values_list("message__purpose", flat=True)) == {"partnership.asked_anew"}
    assert Dispatch.objects.count() == 2  # Carl has a landline alone
    assert listed.created == 3


def test_a_yes_makes_a_member_by_a_consent_of_today(listed: ListImport) -> None:
    dispatch = Dispatch.objects.filter(contact__person=newcomers()["Bea"].person)[0]

    assert "Do you take part?" in page(answer_code(dispatch.pk))
    assert newcomers()["Bea"].state == "pending"  # looking changes nothing
    assert "You are a member" in page(answer_code(dispatch.pk), answer="yes")

    bea = newcomers()["Bea"]
    valid = Consent.objects.filter(person=bea.person, withdrawn_at=None)
    assert bea.state == "active"
    assert {"joining", "channel", "adult", "conduct"} <= set(valid.values_list("kind", flat=True))
    assert not valid.filter(version=f"import:{listed.pk.hex}").exists()
    assert Dispatch.objects.filter(message__purpose="partnership.welcome", contact__person=bea.person).exists()
    assert "This code does not work any more" in page(answer_code(dispatch.pk), answer="no")


def test_a_no_erases_at_once_and_silence_after_thirty_days(cast: Cast, listed: ListImport) -> None:
    dispatch = Dispatch.objects.filter(contact__person=newcomers()["Bea"].person)[0]
    key = dispatch.contact.person_id

    assert "we have erased what we knew" in page(answer_code(dispatch.pk), answer="no")
    assert not Person.objects.filter(pk=key).exists()
    assert "This code does not work any more" in page(answer_code(dispatch.pk))

    later = AT + timedelta(days=30)
    issue_letterbox_codes(memberships=[newcomers()["Carl"]], by=cast.here.coordinator, at=AT + timedelta(days=10))
    assert refusals.erase_refused_and_stale_applicants(by=None, at=later - timedelta(minutes=1)) == 0
    assert refusals.erase_refused_and_stale_applicants(by=None, at=later) == 1
    assert set(newcomers()) == {"Carl"}  # the code of his letter is still good
    assert refusals.erase_refused_and_stale_applicants(by=None, at=later + timedelta(days=10)) == 1


def test_who_has_no_mail_answers_by_the_code_of_a_letter(cast: Cast, listed: ListImport) -> None:
    carl, browser = newcomers()["Carl"], Client(headers={"accept-language": "en"})
    printed = text_of(signed_in(cast.here.coordinator).post("/coordinator/members/waiting/letters.pdf").content)
    code = issue_letterbox_codes(memberships=[carl], by=cast.here.coordinator, at=AT)[carl]

    words = text_of(code_letters_pdf({carl: code}, at=AT))
    typed = browser.post("/enrolment/code/", {"code": grouped_code(code).upper()})

    assert grouped_code(code) in words
    assert [name in printed for name in ("Ada Exemple", "Bea Voorbeeld", "Carl Muster")] == [False, False, True]
    assert "Machen Sie noch mit" in words
    assert typed.url == f"/enrolment/code/{code}/"
    assert "You are a member" in page(code, answer="yes")
    assert newcomers()["Carl"].state == "active"
    assert LetterboxCode.objects.get().proven_at == AT


def test_the_coordinator_writes_down_a_yes_that_was_said(cast: Cast, listed: ListImport) -> None:
    browser, carl = signed_in(cast.here.coordinator), newcomers()["Carl"]

    asked = browser.get("/coordinator/members/waiting/", headers={"accept-language": "en"}).content.decode()
    browser.post(f"/coordinator/members/{carl.pk}/accept/")

    assert "asked to say yes again" in asked
    assert newcomers()["Carl"].state == "active"
    assert Consent.objects.filter(person=carl.person, kind="adult", withdrawn_at=None).exists()


def test_a_code_is_over_after_thirty_days(cast: Cast, listed: ListImport, monkeypatch: pytest.MonkeyPatch) -> None:
    carl = newcomers()["Carl"]
    code = issue_letterbox_codes(memberships=[carl], by=cast.here.coordinator, at=AT)[carl]
    monkeypatch.setattr(clock, "now", lambda: AT + CODE_LASTS)

    refused = Client(headers={"accept-language": "en"}).post("/enrolment/code/", {"code": code}).content.decode()

    assert "We do not know this code, or it is too old" in refused
    assert "This code does not work any more" in page(code, answer="yes")
    assert newcomers()["Carl"].state == "pending"
