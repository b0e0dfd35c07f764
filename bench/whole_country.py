"""The whole country in a database of PostgreSQL, built with COPY: who lives where, who is a member, what was sent.

``BUILD`` of ``bench.national`` fills the empty database of ``PLP_DATABASE_URL``. Invented people on invented streets.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from uuid import UUID

from django.db import connection

from bench.copying import copy_rows, indexes_set_aside
from bench.country import messages, quarters, say
from bench.national_pages import pages
from plp.delivery.models import Dispatch
from plp.membership.models import Membership
from plp.notices.models import Relay
from plp.ops.commands.migrate import migrate_and_report_database
from plp.partnership.models import Partnership
from plp.people.models import Consent, ContactPoint, Household, Person, Preference
from plp.places.models import Coverage, Street
from plp.toolbox.crypto import seal, sealing_context_of_row
from plp.toolbox.ids import new_random_id
from tests.factories.cast import NOW, Cast

STREETS = 10  # of a partnership
DOORS = 100  # of a street
BEYOND = 15  # streets for each partnership where there is none
AT_ONCE = 100  # partnerships whose members are written together

ADDRESSES = """
INSERT INTO places_address (street_id, register_id, number, box, sort_key, postcode, longitude, latitude, sector,
  status)
SELECT s.id, s.register_id || '/' || n, n::text, '', lpad(n::text, 6, '0'), s.postcode,
  2.6 + mod(s.id * 0.6180339887, 1) * 3.7 + n * 0.00002, 49.6 + mod(s.id * 0.7548776662, 1) * 1.8, '', 'current'
FROM places_street s, generate_series(1, %s) n
"""
COVERED = """
INSERT INTO places_coveredaddress (area_id, address_id)
SELECT c.area_id, a.id FROM places_coverage c JOIN places_address a ON a.street_id = c.street_id
"""
# One copy for each member of each message that was relayed at one moment.
COPIES = """
INSERT INTO delivery_dispatch (message_id, contact_id, person, channel, language, state, urgent, queued_at,
  due_at, tries, unknowns, replaced, digest, token, reference, reason, settled_at)
SELECT r.message_id, c.id, c.person_id, c.channel, 'fr', 'accepted', false, r.at, r.at, 1, 0, false, false, '', '', '',
  r.at
FROM notices_relay r
JOIN notices_notice n ON n.id = r.notice_id
JOIN partnership_membership m ON m.partnership_id = n.partnership_id AND m.state = 'active'
JOIN people_contactpoint c ON c.person_id = m.person_id
WHERE r.at = %s
"""


@dataclass(frozen=True)
class Resident:
    """Who is written: their number in the country, their keys, their street and partnership."""

    number: int
    person: UUID
    household: UUID
    street: int
    partnership: UUID


def sealed(table: str, column: str, key: UUID, text: str) -> bytes:
    """The value of a sealed column."""
    return seal(text, context=sealing_context_of_row(table, column, key))


def make_streets(partnerships: Sequence[Partnership]) -> list[list[int]]:
    """Streets of each partnership, which cover its quarter, and streets beyond; the keys of the former."""
    number = len(partnerships) * STREETS
    streets = Street.objects.bulk_create(
        Street(nis="21004", postcode="1000", register_id=f"s{n}", name_fr=f"Rue {n}", folded=f"rue {n}")
        for n in range(number + len(partnerships) * BEYOND)
    )
    groups = [list(group) for group in batched(streets[:number], STREETS)]
    Coverage.objects.bulk_create(
        Coverage(area=partnership.area, street=street)
        for partnership, group in zip(partnerships, groups, strict=True)
        for street in group
    )
    return [[street.pk for street in group] for group in groups]


def residents(group: Sequence[tuple[int, Partnership, list[int]]], members: int) -> Iterator[Resident]:
    """So many of each partnership; its number in the country begins theirs."""
    for place, partnership, streets in group:
        for n in range(members):
            yield Resident(place * members + n, new_random_id(), new_random_id(), streets[n % STREETS], partnership.pk)


def write_members(group: Sequence[Resident], partnership: Partnership) -> None:
    """Active members with door, mail address, wishes and consent."""
    copy_rows(
        Household(house="1", digest=""),
        ("id", "street_id", "house", "digest"),
        (
            (one.household, one.street, sealed("people_household", "house", one.household, "1"), f"{one.number:064x}")
            for one in group
        ),
    )
    copy_rows(
        Person(name="-", language="fr", created_at=NOW),
        ("id", "name", "household_id"),
        (
            (one.person, sealed("people_person", "name", one.person, f"Élise Voorbeeld {one.number}"), one.household)
            for one in group
        ),
    )
    preferences = [(new_random_id(), one.person) for one in group]
    copy_rows(
        Preference(paused_until=""),
        ("id", "person_id", "paused_until"),
        ((key, person, sealed("people_preference", "paused_until", key, "")) for key, person in preferences),
    )
    copy_rows(
        Consent(kind=Consent.Kind.JOINING, version="1", given_at=NOW),
        ("id", "person_id"),
        ((new_random_id(), one.person) for one in group),
    )
    copy_rows(
        Membership(partnership=partnership, state="active", asked_at=NOW, joined_at=NOW),
        ("id", "person_id", "partnership_id"),
        ((new_random_id(), one.person, one.partnership) for one in group),
    )
    contacts = [(new_random_id(), one) for one in group]
    copy_rows(
        ContactPoint(channel="email", address="-", digest="", created_at=NOW, confirmed_at=NOW),
        ("id", "person_id", "address", "digest"),
        (
            (
                key,
                one.person,
                sealed("people_contactpoint", "address", key, f"member{one.number}@example.be"),
                f"{one.number:064x}",
            )
            for key, one in contacts
        ),
    )


def build(plps: int, members: int, notices: int) -> Cast:
    """Everything, step by step, saying what it takes."""
    migrate_and_report_database()
    cast = Cast()
    made = list(quarters(cast, plps))
    partnerships = [quarter.partnership for quarter, _officer in made]
    say(f"{plps:,} partnerships")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no foreign key is checked, no trigger asked
        streets = make_streets(partnerships)
        cursor.execute(ADDRESSES, [DOORS])
        cursor.execute(COVERED)
        say("addresses")
        for group in batched(zip(range(plps), partnerships, streets, strict=True), AT_ONCE):
            write_members(list(residents(group, members)), partnerships[0])
            say(f"members up to partnership {group[-1][0] + 1:,}")
        for quarter, officer in made:
            messages(quarter.partnership, officer, cast.second_officer, quarter.coordinator, notices)
        cursor.execute("ANALYZE")
        say(f"{plps * notices:,} messages")
        with indexes_set_aside(Dispatch):
            for moment in sorted(Relay.objects.values_list("at", flat=True).distinct()):
                cursor.execute(COPIES, [moment])
                say(f"{cursor.rowcount:,} copies of {moment:%d %B}")
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
    return cast


def main() -> None:
    """Build, then tell who signs in, to which pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("plps", "members", "notices"):
        parser.add_argument(f"--{name}", type=int, required=True)
    options = parser.parse_args()
    cast = build(options.plps, options.members, options.notices)
    json.dump({"pages": pages(cast)}, sys.stdout)
