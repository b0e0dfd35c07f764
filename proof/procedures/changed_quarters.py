"""Quarters of one zone that are split, merged and redrawn at random, with objections, moves of house and kills.

The lot is drawn by the seed alone: keys count upwards and rows are read in an order, so two runs do the same.

A process with the database under test (``proof.procedures.message_queue.serve_procedure_calls``).
"""

import os
import random
import signal
from collections import Counter
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import setup_test_environment

from plp.delivery.models import Dispatch
from plp.launch.actions import quarter_changes, quarter_clock, quarter_undo
from plp.launch.actions.quarter_changes import QuarterPlan
from plp.launch.models import QuarterChange, QuarterChangeMember
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_of_exact_area
from plp.membership import actions as memberships
from plp.membership.house_moves import record_move_and_ask_to_join_there
from plp.membership.models import Membership
from plp.membership.street_recruits import street_code
from plp.partnership.models import Partnership
from plp.people import actions as people
from plp.people.models import Person
from plp.places import actions as places
from plp.places.models import Address, CoveredAddress, Street
from plp.places.queries import StreetPart, quarters_covering_door, streets_of
from plp.places.rules import Selector
from plp.toolbox import clock
from plp.toolbox.moves import Refused
from proof.harness.repeatable_seed import use_counted_ids
from proof.procedures import message_queue
from tests.factories import cast, outbox
from tests.factories.static_files import keep_static_files

STREETS, DOORS, MEMBERS = 4, 8, 36
BEFORE = timedelta(days=15)
BEYOND = {"launch.lifeact", "launch.quarterchange", "launch.quarterchangemember", "journal.entry", "journal.chain"}
APART = {"delivery", "sessions", "metrics", "connections"}
DERIVED = {"places.coverage", "places.coveredaddress"}  # laid anew, with keys of their own

play: list[cast.Cast] = []
keys: set[str] = set()
streets: list[Street] = []
alive: set[UUID] = set()
faults: Counter[str] = Counter()


def create_quarters_and_members(seed: int) -> None:
    """Three quarters with their streets, and members behind the doors; some belong to two of them."""
    setup_test_environment(debug=False)
    keep_static_files()
    outbox.make_database()
    call_command("createcachetable", verbosity=0)
    use_counted_ids(str(seed))
    cast.NOW = clock.now().replace(hour=12)  # whole days lie between what is done: no hour of the start decides
    play.append(cast.Cast())
    quarters = [play[0].here, play[0].next_door]
    quarters.append(play[0].quarter("jette", "be/z1/m21004/q-jette/", play[0].officer))
    for number, quarter in enumerate(quarters):
        own = [_create_street_with_addresses(f"Rue {number} {place}") for place in range(STREETS)]
        streets.extend(own)
        keys.add(quarter.partnership.key)
        parts = [StreetPart(street) for street in own]
        places.draw_quarter_and_count_addresses(area=quarter.area, selectors=parts, by=None, at=cast.NOW)
    for number in range(MEMBERS):
        _create_member_at_address(quarters[number % len(quarters)].partnership, number)
    for person in Person.objects.filter(pk__in=list(alive)).order_by("pk")[:4]:
        Membership.objects.get_or_create(
            partnership=quarters[-1].partnership, person=person, state="active", defaults={"asked_at": cast.NOW}
        )


def _create_street_with_addresses(name: str) -> Street:
    street = Street.objects.create(nis="21004", postcode="1130", register_id=name, name_fr=name, folded=name.lower())
    Address.objects.bulk_create(
        Address(street=street, register_id=f"{name}/{number}", number=str(number), sort_key=f"{number:03}")
        for number in range(1, DOORS + 1)
    )
    return street


def _create_member_at_address(partnership: Partnership, number: int) -> None:
    someone = cast.member(partnership, f"Membre {number}", ("fr", "nl", "de", "en")[number % 4])
    cast.contact(someone, "email", f"member{number}@example.be")
    street = list(streets_of(partnership.area))[number % STREETS]
    house = str(number % DOORS + 1)
    people.set_front_door(person=someone, street=street, house=house, by=None, at=cast.NOW)
    alive.add(someone.pk)


