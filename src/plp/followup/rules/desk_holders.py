"""Who holds a desk at an instant: exactly one person, found from the posts alone (R38, R39)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from plp.mandates.grants import Role


class Hand(IntEnum):
    """Through whose hands a thing goes: from the coordinator on, never back."""

    COORDINATOR = 0
    DEPUTY = 1
    COMMITTEE = 2
    POLICE = 3
    CHIEF = 4


HANDS: dict[Role, Hand] = {
    Role.COORDINATOR: Hand.COORDINATOR,
    Role.DEPUTY: Hand.DEPUTY,
    Role.COMMITTEE: Hand.COMMITTEE,
    Role.OFFICER: Hand.POLICE,
    Role.DEPUTY_OFFICER: Hand.POLICE,
    Role.SUPERVISOR: Hand.CHIEF,
    Role.CHIEF: Hand.CHIEF,
}
IN_ORDER = tuple(HANDS)  # within a hand: the officer before their deputy, the supervisor before the chief
LAST = (Hand.POLICE, Hand.CHIEF)


@dataclass(frozen=True)
class OfficePost:
    """One mandate in force, as far as holding goes.

    ``carries``: it carries the right in question now. ``is_away``: its holder noted an absence that lasts.
    ``is_reachable``: a message can reach the person, or the person can sign in.
    """

    mandate: UUID
    person: UUID
    role: Role
    depth: int  # of the area: the nearest post comes first
    since: datetime
    carries: bool
    is_away: bool
    is_reachable: bool
    is_on_call: bool = False

    @property
    def hand(self) -> Hand:
        """Whose hand this is."""
        return HANDS[self.role]

    @property
    def sort_key(self) -> tuple[Hand, bool, Hand, int, int, datetime, str]:
        """The order in which posts are asked: always the same for the same posts.

        Whoever is on call comes first on their own side: the quarter before the police, these before their chief.
        """
        side = max(self.hand, Hand.COMMITTEE)
        return (
            side,
            not self.is_on_call,
            self.hand,
            -self.depth,
            IN_ORDER.index(self.role),
            self.since,
            str(self.mandate),
        )


def find_desk_holder_post(
    posts: Sequence[OfficePost], *, passed: Hand = Hand.COORDINATOR, roles: Collection[str] = ()
) -> OfficePost | None:
    """The one post that holds the desk: the first hand from ``passed`` on that can act.

    A coordinator, deputy or delegate can act who carries the right, is not away and is reachable; ``roles``, if
    given, are those that the plan lets act. The police are at their desk in any case: officer, then supervisor and
    chief, then whoever of them there is. ``None`` only where there are no police at all.
    """
    able = [post for post in posts if post.hand >= passed and _can_act(post, roles)]
    police = [post for post in posts if post.hand in LAST]
    return min(able or police, key=lambda post: post.sort_key, default=None)


def next_deputy(posts: Sequence[OfficePost], *, roles: Collection[str] = ()) -> OfficePost | None:
    """The deputy to whom a thing goes next: reachable, and allowed to act by the plan."""
    deputies = [post for post in posts if post.hand == Hand.DEPUTY and (not roles or post.role in roles)]
    able = [post for post in deputies if post.is_reachable and not post.is_away]
    return min(able, key=lambda post: post.sort_key, default=None)


def _can_act(post: OfficePost, roles: Collection[str]) -> bool:
    if post.hand in LAST:
        return True
    return post.carries and post.is_reachable and not post.is_away and (not roles or post.role in roles)
