"""Serve the pages on PLP_HOST:PLP_PORT; on a public origin only if nothing is amiss."""

import argparse
import os
import socket
import sys
from contextlib import closing

from django.conf import settings
from django.core import checks

from plp.ops.cli import Failed
from plp.ops.commands.migrate import waiting


def refuse_unsafe() -> None:
    """Raise ``Failed`` if a public installation would start with a warning of ``check --deploy`` (trust 3.2)."""
    if settings.IS_LOCAL:
        return
    amiss = [found for found in checks.run_checks(include_deployment_checks=True) if found.level >= checks.WARNING]
    if amiss:
        raise Failed("plp does not serve a public address like this: " + " ".join(str(found.msg) for found in amiss))


def refuse_old_database() -> None:
    """Raise ``Failed`` if the database lacks a migration of this version."""
    missing = waiting()
    if missing:
        raise Failed(f"The database lacks {len(missing)} steps of this version: run ./plp migrate first.")


def refuse_taken_port() -> None:
    """Raise ``Failed`` if somebody else listens where we are to listen."""
    family = socket.AF_INET6 if ":" in settings.WEB_HOST else socket.AF_INET
    with closing(socket.socket(family)) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.WEB_HOST, settings.WEB_PORT))
        except OSError as error:
            place = f"{settings.WEB_HOST}:{settings.WEB_PORT}"
            raise Failed(f"{place} cannot be used ({error.strerror}): set PLP_PORT to another port.") from error


def server_command() -> list[str]:
    """The web server with its arguments. It answers the ordinary way: pages, no web sockets, no second protocol."""
    return [
        *(sys.executable, "-P", "-m", "granian", "plp.server.wsgi:application"),
        *("--interface", "wsgi", "--http", "1", "--no-ws", "--log-level", "warning"),
        *("--host", settings.WEB_HOST, "--port", str(settings.WEB_PORT)),
        *("--workers", str(settings.WEB_PROCESSES), "--blocking-threads", "4", "--respawn-failed-workers"),
        *("--workers-kill-timeout", "10"),
    ]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The environment says everything: PLP_HOST, PLP_PORT, PLP_WEB_PROCESSES, PLP_ORIGIN."""


def run(options: argparse.Namespace) -> int:
    """Become the web server, so that a signal reaches it directly."""
    refuse_unsafe()
    refuse_old_database()
    refuse_taken_port()
    print(f"plp: {settings.ORIGIN} is open (Ctrl-C stops it).", file=sys.stderr, flush=True)
    command = server_command()
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted
