"""The Ansible role does what the guide does: its steps are taken for real, below a folder, by small releases."""

import getpass
import grp
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from plp.ops.cli import commands
from plp.ops.environment import repository_root
from plp.ops.release.folders import ReleaseFolders
from tests.ops.release.installation import RUNUSER, SYSTEMCTL, archive_of, give

pytestmark = pytest.mark.any_database

ROOT = repository_root()
ANSIBLE = ROOT / "deploy" / "ansible"
RECAP = re.compile(r"ok=(\d+)\s+changed=(\d+)\s+unreachable=0\s+failed=0")


def playbook(*words: str, **environment: str) -> str:
    """What ``ansible-playbook`` says of our playbook, on this machine."""
    own = {"ANSIBLE_LOCALHOST_WARNING": "0", "ANSIBLE_NOCOLOR": "1", "ANSIBLE_PIPELINING": "1", "LC_ALL": "C.UTF-8"}
    line = [Path(sys.executable).with_name("ansible-playbook"), "-i", "localhost,", "-c", "local"]
    python = Path(
        sys.executable
    ).resolve()  # of the machine: Ansible starts none below a folder with a blank in its name
    line += ["-e", f"ansible_python_interpreter={python}", ANSIBLE / "site.yml", *words]
    done = subprocess.run(
        line, env=os.environ | own | environment, capture_output=True, text=True, check=False, cwd=ANSIBLE
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.long
@pytest.mark.timeout(1800)  # a busy machine takes minutes for some twenty steps
def test_the_role_lays_a_release_out_and_goes_to_the_next(tmp_path: Path) -> None:
    root, tools = tmp_path / "opt", tmp_path / "bin"
    give(tools, "runuser", RUNUSER)
    environment = {"PATH": give(tools, "systemctl", SYSTEMCTL), "CALLS": str(tmp_path / "calls"), "FAILS": ""}
    environment |= {"ANSIBLE_LOCAL_TEMP": str(tmp_path / "local"), "ANSIBLE_REMOTE_TEMP": str(tmp_path / "remote")}
    (tmp_path / "settings.yml").write_text(
        yaml.safe_dump(
            {
                **{f"plp_{name}": str(tmp_path / name) for name in ("home", "backups", "etc", "fetched")},
                "plp_root": str(root),
                "plp_wrapper": str(tools / "plp"),
                "plp_user": getpass.getuser(),
                "plp_group": grp.getgrgid(os.getegid()).gr_name,
                "plp_settings": {"PLP_ORIGIN": "https://plp.example.be", "PLP_MAIL_FROM": "PLP <plp@example.be>"},
                "ansible_become": False,
            },
            sort_keys=False,
        )
    )

    def run(version: str) -> tuple[int, list[str]]:
        archive_of(tmp_path / "fetched", version)
        (tmp_path / "calls").write_text("")
        words = ("--tags", "release", "-e", f"@{tmp_path / 'settings.yml'}", "-e", f"plp_version={version}")
        counted = RECAP.search(playbook(*words, **environment))
        assert counted
        return int(counted[2]), (tmp_path / "calls").read_text().splitlines()

    first = run("0.3.0")
    settings = (tmp_path / "etc" / "plp.env").read_text().splitlines()
    runs = ReleaseFolders(root).current.name
    (root / "releases" / "0.3.0" / "plp").write_text('#!/bin/sh\necho "0.3.0 $*" >>"$CALLS"\n')
    second = run("0.4.0")

    assert first[1] == ["0.3.0 help", "0.3.0 migrate", "systemctl try-restart plp-web plp-worker plp-watch"]
    assert second == (2, [f"0.3.0 upgrade {root}/fetched/plp-0.4.0.tar.gz"])  # the archive is brought, and gone to
    assert runs == "0.3.0"
    assert settings[1:] == [
        f"PLP_HOME={tmp_path / 'home'}",
        "PLP_DATABASE_URL=postgresql:///plp?host=/run/postgresql",
        "PLP_PROXIES=1",
        f"PLP_BACKUP_FOLDER={tmp_path / 'backups'}",
        "PLP_ORIGIN=https://plp.example.be",
        "PLP_MAIL_FROM=PLP <plp@example.be>",
    ]


def test_every_task_says_what_it_does_and_names_what_there_is() -> None:
    files = sorted((ANSIBLE / "roles" / "plp" / "tasks").glob("*.yml"))
    tasks = [task for file in files for task in yaml.safe_load(file.read_text(encoding="utf-8"))]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    units = {path.name for path in (ROOT / "deploy" / "systemd").iterdir()}

    assert [task for task in tasks if not re.fullmatch(r"[A-Z][^.]+", task["name"])] == []
    assert [task["name"] for task in tasks if "ansible.builtin.command" in task and "changed_when" not in task] == []
    assert set(re.findall(r"plp-[a-z-]+\.\w+", text)) == units
    assert set(re.findall(r"(?:/plp|wrapper \}\}) ([a-z]+)", text)) - {"help"} <= set(commands())
