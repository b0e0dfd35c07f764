"""What the coordinator's forms ask first, and what they refuse."""

import pytest
from django.test import Client
from django.urls import reverse

from plp.membership.models import Membership
from tests.factories.cast import Cast, contact, member
from tests.portal.notices.relay.test_carrying import relayed
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db
INVALID = 'aria-invalid="true"'


@pytest.fixture
def mia(cast: Cast) -> Membership:
    """A member with a mobile."""
    someone = member(cast.here.partnership, "Mia Voorbeeld", "nl")
    contact(someone, "sms", "+32475123456")
    return someone.memberships.get()


@pytest.fixture
def client(cast: Cast) -> Client:
    """The coordinator's browser."""
    return signed_in(cast.here.coordinator)


@pytest.mark.parametrize(("name", "leads_to"), [("call_list", "calls"), ("rounds_file", "letters")])
def test_where_nobody_is_to_be_carried_to_there_is_no_list(
    cast: Cast, client: Client, name: str, leads_to: str
) -> None:
    notice = relayed(cast, "email", "eva@plp.test")

    answer = client.get(reverse(f"notices:relay:{name}", args=[notice.pk]))

    assert answer["Location"] == reverse(f"notices:relay:{leads_to}", args=[notice.pk])
