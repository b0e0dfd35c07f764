"""The question about an answer that nobody proved: a link asks, a tap acts, a forged link is not there."""

from uuid import uuid4

import pytest
from django.test import Client

from plp.notices.models import Notice
from plp.notices.reply_codes import get_or_create_reply_code, reply_confirmation_link
from plp.notices.states import State
from tests.factories.cast import Cast, contact, member
from tests.portal.notices.relay.stage import released
from tests.portal.signing import AT, stop_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(monkeypatch: pytest.MonkeyPatch) -> Notice:
    stop_clock(monkeypatch)
    cast = Cast()
    for name in ("Eva Exemple", "Frank Voorbeeld"):
        contact(member(cast.here.partnership, name), "email", f"{name[:3].lower()}@plp.test")
    return released(cast)


def link(notice: Notice) -> str:
    """The address in the mail, without its host."""
    code = get_or_create_reply_code(notice, notice.partnership.area.mandates.get(role="coordinator").person, at=AT)
    return "/" + reply_confirmation_link(code).split("/", 3)[3]


def test_looking_changes_nothing_and_one_tap_relays_once(notice: Notice, client: Client) -> None:
    address = link(notice)

    seen = [client.get(address) for _ in range(3)] + [client.head(address)]
    notice.refresh_from_db()
    assert (notice.state, "Yes, relay it to 2 people" in seen[0].content.decode()) == (State.RELEASED, True)
    done = client.post(address, follow=True)

    notice.refresh_from_db()
    assert (notice.state, notice.relay.audience) == (State.RELAYED, 2)
    assert "Relayed to 2 people." in done.content.decode()
    assert client.post(address).status_code == 409


def test_a_forged_link_and_one_of_a_withdrawn_message_do_nothing(notice: Notice, client: Client) -> None:
    address = link(notice)
    key, signature = address.rstrip("/").split("/")[-2:]
    wrong = [
        f"/coordinator/answer/{uuid4()}/{signature}/",
        f"/coordinator/answer/{key}/{'0' * 32}/",
        address[:-2] + "/",
    ]

    assert [client.post(one).status_code for one in wrong] == [404] * 3
    Notice.objects.filter(pk=notice.pk).update(state=State.RETRACTED)
    assert "no longer waits" in client.get(address).content.decode()
    assert client.post(address).status_code == 409
