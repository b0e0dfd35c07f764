"""The containers of ``deploy/``: the file is one, and each command that it names does its work on PostgreSQL."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from plp.ops.commands.test import temporary_postgres
from plp.ops.environment import OWN_COMMAND, environment_with_throw_away_data_folder, repository_root
from proof.harness.system import fresh_database
from proof.harness.web_server import free_port

pytestmark = pytest.mark.any_database

FILE = repository_root() / "deploy" / "compose.yaml"
IMAGE = (repository_root() / "deploy" / "container" / "Containerfile").read_text(encoding="utf-8")
OURS = ("migrate", "web", "worker", "watch")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """What the file says of each service."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]
    return found


def test_the_file_is_what_compose_reads() -> None:
    command = [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", FILE]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_every_part_of_an_installation_is_there(services: dict[str, Any]) -> None:
    named = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    volumes = {volume.split(":")[0] for one in services.values() for volume in one.get("volumes", [])}

    assert list(services) == ["postgres", *OURS, "caddy"]
    assert {name: services[name]["command"] for name in OURS} == {name: [name] for name in OURS}
    assert {volume for volume in volumes if not volume.startswith("/")} == set(named["volumes"])
    assert {secret for one in services.values() for secret in one.get("secrets", [])} == set(named["secrets"])
    assert [name for name, one in services.items() if one.get("ports")] == ["caddy"]
    assert [name for name in OURS if not (services[name]["read_only"] and services[name]["cap_drop"] == ["ALL"])] == []


def test_the_paths_are_those_of_the_image(services: dict[str, Any]) -> None:
    folders = {volume.split(":")[1] for name in OURS for volume in services[name]["volumes"]}

    assert re.search(rf"install -d -m 700 -o plp -g plp {' '.join(sorted(folders, reverse=True))} *$", IMAGE, re.M)
    assert {services[name]["environment"]["PLP_HOME"] for name in OURS} == {"/var/lib/plp"}
    assert services["caddy"]["environment"]["PAGES"] == "web:8000"
    assert "reverse_proxy {$PAGES:127.0.0.1:8000} {" in (FILE.parent / "proxy" / "Caddyfile").read_text()


@pytest.mark.timeout(1800)  # four programs begin on a machine that may be busy
def test_each_command_does_its_work(services: dict[str, Any], tmp_path: Path) -> None:
    """One after the other and side by side as the file says, until the image's own question finds the pages well."""
    port = free_port()
    question = json.loads(str(re.findall(r"HEALTHCHECK .*CMD (\[.+\])", IMAGE)[0]))[-1].replace("8000", str(port))
    (tmp_path / "home").mkdir(mode=0o700)

    def start(name: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        said = services[name]["environment"] | {"PLP_HOME": str(tmp_path / "home"), "PLP_PORT": str(port)}
        said |= {"PLP_DATABASE_URL_FILE": str(tmp_path / "url"), "PLP_PROXIES": "0", "PLP_HOST": "127.0.0.1"}
        log = (tmp_path / f"{name}.log").open("wb")
        return subprocess.Popen([*OWN_COMMAND, *services[name]["command"]], env=environment | said, stderr=log)

    with (
        temporary_postgres() as server,
        fresh_database(server) as url,
        environment_with_throw_away_data_folder() as environment,
    ):
        (tmp_path / "url").write_text(url)
        migrated = start("migrate", environment).wait()
        running = {name: start(name, environment) for name in OURS[1:]}
        try:
            while subprocess.run([sys.executable, "-c", question], stderr=subprocess.DEVNULL, check=False).returncode:
                assert [name for name, one in running.items() if one.poll() is not None] == []
                time.sleep(0.5)
        finally:
            for one in running.values():
                os.kill(one.pid, signal.SIGTERM)
            ended = {name: one.wait() for name, one in running.items()}

    assert migrated == 0
    assert set(ended.values()) <= {0, -signal.SIGTERM}, ended
