"""Several machines: what stands beside ``compose.yaml``, and Patroni's settings, fit each other and the guide."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from plp.ops.environment import repository_root
from plp.server.database import parse_postgresql_url
from proof.harness.postgresql import postgres_server

pytestmark = pytest.mark.any_database

DEPLOY = repository_root() / "deploy"
IMAGE = (DEPLOY / "container" / "Databasefile").read_text(encoding="utf-8")
DATABASES = ["postgres", "postgres-two", "postgres-three"]
COORDINATION = ["etcd-one", "etcd-two", "etcd-three"]


@pytest.fixture(scope="module")
def beside() -> dict[str, Any]:
    """What the file says."""
    return dict(yaml.safe_load((DEPLOY / "compose.country.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def patroni() -> dict[str, Any]:
    """The settings of each database machine."""
    return dict(yaml.safe_load((DEPLOY / "patroni.yaml").read_text(encoding="utf-8")))


def test_the_file_is_what_compose_reads() -> None:
    command = [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]

    done = subprocess.run([*command, DEPLOY / "compose.country.yaml"], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_there_are_two_of_each_and_three_databases(beside: dict[str, Any]) -> None:
    services = beside["services"]
    below = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    volumes = [volume for one in services.values() for volume in one.get("volumes", [])]

    assert list(services) == [*COORDINATION, *DATABASES, "web", "worker"]
    assert {name: services[name]["scale"] for name in ("web", "worker")} == {"web": 2, "worker": 2}
    assert [services[name]["environment"]["PLP_COUNTRY"] for name in ("web", "worker")] == ["1", "1"]
    assert {"postgres", "web", "worker"} <= set(below)
    assert not {volume.split(":")[0] for volume in volumes} & set(below["postgres"]["volumes"][0].split(":"))
    assert sorted(volume.split(":")[0] for volume in volumes) == sorted(beside["volumes"])


def test_each_is_known_by_its_own_name(beside: dict[str, Any]) -> None:
    services = beside["services"]
    databases = {name: services[name]["environment"] for name in DATABASES}
    coordination = {name: services[name]["environment"] for name in COORDINATION}

    assert len({said["PATRONI_NAME"] for said in databases.values()}) == len(DATABASES)
    for name, said in databases.items():
        assert said["PATRONI_POSTGRESQL_CONNECT_ADDRESS"] == f"{name}:5432"
        assert said["PATRONI_RESTAPI_CONNECT_ADDRESS"] == f"{name}:8008"
        assert said["PATRONI_ETCD3_HOSTS"] == ",".join(f"{one}:2379" for one in COORDINATION)
    for name, said in coordination.items():
        assert said["ETCD_NAME"] == name
        assert said["ETCD_ADVERTISE_CLIENT_URLS"] == f"http://{name}:2379"
        assert said["ETCD_INITIAL_CLUSTER"] == ",".join(f"{one}=http://{one}:2380" for one in COORDINATION)


def test_who_answers_pages_cannot_say_who_writes(beside: dict[str, Any], patroni: dict[str, Any]) -> None:
    services = beside["services"]
    guides = [
        (repository_root() / "docs" / name).read_text(encoding="utf-8") for name in ("administration.md", "scale.md")
    ]

    assert beside["networks"] == {"coordination": {"internal": True}}
    assert {*(tuple(services[name]["networks"]) for name in COORDINATION)} == {("coordination",)}
    assert {*(tuple(services[name]["networks"]) for name in DATABASES)} == {("default", "coordination")}
    assert "networks" not in services["web"] | services["worker"]
    assert patroni["restapi"]["authentication"] == {"username": "patroni"}, "no password: without one none starts"
    assert all("RESTAPI" in guide for guide in guides)


def test_the_settings_fit_the_image(patroni: dict[str, Any]) -> None:
    data = Path(patroni["postgresql"]["data_dir"])

    assert f"-o postgres -g postgres {data.parent} " in IMAGE
    assert f"deploy/container/{Path(patroni['bootstrap']['post_bootstrap']).name} /usr/local/bin/" in IMAGE
    assert 'CMD ["patroni", "/etc/patroni.yaml"]' in IMAGE


def test_nothing_is_acknowledged_by_one_machine_and_silence_is_noticed_in_time(patroni: dict[str, Any]) -> None:
    agreed = patroni["bootstrap"]["dcs"]

    assert agreed["postgresql"]["parameters"]["synchronous_commit"] == "on"
    assert (agreed["synchronous_mode"], agreed["synchronous_mode_strict"]) == ("quorum", True)
    assert agreed["loop_wait"] + 2 * agreed["retry_timeout"] <= agreed["ttl"] <= 20


def test_the_address_of_the_guide_finds_whichever_writes() -> None:
    guide = (repository_root() / "docs" / "administration.md").read_text(encoding="utf-8")
    hosts = re.findall(r"^hosts='(.+)'$", guide, re.M)

    read = [parse_postgresql_url(f"postgresql://plp:secret@/plp?{words}") for words in hosts]

    assert [one["HOST"].split(",") for one in read] == [DATABASES]
    assert [(one["PORT"], one["OPTIONS"]["target_session_attrs"]) for one in read] == [("5432", "read-write")]


def test_a_new_database_gets_plps_user(tmp_path: Path) -> None:
    (tmp_path / "word").write_text("it's 5 o'clock\n")
    with postgres_server(tmp_path / "data") as server:
        environment = os.environ | {
            "PATH": f"{server.programs}:{os.environ['PATH']}",
            "DATABASE_PASSWORD_FILE": str(tmp_path / "word"),
        }
        subprocess.run([DEPLOY / "container" / "create-plp-database", server.database_url], env=environment, check=True)

        with psycopg.connect(server.database_url) as line:
            owners = line.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'plp'").fetchall()

    assert owners == [("plp",)]
