"""Never a moment without a holder (R38, R39, T11): random lives of a partnership.

The rules are tried on 10,000 lives in memory; the same kind of life goes through actions, clock and database a few
times, where every right is compared with what mandates, absences, delegations and clock say.
"""

import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import pytest
from django.db import transaction

from plp.charter.models import PlanRule
from plp.followup.actions.clocks import remind_or_pass_on_due_matters
from plp.followup.models import Due
from plp.followup.queries.desk_holders import RELAY, office_posts, person_in_charge_of_relaying
from plp.followup.rules import desk_holders
from plp.followup.rules.desk_holders import LAST, Hand, OfficePost
from plp.followup.rules.due import ClockAct, DueMatter, desk_due_time, next_clock_act, pass_on_time
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission, Role, Task
from plp.mandates.models import Absence, Delegation, Mandate, Standin, Suspension
from plp.mandates.queries import may
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.people.models import ContactPoint, Person
from tests.factories.cast import NOW, Cast, contact, hold, person
from tests.followup.stage import reachable, released

LIVES, STEPS = 1_500, 10  # more in proof/proofs/walks.py
THROUGH_ALL, STEPS_THROUGH_ALL = 8, 14
SPACE = UUID(int=4)
ROLES = [Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE, Role.OFFICER]
TERM = timedelta(minutes=15)
PLANS = ((), ("coordinator",), ("coordinator", "deputy"), ("coordinator", "deputy", "committee"))


@dataclass
class Life:
    """A partnership in memory: who is in office, away, delegated, unreachable; one message that waits."""

    chance: random.Random
    at: datetime = NOW
    posts: list[OfficePost] = field(default_factory=list)
    until: dict[UUID, tuple[datetime, UUID]] = field(default_factory=dict)  # away: until when, and the deputy
    delegated: set[UUID] = field(default_factory=set)
    standing_in: set[UUID] = field(default_factory=set)
    suspended: set[UUID] = field(default_factory=set)
    roles: tuple[str, ...] = ()  # whom the plan lets act; none named means all
    due: DueMatter | None = None
    given_at: datetime | None = None
    hand: Hand = Hand.COORDINATOR

    def __post_init__(self) -> None:
        """A chief, who never goes, and whoever else chance brings."""
        self._appoint(Role.CHIEF)
        for role in ROLES:
            self._appoint(role)

    def now(self) -> list[OfficePost]:
        """The posts as they are at this instant."""
        self.until = {key: value for key, value in self.until.items() if value[0] > self.at}
        held = [post for post in self.posts if post.mandate not in self.suspended]
        in_office = {post.mandate for post in held}
        covering = {deputy for key, (_end, deputy) in self.until.items() if key in in_office}
        is_vacant = not any(post.role == Role.COORDINATOR for post in held)
        return [
            replace(
                post,
                is_away=post.mandate in self.until,
                carries=post.role == Role.COORDINATOR
                or (post.role == Role.DEPUTY and (is_vacant or post.mandate in covering | self.standing_in))
                or (post.role == Role.COMMITTEE and post.mandate in self.delegated),
            )
            for post in held
        ]

    def step(self) -> None:
        """One event, some time, and the clock."""
        events = [
            self._someone_comes,
            self._someone_goes,
            self._leave,
            self._return,
            self._delegate,
            self._lose,
            self._tell,
            self._suspend,
            self._plan,
        ]
        self.chance.choice(events)()
        self.at += timedelta(minutes=self.chance.randrange(1, 25))
        self._clock()

    def can_act(self, post: OfficePost) -> bool:
        """Whether somebody below the police could act, told anew."""
        may = post.carries and post.mandate not in self.suspended and (not self.roles or post.role in self.roles)
        return may and post.is_reachable and not post.is_away

    def _appoint(self, role: Role) -> None:
        key = uuid5(SPACE, f"{self.chance.random()}")
        depth = 5 if role in {Role.OFFICER, Role.CHIEF} else 9
        self.posts.append(OfficePost(key, key, role, depth, self.at, carries=False, is_away=False, is_reachable=True))

    def _someone_comes(self) -> None:
        self._appoint(self.chance.choice(ROLES))

    def _someone_goes(self) -> None:
        going = [post for post in self.posts if post.role != Role.CHIEF]
        if going:
            self.posts.remove(self.chance.choice(going))

    def _leave(self) -> None:
        coordinators = [post for post in self.posts if post.role == Role.COORDINATOR]
        deputies = [post for post in self.posts if post.role == Role.DEPUTY]
        if coordinators and deputies:
            until = self.at + timedelta(minutes=self.chance.randrange(5, 90))
            self.until[self.chance.choice(coordinators).mandate] = (until, self.chance.choice(deputies).mandate)

    def _return(self) -> None:
        if self.until:
            del self.until[self.chance.choice(sorted(self.until))]

    def _delegate(self) -> None:
        for post in self.posts:
            if post.role == Role.COMMITTEE:
                self.delegated ^= {post.mandate}

    def _lose(self) -> None:
        place = self.chance.randrange(len(self.posts))
        self.posts[place] = replace(self.posts[place], is_reachable=not self.posts[place].is_reachable)

    def _suspend(self) -> None:
        """A measure suspends somebody, or the one before is over."""
        chosen = [post.mandate for post in self.posts if post.role in ROLES[:3]]
        self.suspended = set() if self.suspended or not chosen else {self.chance.choice(chosen)}

    def _plan(self) -> None:
        self.roles = self.chance.choice(PLANS)

    def _tell(self) -> None:
        if self.due is None:
            self.due = DueMatter(SPACE, SPACE, self.at + TERM, self.at + TERM / 2, TERM)
        else:
            self.due, self.given_at, self.hand, self.standing_in = None, None, Hand.COORDINATOR, set()

    def _clock(self) -> None:
        """What ``tick`` does, by the same rules."""
        if self.due is None:
            return
        held = desk_holders.find_desk_holder_post(self.now(), passed=self.hand, roles=self.roles)
        desk = held.hand if held else self.hand
        due_at = desk_due_time(self.due, self.given_at)
        passes_at = pass_on_time(self.due, due_at=due_at, holder=None, grace=timedelta(0))
        is_last = max(desk, self.hand) >= Hand.POLICE
        if (
            next_clock_act(self.due, at=self.at, passes_at=passes_at, is_reminded=True, is_last=is_last)
            != ClockAct.HAND_ON
        ):
            return
        for hand in [hand for hand in (Hand.DEPUTY, Hand.COMMITTEE, Hand.POLICE) if hand > max(desk, self.hand)]:
            deputy = desk_holders.next_deputy(self.now(), roles=self.roles) if hand == Hand.DEPUTY else None
            if deputy:
                self.standing_in.add(deputy.mandate)
            found = desk_holders.find_desk_holder_post(self.now(), passed=hand, roles=self.roles)
            if found and (found.hand == hand or hand == Hand.POLICE):
                self.hand = hand
                break
        self.given_at = self.at


