"""Joining: open to all who live or work there, silent about who is a member."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch
from plp.mandates.grants import Permission
from plp.mandates.queries import NotAllowed
from plp.membership import actions as memberships
from plp.membership import queries as membership_queries
from plp.membership.models import Membership
from plp.membership.queries import member_contacts, memberships_in_scope
from plp.partnership import actions as partnerships
from plp.partnership import queries
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.partnership.states import State
from plp.people.models import Consent
from plp.people.preferences import set_pause
from tests.factories.cast import NOW, Cast, contact, member

pytestmark = pytest.mark.django_db
ASKING = memberships.JoinRequest(
    name="Ann Exemple",
    language="fr",
    contacts=[("email", "ann@example.org")],
    rules_version="2026-11",
    is_adult=True,
    lives_or_works_here=True,
    accepts_rules=True,
)


def test_joining_waits_for_the_coordinator_and_keeps_each_consent(cast: Cast) -> None:
    membership = memberships.request_membership(partnership=cast.here.partnership, joining=ASKING, by=None, at=NOW)

    kinds = sorted(Consent.objects.filter(person=membership.person).values_list("kind", flat=True))
    assert membership.state == "pending"
    assert kinds == ["adult", "channel", "conduct", "internal_rules", "joining", "lives_or_works"]


@pytest.mark.parametrize("kind", [Partnership.Kind.TRADERS, Partnership.Kind.SECTORAL])
def test_a_partnership_of_the_self_employed_takes_residents(cast: Cast, kind: str) -> None:
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(kind=kind)
    cast.here.partnership.refresh_from_db()

    membership = memberships.request_membership(partnership=cast.here.partnership, joining=ASKING, by=None, at=NOW)
    memberships.accept_and_welcome_member(membership=membership, by=cast.here.coordinator, at=NOW)

    assert list(membership_queries.partnerships_of_member(membership.person)) == [cast.here.partnership]


@pytest.mark.parametrize("missing", ["is_adult", "lives_or_works_here", "accepts_rules"])
def test_a_missing_declaration_is_refused(cast: Cast, missing: str) -> None:
    with pytest.raises(memberships.MustDeclare):
        memberships.request_membership(
            partnership=cast.here.partnership, joining=replace(ASKING, **{missing: False}), by=None, at=NOW
        )


def test_the_coordinator_accepts_and_the_neighbour_does_not(cast: Cast) -> None:
    membership = memberships.request_membership(partnership=cast.here.partnership, joining=ASKING, by=None, at=NOW)

    with pytest.raises(NotAllowed):
        memberships.accept_and_welcome_member(membership=membership, by=cast.next_door.coordinator, at=NOW)
    memberships.accept_and_welcome_member(membership=membership, by=cast.here.coordinator, at=NOW)

    assert Membership.objects.get(pk=membership.pk).joined_at == NOW


def test_a_receipt_or_a_welcome_is_promised_if_one_leaves(cast: Cast) -> None:
    asked = memberships.request_membership(partnership=cast.here.partnership, joining=ASKING, by=None, at=NOW)
    away = member(cast.here.partnership, "Ann Ex")
    contact(away, "email", "ann@example.org")
    set_pause(person=away, until=NOW + timedelta(days=9), by=away, at=NOW)

    is_welcomed = memberships.accept_and_welcome_member(membership=asked, by=cast.here.coordinator, at=NOW)
    silent = memberships.leave_partnership_with_receipt(membership=asked, by=asked.person, at=NOW)
    has_receipt = memberships.leave_partnership_with_receipt(membership=away.memberships.get(), by=away, at=NOW)

    assert (is_welcomed, silent, has_receipt) == (False, False, True)
    assert Dispatch.objects.get().message.despite_stop  # no pause holds it


def test_a_member_leaves_freely(cast: Cast) -> None:
    someone = member(cast.here.partnership, "Ann Ex")
    contact(someone, "email", "ann@example.org")

    has_receipt = memberships.leave_partnership_with_receipt(membership=someone.memberships.get(), by=someone, at=NOW)

    assert has_receipt
    assert list(member_contacts(cast.here.partnership)) == []


def test_the_list_is_the_coordinators_alone(cast: Cast) -> None:
    member(cast.here.partnership, "Ann Ex")

    assert memberships_in_scope(cast.here.coordinator, at=NOW).count() == 1
    for stranger in (cast.next_door.coordinator, cast.here.deputy, cast.officer, cast.chief):
        assert memberships_in_scope(stranger, at=NOW).count() == 0
    assert sorted(partnerships_in_scope(cast.officer, Permission.NOTICE_WRITE, at=NOW), key=lambda one: one.key) == [
        cast.here.partnership,
        cast.next_door.partnership,
    ]


@pytest.mark.parametrize(
    ("state", "may"), [("idea", False), ("creation", True), ("recognition", True), ("ended", False)]
)
def test_one_joins_from_the_creation_on(cast: Cast, state: str, may: bool) -> None:
    partnership = cast.here.partnership
    partnership.state = state
    partnership.save()

    asked = not raises(memberships.NotOpen, partnership)

    assert asked == may
    assert queries.public_partnerships().filter(pk=partnership.pk).exists() == may


def raises(refusal: type[Exception], partnership: Partnership) -> bool:
    """Whether asking to join is refused."""
    try:
        memberships.request_membership(partnership=partnership, joining=ASKING, by=None, at=NOW)
    except refusal:
        return True
    return False


def test_nobody_makes_a_partnership_active_by_a_change_of_its_state_alone(cast: Cast) -> None:
    partnership = cast.here.partnership
    partnerships.change_partnership_state(partnership=partnership, to=State.DORMANT, by=cast.officer, at=NOW)

    with pytest.raises(partnerships.OnlyAtLaunch):
        partnerships.change_partnership_state(partnership=partnership, to=State.ACTIVE, by=cast.officer, at=NOW)
    with pytest.raises(NotAllowed):
        partnerships.activate_partnership(partnership=partnership, by=cast.here.coordinator, at=NOW)

    partnership.refresh_from_db()
    assert partnership.state == State.DORMANT


@pytest.mark.parametrize(("state", "page"), [(State.ACTIVE, "http://127.0.0.1:8000/p/{key}/"), (State.ENDED, "")])
def test_only_a_partnership_that_one_may_join_has_a_page_to_scan(cast: Cast, state: State, page: str) -> None:
    partnership = cast.here.partnership
    partnership.state = state

    assert queries.public_page_url(partnership) == page.format(key=partnership.key)
