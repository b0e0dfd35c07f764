"""An explanation without words is not sent."""

import pytest
from django.urls import reverse

from plp.followup.models import Explanation
from tests.factories.cast import Cast
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
