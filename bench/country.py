"""A tenth of a country in a database, and who signs in to it: partnerships with members, and a year of messages.

``BUILD`` of ``bench.pages`` with ``--plps 200 --members 500 --notices 10`` fills the empty database of ``PLP_HOME`` or
``PLP_DATABASE_URL`` and prints the sign-ins and addresses of pages as JSON. Invented people on invented streets.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import batched
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from plp.delivery.models import Dispatch, Message, MessageChannel, MessageText
from plp.mandates.grants import Role
from plp.membership.models import Membership
from plp.notices.models import Notice, NoticeText, Relay, Release
from plp.notices.states import State
from plp.ops.commands.migrate import migrate_and_report_database
from plp.partnership.models import Partnership
from plp.people.models import Consent, ContactPoint, Household, Person, Preference
from plp.places.models import Street
from plp.toolbox import clock
from tests.factories.cast import NOW, Cast, Quarter, area, hold, person
from tests.portal.signing import RECORDS, account_of

PER_ZONE = 20
STREETS = 10  # of a partnership
AT_ONCE = 2000
LETTERS = str.maketrans("0123456789", "abcdefghij")
WORDS = "Fermez portes et fenêtres. Des vols ont été commis cette semaine dans le quartier."

# One copy for each member of each relayed message, as long ago as the message is.
COPIES = f"""
INSERT INTO {Dispatch._meta.db_table} (message_id, contact_id, person, channel, language, state, urgent, queued_at,
  due_at, tries, unknowns, replaced, digest, token, reference, reason, settled_at)
