"""The officer's desk in a browser: the aid proposes, one message goes to two zones, both coordinators relay it."""

import pytest

from plp.delivery.models import Dispatch
from plp.notices.models import Notice
from plp.people.models import Person
from tests.browser.conftest import Opened
from tests.browser.walking import Telephone
from tests.factories.cast import Cast, contact, member

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_one_message_goes_to_two_zones_without_javascript(open_page: Opened) -> None:
    """10 s: four persons with telephones of 320 pixels, in French, German and Dutch."""
    cast = Cast()
    speak = {cast.officer: "fr", cast.second_officer: "nl", cast.foreign_officer: "de", cast.here.coordinator: "fr"}
    for person, language in {**speak, cast.abroad.coordinator: "de"}.items():
        Person.objects.filter(pk=person.pk).update(language=language)
        person.refresh_from_db()
    for place, name in ((cast.here, "Ann Exemple"), (cast.abroad, "Cem Muster")):
        contact(member(place.partnership, name), "email", f"{place.partnership.key}@example.org")

    officer = Telephone(open_page(script=False, language="fr"), "fr", "officer")
    officer.enter(cast.officer)
    officer.go("/police/aid/")
    officer.send(
        partnership=cast.here.partnership.pk,
        subject="attempted_burglary",
        time="in_act",
        victims="anyone",
        threat="around",
        reach="beyond",
    )
    officer.press("#proposal a.button")
    officer.send("main form[method=post] button", partnership=cast.here.partnership.pk)
    notice = Notice.objects.get()
    officer.go(f"/police/{notice.pk}/reach/?zone=be/z10/")
    officer.send("#choice button", there=[cast.abroad.partnership.pk])
    officer.send("button[name=go_on]", keeps_secrecy=True)
    officer.press("main form[method=post] button")

    second = Telephone(open_page(script=False, language="nl"), "nl", "second")
    second.enter(cast.second_officer)
    second.go(f"/police/{notice.pk}/release/")
    second.press("main form[method=post] button")
    there = Telephone(open_page(script=False, language="de"), "de", "there")
    there.enter(cast.foreign_officer)
    there.go("/")
    there.press(".task-link")
    there.press("main td a")
    there.press("main form[method=post] button")
    for place, one in ((cast.here, notice), (cast.abroad, notice.copies.get(partnership=cast.abroad.partnership))):
        language = place.coordinator.language
        coordinator = Telephone(open_page(script=False, language=language), language, place.partnership.key)
        coordinator.enter(place.coordinator)
        coordinator.go(f"/coordinator/messages/{one.pk}/relay/")
        coordinator.press("main form[method=post] button")
    officer.go(f"/police/{notice.pk}/")
    for page in ("", "prevention/", f"{notice.pk}/"):
        officer.go(f"/police/{page}")

    sent = Dispatch.objects.filter(message__purpose="notice.alarm").values_list("message__area", flat=True)
    assert sorted(sent) == [cast.here.area.path, cast.abroad.area.path]
    assert officer.poor + second.poor + there.poor == []
