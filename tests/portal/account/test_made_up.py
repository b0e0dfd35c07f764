"""What a stranger sends in the place of a browser's answer about a passkey is a wrong answer, never a fault (T46)."""

import json

import pytest
from django.test import Client

from tests.portal.account.test_factors import half_signed_in
from tests.portal.staff import PASSWORD, staff

pytestmark = pytest.mark.django_db

SHAPES = (
    "9" * 5000,
    "[" * 100_000,
    '{"id":' * 50_000,
    "null",
    "7",
    '"x"',
    "[]",
    "{}",
    '{"id": 7}',
    '{"id": "!!", "rawId": "!!", "type": "public-key"}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": None}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": []}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": 7}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "_w"}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": 7, "response": {"clientDataJSON": "AA", "attestationObject": "AA"}}),
    json.dumps({"rawId": "AA", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}, "type": "public-key"}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"},
        }
    ),
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape[:40])
def test_a_made_up_passkey_opens_nothing_and_breaks_nothing(client: Client, shape: str) -> None:
    client.get("/account/sign-in/passkey/")
    signing_in = client.post("/account/sign-in/passkey/", {"credential": shape})

    assert signing_in.status_code in {200, 302}
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape[:40])
def test_a_made_up_new_passkey_is_not_kept(client: Client, shape: str) -> None:
    ann = half_signed_in(client)
    client.get("/account/second-factor/passkey/")

    answer = client.post("/account/second-factor/passkey/", {"name": "Key", "credential": shape})

    assert answer.status_code == 200
    assert not ann.account.authenticator_set.exists()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape[:40])
def test_a_made_up_second_step_opens_nothing(client: Client, shape: str) -> None:
    ann = staff()
    asked = client.post("/account/sign-in/", {"login": ann.email, "password": PASSWORD})

    answer = client.post(asked.url, {"credential": shape})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
