"""Two at one notice: who comes second hears who was first and where it stands (F26)."""

import pytest
from django.utils import translation

from plp.notices import actions as notices
from plp.notices import refusals
from plp.notices.models import Notice
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast, contact, hold, member, person
from tests.notices.test_notices import let_go, submitted

pytestmark = pytest.mark.django_db


def test_the_second_releaser_hears_of_the_first() -> None:
    cast = Cast()
    third = person("Eva Tertia")
    hold(third, "officer", cast.zone)
    notice = submitted(cast)
    let_go(Notice.objects.get(pk=notice.pk), cast)

    with pytest.raises(refusals.Overtaken) as told:
        notices.release_text_as_second_person(
            notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=third, at=NOW
        )

    with translation.override("en"):
        assert told.value.in_words() == (
            "Bart Voorbeeld was first: this message is already “released, waiting for the coordinator”. "
            "Reload the page to see where it stands."
        )


def test_a_double_click_is_told_that_it_is_done() -> None:
    cast = Cast()
    notice = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=Notice.objects.get(pk=notice.pk), by=cast.here.coordinator, at=NOW)

    with pytest.raises(WrongState) as told:
        notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)

    assert type(told.value) is WrongState


def test_a_stop_reaches_what_was_relayed_since_the_page_was_read() -> None:
    cast = Cast()
    contact(member(cast.here.partnership, "Ann Un"), "email", "ann@example.org")
    notice = let_go(submitted(cast), cast)
    read_before = Notice.objects.get(pk=notice.pk)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)

    stopped = notices.retract_notice_everywhere(notice=read_before, by=cast.officer, at=NOW)

    assert (stopped, [copy.state for copy in notice.relay.message.dispatches.all()]) == (1, ["stopped"])
