"""A message that was passed on is answered from its new desk, and no longer from the old one."""

from datetime import datetime, timedelta

import pytest

from plp.followup.actions.clocks import remind_or_pass_on_due_matters
from plp.mandates import actions as mandates
from plp.notices import actions as notices
from plp.notices.models import Notice, ReplyCode
from plp.notices.states import State
from plp.people.models import Person
from tests.factories.cast import NOW, Cast
from tests.followup.stage import mandate_of, reachable, released

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def cast() -> Cast:
    made = Cast()
    reachable(made)
    return made


def answered(notice: Notice, person: Person, at: datetime) -> str:
    """The state of the message once ``person`` has answered with their code."""
    code = ReplyCode.objects.get(notice=notice, person=person)
    notices.relay_by_code_reply_and_answer(
        contacts=list(person.contacts.all()[:1]), text=f"OK {code.code}", event="", is_proven=True, at=at
    )
    return Notice.objects.values_list("state", flat=True).get(pk=notice.pk)


def test_a_deputy_who_gets_an_unopened_message_gets_a_code_for_it(cast: Cast) -> None:
    notice = released(cast)
    before = ReplyCode.objects.filter(person=cast.here.deputy).count()

    remind_or_pass_on_due_matters(by=None, at=NOW + 15 * MINUTE)

    assert (before, answered(notice, cast.here.deputy, NOW + 16 * MINUTE)) == (0, State.RELAYED)
    assert Notice.objects.get().relay.by == cast.here.deputy


def test_an_absence_that_begins_later_takes_the_waiting_message_along(cast: Cast) -> None:
    notice = released(cast)
    clara, denis = cast.here.coordinator, cast.here.deputy
    remind_or_pass_on_due_matters(by=None, at=NOW + MINUTE)
    mandates.record_absence_and_ask_deputy(
        mandate=mandate_of(clara),
        deputy=mandate_of(denis),
        starts_at=NOW + 2 * MINUTE,
        ends_at=NOW + timedelta(days=7),
        by=clara,
        at=NOW + 2 * MINUTE,
    )

    remind_or_pass_on_due_matters(by=None, at=NOW + 3 * MINUTE)

    assert answered(notice, denis, NOW + 4 * MINUTE) == State.RELAYED
