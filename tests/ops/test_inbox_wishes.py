"""A member's own wish by mail: STOP when the mailbox is proven, the way to go when it is not (R79, T41)."""

import pytest

from plp.channels.email.incoming_mail import IncomingMail
from plp.delivery.models import Dispatch
from plp.notices.reply_codes import get_or_create_reply_code
from plp.notices.states import State
from plp.ops.inbox import relay_or_carry_out_or_forward_mail
from plp.people.models import ContactPoint
from tests.factories.cast import Cast, contact, person
from tests.portal.notices.relay.stage import released
from tests.portal.signing import AT, stop_clock

pytestmark = pytest.mark.django_db


def mail(words: str, *, sender: str = "lea@plp.test", proven: bool = True) -> IncomingMail:
    return IncomingMail(sender, "Re: Alerte", words, proven, "email:1")


def test_stop_by_mail_ends_the_proven_mailbox_alone() -> None:
    contact(person("Léa Peeters"), "email", "lea@plp.test")
    contact(person("Jan Voorbeeld", "nl"), "email", "jan@plp.test")

    assert relay_or_carry_out_or_forward_mail(mail("Bonjour, stop svp\n\n> Arrêter : https://plp.test/stop"))

    assert [point.address for point in ContactPoint.objects.exclude(stopped_at=None)] == ["lea@plp.test"]
    assert Dispatch.objects.get().message.despite_stop


def test_a_forged_stop_shows_the_owner_the_way_and_stops_nobody() -> None:
    contact(person("Léa Peeters"), "email", "lea@plp.test")

    assert relay_or_carry_out_or_forward_mail(mail("STOP", proven=False))

    assert not ContactPoint.objects.exclude(stopped_at=None).exists()
    assert Dispatch.objects.get().message.purpose == "people.way"


def test_ordinary_words_and_strangers_do_nothing() -> None:
    assert not relay_or_carry_out_or_forward_mail(mail("Merci pour votre message"))
    relay_or_carry_out_or_forward_mail(mail("stop", sender="stranger@plp.test"))

    assert not Dispatch.objects.exists()


def test_the_word_of_a_coordinator_passes_the_message_on(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    contact(cast.here.coordinator, "email", "clara@plp.test")
    notice = released(cast)
    code = get_or_create_reply_code(notice, cast.here.coordinator, at=AT).code

    assert relay_or_carry_out_or_forward_mail(mail(f"OK {code}", sender="clara@plp.test"))

    notice.refresh_from_db()
    assert notice.state == State.RELAYED
