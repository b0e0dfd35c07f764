"""What others did for somebody stands under their own settings, and under nobody else's (ADR 74)."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from plp.journal.actions import note
from plp.mandates.actions import record_absence_and_ask_deputy
from plp.mandates.grants import Permission
from plp.mandates.models import Mandate
from plp.mandates.queries import require
from plp.membership import on_behalf
from plp.membership.models import Membership
from plp.membership.queries import open_memberships_of
from plp.people.models import Person
from plp.portal.subjects.membership.self_service.deeds import recent_acts_of_others_for
from tests.factories.cast import NOW, Cast, member
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[tuple[str, str]]:
    with override("en"):
        return [
            (deed.name, str(deed.words))
            for deed in recent_acts_of_others_for(person, open_memberships_of(person), at=AT)
        ]


def test_a_member_reads_what_the_coordinator_did_on_their_word() -> None:
    cast = Cast()
    zoe, other = (member(cast.here.partnership, name) for name in ("Zoé Exemple", "Yves Exemple"))
    correction = on_behalf.Correction(name="Zoé Modèle", language="fr")
    on_behalf.correct_member_with_receipt(
        membership=Membership.objects.get(person=zoe),
        correction=correction,
        way="phone",
        by=cast.here.coordinator,
        at=NOW,
    )

    assert told(zoe) == [("Clara Haren", "Your details were corrected")]
    assert told(other) == []


def test_a_coordinator_reads_on_the_page_what_the_deputy_did(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    cast = Cast()
    own, deputy = (Mandate.objects.get(person=who) for who in (cast.here.coordinator, cast.here.deputy))
    until = NOW + timedelta(days=1)
    record_absence_and_ask_deputy(mandate=own, deputy=deputy, starts_at=NOW, ends_at=until, by=own.person, at=NOW)
    require(deputy.person, Permission.NOTICE_RELAY, cast.here.area, at=AT)
    note(verb="notice.relayed", by=deputy.person, at=AT, area=cast.here.area.path)

    pages = [signed_in(who).get("/m/settings/").content.decode() for who in (own.person, cast.next_door.coordinator)]

    assert ["Denis Haren" in page for page in pages] == [True, False]
    assert "A message was relayed to the members" in pages[0]
