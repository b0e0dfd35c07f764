"""An explanation without words is not sent."""

import pytest
from django.urls import reverse

from plp.followup.models import Explanation
from tests.factories.cast import Cast
from tests.followup.together import convened
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db


def test_an_explanation_is_asked_for_in_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    police, address = signed_in(Cast().officer), reverse("followup:requests:explain", args=["haren"])

    form = police.get(address).content.decode()
    bad = police.post(address, {"about": "soon", "to": "coordinator"}).content.decode()

    assert 'value="2026-11-25"' in form
    assert 'aria-invalid="true"' in bad
    assert not Explanation.objects.exists()


def test_held_words_are_said_at_their_field(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast, held = Cast(), "Des gitans rôdent dans la rue."
    police, desk = signed_in(cast.officer), signed_in(cast.here.coordinator)
    explain, ask = (reverse(f"followup:requests:{page}", args=["haren"]) for page in ("explain", "ask"))
    meeting = convened(cast)
    call_off = reverse("followup:call_off", args=["haren", meeting.pk])

    forms = [
        police.post(explain, {"about": "2026-11-25", "to": "coordinator", "reason": "other", "words": held}),
        desk.post(ask, {"subject": held, "words": "Quand ?", "due_on": "2026-12-09"}),
        police.post(call_off, {"because": held}),
    ]

    fields = [[name for name in answer.context["form"].errors if name != "reason"] for answer in forms]
    assert fields == [["words"], ["subject"], ["because"]]
    assert not Explanation.objects.exists()
