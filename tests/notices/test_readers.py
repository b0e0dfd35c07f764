"""Whom a message goes to: members who want its kind, and whoever receives on behalf of one (R66, R115)."""

import pytest

from plp.charter.kinds import KINDS, MUTABLE
from plp.delivery.queries import contacts_perhaps_reached
from plp.membership import buddies
from plp.notices.models import Notice
from plp.notices.queries import contacts_of_notice_audience, count_persons_in_audience
from plp.people import preferences
from plp.people.models import Person
from plp.people.queries import EVERYTHING
from tests.factories.cast import NOW, Cast, contact, member
from tests.portal.membership.self_service.test_members import relayed

pytestmark = pytest.mark.django_db


def somebody(cast: Cast, name: str) -> Person:
    someone = member(cast.here.partnership, name, "nl")
    contact(someone, "email", f"{name[:3].lower()}@plp.test")
    return someone


def mute(person: Person, *topics: str) -> None:
    preferences.set_muted_topics(person=person, topics=topics, by=person, at=NOW)


def readers(notice: Notice) -> set[str]:
    return {point.person.name for point in contacts_of_notice_audience(notice)}


def test_a_kind_that_is_muted_does_not_come_and_others_do(cast: Cast) -> None:
    mia, tom = somebody(cast, "Mia Voorbeeld"), somebody(cast, "Tom Voorbeeld")
    mute(mia, "advice", "newsletter")
    mute(tom, "newsletter")

    notices = {kind: Notice(partnership=cast.here.partnership, kind=kind) for kind in ("advice", "alarm", "newsletter")}

    assert {kind: readers(notice) for kind, notice in notices.items()} == {
        "advice": {tom.name},
        "alarm": {mia.name, tom.name},
        "newsletter": set(),
    }
    assert count_persons_in_audience(notices["advice"], at=NOW) == 1


def test_whoever_mutes_everything_gets_no_alarm_either(cast: Cast) -> None:
    mute(somebody(cast, "Mia Voorbeeld"), EVERYTHING)

    assert readers(Notice(partnership=cast.here.partnership, kind="alarm")) == set()


def test_what_is_urgent_or_ends_a_story_cannot_be_muted_alone() -> None:
    assert {key for key, _label, _help in MUTABLE} == {
        "advice", "infoflash", "information_request", "newsletter", "supralocal",
    }  # fmt: skip
    assert not KINDS["alarm"].may_be_muted


def test_a_topic_wanted_again_comes_again(cast: Cast) -> None:
    mia = somebody(cast, "Mia Voorbeeld")
    mute(mia, "advice")
    mute(mia)

    assert readers(Notice(partnership=cast.here.partnership, kind="advice")) == {mia.name}


def test_a_helper_gets_a_copy_of_their_own_and_the_correction_too(cast: Cast) -> None:
    mia = somebody(cast, "Mia Voorbeeld")
    buddy = buddies.invite_buddy(
        person=mia, name="Zoë Dochter", language="fr", channel="email", address="zoe@plp.test", by=mia, at=NOW
    )
    buddies.accept_buddy_invitation(buddy=buddy, at=NOW)

    notice = relayed(cast)

    copies = notice.relay.message.dispatches
    assert (notice.relay.audience, sorted(copies.values_list("language", flat=True))) == (2, ["fr", "nl"])
    copies.update(state="accepted")
    assert contacts_perhaps_reached(notice.relay.message).count() == 2
