"""New internal rules: the members are asked, accept on the page or on paper, and are reminded once (R68, R98)."""

from datetime import timedelta

import pytest

from plp.charter import actions as charter
from plp.charter import refusals
from plp.charter.actions.acceptance import REMINDED_AFTER, mail_members_to_accept_rules
from plp.charter.letters import amendment_letter_to_interior, rules_acceptance_slip
from plp.charter.models import Acceptance, Asking, Deed
from plp.charter.privacy import export
from plp.charter.queries import active_members_bound_by, members_without_acceptance_of_rules, rules_to_be_accepted_by
from plp.delivery.models import Dispatch, MessageText
from plp.mandates.queries import NotAllowed
from plp.membership.models import Membership
from plp.people.models import Consent, Person
from plp.places.models import Area
from plp.toolbox.texts import LANGUAGES
from tests.charter.stage import Stage
from tests.factories.cast import NOW, contact, member

pytestmark = pytest.mark.django_db


def rules(stage: Stage, version: int = 1) -> Deed:
    """Internal rules that have just come into force, in place of those before."""
    Deed.objects.filter(kind="rules", state="signed").update(state="superseded")
    return Deed.objects.create(
        partnership=stage.partnership,
        kind="rules",
        version=version,
        state="signed",
        languages=["fr", "nl"],
        drafted_at=NOW,
        signed_at=NOW,
    )


def neighbour(stage: Stage, name: str, language: str = "fr") -> Person:
    """A member who can be written to."""
    someone = member(stage.partnership, name, language)
    contact(someone, "email", f"{name.split(maxsplit=1)[0].lower()}@example.org")
    return someone


def test_each_member_is_asked_in_their_language_and_whoever_joined_with_them_is_not(stage: Stage) -> None:
    for name, language in (("Marie Membre", "fr"), ("Nele Nabuur", "nl")):
        neighbour(stage, name, language)
    Area.objects.filter(pk=stage.partnership.area.pk).update(name_fr="Lembecq", name_nl="Lembeek")
    stage.partnership.area.refresh_from_db()
    new = neighbour(stage, "Nora Neuve")
    deed = rules(stage)
    Consent.objects.create(person=new, kind="internal_rules", version="rules-1", given_at=NOW)

    assert mail_members_to_accept_rules(deed=deed, by=None, at=NOW) == 2

    copies = Dispatch.objects.filter(message__purpose="charter.rules_changed")
    assert sorted(copies.values_list("language", flat=True)) == ["fr", "nl"]
    subjects = dict(MessageText.objects.filter(channel="email").values_list("language", "subject"))
    assert (subjects["fr"][:7], subjects["nl"][:7]) == ("Lembecq", "Lembeek")
    assert members_without_acceptance_of_rules(deed).filter(person=new).count() == 0


def test_a_member_accepts_once_and_the_next_version_asks_again(stage: Stage) -> None:
    marie, first = neighbour(stage, "Marie Membre"), rules(stage)
    for _again in range(2):
        charter.accept_rules(deed=first, by=marie, at=NOW)

    waiting = rules_to_be_accepted_by(marie)
    second = rules(stage, 2)

    assert waiting == []
    assert rules_to_be_accepted_by(marie) == [second]
    assert export(marie)["accepted_rules"] == [{"version": 1, "at": NOW.isoformat(), "way": "page"}]
    first.refresh_from_db()
    with pytest.raises(refusals.RulesReplaced):
        charter.accept_rules(deed=first, by=marie, at=NOW)


def test_only_members_accept_and_only_the_coordinator_notes_paper(stage: Stage) -> None:
    marie, deed = neighbour(stage, "Marie Membre"), rules(stage)
    row = Membership.objects.get(person=marie)
    with pytest.raises(refusals.NotAMemberHere):
        charter.accept_rules(deed=deed, by=member(stage.next_door.partnership, "Paul Voisin"), at=NOW)
    for by in (stage.officer, stage.next_door.coordinator, marie):
        with pytest.raises(NotAllowed):
            charter.record_rules_accepted_on_paper(deed=deed, membership=row, by=by, at=NOW)

    charter.record_rules_accepted_on_paper(deed=deed, membership=row, by=stage.here.coordinator, at=NOW)

    noted = Acceptance.objects.get()
    assert (noted.person, noted.way, noted.noted_by) == (marie, "paper", stage.here.coordinator)


def test_silence_is_recalled_once_and_puts_nobody_out(stage: Stage) -> None:
    neighbour(stage, "Marie Membre")
    deed = rules(stage)
    mail_members_to_accept_rules(deed=deed, by=None, at=NOW)

    early = charter.remind_members_to_accept_rules(by=None, at=NOW + REMINDED_AFTER - timedelta(minutes=1))
    told = [
        charter.remind_members_to_accept_rules(by=None, at=NOW + REMINDED_AFTER + timedelta(days=days))
        for days in (0, 40)
    ]

    assert (early, told) == (0, [1, 0])
    assert Asking.objects.get().reminded == 1
    assert active_members_bound_by(deed).count() == 1


def test_slip_and_letter_stand_in_every_language(stage: Stage) -> None:
    deed = rules(stage)

    made = [rules_acceptance_slip(deed, code) for code in LANGUAGES]
    made += [amendment_letter_to_interior(deed, code, at=NOW) for code in LANGUAGES]

    assert [one.missing for one in made] == [()] * 8
