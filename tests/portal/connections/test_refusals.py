"""A receiver is ended after a question; a token that ran out says so."""

from datetime import timedelta

import pytest
from django.conf import LazySettings

from plp.connections.models import Receiver, Token
from plp.people.models import Person
from tests.factories.cast import Cast
from tests.portal.connections.test_views import HERE, made
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db


def test_a_receiver_is_ended_after_a_question(cast: Cast, someone: Person, settings: LazySettings) -> None:
    settings.WEBHOOK_HOSTS = ["hooks.evere.be"]
    browser = signed_in(someone)
    typed = {"label": "Site", "address": "https://hooks.evere.be/in", "area": cast.zone.pk}
    browser.post(f"{HERE}receivers/new/", typed | {"events": ["message.relayed"]})

    asked = browser.get(f"{HERE}receivers/{Receiver.objects.get().pk}/end/").text

    assert "Site" in asked
    assert "<form" in asked
    assert Receiver.objects.get().ended_at is None


def test_a_token_that_ran_out_says_so(cast: Cast, someone: Person) -> None:
    made(cast, someone)
    browser = signed_in(someone)
    held = browser.get(HERE).text
    Token.objects.update(ends_at=AT - timedelta(days=1))

    assert "run out" not in held
    assert "run out" in browser.get(HERE).text
