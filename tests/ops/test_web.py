"""What keeps the web server from starting."""

import socket
from contextlib import closing
from typing import Any

import pytest
from django.core import checks

from plp.ops import schema
from plp.ops.cli import Failed
from plp.ops.commands import web
from plp.ops.socket_activation import notify_systemd_ready


def test_a_public_address_with_a_warning_is_refused(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.IS_LOCAL, settings.ALLAUTH_TRUSTED_PROXY_COUNT = False, 1
    silenced = checks.Warning("On purpose.", id=settings.SILENCED_SYSTEM_CHECKS[0])
    amiss = [checks.Warning("The key is short."), checks.Info("A remark."), silenced]
    monkeypatch.setattr(checks, "run_checks", lambda **_: amiss)

    with pytest.raises(Failed, match=r"plp does not serve a public address like this: The key is short\.$"):
        web.refuse_unsafe_settings()


def test_a_public_address_without_a_proxy_is_refused(settings: Any) -> None:
    settings.IS_LOCAL, settings.ALLAUTH_TRUSTED_PROXY_COUNT = False, 0

    with pytest.raises(Failed, match="set PLP_PROXIES to 1"):
        web.refuse_unsafe_settings()


def test_a_taken_port_is_one_sentence(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings.WEB_HOST, settings.WEB_PORT = other.getsockname()

        with pytest.raises(Failed, match=r"cannot be used \(.+\): set PLP_PORT to another port"):
            web.refuse_taken_port()


def test_an_address_that_is_not_of_this_machine_is_told_by_its_setting(settings: Any) -> None:
    settings.WEB_HOST, settings.WEB_PORT = "192.0.2.1", 8000

    with pytest.raises(Failed, match=r"cannot be used \(.+\): set PLP_HOST to an address of this machine"):
        web.refuse_taken_port()


def test_an_older_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "read_schema_state", lambda: schema.SchemaState(["notices.0002"], []))

    with pytest.raises(Failed, match=r"lacks 1 steps of this version: run \./plp migrate first"):
        web.refuse_database_of_other_version()


@pytest.mark.parametrize("address", ["{folder}/notify", "@{folder}/notify"])
def test_systemd_is_told_when_pages_are_answered(tmp_path: Any, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    given = address.format(folder=tmp_path)
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as systemd:
        systemd.bind(given.replace("@", "\0"))
        monkeypatch.setenv("NOTIFY_SOCKET", given)
        notify_systemd_ready()
        monkeypatch.delenv("NOTIFY_SOCKET")
        notify_systemd_ready()
        systemd.setblocking(False)
        told = systemd.recv(64)
        with pytest.raises(BlockingIOError):
            systemd.recv(64)

    assert told == b"READY=1"
