"""Another address is asked for in a form; nobody proves a second factor that they do not have yet."""

import pytest
from django.test import Client

from plp.accounts.models import AddressChange
from tests.portal.account.test_factors import half_signed_in
from tests.portal.staff import sign_in, staff

pytestmark = pytest.mark.django_db


def test_another_address_is_one(client: Client) -> None:
    sign_in(client, staff())

    form = client.get("/account/address/").content.decode()
    bad = client.post("/account/address/", {"email": "nowhere"}).content.decode()

    assert 'name="email"' in form
    assert 'aria-invalid="true"' in bad
    assert not AddressChange.objects.exists()


def test_without_any_factor_one_is_led_to_enrol_and_then_on(client: Client) -> None:
    half_signed_in(client)

    assert client.get("/account/prove/?next=/mandates/").url == "/account/second-factor/?next=%2Fmandates%2F"