def holders(seed: int) -> list[OfficePost | None]:
    """Who held the message after each step of a life; nobody where the rule was broken."""
    life, found = Life(random.Random(seed)), []
    for _step in range(STEPS):
        life.step()
        there = life.now()
        one = desk_holders.find_desk_holder_post(there, passed=life.hand, roles=life.roles)
        is_right = (
            one is not None
            and desk_holders.find_desk_holder_post(there[::-1], passed=life.hand, roles=life.roles) == one
            and (one.hand in LAST or (life.can_act(one) and one.hand >= life.hand))
            and not any(life.can_act(post) for post in there if life.hand <= post.hand < one.hand)
        )
        found.append(one if is_right else None)
    return found


def test_no_life_leaves_the_queue_without_one_holder() -> None:
    """0.1 s and more: the number is what the promise is about."""
    held = Counter(one and one.hand for seed in range(LIVES) for one in holders(seed))

    assert sum(held.values()) == LIVES * STEPS
    assert set(held) == set(Hand)


def test_only_the_police_hold_what_nobody_else_can() -> None:
    chief = OfficePost(SPACE, SPACE, Role.CHIEF, 5, NOW, carries=False, is_away=False, is_reachable=False)
    away = replace(chief, role=Role.COORDINATOR, depth=9, carries=True, is_reachable=True, is_away=True)

    assert desk_holders.find_desk_holder_post([away, chief]) == chief
    assert desk_holders.find_desk_holder_post([away]) is None


