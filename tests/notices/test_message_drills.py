"""A drill of a message reaches those who agreed, says so in four languages, and counts as no message."""

from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch, MessageText
from plp.journal.models import Entry
from plp.journal.queries import target_name
from plp.mandates.queries import NotAllowed
from plp.notices import actions as notices
from plp.notices.actions.message_drills import DrillTooSoon, NobodyInDrills
from plp.notices.models import Notice
from plp.notices.queries.drills import last_message_drills_with_reach
from plp.people import preferences
from plp.people.models import Person
from tests.factories.cast import NOW, Cast, contact, member
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db


def agreed(cast: Cast, name: str, *, joins: bool = True) -> Person:
    someone = member(cast.here.partnership, name)
    contact(someone, "email", f"{name.split(maxsplit=1)[0].lower()}@plp.test")
    preferences.set_drill_participation(person=someone, joins=joins, by=someone, at=NOW)
    return someone


def test_it_reaches_those_alone_who_agreed_and_counts_as_no_message(cast: Cast) -> None:
    mia = agreed(cast, "Mia Voorbeeld")
    agreed(cast, "Leo Exemple", joins=False)
    quiet = agreed(cast, "Ada Muster")
    preferences.set_muted_topics(person=quiet, topics={"everything"}, by=quiet, at=NOW)

    copies = notices.send_drill_to_consenting_members(
        partnership=cast.here.partnership, by=cast.here.coordinator, at=NOW
    )

    texts = MessageText.objects.filter(message__purpose="notices.drill").order_by("pk")  # the mail, then the short one
    words = list(texts.values_list("subject", "body"))
    assert copies == 1
    assert Dispatch.objects.get(message__purpose="notices.drill").contact.person == mia
    assert all("EXERCICE – OEFENING – ÜBUNG – DRILL" in part for part in words[0])
    assert not Notice.objects.exists()
    entry = Entry.objects.get(verb="notice.drilled")
    assert (entry.actor, entry.area) == (str(cast.here.coordinator.pk), cast.here.area.path)
    assert (entry.target, entry.details) == (target_name(cast.here.partnership), {"copies": 1})
    assert [(drill.audience, drill.reached) for drill in last_message_drills_with_reach([cast.here.partnership])] == [
        (1, 0)
    ]


def test_drills_are_rare_need_somebody_and_a_desk(cast: Cast) -> None:
    about = {"partnership": cast.here.partnership, "by": cast.here.coordinator}
    with pytest.raises(NobodyInDrills):
        notices.send_drill_to_consenting_members(**about, at=NOW)
    agreed(cast, "Mia Voorbeeld")
    with pytest.raises(NotAllowed):
        notices.send_drill_to_consenting_members(
            partnership=cast.here.partnership, by=cast.next_door.coordinator, at=NOW
        )

    notices.send_drill_to_consenting_members(**about, at=NOW)

    with pytest.raises(DrillTooSoon):
        notices.send_drill_to_consenting_members(**about, at=NOW + timedelta(days=6))
    assert notices.send_drill_to_consenting_members(**about, at=NOW + timedelta(days=7)) == 1


def test_the_desk_sends_one_and_reads_how_many_take_part(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    for number in range(6):
        agreed(cast, f"Membre{'abcdef'[number]} Exemple")
    clara = signed_in(cast.here.coordinator)

    before = clara.get("/help-calls/coordinator/").content.decode()
    after = clara.post("/help-calls/coordinator/", {"drill": "haren", "kind": "message"}, follow=True).content.decode()

    assert "who agreed to drills: 6" in before
    assert "to 6, left or arrived" in after
    assert Dispatch.objects.filter(message__purpose="notices.drill").count() == 6
