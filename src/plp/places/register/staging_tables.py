"""The staging table: rows wait beside the database's own tables until the whole file is known to be sound.

A temporary table belongs to one connection, so reading a long file holds no lock that another writer would wait for;
only the set-based move at the end does. The same statements run on SQLite and PostgreSQL.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

from plp.places.register.rows import RegisterRow

ROWS = """
    CREATE TEMPORARY TABLE places_arriving (
        line bigint PRIMARY KEY, identity text NOT NULL, is_registered boolean NOT NULL, nis text NOT NULL,
        street text NOT NULL, number text NOT NULL, box text NOT NULL, sort_key text NOT NULL, postcode text NOT NULL,
        longitude double precision, latitude double precision, sector text NOT NULL, status text NOT NULL
    )
"""
STREETS = """
    CREATE TEMPORARY TABLE places_arriving_street (
        nis text NOT NULL, street text NOT NULL, id bigint NOT NULL, is_renamed boolean NOT NULL,
        PRIMARY KEY (nis, street)
    )
"""
NUMBER_TWINS = """
    UPDATE places_arriving SET identity = identity || '#' || twin.place
    FROM (
        SELECT line, row_number() OVER (PARTITION BY identity ORDER BY longitude, latitude, line) AS place
        FROM places_arriving WHERE NOT is_registered
    ) AS twin
    WHERE twin.line = places_arriving.line AND twin.place > 1
"""
REPEATED = """
    SELECT later.line, earlier.line FROM places_arriving AS later
    JOIN (SELECT identity, min(line) AS line FROM places_arriving GROUP BY identity HAVING count(*) > 1) AS earlier
        ON earlier.identity = later.identity AND earlier.line < later.line
    ORDER BY later.line
"""
CHANGED = """(
    address.street_id <> street.id OR address.number <> arrived.number OR address.box <> arrived.box
    OR address.sort_key <> arrived.sort_key OR address.postcode <> arrived.postcode
    OR coalesce(address.longitude, 0) <> coalesce(arrived.longitude, 0)
    OR coalesce(address.latitude, 0) <> coalesce(arrived.latitude, 0)
    OR address.sector <> arrived.sector OR address.status <> arrived.status
)"""
COUNT = f"""
    SELECT count(*),
        coalesce(sum(CASE WHEN address.id IS NULL THEN 1 ELSE 0 END), 0),
        coalesce(sum(CASE WHEN address.id IS NOT NULL AND (street.is_renamed OR {CHANGED}) THEN 1 ELSE 0 END), 0)
    FROM places_arriving AS arrived
    JOIN places_arriving_street AS street ON street.nis = arrived.nis AND street.street = arrived.street
    LEFT JOIN places_address AS address ON address.register_id = arrived.identity
"""  # noqa: S608 - put together from constants
MOVE = f"""
    INSERT INTO places_address
        (street_id, register_id, number, box, sort_key, postcode, longitude, latitude, sector, status)
    SELECT street.id, arrived.identity, arrived.number, arrived.box, arrived.sort_key, arrived.postcode,
        arrived.longitude, arrived.latitude, arrived.sector, arrived.status
    FROM places_arriving AS arrived
    JOIN places_arriving_street AS street ON street.nis = arrived.nis AND street.street = arrived.street
    LEFT JOIN places_address AS address ON address.register_id = arrived.identity
    WHERE address.id IS NULL OR {CHANGED}
    ORDER BY arrived.line
    ON CONFLICT (register_id) DO UPDATE SET
        street_id = excluded.street_id, number = excluded.number, box = excluded.box, sort_key = excluded.sort_key,
        postcode = excluded.postcode, longitude = excluded.longitude, latitude = excluded.latitude,
        sector = excluded.sector, status = excluded.status
"""  # noqa: S608 - put together from constants


@contextmanager
def staging_tables() -> Iterator[CursorWrapper]:
    """A cursor beside which the two empty staging tables exist; they are gone afterwards."""
    with connection.cursor() as cursor:
        _drop_staging_tables(cursor)
        cursor.execute(ROWS)
        cursor.execute(STREETS)
        try:
            yield cursor
        finally:
            if not connection.needs_rollback:
                _drop_staging_tables(cursor)


def _drop_staging_tables(cursor: CursorWrapper) -> None:
    cursor.execute("DROP TABLE IF EXISTS places_arriving")
    cursor.execute("DROP TABLE IF EXISTS places_arriving_street")


def insert_rows(cursor: CursorWrapper, table: str, rows: Sequence[tuple]) -> None:
    """Add ``rows`` to one of the two staging tables, by the quickest way the database has."""
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    width = len(RegisterRow._fields) if table == "places_arriving" else 4
    places = ", ".join(["%s"] * width)
    cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - a name of ours


def number_twins_and_find_duplicates(cursor: CursorWrapper) -> Iterator[tuple[int, int]]:
    """Give each unregistered twin (same street, number and box) its own identity; answer the registered ones that
    stand in the file twice, as (line, earlier line), by line."""
    cursor.execute("CREATE INDEX places_arriving_identity ON places_arriving (identity)")
    cursor.execute(NUMBER_TWINS)
    if connection.vendor == "postgresql":
        cursor.execute("ANALYZE places_arriving")
    cursor.execute(REPEATED)
    yield from cursor.fetchall()


def delete_staged_lines(cursor: CursorWrapper, numbers: Iterable[int]) -> None:
    """Take lines out of the staging table."""
    cursor.executemany("DELETE FROM places_arriving WHERE line = %s", [(number,) for number in numbers])


def count_staged_rows(cursor: CursorWrapper) -> int:
    """How many addresses wait."""
    cursor.execute("SELECT count(*) FROM places_arriving")
    return int(cursor.fetchone()[0])


def count_staged_new_and_changed(cursor: CursorWrapper) -> tuple[int, int, int]:
    """How many addresses wait, how many of them are new, and how many would change."""
    cursor.execute(COUNT)
    total, created, updated = cursor.fetchone()
    return total, created, updated


def write_staged_addresses(cursor: CursorWrapper) -> None:
    """Write what is new or changed into the register."""
    cursor.execute(MOVE)
