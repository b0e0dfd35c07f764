"""Serve the pages on PLP_HOST:PLP_PORT; on a public origin only if nothing is amiss."""

import argparse
import errno
import importlib
import multiprocessing
import socket
from contextlib import closing, suppress

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.translation import gettext_noop

from plp.metrics.replication import is_synchronously_replicated
from plp.ops import assets, schema
from plp.ops.cli import SUCCESS, Failed, freezing_loaded_objects_from_gc, say
from plp.ops.deployment import deployment_warnings
from plp.ops.socket_activation import granian_server_class, inherited_socket_descriptor, notify_systemd_ready

ALONE = gettext_noop(
    "An alarm could be lost with its machine: set synchronous_standby_names in PostgreSQL, such as 'ANY 1 (*)' with "
    "two machines that follow, and leave synchronous_commit on."
)


def refuse_unsafe_settings() -> None:
    """Raise ``Failed`` if a public installation would start with a warning of ``check --deploy``."""
    if settings.IS_LOCAL:
        return
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        raise Failed("A public address needs a reverse proxy with its certificate in front: set PLP_PROXIES to 1.")
    amiss = deployment_warnings()
    if amiss:
        raise Failed(
            "plp does not serve a public address like this: " + " ".join(str(warning.msg) for warning in amiss)
        )


def refuse_database_of_other_version() -> None:
    """Raise ``Failed`` if the database lacks a migration of this version, or was made by a newer one."""
    state = schema.read_schema_state()
    schema.refuse_too_new_database(state)
    if state.missing:
        raise Failed(f"The database lacks {len(state.missing)} steps of this version: run ./plp migrate first.")


def refuse_unreplicated_database_of_country() -> None:
    """Raise ``Failed`` in country mode if the database acknowledges what one machine alone holds (F18)."""
    if settings.COUNTRY and not is_synchronously_replicated():
        raise Failed(f"PLP_COUNTRY is set, but PostgreSQL does not wait for a second machine. {ALONE}")


def refuse_taken_port() -> None:
    """Raise ``Failed`` if somebody else listens where we are to listen, and does not pass its socket on to us."""
    if inherited_socket_descriptor() is not None:
        return
    family = socket.AF_INET6 if ":" in settings.WEB_HOST else socket.AF_INET
    with closing(socket.socket(family)) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.WEB_HOST, settings.WEB_PORT))
        except OSError as error:
            place, is_taken = f"{settings.WEB_HOST}:{settings.WEB_PORT}", error.errno == errno.EADDRINUSE
            cure = "set PLP_PORT to another port" if is_taken else "set PLP_HOST to an address of this machine"
            if error.errno == errno.EACCES:
                cure = "set PLP_PORT to a port above 1023"
            raise Failed(f"{place} cannot be used ({error.strerror}): {cure}.") from error


def serve_pages_until_stopped() -> int:
    """Be the web server until told to stop. Its processes are forked from this one, which has everything loaded:
    they start at once and share that memory. It answers the ordinary way: pages, no web sockets, no second protocol.
    """
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415 - where pages are served alone
    from granian.log import LogLevels  # noqa: PLC0415 - as above

    preload_pages_before_fork()
    descriptor = inherited_socket_descriptor()
    server = granian_server_class(descriptor)(
        "plp.server.rsgi:rsgi_application",
        address=settings.WEB_HOST,
        port=settings.WEB_PORT if descriptor is None else 0,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.WEB_PROCESSES,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )
    server.on_startup(notify_systemd_ready)
    server.serve()
    return SUCCESS


def print_pages_address() -> None:
    """Tell where the pages are."""
    say(f"plp: {settings.ORIGIN} is open (Ctrl-C stops it).")


def pack_assets_if_possible() -> None:
    """Pack style sheets and scripts if they changed; on a full disk they leave unpacked, and the pages open (F6)."""
    try:
        assets.pack_assets_if_changed()
    except OSError as error:
        say(f"plp: Style sheets and scripts leave unpacked ({error.strerror}); the next start tries again.")


def preload_pages_before_fork() -> None:
    """Import everything a page needs, let go of the database, and keep what is loaded out of the way of a fork."""
    with freezing_loaded_objects_from_gc():
        pack_assets_if_possible()
        importlib.import_module("plp.server.rsgi")
        _ = get_resolver().url_patterns
    connections.close_all()
    with suppress(RuntimeError):  # set already
        multiprocessing.set_start_method("fork")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The environment says everything: PLP_HOST, PLP_PORT, PLP_WEB_PROCESSES, PLP_ORIGIN."""


def run(options: argparse.Namespace) -> int:
    """Serve, if nothing is amiss."""
    refuse_unsafe_settings()
    refuse_database_of_other_version()
    refuse_unreplicated_database_of_country()
    refuse_taken_port()
    print_pages_address()
    return serve_pages_until_stopped()
