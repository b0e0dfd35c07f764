"""What is refused on the way of a notice changes no row of it; words and hours at their edges."""

from datetime import timedelta
from functools import partial

import pytest

from plp.notices import actions as notices
from plp.notices import refusals, relay_letters
from plp.notices.models import Notice, NoticeText
from plp.notices.rules.infoflash import next_infoflash_time
from plp.people.models import Person
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast, contact
from tests.factories.notices import describe_notice
from tests.factories.rows import leaves_all
from tests.notices.test_notices import CORE, drafted, let_go, submitted

pytestmark = pytest.mark.django_db
refused = partial(leaves_all, rooms=("notices", "delivery"))
HOUR = timedelta(hours=1)


def relayed(cast: Cast) -> Notice:
    """A notice that the coordinator passed on."""
    notice = let_go(submitted(cast), cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)
    notice.refresh_from_db()
    return notice


def test_feedback_and_a_correction_follow_what_was_passed_on_in_this_partnership(cast: Cast) -> None:
    waiting_one, sent = drafted(cast), relayed(cast)
    given = {"reason": "threat", "by": cast.officer, "at": NOW}

    for origin in ({"answers": waiting_one}, {"corrects": waiting_one}):
        assert refused(
            lambda origin=origin: notices.create_notice_draft(
                partnership=cast.here.partnership, kind="feedback", **origin, **given
            ),
            refusals.NotRelayed,
        )
    assert refused(
        lambda: notices.create_notice_draft(
            partnership=cast.next_door.partnership, kind="feedback", answers=sent, **given
        ),
        refusals.NotRelayed,
    )


def test_what_is_no_draft_any_more_is_neither_described_nor_written(cast: Cast) -> None:
    notice = submitted(cast)
    words = {"title": "Autre", "core": CORE, "more": "", "by": cast.officer, "at": NOW}

    assert refused(lambda: describe_notice(notice, cast), WrongState)
    assert refused(lambda: notices.write_text_and_drop_composition(notice=notice, language="fr", **words), WrongState)


def test_a_template_leaves_the_words_that_stand_there(cast: Cast) -> None:
    notice = drafted(cast)
    NoticeText.objects.filter(language="nl").delete()

    notices.fill_empty_languages_from_catalogue(notice=notice, subject="burglary", by=cast.officer, at=NOW)

    assert NoticeText.objects.get(language="fr").core == CORE
    assert NoticeText.objects.get(language="nl").core


def test_what_follows_a_message_chooses_no_reach_of_its_own(cast: Cast) -> None:
    correction = drafted(cast, corrects=relayed(cast))

    assert refused(
        lambda: notices.set_other_partnerships_of_draft(notice=correction, partnerships=[], by=cast.officer, at=NOW),
        refusals.FollowsItsMessage,
    )


def test_what_has_ended_is_not_submitted(cast: Cast) -> None:
    notice = drafted(cast)
    describe_notice(notice, cast, expires_at=NOW + HOUR)
    notice.refresh_from_db()

    assert refused(
        lambda: notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW + HOUR),
        refusals.EndHasPassed,
    )


@pytest.mark.parametrize("about", [{"kind": "gossip", "subject": ""}, {"kind": "", "subject": "gossip"}])
def test_advice_is_about_a_kind_and_a_subject_that_exist(cast: Cast, about: dict[str, str]) -> None:
    given = {"partnership": cast.here.partnership, "words": "Écrivez plus tôt.", "by": cast.officer, "at": NOW}

    assert refused(lambda: notices.create_communication_plan_advice(**given, **about), WrongState)


def test_what_has_ended_is_handed_to_nobody(cast: Cast) -> None:
    contact(cast.here.coordinator, "email", "clara@example.org")
    notice = let_go(submitted(cast), cast)
    Notice.objects.filter(pk=notice.pk).update(expires_at=NOW + HOUR)
    notice.refresh_from_db()
    people = Person.objects.filter(pk=cast.here.coordinator.pk)

    copies = [
        relay_letters.send_notice_and_codes_to_persons_for_relay(notice, people, by=None, at=at)
        for at in (NOW + HOUR, NOW)
    ]

    assert copies == [0, 1]


def test_there_is_no_eighth_day() -> None:
    with pytest.raises(ValueError, match="no weekday 7"):
        next_infoflash_time(NOW, 7)
