"""Faults that pass by themselves: the page says so, and nothing is accepted that the disk could not hold (F6, F17)."""

import errno
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from psycopg.errors import DiskFull

from plp.portal.shell import errors
from plp.portal.shell.guards import public
from plp.toolbox import clock
from tests.portal.staff import sign_in, staff

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def _of_database(cause: Exception, **code: str) -> Exception:
    """A fault as Django tells it, with what the database said behind it."""
    for name, value in code.items():
        setattr(cause, name, value)
    fault = OperationalError("no room for Ann Peeters")
    fault.__cause__ = cause
    return fault


FAULTS: dict[str, Exception] = {
    "gone": OperationalError("server closed the connection of Ann Peeters"),
    "shut": InterfaceError("the connection is closed"),
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "filled": _of_database(sqlite3.OperationalError(), sqlite_errorname="SQLITE_FULL"),
    "crammed": _of_database(DiskFull()),
    "locked": _of_database(sqlite3.OperationalError(), sqlite_errorname="SQLITE_BUSY"),
    "wrong": DatabaseError("no such column"),
    "absent": FileNotFoundError(errno.ENOENT, "No such file"),
}


def _raising(fault: Exception) -> Callable[[HttpRequest], HttpResponse]:
    @public
    def view(request: HttpRequest) -> HttpResponse:
        raise fault

    return view


@public
def noting(request: HttpRequest) -> HttpResponse:
    """A page that writes the session."""
    request.session["noted"] = True
    return HttpResponse("noted")


@public
def half_done(request: HttpRequest) -> HttpResponse:
    """A page that has written a row when the database goes away."""
    Session.objects.create(session_key="noted", session_data="", expire_date=clock.now())
    raise FAULTS["gone"]


urlpatterns = [path("", include("plp.server.urls")), path("noting/", noting), path("half-done/", half_done)]
urlpatterns += [path(f"{name}/", _raising(one)) for name, one in FAULTS.items()]
handler400, handler500 = "plp.portal.shell.errors.bad_request", "plp.portal.shell.errors.server_error"


@pytest.fixture(autouse=True)
def faulty_pages(client: Client) -> Iterator[None]:
    """The addresses above beside the real ones; a fault gets its page instead of the traceback."""
    client.raise_request_exception = False
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *(("gone", 503), ("shut", 503), ("locked", 503)),
        *(("full", 507), ("filled", 507), ("crammed", 507)),
        *(("wrong", 500), ("absent", 500)),
    ],
)
def test_a_fault_that_passes_says_wait(client: Client, name: str, status: int) -> None:
    sign_in(client, staff())

    answer = client.get(f"/{name}/")

    words = {
        500: "Something went wrong on our side",
        503: "We cannot reach our data for a moment",
        507: "There is no room left on our machine",
    }
    assert answer.status_code == status
    assert words[status] in answer.content.decode()
    assert ("look whether your last action was saved" in answer.content.decode()) == (status != 500)
    assert "Peeters" not in answer.content.decode()
    assert answer.headers.get("Retry-After") == ("10" if status != 500 else None)


@pytest.mark.parametrize(("name", "status"), [("gone", 503), ("shut", 503), ("filled", 507), ("wrong", 400)])
def test_a_session_that_the_database_does_not_take_is_no_fault_of_the_reader(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str, status: int
) -> None:
    sign_in(client, staff())

    def save(*_rows: object, **_how: object) -> None:
        raise FAULTS[name]

    monkeypatch.setattr(Session, "save", save)
    answer = client.get("/noting/")

    assert answer.status_code == status
    assert "Peeters" not in answer.content.decode()


def test_what_was_typed_is_kept_on_the_page_and_sent_again_from_it(client: Client) -> None:
    ours, other = {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "cross-site"}
    sign_in(client, staff())

    words = client.post("/gone/", {"fact": "Seen at the kiosk"}, headers=ours)
    files = client.post("/gone/", {"fact": "Seen at the kiosk", "picture": BytesIO(b"x")}, headers=ours)
    strange = client.post("/gone/", {"fact": "Seen at the kiosk"}, headers=other)
    secret = client.post("/gone/", {"password": "Seen at the kiosk"}, headers=ours)

    page, with_files = words.content.decode(), files.content.decode()
    assert [answer.status_code for answer in (words, files, strange, secret)] == [503] * 4
    assert '<input type="hidden" name="fact" value="Seen at the kiosk">' in page
    assert "Send again" in page
    assert "shell/send_again" in page  # its name may bear a digest
    assert "reload this page" in with_files
    assert "Seen at the kiosk" in with_files
    assert "Seen at the kiosk" not in strange.content.decode() + secret.content.decode()


def test_an_act_that_may_be_done_is_not_sent_again_by_itself(client: Client) -> None:
    sign_in(client, staff())

    answer = client.post("/half-done/", {"fact": "Seen at the kiosk"}, headers={"sec-fetch-site": "same-origin"})

    page = answer.content.decode()
    assert answer.status_code == 503
    assert "It may have been saved already" in page
    assert '<input type="hidden" name="fact" value="Seen at the kiosk">' in page
    assert "Send again" in page
    assert "send_again.js" not in page
    assert "data-send-again" not in page


def test_a_full_disk_refuses_forms_before_it_reads_them(client: Client, settings: Any) -> None:
    settings.DISK_RESERVE = 10**18

    form = client.post("/language/", {"language": "nl", "next": "/"})
    swapped = client.post("/language/", {"language": "nl"}, headers={"hx-request": "true"})

    assert (form.status_code, swapped.status_code) == (507, 507)
    assert "There is no room left on our machine" in form.content.decode()
    assert swapped.headers["HX-Retarget"] == "#refusal"
    assert "language" not in client.cookies
    assert client.get("/").status_code == 200


def test_a_fault_of_ours_is_logged_by_its_place_without_its_words(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/wrong/")

    said = [record.getMessage() for record in caplog.records if record.name == "plp.portal.shell.errors"]
    assert len(said) == 1
    assert re.fullmatch(r"a page broke: DatabaseError at plp/portal/shell/guards\.py:\d+", said[0])


@pytest.mark.parametrize(
    ("given", "typed"),
    [
        ({"words": "Seen at night", errors.TOKEN: "x"}, [("words", "Seen at night")]),
        ({"email": "ann@plp.test", "password": "Seen at night"}, []),
    ],
    ids=["words", "a password"],
)
def test_what_was_typed_waits_on_the_page_but_for_a_password(
    given: dict[str, str], typed: list[tuple[str, str]]
) -> None:
    assert errors.posted_pairs_to_resend(RequestFactory().post("/", given)) == typed
