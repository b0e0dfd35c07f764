"""A site at work in a process of its own: it takes neighbours in, reads them back and finds them, until it is told to
stop. Prints what went wrong as JSON: nothing may.
"""

import json
import select
import sys
from uuid import UUID

from django.db import OperationalError

from plp.people import actions as people
from plp.people.models import Person
from plp.people.queries import contacts_at
from plp.toolbox import clock


def register_until_stopped() -> None:
    """One neighbour after the other, each looked up again with one who came before."""
    made: list[tuple[UUID, str, str]] = []
    read, wrong = 0, []
    while not select.select([sys.stdin], [], [], 0)[0]:
        number = len(made)
        name = "Ada " + "".join(chr(97 + int(digit)) for digit in str(number))
        someone = people.register_person(name=name, language="fr", by=None, at=clock.now())
        address = f"ada{number}.{someone.pk.hex}@example.be"
        people.add_contact(person=someone, channel="email", address=address, by=None, at=clock.now())
        made.append((someone.pk, name, address))
        for key, known_as, where in (made[-1], made[number // 2]):
            try:
                # By its key first: a row that is there must open. Then by its address: it must be found.
                opened = Person.objects.get(pk=key).name == known_as
                found = any(contact.person_id == key for contact in contacts_at("email", where))
            except OperationalError:
                continue  # busy: not what is tried here
            except Exception as error:  # whatever it is, it is told
                opened, found = False, False
                wrong.append(type(error).__name__)
            read += 1
            wrong += [] if opened and found else [f"{number}: opened {opened}, found {found}"]
    print(json.dumps({"made": len(made), "read": read, "wrong": wrong[:20], "errors": len(wrong)}), flush=True)
