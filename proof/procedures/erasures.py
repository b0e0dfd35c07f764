"""A site whose people carry tokens, some of whom are erased; and everything that its tables then say, opened."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import models

from plp.delivery import actions as delivery
from plp.delivery.texts import Text
from plp.membership import erasure
from plp.membership.models import Membership
from plp.people.models import Person
from plp.people.queries import contacts_of
from plp.toolbox import clock
from tests.factories import outbox
from tests.factories.cast import Cast, contact, member

WORDS = "zqxverborgen"


def _name_token_of_number(number: int) -> str:
    return WORDS + "".join(chr(97 + int(digit)) for digit in f"{number:05d}")


def create_members_and_letters(people: int) -> None:
    """Members of one partnership, each of whom a letter to the coordinator names."""
    outbox.make_database()
    call_command("createcachetable", verbosity=0)
    here = Cast().here
    contact(here.coordinator, "email", "clara@example.be")
    for number in range(people):
        someone = member(here.partnership, f"Ada {_name_token_of_number(number)}")
        contact(someone, "email", f"{_name_token_of_number(number)}@example.be")
        someone.preference.call_note = f"laat lang rinkelen, {_name_token_of_number(number)}"
        someone.preference.save()
        letter = Text("email", "fr", f"Nouveau membre : {someone.name}", f"{someone.name} demande à participer.")
        message = delivery.create_message(
            purpose="membership.asked",
            texts=[letter],
            channels=["email"],
            by=None,
            at=clock.now(),
            area="",
            urgent=False,
        )
        delivery.enqueue_copy_for_each_person(
            message=message, contacts=contacts_of(Person.objects.filter(pk=here.coordinator.pk)), at=clock.now()
        )


def erase_members_and_get_tokens(number: int) -> list[str]:
    """Erase so many members, by their own wish: half at once, half a month after they left. Answers their tokens."""
    rows = Membership.objects.filter(state="active").select_related("person").order_by("person__created_at", "pk")
    gone = [row.person for row in rows if WORDS in row.person.name][:number]
    tokens = [person.name.split()[-1] for person in gone]
    for turn, person in enumerate(gone):
        if turn % 2:
            erasure.erase_own_data(person=person, by=person, at=clock.now())
        else:
            Membership.objects.filter(person=person).update(state="left", left_at=clock.now() - timedelta(days=31))
    erasure.erase_former_members(by=None, at=clock.now())
    return tokens


def rows_of_all_tables_as_text() -> Iterator[str]:
    """Every value of every table, sealed ones opened."""
    for table in apps.get_models():
        names = [field.attname for field in table._meta.concrete_fields]
        for row in table._base_manager.all().iterator():
            yield " ".join(_field_value_as_text(row, name) for name in names)


def _field_value_as_text(row: models.Model, name: str) -> str:
    value: Any = getattr(row, name)
    return value if isinstance(value, str) else json.dumps(value, default=repr)


def count_tokens_in_tables(tokens: list[str]) -> int:
    """How many of these tokens stand anywhere in the tables."""
    everything = "\n".join(rows_of_all_tables_as_text()).lower()
    return sum(token in everything for token in tokens)