def run_random_change_and_count_faults(seed: int, number: int) -> dict[str, Any]:
    """One change from its preparation to its day, and perhaps undone; answers what was wrong so far.

    ``drawn``: a digest of who belongs where afterwards, the same in each run with this seed.
    """
    chance = random.Random(f"{seed}/{number}")
    at = cast.NOW + number * 2 * BEFORE
    Mandate.objects.filter(ends_at=None).update(confirmed_at=at)
    row = _prepare_random_change_or_none(chance, at)
    if row is None:
        return dict(faults) | {"refused": 1, "drawn": _digest_of_memberships()}
    quarter_changes.release_quarter_change_and_tell_members(change=row, by=play[0].second_officer, at=at)
    _answer_change_at_random(row, chance, at)
    for _number in range(chance.randrange(3)):
        _move_and_accept_random_member(chance, at)
    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=at + timedelta(days=3))
    roles = {
        str(mandate.pk): chance.choice(["goes", "ends", "stays"]) for mandate in _mandates_of_changed_quarter(row, at)
    }
    quarter_changes.set_mandates_that_move_or_end(change=row, choices=roles, by=play[0].officer, at=at)
    result = _carry_out_and_maybe_undo_change(row, chance, at + BEFORE)
    _count_faults()
    return dict(faults) | result | {"drawn": _digest_of_memberships()}


def _digest_of_memberships() -> str:
    rows = Membership.objects.order_by("pk").values_list("pk", "person", "partnership__key", "state")
    doors = CoveredAddress.objects.order_by("address", "area").values_list("address__register_id", "area__path")
    return sha256(repr([list(rows), list(doors)]).encode()).hexdigest()[:12]


def _mandates_of_changed_quarter(row: QuarterChange, at: datetime) -> list[Mandate]:
    return sorted(mandates_of_exact_area(row.partnership.area, at=at), key=lambda mandate: mandate.pk)


def _prepare_random_change_or_none(chance: random.Random, at: datetime) -> QuarterChange | None:
    """A change that can be; ``None`` where what was drawn by lot is refused."""
    works = list(Partnership.objects.filter(state="active", area__path__startswith="be/z1/").order_by("key"))
    source = chance.choice(works)
    others = [other for other in works if other.pk != source.pk]
    kind = chance.choice(["split", "split", "merge", "redraw", "redraw"] if len(works) < 5 else ["merge", "redraw"])
    if not others:
        kind = "split"
    own = list(streets_of(source.area))
    selector = chance.choice([Selector(), Selector(), Selector("odd"), Selector("even", "2", "6")])
    parts = tuple(StreetPart(street, selector) for street in chance.sample(own, min(len(own), chance.randrange(1, 3))))
    more: dict[str, Any] = {"other": chance.choice(others)} if kind != "split" else {}
    if kind == "split":
        more = {"key": f"part-{QuarterChange.objects.count()}", "names": {"fr": "Partie"}}
    about = {"kind": kind, "day": (at + BEFORE).date(), "reason": "tiré au sort"}
    plan = QuarterPlan(**about, parts=() if kind == "merge" else parts, **more)
    try:
        row = quarter_changes.create_unannounced_quarter_change(
            partnership=source, plan=plan, by=play[0].officer, at=at
        )
    except Refused:
        return None
    keys.update([row.key] if row.key else [])
    return row


def _answer_change_at_random(row: QuarterChange, chance: random.Random, at: datetime) -> None:
    """Some object, some ask, some leave at once."""
    told_members = row.members.select_related("membership__person", "membership__partnership__area", "change")
    for told in told_members.order_by("pk"):
        choice = chance.choices(["", "stays", "asks", "leaves"], [80, 10, 7, 3])[0]
        person = told.membership.person
        if choice == "leaves":
            memberships.leave_partnership_with_receipt(membership=told.membership, by=person, at=at)
            if not Membership.objects.filter(person=person, state="active").exists():
                alive.discard(person.pk)
        elif choice:
            quarter_changes.save_member_answer_to_quarter_change(told=told, answer=choice, by=person, at=at)


def _move_and_accept_random_member(chance: random.Random, at: datetime) -> None:
    """Somebody moves, and the new partnership accepts them."""
    person = Person.objects.get(pk=chance.choice(sorted(alive)))
    house = str(chance.randrange(1, DOORS + 1))
    record_move_and_ask_to_join_there(person=person, street=chance.choice(streets), house=house, by=person, at=at)
    asked_memberships = Membership.objects.filter(person=person, state="pending").select_related("partnership__area")
    for asked in asked_memberships.order_by("pk"):
        memberships.accept_and_welcome_member(membership=asked, by=None, at=at)


