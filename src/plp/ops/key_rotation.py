"""A new field key on live data: seal everything anew, remake the look-up digests, take the old key out.

Web and worker run on meanwhile: both keys open what they sealed, and each row changes only if nobody else changed it.
It can be broken off at any moment and begun again: what is done stays done.
"""

import base64
import json
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import BinaryField, Func, Value

from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.firms.models import Firm
from plp.firms.queries import enterprise_number_digest
from plp.ops.triggers import triggers_lifted_for_transaction
from plp.people.models import ContactPoint, Household
from plp.people.queries import contact_digest, house_digest
from plp.sightings.models.sighting import KEY as SIGHTING
from plp.sightings.models.sighting import Photo
from plp.toolbox import crypto, keyring

BATCH = 500
Progress = Callable[[str, int], None]  # what is done, and how many rows of it so far


@dataclass(frozen=True)
class SealedColumn:
    """A sealed column: the table, the field, its name in the database, and the name of its derived key."""

    table: type[models.Model]
    field: str
    column: str
    key: str

    @property
    def name(self) -> str:
        """``room.Model.field``."""
        return f"{self.table._meta.label}.{self.field}"


def sealed_columns() -> list[SealedColumn]:
    """Every sealed column of every room: texts, and the pictures of what citizens saw."""
    columns = [
        SealedColumn(table, field.attname, str(field.column), field.key)
        for table in apps.get_models()
        for field in table._meta.concrete_fields
        if isinstance(field, crypto.SealedText)
    ]
    return [*columns, SealedColumn(Photo, "sealed", "sealed", SIGHTING)]


class SealedHead(Func):
    """The first bytes of a sealed value: they name its key."""

    function = "SUBSTR"
    output_field = BinaryField()

    def __init__(self, field: str) -> None:
        super().__init__(field, Value(1), Value(1 + keyring.ID_BYTES))


def rows_under_old_keys(column: SealedColumn) -> models.QuerySet:
    """The rows of a column that another key than the one in force sealed."""
    rows = column.table._default_manager.annotate(sealed_head=SealedHead(column.field)).order_by("pk")
    return rows.exclude(sealed_head__in=[crypto.sealed_prefix(), b""])


