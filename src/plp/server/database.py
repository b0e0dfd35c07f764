"""Where the data are: SQLite in the data folder, or PostgreSQL."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from plp.server.addresses import is_host
from plp.server.setting_readers import read_secret

EXAMPLE = "postgresql://user:password@host:5432/name"
DATABASE_OPTIONS = {  # what may stand behind the ? and the pattern of its value
    "host": r"[^\s]+",
    "port": r"\d{1,5}(,\d{1,5})*",
    "sslmode": "disable|allow|prefer|require|verify-ca|verify-full",
    "sslrootcert": "system|/.+",
    "sslcert": "/.+",
    "sslkey": "/.+",
    "target_session_attrs": "any|read-write|read-only|primary|standby|prefer-standby",
    "connect_timeout": r"\d{1,4}",
}
STATEMENTS_KEPT = 500  # prepared once in a line: the pages send more than the 128 that Python keeps by itself
KEPT_OPEN = 60  # seconds for which a thread keeps its line to the database for the next page
DATABASE_LINE = {  # a database machine that vanished is noticed within 20 seconds, not after hours
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}

DATABASE_SESSION = {
    "lock_timeout": "15000",
    "idle_in_transaction_session_timeout": "60000",
    "random_page_cost": "1.1",  # no disk turns any more: a few rows of a large table are found by its index
}


def read_database_settings(home: Path) -> dict[str, Any]:
    """SQLite in the data folder ``home``, or PostgreSQL by ``PLP_DATABASE_URL``
    (postgresql://user:password@host/name).

    Several machines of which one writes: ``?host=one,two,three&port=5432&target_session_attrs=read-write``.
    """
    url = read_secret("PLP_DATABASE_URL")
    return parse_postgresql_url(url) if url else sqlite_settings(home)


def sqlite_settings(home: Path) -> dict[str, Any]:
    """The file of the data folder."""
    os.environ.setdefault("SQLITE_TMPDIR", str(home))  # its own temporary files: a full /tmp stops no alarm (F6)
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
    pragmas += "PRAGMA threads=2;"  # to sort what is much, such as an audience of a million
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "plp.sqlite3",
        "CONN_MAX_AGE": KEPT_OPEN,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": pragmas,
            "cached_statements": STATEMENTS_KEPT,
        },
    }


def parse_postgresql_url(url: str) -> dict[str, Any]:
    """The database at ``url``."""
    wrong = ImproperlyConfigured(f"PLP_DATABASE_URL must look like {EXAMPLE}.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise wrong from error
    host = unquote(parts.hostname or "")
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/") or port == 0:
        raise wrong
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    _refuse_unknown_database_options(query)
    hosts = query.pop("host", host)
    if not all(host_name.startswith(("/", "@")) or is_host(host_name) for host_name in hosts.split(",") if hosts):
        raise wrong
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": hosts,
        "PORT": query.pop("port", str(port or "")),
        "CONN_MAX_AGE": KEPT_OPEN,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": " ".join(f"-c {name}={value}" for name, value in DATABASE_SESSION.items()),
            **DATABASE_LINE,
            **query,
        },
    }


def _refuse_unknown_database_options(query: dict[str, str]) -> None:
    """Whether each option is known, and of its form. Raises."""
    for name, value in query.items():
        if name not in DATABASE_OPTIONS:
            raise ImproperlyConfigured(f"PLP_DATABASE_URL does not know {name}: see docs/settings.md.")
        if not re.fullmatch(DATABASE_OPTIONS[name], value):
            raise ImproperlyConfigured(f"PLP_DATABASE_URL: {name} must be {DATABASE_OPTIONS[name]}, not {value!r}.")
        if value.startswith("/") and name.startswith("ssl") and not Path(value).is_file():
            raise ImproperlyConfigured(f"PLP_DATABASE_URL: {name} names {value}, which is not there.")
    if any(not 0 < int(port) < 65536 for port in query.get("port", "5432").split(",")):
        raise ImproperlyConfigured(f"PLP_DATABASE_URL: port must be from 1 to 65535, not {query['port']!r}.")