@dataclass
class Whole:
    """The same through actions, clock and database."""

    cast: Cast
    chance: random.Random
    at: datetime = NOW
    people: list[Person] = field(default_factory=list)
    waiting: Notice | None = None

    def step(self) -> None:
        """One event, some time, and the clock."""
        events = [self._come, self._go, self._leave, self._return, self._delegate, self._lose, self._tell]
        events += [self._suspend, self._reinstate]
        self.chance.choice(events)()
        self.at += timedelta(minutes=self.chance.randrange(1, 25))
        remind_or_pass_on_due_matters(by=None, at=self.at)

    def _in_office(self, *roles: Role) -> list[Mandate]:
        rows = Mandate.objects.filter(area=self.cast.here.area, role__in=roles, ends_at=None, starts_at__lte=self.at)
        rows = rows.exclude(pk__in=Suspension.objects.filter(ends_at=None).values("mandate"))
        return list(rows.select_related("area", "person").order_by("starts_at", "pk"))

    def _come(self) -> None:
        someone = person("Nouvelle Personne")
        contact(someone, "email", f"n{self.chance.randrange(10**9)}@example.org")
        hold(someone, self.chance.choice(ROLES[:3]), self.cast.here.area)
        self.people.append(someone)

    def _go(self) -> None:
        rows = self._in_office(Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE)
        if rows:
            mandates.end_mandate(mandate=self.chance.choice(rows), by=self.cast.officer, at=self.at)

    def _leave(self) -> None:
        own, deputies = self._in_office(Role.COORDINATOR), self._in_office(Role.DEPUTY)
        if own and deputies:
            mine, until = self.chance.choice(own), self.at + timedelta(minutes=self.chance.randrange(5, 90))
            deputy = self.chance.choice(deputies)
            with suppress(mandates.AbsenceOverlaps):  # away already
                mandates.record_absence_and_ask_deputy(
                    mandate=mine, deputy=deputy, starts_at=self.at, ends_at=until, by=mine.person, at=self.at
                )

    def _return(self) -> None:
        absence = Absence.objects.filter(ends_at__gt=self.at).select_related("mandate__person", "mandate__area").first()
        if absence:
            mandates.end_absence_and_notify_deputy(absence=absence, by=absence.mandate.person, at=self.at)

    def _suspend(self) -> None:
        rows = self._in_office(Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE)
        if rows:
            one = self.chance.choice(rows)
            mandates.suspend_mandates(person=one.person, area=one.area, matter=one.pk, by=None, at=self.at)

    def _reinstate(self) -> None:
        one = Suspension.objects.filter(ends_at=None).order_by("starts_at", "pk").first()
        if one:
            mandates.reinstate_mandates(matter=one.matter, by=None, at=self.at)

    def _delegate(self) -> None:
        own, helpers = self._in_office(Role.COORDINATOR), self._in_office(Role.COMMITTEE)
        free = [one for one in helpers if not Delegation.objects.filter(mandate=one, ends_at=None).exists()]
        if own and free:
            mandates.delegate_task(mandate=free[0], task=Task.MESSAGES, by=own[0].person, at=self.at)

    def _lose(self) -> None:
        point = self.chance.choice(list(ContactPoint.objects.order_by("pk")))
        ContactPoint.objects.filter(pk=point.pk).update(stopped_at=None if point.stopped_at else self.at)

    def _tell(self) -> None:
        if self.waiting is None:
            self.waiting = released(self.cast, at=self.at)
            return
        one = person_in_charge_of_relaying(self.cast.here.partnership, at=self.at)
        if one is not None and may(one, Permission.NOTICE_RELAY, self.cast.here.area, at=self.at):
            notices.relay_notice_to_members(notice=self.waiting, by=one, at=self.at)
            self.waiting = None

    def is_in_office(self, row: Mandate) -> bool:
        """Begun, not ended, not suspended."""
        has_ended = row.ends_at is not None and row.ends_at <= self.at
        return not has_ended and not Suspension.objects.filter(mandate=row, ends_at=None).exists()

    def may_relay(self, someone: Person) -> bool:
        """What mandates, absences, delegations and the clock say, told from the rows one by one."""
        here = list(Mandate.objects.filter(area=self.cast.here.area, starts_at__lte=self.at))
        is_vacant = not any(self.is_in_office(row) for row in here if row.role == Role.COORDINATOR)
        for row in (row for row in here if row.person_id == someone.pk and self.is_in_office(row)):
            covered = [
                absence
                for absence in Absence.objects.filter(deputy=row).select_related("mandate")
                if absence.starts_at <= self.at < absence.ends_at and self.is_in_office(absence.mandate)
            ]
            given = Delegation.objects.filter(mandate=row, ends_at=None).exists()
            covers = is_vacant or bool(covered) or Standin.objects.filter(deputy=row, ends_at=None).exists()
            if {"coordinator": True, "deputy": covers, "committee": given}[row.role]:
                return True
        return False

    def check(self) -> None:
        """One holder, who can act or is the police; the message on their desk; every right as it should be."""
        one = person_in_charge_of_relaying(self.cast.here.partnership, at=self.at)
        assert one is not None
        known = office_posts(self.cast.here.partnership, Permission.NOTICE_RELAY, at=self.at)
        mine = [post for post in known if post.person == one.pk]
        assert any(post.hand in LAST or (post.carries and post.is_reachable and not post.is_away) for post in mine)
        assert [row.holder for row in Due.objects.filter(kind=RELAY, done_at=None)] == [one] * bool(self.waiting)
        assert Standin.objects.filter(ends_at=None).exists() <= bool(self.waiting)
        for someone in [*self.people, self.cast.here.coordinator, self.cast.here.deputy]:
            assert may(someone, Permission.NOTICE_RELAY, self.cast.here.area, at=self.at) == self.may_relay(someone)


@pytest.mark.django_db
def test_lives_through_actions_clock_and_database_keep_the_same_promise() -> None:
    """Seconds: each step runs the whole clock."""
    cast = Cast()
    reachable(cast)
    PlanRule.objects.filter(plan=cast.here.plan).update(relayers=["coordinator", "deputy", "committee"])
    hands: set[int] = set()
    for number in range(THROUGH_ALL):
        with transaction.atomic():
            life = Whole(cast, random.Random(number))
            for _step in range(STEPS_THROUGH_ALL):
                life.step()
                life.check()
                hands |= set(Due.objects.filter(kind=RELAY).values_list("hand", flat=True))
            transaction.set_rollback(True)

    assert hands >= {Hand.COORDINATOR, Hand.DEPUTY, Hand.POLICE}
