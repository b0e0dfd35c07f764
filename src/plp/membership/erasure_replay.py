"""After a restore: whoever was erased since is erased again, and contacts that were stopped are stopped (T51, F30)."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from plp.journal.actions import note
from plp.membership import erasure
from plp.people import actions as persons
from plp.people import erasures
from plp.people.models import ContactPoint, Person

AGAIN: dict[str, Callable[..., Any]] = {
    "contact.removed": lambda contact, **signed: persons.remove_contact(contact=contact, **signed),
    "contact.stopped": lambda contact, **signed: persons.stop_contact(contact=contact, how="restored", **signed),
    "contact.resumed": lambda contact, **signed: persons.resume_contact(contact=contact, **signed),
    "person.forgotten": lambda person, **signed: erasure.erase_person(person=person, **signed),
}


@transaction.atomic
def replay_erasures(*, by: Person | None, at: datetime) -> Counter[str]:
    """Do again what the list of erasures names and this database does not know; answer how often, by verb."""
    done, noted = Counter[str](), {(act.verb, act.key): act.at for act in sorted(erasures.erasures_in_journal())}
    for act in sorted(erasures.erasures_in_file()):
        if noted.get((act.verb, act.key), "") >= act.at:
            continue
        table: Any = Person if act.verb == "person.forgotten" else ContactPoint
        for row in table.objects.filter(pk=act.key):
            AGAIN[act.verb](row, by=by, at=at)
            done[act.verb] += 1
    if done:
        note(verb="erasures.replayed", by=by, at=at, acts=dict(done))
    return done
