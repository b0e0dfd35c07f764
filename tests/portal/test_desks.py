"""One message through the pages of three people: written, offered, released with fresh proof, relayed."""

import re

import pytest
from django.urls import reverse

from plp.delivery.models import Dispatch
from plp.notices.models import Notice
from plp.notices.states import State
from tests.factories.cast import Cast, contact, member
from tests.portal.signing import prove, signed_in, stop_clock

pytestmark = pytest.mark.django_db
CORE = "Deux personnes en vêtements de travail sombres sonnent aux portes rue de Verdun vers 14h30. Fermez à clé."


def test_a_message_goes_from_the_officer_to_the_members(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    contact(member(cast.here.partnership, "Eva Exemple", "fr"), "email", "eva@plp.test")
    officer, second = signed_in(cast.officer), signed_in(cast.second_officer, minutes_ago=6)
    coordinator = signed_in(cast.here.coordinator)

    begun = {"partnership": cast.here.partnership.pk, "kind": "alarm", "reason": "threat"}
    officer.post(reverse("notices:write:new"), begun)
    notice = Notice.objects.get()
    words = {"reason": "threat", "keeps_secrecy": "on", "fr-title": "Vol par ruse", "fr-core": CORE, "go_on": "1"}
    officer.post(reverse("notices:write:edit", args=[notice.pk]), words)
    officer.post(reverse("notices:write:submit", args=[notice.pk]))

    url = reverse("notices:release:release", args=[notice.pk])
    assert second.post(url, {"text_hash": "x"})["Location"].startswith(reverse("account_prove"))
    prove(second)
    shown = re.search(r'name="text_hash" value="(\w{64})"', second.get(url).content.decode())
    assert shown
    second.post(url, {"text_hash": shown[1]})
    assert not Dispatch.objects.filter(message__subject=notice.pk).exists()

    assert "to 1 person?" in coordinator.get(reverse("notices:relay:relay", args=[notice.pk])).content.decode()
    coordinator.post(reverse("notices:relay:relay", args=[notice.pk]))

    notice.refresh_from_db()
    assert notice.state == State.RELAYED
    assert Dispatch.objects.get(message__subject=notice.pk).channel == "email"
