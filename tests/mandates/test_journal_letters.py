"""Heads of the journal in the mailboxes of others: monthly, each their own chains, and they prove a cut (T38)."""

from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch, MessageText
from plp.journal import anchors
from plp.journal.actions import note
from plp.journal.queries import chain_heads, is_noted, verify_journal
from plp.mandates.grants import Role
from plp.mandates.journal_letters import VERB, send_due_journal_heads_to_officials
from tests.factories.cast import NOW, Cast, area, contact, hold, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    contact(found.officer, "email", "anne@police.test")
    contact(found.here.coordinator, "email", "carla@plp.test")
    for quarter in (found.here, found.next_door):
        note(verb="test.done", by=None, at=NOW, area=quarter.partnership.area.path)
    return found


def letters(cast: Cast) -> dict[str, set[str]]:
    """Who got letters, and the chains in each person's texts."""
    found: dict[str, set[str]] = {"officer": set(), "coordinator": set()}
    for dispatch in Dispatch.objects.filter(message__purpose="partnership.journal_heads"):
        is_officer = cast.officer.contacts.filter(pk=dispatch.contact_id).exists()
        who = "officer" if is_officer else "coordinator"
        for text in MessageText.objects.filter(message=dispatch.message_id):
            found[who] |= set(anchors.parse_anchors(text.body))
    return found


def test_each_gets_the_chains_of_their_own_area_once_a_month(cast: Cast) -> None:
    here, next_door = (one.partnership.area.path for one in (cast.here, cast.next_door))

    sent = [send_due_journal_heads_to_officials(by=None, at=NOW + timedelta(days=days)) for days in (0, 31, 32, 60, 62)]

    assert sent[1] == sent[4] > 0
    assert [sent[0], *sent[2:4]] == [0, 0, 0]  # not in the first month of an office
    assert letters(cast) == {"officer": {here, next_door}, "coordinator": {here}}


def test_a_mail_holds_what_proves_the_journal(cast: Cast) -> None:
    ends = chain_heads()
    send_due_journal_heads_to_officials(by=None, at=NOW + timedelta(days=31))

    for text in MessageText.objects.filter(message__purpose="partnership.journal_heads"):
        kept = anchors.parse_anchors(text.body)
        assert kept == {chain: {ends[chain][0]: ends[chain][1]} for chain in kept} != {}
        assert verify_journal(kept).flaws == ()


def test_an_office_whose_chains_are_empty_gets_no_letter(cast: Cast) -> None:
    alone = person("Omar Exemple")
    mandate = hold(alone, Role.OFFICER, area("zone", "be/z20/", "Zone Vingt"))
    own = contact(alone, "email", "omar@police.test")

    send_due_journal_heads_to_officials(by=None, at=NOW + timedelta(days=31))

    assert is_noted(VERB, target=f"journal-heads:{mandate.pk}", since=NOW)
    assert not Dispatch.objects.filter(contact=own).exists()
