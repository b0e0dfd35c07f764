"""What a member still reads of a missing-person message after its withdrawal: nothing of the person (R125)."""

import pytest

from plp.notices import actions as notices
from plp.portal.subjects.membership.self_service.notices import notice_for_reader
from tests.factories.cast import NOW, Cast
from tests.notices.test_withdrawing import CORE, relayed

pytestmark = pytest.mark.django_db


def test_the_words_about_a_person_go_with_the_withdrawal() -> None:
    cast = Cast()
    notice = relayed(cast)
    before = notice_for_reader(notice, language="fr")

    notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=NOW)

    after = notice_for_reader(notice, language="fr")
    assert (before.title, before.core) == ("Disparue", CORE)
    assert (after.title, after.core, after.more, after.is_retracted) == (str(after.kind), "", "", True)


def test_the_words_of_another_message_stay_under_the_notice_that_it_is_withdrawn() -> None:
    cast = Cast()
    notice = relayed(cast, "calamity")

    notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=NOW)

    after = notice_for_reader(notice, language="fr")
    assert (after.core, after.is_retracted) == (CORE, True)
