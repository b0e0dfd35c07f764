"""The examples of ``deploy/`` and the administrator's guide speak of what there is."""

import os
import re
import shutil
import subprocess
import sys
from email.headerregistry import Address
from pathlib import Path

import pytest

from plp.channels.email.mime import EncodedMail
from plp.channels.email.verp import return_path
from plp.delivery.channel import Text
from plp.ops.cli import commands
from plp.ops.environment import repository_root
from plp.portal.shell.request_size import MOST_BYTES

ROOT = repository_root()
GUIDE = (ROOT / "docs" / "administration.md").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))


def test_the_settings_of_the_example_are_described() -> None:
    described = set(re.findall(r"`(PLP_\w+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))
    given = set(re.findall(r"^(PLP_\w+)=", (ROOT / "deploy" / "plp.env").read_text(encoding="utf-8"), re.MULTILINE))

    needed = {"PLP_DATABASE_URL", "PLP_ORIGIN", "PLP_PROXIES", "PLP_BACKUP_RECIPIENT", "PLP_ALARM_TO", "PLP_CONTACT"}
    assert given - described == set()
    assert needed <= given


def test_every_command_and_file_of_the_guide_is_there() -> None:
    code = "\n".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))
    named = set(re.findall(r"^(?:/opt/plp/\S+/)?plp ([a-z-]+)", code, re.MULTILINE))
    files = set(re.findall(r"/opt/plp/current/(deploy/[\w/.-]+\w)", code))

    assert named - set(commands()) - {"help"} == set()
    assert [file for file in files if not list(ROOT.glob(f"{file}*"))] == []


@pytest.mark.parametrize("unit", UNITS, ids=[unit.stem for unit in UNITS])
def test_a_unit_runs_a_command_of_ours_and_may_do_little(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    started = re.search(r"^ExecStart=/opt/plp/current/plp ([a-z-]+)", text, re.MULTILINE)

    assert started
    assert started[1] in commands()
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "User=plp", "CapabilityBoundingSet="} <= {
        *text.splitlines()
    }


def test_a_proxy_lets_through_what_a_page_takes() -> None:
    """And no more: what is larger is refused where it comes in."""
    read = {
        name: (ROOT / "deploy" / "proxy" / name).read_text(encoding="utf-8") for name in ("nginx.conf", "Caddyfile")
    }
    sizes = {
        "nginx.conf": 2**20 * int(re.findall(r"client_max_body_size (\d+)m;", read["nginx.conf"])[0]),
        "Caddyfile": 10**6 * int(re.findall(r"max_size (\d+)MB", read["Caddyfile"])[0]),
    }

    assert {name: MOST_BYTES <= size <= 1.1 * MOST_BYTES for name, size in sizes.items()} == dict.fromkeys(read, True)


def test_two_servers_share_the_door_while_one_is_exchanged() -> None:
    """systemd passes the socket on as the unit says, for all who hold it: a server that then waits in it hangs."""
    web, bridge = (
        (ROOT / "deploy" / "systemd" / f"{name}.service").read_text().splitlines()
        for name in ("plp-web", "plp-web-bridge")
    )

    assert {"Type=notify", "NonBlocking=yes", "ExecStart=/opt/plp/current/plp web"} <= set(web) & set(bridge)
    assert "Sockets=plp-web.socket" in bridge


def test_the_wrapper_is_a_shell_script_that_parses() -> None:
    wrapper = ROOT / "deploy" / "plp"
    shell = shutil.which("sh")

    assert shell
    assert subprocess.run([shell, "-n", str(wrapper)], check=False).returncode == 0


