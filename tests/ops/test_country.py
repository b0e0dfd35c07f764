"""Country mode: nothing is taken on by a database that one machine alone holds."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from plp.metrics.replication import is_synchronously_replicated
from plp.ops import diagnostics
from plp.ops.cli import Failed
from plp.ops.commands import web


@pytest.fixture
def country(settings: Any) -> None:
    settings.COUNTRY = True


@pytest.mark.django_db
def test_one_machine_alone_is_refused_and_told(country: None, client: Client) -> None:
    answer = client.get("/readyz")
    with translation.override("en"):
        found = {finding.subject: finding for finding in diagnostics.diagnose_database_and_what_its_tables_say()}

    assert answer.status_code == 503
    assert json.loads(answer.content)["replication"] is False
    assert (found["replication"].state, found["replication"].advice) == ("asynchronous", web.ALONE)
    with pytest.raises(Failed, match="does not wait for a second machine"):
        web.refuse_unreplicated_database_of_country()
    assert not is_synchronously_replicated()


@pytest.mark.django_db
def test_two_machines_are_well(country: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("plp.api.health", "plp.ops.diagnostics", "plp.ops.commands.web"):
        monkeypatch.setattr(f"{module}.is_synchronously_replicated", lambda: True)

    web.refuse_unreplicated_database_of_country()

    assert json.loads(client.get("/readyz").content)["replication"] is True
    assert [
        finding.advice
        for finding in diagnostics.diagnose_database_and_what_its_tables_say()
        if finding.subject == "replication"
    ] == [""]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "PLP_COUNTRY needs PostgreSQL"),
        ("postgresql://u:p@db/plp?sslmod=verify-full", "PLP_DATABASE_URL does not know sslmod"),
    ],
)
def test_nonsense_is_refused_at_the_start(address: str, told: str, tmp_path: Path) -> None:
    """Half a second each: the settings are read once, in a process of their own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PLP_")}
    environment = plain | {"PLP_HOME": str(tmp_path), "PLP_COUNTRY": "1", "PLP_DATABASE_URL": address}

    ended = subprocess.run(
        [sys.executable, "-c", "import plp.server.settings"],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )

    assert told in ended.stderr


def test_several_machines_and_an_encrypted_line(tmp_path: Path) -> None:
    address = "postgresql://u:p%2Fq@/plp?host=a,b&port=5432,5433&target_session_attrs=read-write&sslmode=verify-full"
    told = "import json, plp.server.settings as s; print(json.dumps(s.DATABASES['default']))"
    environment = dict(os.environ) | {"PLP_HOME": str(tmp_path), "PLP_DATABASE_URL": address}

    ended = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True, check=True)

    made = json.loads(ended.stdout)
    assert (made["HOST"], made["PORT"], made["PASSWORD"]) == ("a,b", "5432,5433", "p/q")
    assert (made["OPTIONS"]["target_session_attrs"], made["OPTIONS"]["sslmode"]) == ("read-write", "verify-full")
