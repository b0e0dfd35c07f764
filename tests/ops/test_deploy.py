"""The examples of ``deploy/`` and the administrator's guide speak of what there is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from plp.ops.cli import commands
from plp.ops.house import checkout

ROOT = checkout()
GUIDE = (ROOT / "docs" / "administration.md").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))


def test_the_settings_of_the_example_are_described() -> None:
    described = set(re.findall(r"`(PLP_\w+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))
    given = set(re.findall(r"^(PLP_\w+)=", (ROOT / "deploy" / "plp.env").read_text(encoding="utf-8"), re.MULTILINE))

    assert given - described == set()
    assert {"PLP_DATABASE_URL", "PLP_ORIGIN", "PLP_PROXIES", "PLP_BACKUP_RECIPIENT", "PLP_ALARM_TO"} <= given


def test_every_command_and_file_of_the_guide_is_there() -> None:
    code = "\n".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))
    named = set(re.findall(r"^(?:/opt/plp/)?plp ([a-z-]+)", code, re.MULTILINE))
    files = set(re.findall(r"/opt/plp/(deploy/[\w/.-]+\w)", code))

    assert named - set(commands()) - {"help"} == set()
    assert [file for file in files if not list(ROOT.glob(f"{file}*"))] == []


@pytest.mark.parametrize("unit", UNITS, ids=[unit.stem for unit in UNITS])
def test_a_unit_runs_a_command_of_ours_and_may_do_little(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    started = re.search(r"^ExecStart=/opt/plp/plp ([a-z-]+)", text, re.MULTILINE)

    assert started
    assert started[1] in commands()
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "User=plp", "CapabilityBoundingSet="} <= {
        *text.splitlines()
    }


def test_the_wrapper_is_a_shell_script_that_parses() -> None:
    wrapper = ROOT / "deploy" / "plp"
    shell = shutil.which("sh")

    assert shell
    assert subprocess.run([shell, "-n", str(wrapper)], check=False).returncode == 0


def test_the_proxies_hide_the_figures_and_say_how_the_browser_came() -> None:
    caddy, nginx = ((ROOT / "deploy" / "proxy" / name).read_text() for name in ("Caddyfile", "nginx.conf"))

    assert "respond @closed 404" in caddy
    assert "location = /metrics" in nginx
    assert "proxy_set_header X-Forwarded-Proto https;" in nginx
    assert not re.search(r"^\s*(encode|gzip on)", caddy + nginx, re.MULTILINE)  # BREACH
