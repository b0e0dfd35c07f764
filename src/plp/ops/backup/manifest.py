"""What a backup says of itself: what it holds, how much of it, and where each chain of the journal ended."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from plp.ops.cli import Failed

FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """``parts`` maps the name of each part to its size in bytes and its SHA-256; ``counts`` a table to its rows."""

    format: int
    at: str
    version: str
    kind: str
    migrations: list[str]
    counts: dict[str, int]
    heads: dict[str, list[Any]]
    parts: dict[str, list[Any]] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """As it stands in the file."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def parse_manifest(text: bytes) -> Manifest:
    """The opposite of ``text``. Raises ``Failed`` for a format that this version does not read."""
    try:
        content: Mapping[str, Any] = json.loads(text)
        number = content["format"]
        parsed = Manifest(**content) if number == FORMAT else None
    except (ValueError, KeyError, TypeError) as error:
        raise Failed("This file holds no list of its contents: it is no backup of plp.") from error
    if parsed is None:
        raise Failed(f"This backup has format {number}, and this version reads format {FORMAT}: install its version.")
    return parsed


def count_rows_by_table(alias: str = "default") -> dict[str, int]:
    """The rows of every table, those of sessions and of the cache apart: they are not worth comparing."""
    line = connections[alias]
    names = sorted(set(line.introspection.table_names()) - {"django_session", "cache"})
    row_counts = {}
    with line.cursor() as cursor:
        for table in names:
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 - names of tables
            row_counts[table] = cursor.fetchone()[0]
    return row_counts


def applied_migrations(alias: str = "default") -> list[str]:
    """The steps that the database has taken."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)
