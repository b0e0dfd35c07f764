"""The personal fields of every room, each with its number in a token, and how a token is put into each row of it."""

import importlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from plp.firms.models import Firm
from plp.firms.queries import enterprise_number_digest
from plp.measures.models import OwnWords
from plp.people.models import ContactPoint, Household
from plp.people.queries import contact_digest, house_digest
from plp.sightings.models import Referral
from plp.toolbox.crypto import SealedText
from proof.canaries.tokens import Token, find_tokens_in_text

# Names nobody, or is no text of a person: digests, keys, counts, dates; and JSON, into which words came by an action.
NO_TEXT = {
    "actor", "digest", "username", "browser", "urn", "paper", "hands", "paused_until", "code", "fingerprint",
    "facts", "typed", "content", "proof_kept", "service", "key",
}  # fmt: skip
FIELDLESS = {"enterprise": 97, "phone": 98, "house": 99}  # numbers of what carries no field in its token
FIRST_ROW = 50_000  # rows that lead to no person are counted from here
DEPTH = 4


@cache
def personal_text_field_numbers() -> dict[str, int]:
    """Each personal field that holds text, as ``app.Model.field``, with its number in a token."""
    named = sorted(
        path
        for config in apps.get_app_configs()
        if config.name.startswith("plp.")
        for path in importlib.import_module(f"{config.name}.privacy").PERSONAL
    )
    texts = [path for path in named if _is_free_text_field(path)]
    return {path: number for number, path in enumerate(texts)}


def field_paths_by_number() -> dict[int, str]:
    """The opposite: which field a number stands for."""
    numbers = {97: "enterprise number", 98: "telephone number", 99: "house number"}
    return {number: path for path, number in personal_text_field_numbers().items()} | numbers


def phone_fields_of_ownerless_tokens(seed: str) -> dict[Token, str]:
    """Which field holds the telephone number of a row that leads to no person: such a token has no field of its own."""
    rows = (
        (path, getattr(row, path.split(".")[2]))
        for path in personal_text_field_numbers()
        if path.endswith((".phone", ".telephone"))
        for row in apps.get_model(path.rpartition(".")[0])._base_manager.all()
    )
    return {
        token: path
        for path, value in rows
        for token in (find_tokens_in_text(value, seed, FIELDLESS) if value else ())
        if token.person >= FIRST_ROW
    }


def _is_free_text_field(path: str) -> bool:
    app, model, name = path.split(".")
    field = apps.get_model(app, model)._meta.get_field(name)
    is_text = isinstance(field, SealedText | models.CharField | models.TextField)
    return is_text and name not in NO_TEXT and not getattr(field, "choices", None)


class TokenWriter:
    """Puts a token into every personal field that holds something else. ``owners``: area path -> number."""

    def __init__(self, seed: str, owners: dict[str, int]) -> None:
        self.seed, self.owners = seed, owners
        self.people: dict[Any, Token] = {}
        self.rows = 0

    def create_token_for_person(self, person: Any, plp: int, number: int) -> Token:
        """Remember whose token is whose."""
        self.people[person.pk] = Token(plp, number, personal_text_field_numbers()["people.Person.name"])
        return self.people[person.pk]

    def write_tokens_to_personal_fields(self) -> int:
        """Every room, every field; answer how many values were written."""
        return sum(
            self._write_tokens_to_field_of_all_rows(path, number)
            for path, number in personal_text_field_numbers().items()
        )

    def _write_tokens_to_field_of_all_rows(self, path: str, number: int) -> int:
        app, model, name = path.split(".")
        count = 0
        for row in apps.get_model(app, model)._base_manager.all().iterator():
            value = getattr(row, name)
            if value and not find_tokens_in_text(value, self.seed, FIELDLESS):
                self._save_token_and_digest(row, name, self._token_of_person_or_new_row(row, number))
                count += 1
        return count

    def _save_token_and_digest(self, row: models.Model, name: str, token: Token) -> None:
        """Set the field, and the digest beside it; straight to the table, for rows are kept from change by actions."""
        value = self._token_text_for_field(row, name, token)
        setattr(row, name, value)
        changed = [name]
        if isinstance(row, ContactPoint):
            row.digest = contact_digest(row.channel, value)
            changed.append("digest")
        if isinstance(row, Household):
            row.digest = house_digest(row.street, value)
            changed.append("digest")
        if isinstance(row, Firm):
            row.digest = enterprise_number_digest(row.number)
            changed.append("digest")
        models.Model.save(row, update_fields=changed)

    def _token_text_for_field(self, row: models.Model, name: str, token: Token) -> str:
        if name == "house":
            return token.as_house_number()
        if isinstance(row, ContactPoint):
            return address_with_token(row.channel, token, self.seed)
        if name in {"telephone", "phone"}:
            return token.as_phone()
        if isinstance(row, Firm) and name == "number":
            return token.as_enterprise_number()
        if name == "email" or (isinstance(row, Referral) and name == "address"):
            return token.as_email(self.seed)
        return f"Canari {token.as_letters(self.seed)}"

    def _token_of_person_or_new_row(self, row: models.Model, number: int) -> Token:
        """Of the person that the row leads to, else of the row."""
        token = self.token_of_linked_person(row)
        if token is not None:
            return Token(token.plp, token.person, number)
        self.rows += 1
        return Token(self.nearest_area_number(row), FIRST_ROW + self.rows, number)

    def token_of_linked_person(self, row: models.Model) -> Token | None:
        """The token of the person that a row is or leads to."""
        if row.pk in self.people:
            return self.people[row.pk]
        if isinstance(row, Household):
            first = row.persons.first()
            return self.people.get(first.pk) if first else None
        if isinstance(row, OwnWords):
            return self.people.get(row.file.person_id)
        if isinstance(row, Firm):
            owner = row.memberships.order_by("joined_at", "pk").first()
            return self.people.get(owner.person_id) if owner else None
        account = getattr(row, "account", None)
        if account is not None:
            return self.people.get(account.person_id)
        person_fields = [
            field for field in _foreign_keys(row) if field.name in {"person", "teller", "asker", "reporter"}
        ]
        return next((token for field in person_fields if (token := self.people.get(getattr(row, field.attname)))), None)

    def nearest_area_number(self, row: models.Model, depth: int = DEPTH) -> int:
        """The number of the nearest area that a chain of foreign keys leads to; the first zone when there is none."""
        path = getattr(row, "path", None) or getattr(row, "area_path", None)
        if path:
            inside = [area for area in self.owners if path.startswith(area)] or [
                area for area in self.owners if area.startswith(path)
            ]
            return self.owners[max(inside, key=len)] if inside else 99
        if depth:
            for key in sorted(
                _foreign_keys(row), key=lambda field: field.name not in {"partnership", "area", "meeting"}
            ):
                target = getattr(row, key.name)
                if target is not None and (number := self.nearest_area_number(target, depth - 1)) != 99:
                    return number
        return 99


def _foreign_keys(row: models.Model) -> Iterator[models.ForeignKey]:
    return (field for field in row._meta.fields if isinstance(field, models.ForeignKey))


def address_with_token(channel: str, token: Token, seed: str) -> str:
    """A token in the form of the channel."""
    if channel == "email":
        return token.as_email(seed)
    if channel == "paper":
        return f"Rue {token.as_letters(seed)} {token.as_house_number()}, 1130 Haren"
    return token.as_phone()
