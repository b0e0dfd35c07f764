"""The other side of the crash tests of lists: one order, given on the command line, in a process of its own."""

import json
import sys
from pathlib import Path
from typing import Any

from plp.delivery.models import Dispatch, Message
from plp.journal.models import Entry
from plp.journal.queries import verify_journal
from plp.membership import list_drafts, list_exports, list_imports
from plp.membership.models import ListExport, ListImport, Membership
from plp.partnership.models import Partnership
from plp.people.models import Consent, ContactPoint, Household, Person
from plp.toolbox.moves import Refused
from tests.factories import outbox
from tests.factories.cast import NOW, Cast, member
from tests.membership.lists.stage import PROOF, streets

PARTS = (Person, Household, ContactPoint, Consent, Membership, Message, Dispatch, Entry)


def _coordinator(key: str) -> tuple[Partnership, Person]:
    found = Partnership.objects.select_related("area").get(key=key)
    return found, Person.objects.get(mandates__role="coordinator", mandates__area=found.area)


def prepare(file: str) -> dict:
    """Two quarters; in the one a draft of the list in ``file``, in the other three members."""
    outbox.make_database()
    cast = Cast()
    streets(cast)
    for name in ("Ada", "Bea", "Carl"):
        member(cast.next_door.partnership, f"{name} Exemple")
    partnership, by = _coordinator("haren")
    list_drafts.create_list_draft_from_file(
        partnership=partnership, content=Path(file).read_bytes(), proof=PROOF, by=by, at=NOW
    )
    return state()


def state() -> dict:
    """How many rows there are, and whether the journal is whole."""
    counts = {model.__name__: model.objects.count() for model in PARTS}
    return counts | {"listed": ListImport.objects.get().state, "sound": not verify_journal().flaws}


def bring_in() -> dict:
    """Bring the draft in; say when the people are written and their letters queued, and wait there, before the end."""
    tell = list_imports._send_import_notices

    def told(listed: ListImport, **given: Any) -> None:
        tell(listed, **given)
        sys.stdout.write("told\n")
        sys.stdout.flush()
        sys.stdin.readline()

    list_imports._send_import_notices = told
    _partnership, by = _coordinator("haren")
    list_imports.import_list_draft(list_import=ListImport.objects.get(), skip_bad=False, by=by, at=NOW)
    return state()


def take_out() -> dict:
    """Take the list of the other quarter out as soon as somebody says go."""
    partnership, by = _coordinator("laeken")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    try:
        list_exports.export_list_and_notify(
            partnership=partnership, form="csv", reason="Liste de la réunion", proven_at=NOW, by=by, at=NOW
        )
    except Refused as refused:
        return {"refused": type(refused).__name__}
    return {"refused": ""}


def exports() -> list:
    """The numbers of what was taken out, and how often it stands in the journal."""
    numbers = sorted(ListExport.objects.values_list("number", flat=True))
    return [numbers, Entry.objects.filter(verb="list.taken_out").count()]


ORDERS = {function.__name__: function for function in (prepare, state, bring_in, take_out, exports)}


def obey() -> None:
    """Do what the command line says, and answer on standard output."""
    name, *arguments = sys.argv[1:]
    sys.stdout.write(json.dumps(ORDERS[name](*arguments)) + "\n")