def _carry_out_and_maybe_undo_change(row: QuarterChange, chance: random.Random, at: datetime) -> dict[str, int]:
    """The day: now and then killed amid it; then whole, and now and then taken back."""
    before, result = _rows_by_table(), Counter({row.kind: 1})
    if chance.random() < 0.5:
        result["killed"] += _carry_out_in_child_and_kill(
            at, statement=chance.randrange(5, 120), seed=f"killed {row.pk}"
        )
        if QuarterChange.objects.get(pk=row.pk).state == "told" and _rows_by_table() != before:
            faults["half done after a kill"] += 1
    objecting = _objectors_left_without_partnership(row)
    quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=at)
    row = QuarterChange.objects.get(pk=row.pk)
    if row.state != "done":
        faults["not carried out"] += 1
        return result
    if chance.random() < 0.4:
        quarter_undo.undo_quarter_change_within_a_day(change=row, by=play[0].chief, at=at + timedelta(hours=20))
        result["undone"] += 1
        faults["tables that an undo left different"] += sum(
            after != before[label] for label, after in _rows_by_table().items()
        )
    else:
        alive.difference_update(objecting)
    return result


def _objectors_left_without_partnership(row: QuarterChange) -> set[UUID]:
    """Who belongs nowhere once a merger is done, because they objected."""
    if row.kind != "merge":
        return set()
    objecting = row.members.filter(answer="stays").values_list("membership__person_id", flat=True)
    elsewhere = Membership.objects.filter(person__in=list(objecting), state="active").exclude(
        partnership=row.partnership_id
    )
    return set(objecting) - set(elsewhere.values_list("person_id", flat=True))


def _carry_out_in_child_and_kill(at: datetime, *, statement: int, seed: str) -> int:
    """Let another process carry it out, and kill it at one of its statements; 1 if it was killed."""
    connection.close()
    child = os.fork()
    if not child:
        use_counted_ids(seed)  # what it commits must not have the keys that are given out here next
        seen = iter(range(statement))
        with connection.execute_wrapper(
            lambda run, *rest: run(*rest) if next(seen, None) is not None else _kill_own_process()
        ):
            quarter_clock.apply_or_give_up_due_quarter_changes(by=None, at=at)
        os._exit(0)
    return int(os.WIFSIGNALED(os.waitpid(child, 0)[1]))


def _kill_own_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _rows_by_table() -> dict[str, list[str]]:
    """Every table but the journal, the outbox, and what tells that a change was done and undone."""
    rows = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if label in BEYOND or model._meta.app_label in APART:
            continue
        fields = [
            field.attname for field in model._meta.concrete_fields if not (label in DERIVED and field.primary_key)
        ]
        rows[label] = sorted(map(repr, model._default_manager.values_list(*fields)))
    return rows


def _count_faults() -> None:
    """Who is lost, doubled, told twice; which link is dead; which door has two quarters or none."""
    active = Membership.objects.filter(state="active")
    faults["members lost"] += len(alive - set(active.values_list("person_id", flat=True)))
    standing = Membership.objects.filter(state__in=["pending", "active", "suspended"])
    twice = standing.values("person", "partnership").annotate(rows=Count("pk")).filter(rows__gt=1)
    faults["members doubled"] += twice.count()
    faults["members of a partnership that is over"] += active.filter(partnership__state="merged").count()
    letters = Counter(
        Dispatch.objects.filter(message__purpose="launch.quarter_change").values_list("contact__person", flat=True)
    )
    told = Counter(QuarterChangeMember.objects.values_list("membership__person", flat=True))
    faults["letters twice or not at all"] += sum(letters[key] != told[key] for key in letters.keys() | told.keys())
    doors = Counter(CoveredAddress.objects.filter(area__merged_into=None).values_list("address", flat=True))
    faults["doors of two quarters or none"] += sum(
        doors[key] != 1 for key in Address.objects.values_list("pk", flat=True)
    )
    faults["links dead or astray"] += _count_dead_partnership_links()


def _count_dead_partnership_links() -> int:
    """Old public pages and street codes of every partnership that ever was."""
    visitor, dead = Client(), 0
    for key in sorted(keys & _partnership_keys_ever_public()):
        dead += visitor.get(f"/p/{key}/", follow=True).status_code != 200
        street = streets[len(key) % len(streets)]
        answer = visitor.get(f"/p/{key}/s/{street_code(street)}/", follow=True)
        reached = answer.redirect_chain[-1][0].split("/")[2] if answer.redirect_chain else key
        over = {area for number in range(1, DOORS + 1) for area in quarters_covering_door(street, str(number))}
        dead += answer.status_code != 200 or reached not in {area.partnership.key for area in over}
    return dead


def _partnership_keys_ever_public() -> set[str]:
    """The keys that ever had a page: those of splits that were not carried out never did."""
    done = QuarterChange.objects.filter(state__in=["done", "undone"]).values_list("key", flat=True)
    return set(Partnership.objects.values_list("key", flat=True)) | set(done)


OWN = (create_quarters_and_members, run_random_change_and_count_faults)
PROCEDURES = {**message_queue.PROCEDURES, **{one.__name__: one for one in OWN}}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