def example() -> dict[str, str]:
    """The settings as shipped, as a container reads them: what stands behind the = is the value, quotes and all."""
    lines = (ROOT / "deploy" / "plp.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def through_the_wrapper(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """What ``deploy/plp`` makes of a file of settings: the environment in which its command runs, NUL between."""
    (folder / "plp.env").write_text(text, encoding="utf-8")
    for name, script in {"runuser": "exec env -0", "id": "echo 0"}.items():  # as root types it, whoever tests
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    environment = {"PATH": f"{folder}:/usr/bin:/bin", "PLP_ENV": str(folder / "plp.env")}
    return subprocess.run(
        ["/bin/sh", str(ROOT / "deploy" / "plp"), "doctor"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def settings_of(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """The variables of ours in what it printed."""
    pairs = (one.partition("=") for one in done.stdout.split("\0"))
    return {name: value for name, _, value in pairs if name.startswith("PLP_") and name != "PLP_ENV"}


def test_the_wrapper_reads_the_settings_as_a_container_does(tmp_path: Path) -> None:
    shipped = (ROOT / "deploy" / "plp.env").read_text(encoding="utf-8")

    done = through_the_wrapper(tmp_path, shipped)

    assert settings_of(done) == example()


def test_the_wrapper_runs_nothing_that_stands_in_a_value(tmp_path: Path) -> None:
    done = through_the_wrapper(tmp_path, "PLP_DPO=\"A $(touch gone) & 'B' <dpo@example.be>\"\n\n# note\nPLP_DEMO=0")

    assert settings_of(done) == {"PLP_DPO": "A $(touch gone) & 'B' <dpo@example.be>", "PLP_DEMO": "0"}


@pytest.mark.parametrize("line", ["export PLP_DEMO=1", "PLP_DEMO", "=1"])
def test_the_wrapper_refuses_what_is_no_setting(tmp_path: Path, line: str) -> None:
    done = through_the_wrapper(tmp_path, f"{line}\n")

    assert (done.returncode, done.stdout) == (1, "")
    assert "not NAME=value" in done.stderr


def test_the_settings_as_shipped_are_taken(tmp_path: Path) -> None:
    given = example() | {"PLP_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "plp.server.settings"}

    done = subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; print(settings.DPO, settings.UNKNOWN)"],
        env=given | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("Data protection officer, dpo@example.be []\n", "")


def test_the_proxies_hide_the_figures_and_say_how_the_browser_came() -> None:
    caddy, nginx = ((ROOT / "deploy" / "proxy" / name).read_text() for name in ("Caddyfile", "nginx.conf"))

    assert "respond @closed 404" in caddy
    assert "location = /metrics" in nginx
    assert "proxy_set_header X-Forwarded-Proto https;" in nginx
    assert not re.search(r"^\s*(encode|gzip on)", caddy + nginx, re.MULTILINE)  # BREACH


def test_what_the_mail_server_hands_over_is_what_is_asked_of_a_copy() -> None:
    """The table of Postfix and the address of a copy agree, and the pipe calls a command of ours."""
    table = (ROOT / "deploy" / "mail" / "bounces.regexp").read_text(encoding="utf-8")
    pattern = re.search(r"^/(.*)/  plp-bounce:$", table, re.MULTILINE)
    pipe = (ROOT / "deploy" / "mail" / "master.cf").read_text(encoding="utf-8")

    assert pattern
    assert re.search(pattern[1], return_path(f"p2847563-{'0' * 32}", "plp+*@plp.example.be"))
    assert re.search(pattern[1], "plp@plp.example.be") is None
    assert "argv=/usr/local/sbin/plp bounce ${original_recipient}" in pipe


def test_the_signer_of_mails_says_where_the_unit_of_debian_looks_for_it() -> None:
    """Without that file systemd waits a minute and a half for it, then ends the signer, again and again."""
    lines = (ROOT / "deploy" / "mail" / "opendkim.conf").read_text(encoding="utf-8").splitlines()

    assert ["PidFile", "/run/opendkim/opendkim.pid"] in [line.split() for line in lines]


def test_what_leaves_is_signed_with_what_readers_are_asked_to_trust() -> None:
    signed = re.search(
        r"^SignHeaders\s+\*,(.*)$",
        (ROOT / "deploy" / "mail" / "opendkim.conf").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    prepared = EncodedMail(
        Text("email", "fr", "Vols", "Fermez.\n"), Address("PLP", addr_spec="plp@x.be"), answers_are_read=True
    )
    ours = {line.partition(b":")[0].decode().lower() for line in prepared.parts[0].split(b"\r\n")}  # type: ignore[union-attr]

    assert signed
    assert {name.lstrip("+") for name in signed[1].split(",")} - ours - {"list-unsubscribe"} == set()
    assert {"+list-unsubscribe", "+list-unsubscribe-post", "+list-id"} <= set(signed[1].split(","))