def write_key_file(path: Path, content: bytes) -> None:
    """Put a key into a file in one step, readable by us alone, on the disk before we go on."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def replace_field_key_and_keep_old() -> None:
    """A new key in force; the one before is kept beside it. Nothing happens while an older one is still there."""
    if keyring.old_key_files():
        return
    old = settings.FIELD_KEY_FILE.read_bytes()
    name = keyring.current_key().name.hex()
    write_key_file(keyring.digest_key_name_file(), name.encode())
    write_key_file(settings.FIELD_KEYS_OLD / f"{name}.key", old)
    write_key_file(settings.FIELD_KEY_FILE, base64.b64encode(secrets.token_bytes(32)))
    keyring.reload_keys()


def rotate_signing_key() -> None:
    """A new key for sessions and links to choose a password; the one before still checks what it signed."""
    old = settings.SECRET_KEY_FILE.read_bytes()
    write_key_file(settings.SECRET_KEYS_OLD / f"{secrets.token_hex(4)}.key", old)
    write_key_file(settings.SECRET_KEY_FILE, base64.b64encode(secrets.token_bytes(48)))


def reseal_and_count_broken(progress: Progress) -> dict[str, int]:
    """Seal anew whatever another key sealed; answer how many rows of each column could not be opened."""
    broken: dict[str, int] = {}
    for column in sealed_columns():
        rows_done = 0
        for rows in _batches_under_old_keys(column):
            failed = _reseal_batch_and_count_broken(column, rows)
            rows_done += len(rows)
            if failed:
                broken[column.name] = broken.get(column.name, 0) + failed
            progress(column.name, rows_done)
    _reseal_second_factor_secrets()
    return broken


def _batches_under_old_keys(column: SealedColumn) -> Iterator[list[tuple[Any, bytes]]]:
    """Primary keys and stored bytes, ``BATCH`` at a time, each row once."""
    last: Any = None
    while True:
        rows = rows_under_old_keys(column) if last is None else rows_under_old_keys(column).filter(pk__gt=last)
        batch = list(rows.values_list("pk", column.field)[:BATCH])
        if not batch:
            return
        yield [(key, bytes(stored)) for key, stored in batch]
        last = batch[-1][0]


def _reseal_batch_and_count_broken(column: SealedColumn, rows: list[tuple[Any, bytes]]) -> int:
    """Change each row that still holds what was read; answer how many could not be opened."""
    resealed, failed = [], 0
    for key, stored in rows:
        context = crypto.sealing_context_of_row(column.table._meta.db_table, column.column, key)
        try:
            content = crypto.unseal_bytes(stored, context=context, key_purpose=column.key)
        except InvalidTag:
            failed += 1
            continue
        sealed = crypto.seal_bytes(content, context=context, key_purpose=column.key)
        resealed.append((sealed, _primary_key_for_database_driver(column.table, key), stored))
    _update_column_if_unchanged(column.table, column.column, resealed)
    return failed


def _primary_key_for_database_driver(table: type[models.Model], row_key: Any) -> Any:
    """A primary key as the database driver takes it."""
    field = table._meta.pk
    return field.get_db_prep_value(row_key, connection) if field is not None else row_key


def _update_column_if_unchanged(table: type[models.Model], column: str, rows: list[tuple[Any, Any, Any]]) -> None:
    """Set a column (new, key, before) in one transaction, where it still holds what it held before."""
    quote, pk = connection.ops.quote_name, table._meta.pk
    if not rows or pk is None:
        return
    words = (
        f"UPDATE {quote(table._meta.db_table)} SET {quote(column)} = %s "  # noqa: S608 - names of our own tables
        f"WHERE {quote(str(pk.column))} = %s AND {quote(column)} = %s"
    )
    with (
        triggers_lifted_for_transaction([table._meta.db_table] if table._meta.app_label == "charter" else []),
        connection.cursor() as cursor,
    ):
        cursor.executemany(words, rows)


def _reseal_second_factor_secrets() -> None:
    """The secrets of second factors, which stand in base64 inside JSON."""
    for factor in Authenticator.objects.order_by("pk"):
        data = {name: _reseal_secret(value) for name, value in factor.data.items()}
        if data != factor.data:
            with transaction.atomic():
                now = Authenticator.objects.select_for_update().get(pk=factor.pk)
                now.data = now.data | {name: _reseal_secret(now.data.get(name)) for name in data}
                now.save(update_fields=["data"])


def _reseal_secret(value: Any) -> Any:
    """A sealed secret anew; anything else as it is."""
    try:
        stored = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
        if stored[:1] not in {crypto.VERSION, crypto.UNNAMED} or stored.startswith(crypto.sealed_prefix()):
            return value
        opened = crypto.unseal(stored, context="mfa.secret")
    except (ValueError, InvalidTag):
        return value
    return base64.b64encode(crypto.seal(opened, context="mfa.secret")).decode()


def recompute_digests(progress: Progress) -> None:
    """The look-up digests of contacts, doors, firms and accounts, all in one transaction, from one key to the next.

    Run once more it mends those that somebody wrote at that very moment with the key before.
    """
    with transaction.atomic():
        _lock_digest_tables()
        keyring.digest_key_name_file().unlink(missing_ok=True)
        for table, column in INDEXED:
            changes = [
                (make(), _primary_key_for_database_driver(table, key), before)
                for key, before, make in _old_and_new_digests(table)
            ]
            rows = [row for row in changes if row[0] != row[2]]
            for start in range(0, len(rows), BATCH):
                _update_column_if_unchanged(table, column, rows[start : start + BATCH])
                progress(f"{table._meta.label}.{column}", min(start + BATCH, len(rows)))


INDEXED: tuple[tuple[type[models.Model], str], ...] = (
    (ContactPoint, "digest"),
    (Household, "digest"),
    (Firm, "digest"),
    (Account, "username"),
)


def _lock_digest_tables() -> None:
    """Nobody writes a contact, a door or an account meanwhile (SQLite: nobody writes at all)."""
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table, _column in INDEXED)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def _old_and_new_digests(table: type[models.Model]) -> Iterator[tuple[UUID, str, Callable[[], str]]]:
    """Of each row: its key, the digest that it has, and how the new one is made."""
    if table is ContactPoint:
        for row in ContactPoint.objects.only("pk", "channel", "address", "digest"):
            yield row.pk, row.digest, partial(contact_digest, row.channel, row.address)
    elif table is Household:
        for door in Household.objects.select_related("street"):
            yield door.pk, door.digest, partial(house_digest, door.street, door.house)
    elif table is Firm:
        for firm in Firm.objects.only("pk", "number", "digest"):
            yield firm.pk, firm.digest, partial(enterprise_number_digest, firm.number)
    else:
        for account in Account.objects.only("pk", "username", "email"):
            yield account.pk, account.username, partial(username_digest_of_email, account.email)


def count_rows_under_old_keys() -> dict[str, int]:
    """How many rows of each column another key than the one in force sealed; columns without any are left out."""
    counted = {column.name: rows_under_old_keys(column).count() for column in sealed_columns()}
    factors = sum(
        any(_reseal_secret(value) != value for value in factor.data.values()) for factor in Authenticator.objects.all()
    )
    counted["mfa.Authenticator.data"] = factors
    return {name: number for name, number in counted.items() if number}


def retire_old_keys() -> int:
    """Take the older field keys out, keeping of each what proves the journal; answer how many keys went.

    Whoever calls has seen to it that nothing is ``remaining``. Sessions and links that the keys signed end.
    """
    old = keyring.old_key_files()
    journal_keys = settings.FIELD_KEYS_OLD / "journal"
    proofs = journal_keys.read_text().split() if journal_keys.exists() else []
    proofs += [keyring.Key(base64.b64decode(path.read_bytes())).derive("journal").hex() for path in reversed(old)]
    if old:
        write_key_file(journal_keys, "\n".join(proofs).encode())
    signing = list(settings.SECRET_KEYS_OLD.glob("*.key"))
    for path in [*old, *signing]:
        path.unlink()
    keyring.reload_keys()
    return len(old) + len(signing)


def rotation_state_json() -> str:
    """Where a rotation stands."""
    return json.dumps(
        {
            "keys": len(keyring.all_keys()),
            "in_force": keyring.current_key().name.hex(),
            "left": count_rows_under_old_keys(),
        }
    )