SELECT r.message_id, c.id, c.person_id, c.channel, 'fr', 'accepted', %s, r.at, r.at, 1, 0, %s, %s, '', '', '', r.at
FROM {Relay._meta.db_table} r
JOIN {Notice._meta.db_table} n ON n.id = r.notice_id
JOIN {Membership._meta.db_table} m ON m.partnership_id = n.partnership_id AND m.state = 'active'
JOIN {ContactPoint._meta.db_table} c ON c.person_id = m.person_id
ORDER BY r.at
"""


def say(words: str) -> None:
    """How far it is."""
    print(f"bench: {words}", file=sys.stderr, flush=True)


def people(partnership: Partnership, number: int, first: int) -> None:
    """So many active members with door, mail address, wishes and consent; ``first`` numbers them over the country."""
    streets = Street.objects.bulk_create(
        Street(nis="21004", register_id=f"{partnership.key}/{n}", name_fr=f"Rue {n}", folded=f"rue {n}")
        for n in range(STREETS)
    )
    for numbers in batched(range(first, first + number), AT_ONCE):
        doors = [
            Household(street=streets[n % STREETS], house=str(n // STREETS + 1), digest=f"{n:064x}") for n in numbers
        ]
        persons = [
            Person(name=f"Élise Voorbeeld {n}", language="fr", household=door, created_at=NOW)
            for n, door in zip(numbers, doors, strict=True)
        ]
        Household.objects.bulk_create(doors)
        Person.objects.bulk_create(persons)
        Preference.objects.bulk_create(Preference(person=one, paused_until="") for one in persons)
        Membership.objects.bulk_create(
            Membership(partnership=partnership, person=one, state="active", asked_at=NOW, joined_at=NOW)
            for one in persons
        )
        Consent.objects.bulk_create(
            Consent(person=one, kind=Consent.Kind.JOINING, version="1", given_at=NOW) for one in persons
        )
        ContactPoint.objects.bulk_create(
            ContactPoint(
                person=one,
                channel="email",
                address=f"member{n}@example.be",
                digest=f"{n:064x}",
                created_at=NOW,
                confirmed_at=NOW,
            )
            for n, one in zip(numbers, persons, strict=True)
        )


def messages(partnership: Partnership, author: Person, second: Person, by: Person, number: int) -> None:
    """So many messages over a year, each written, released and relayed."""
    moments = [NOW - timedelta(days=365 * place / max(number, 1), minutes=5) for place in range(number)]
    told = [
        Notice(
            partnership=partnership,
            kind="advice",
            reason=Notice.Reason.PREVENTION,
            state=State.RELAYED,
            author=author,
            created_at=at,
            submitted_at=at,
            relayed_at=at,
            text_hash="0" * 64,
        )
        for at in moments
    ]
    sent = [
        Message(
            purpose="notice.advice", subject=one.pk, area=partnership.area.path, audience=0, created_at=one.created_at
        )
        for one in told
    ]
    Notice.objects.bulk_create(told)
    NoticeText.objects.bulk_create(NoticeText(notice=one, language="fr", title="Vols", core=WORDS) for one in told)
    Message.objects.bulk_create(sent)
    MessageChannel.objects.bulk_create(MessageChannel(message=one, channel="email", rank=1) for one in sent)
    MessageText.objects.bulk_create(
        MessageText(message=one, channel="email", language="fr", subject="Vols", body=WORDS) for one in sent
    )
    Release.objects.bulk_create(
        Release(notice=one, by=second, at=one.created_at, proven_at=one.created_at, text_hash="0" * 64) for one in told
    )
    Relay.objects.bulk_create(
        Relay(notice=one, by=by, at=one.created_at, message=message, audience=0)
        for one, message in zip(told, sent, strict=True)
    )


def quarters(cast: Cast, number: int) -> Iterator[tuple[Quarter, Person]]:
    """The first quarter of the cast, then more over as many zones as are wanted, each with its officer."""
    yield cast.here, cast.officer
    officer = cast.officer
    for place in range(1, number):
        letters = str(place).translate(LETTERS)  # a name holds no figures
        path = "be/z1/m21004/" if place < PER_ZONE else f"be/zb{place // PER_ZONE}/"
        if place >= PER_ZONE and place % PER_ZONE == 0:
            officer = person(f"Bureau {letters}")
            hold(officer, Role.OFFICER, area("zone", path, f"Zone {place // PER_ZONE}"))
        yield cast.quarter(f"quartier-{letters}", f"{path}q-{place}/", officer), officer


def build(plps: int, members: int, notices: int) -> Cast:
    """Everything, in one transaction."""
    migrate_and_report_database()
    with transaction.atomic():
        cast = Cast()
        for place, (made, officer) in enumerate(quarters(cast, plps)):
            people(made.partnership, members, place * members)
            messages(made.partnership, officer, cast.second_officer, made.coordinator, notices)
        with connection.cursor() as cursor:
            cursor.execute(COPIES, [False, False, False])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return cast


def cookie(someone: Person) -> str:
    """The session of somebody who proved both factors, as a browser sends it."""
    client, now = Client(), clock.now().timestamp()
    client.force_login(account_of(someone), backend="plp.portal.subjects.account.adapters.Backend")
    session = client.session
    session[RECORDS] = [{"method": "password", "at": now}, {"method": "mfa", "at": now}]
    session[f"{RECORDS}_user"] = session[SESSION_KEY]
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.LANGUAGE_COOKIE_NAME}=fr"


def pages(cast: Cast) -> dict[str, dict[str, Any]]:
    """The pages that people open most: name, address and whose sessions. What every coordinator opens is opened by
    each of them in turn, for nobody may turn the pages of a list of members fifty times a second (T12).
    """
    own = Notice.objects.filter(partnership=cast.here.partnership).order_by("-created_at").first()
    assert own
    boss = person("Sam Leider")
    hold(boss, Role.SUPERVISOR, cast.zone)
    everybody = [cookie(one) for one in Person.objects.filter(mandates__role=Role.COORDINATOR).order_by("pk")]
    coordinator, officer, supervisor = ([cookie(one)] for one in (cast.here.coordinator, cast.officer, boss))
    return {
        "coordinator's desk": {"path": reverse("home:start"), "cookies": everybody},
        "message list": {"path": reverse("notices:relay:inbox"), "cookies": everybody},
        "message page": {"path": reverse("notices:relay:detail", args=[own.pk]), "cookies": coordinator},
        "members list": {"path": reverse("membership:desk:members"), "cookies": everybody},
        "police desk": {"path": reverse("notices:desk:desk"), "cookies": officer},
        "zone dashboard": {"path": reverse("evaluation:figures:overview"), "cookies": supervisor},
    }


def main() -> None:
    """Build, then tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("plps", "members", "notices"):
        parser.add_argument(f"--{name}", type=int, required=True)
    options = parser.parse_args()
    begun = time.monotonic()
    cast = build(options.plps, options.members, options.notices)
    told: dict[str, Any] = {
        "pages": pages(cast),
        "partnerships": Partnership.objects.count(),
        "members": Membership.objects.count(),
        "dispatches": Dispatch.objects.count(),
        "seconds": round(time.monotonic() - begun, 1),
    }
    print(json.dumps(told))
