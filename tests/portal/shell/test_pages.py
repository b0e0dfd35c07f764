"""What every page carries: headers, language, errors, and the living page of components."""

import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import translation

from plp.mandates.grants import Permission, Role
from plp.mandates.queries import NotAllowed
from plp.portal.shell import files
from plp.portal.shell.files import download
from plp.portal.shell.guards import freshly_proven, needs, own_data, public
from plp.toolbox.moves import WrongState
from tests.portal.staff import code, sign_in, staff

pytestmark = pytest.mark.django_db

SENTENCE = "This has already been done or can no longer be done. Reload the page to see where it stands."
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "object-src 'none'; require-trusted-types-for 'script'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}


@public
def refuse(request: HttpRequest) -> HttpResponse:
    """An action that says no."""
    raise WrongState


@public
def forbid(request: HttpRequest) -> HttpResponse:
    """An action that the role does not include."""
    raise NotAllowed


@public
def fall(request: HttpRequest) -> HttpResponse:
    """A fault of ours, with a name in it."""
    raise RuntimeError("Ann Peeters")


@public
def paper(request: HttpRequest) -> HttpResponse:
    """A file."""
    return download(b"%PDF", name="letter.pdf", content_type="application/pdf")


@public
def take(request: HttpRequest) -> HttpResponse:
    """Reads a form."""
    return HttpResponse(str(len(request.POST)))


@needs(Permission.NOTICE_WRITE)
def pen(request: HttpRequest) -> HttpResponse:
    """Only for whoever may write."""
    return HttpResponse("pen")


@needs(Permission.NOTICE_RELEASE)
@freshly_proven
def seal(request: HttpRequest) -> HttpResponse:
    """Only freshly proven."""
    return HttpResponse("seal")


@own_data
def mine(request: HttpRequest) -> HttpResponse:
    """One's own."""
    return HttpResponse("mine")


def plain(page: HttpResponse) -> str:
    """A page without its own address and its token, which differ each time."""
    return re.sub(r'name="(csrfmiddlewaretoken|next)" value="[^"]*"', "", page.content.decode())


urlpatterns = [
    path("", include("plp.server.urls")),
    path("refuse/", refuse),
    path("forbid/", forbid),
    path("fall/", fall),
    path("paper/", paper),
    path("take/", take),
    path("pen/", pen),
    path("seal/", seal),
    path("mine/", mine),
]
handler400 = "plp.portal.shell.errors.bad_request"
handler404 = "plp.portal.shell.errors.not_found"
handler500 = "plp.portal.shell.errors.server_error"


@pytest.fixture(autouse=True)
def more_pages() -> Iterator[None]:
    """The addresses above beside the real ones."""
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def calm(client: Client) -> Client:
    """A browser that gets our page for a fault instead of the traceback."""
    client.raise_request_exception = False
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    return client


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/nowhere/", 404),
        ("/fall/", 500),
        ("/refuse/", 409),
        ("/account/", 302),
        ("/account/sign-out/", 405),
        ("/static/shell/base.css", 200),
        ("/manifest.webmanifest", 200),
    ],
)
def test_every_kind_of_answer_carries_the_headers(calm: Client, address: str, status: int) -> None:
    """Trust 3.3, exactly."""
    answer = calm.get(address)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Server" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_file_gets_a_sandbox(client: Client) -> None:
    """A file can do nothing, whatever is in it."""
    answer = client.get("/paper/")

    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'


def test_a_file_is_named_in_the_readers_language() -> None:
    shown = {}
    for language in ("en", "fr", "nl", "de"):
        with translation.override(language):
            shown[language] = (
                files.localised_file_name("minutes-7.pdf"),
                files.localised_file_name("plp-guide-member.pdf"),
            )
            assert all(re.fullmatch("[a-z-]+", str(words)) for words in files.STEMS.values())

    assert shown == {
        "en": ("minutes-7.pdf", "plp-guide-member.pdf"),
        "fr": ("compte-rendu-7.pdf", "plp-guide-member.pdf"),
        "nl": ("verslag-7.pdf", "plp-handleiding-member.pdf"),
        "de": ("protokoll-7.pdf", "plp-leitfaden-member.pdf"),
    }
    with translation.override("nl"):
        assert [files.localised_file_name(name) for name in ("haren.ics", "lettering.pdf")] == [
            "haren.ics",
            "lettering.pdf",
        ]


def test_pages_are_not_kept_and_what_is_signed_in_never(client: Client) -> None:
    """A page may be kept only if it says so itself and nobody is signed in."""
    public_page = client.get("/manifest.webmanifest").headers["Cache-Control"]
    home = client.get("/").headers["Cache-Control"]
    sign_in(client, staff())

    assert public_page == "public, max-age=3600"
    assert home == "no-store, private"
    assert client.get("/manifest.webmanifest").headers["Cache-Control"] == "no-store, private"


def test_cookies_are_few_and_shut(client: Client) -> None:
    """Trust 3.4: session, csrf, the chosen language and, for staff, the browser (T4); no script reads them."""
    sign_in(client, staff())
    client.post("/language/", {"language": "nl", "next": "/"})

    assert set(client.cookies) == {"session", "csrf", "language", "device"}
    assert {bool(cookie["httponly"]) for cookie in client.cookies.values()} == {True}
    assert {cookie["samesite"] for cookie in client.cookies.values()} == {"Lax"}
    assert {cookie["domain"] for cookie in client.cookies.values()} == {""}


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/", 404, "This page does not exist"),
        ("/forbid/", 404, "This page does not exist"),
        ("/fall/", 500, "Something went wrong on our side"),
        ("/refuse/", 409, SENTENCE),
    ],
)
def test_no_is_said_calmly(calm: Client, address: str, status: int, words: str) -> None:
    """Our own pages, without a version or a name."""
    page = calm.get(address, headers={"accept-language": "en"})

    assert page.status_code == status
    assert words in page.content.decode()
    assert "Ann Peeters" not in page.content.decode()
    assert "Django" not in page.content.decode()


def test_htmx_gets_the_refusal_as_a_notice(client: Client) -> None:
    """A partial for the place of refusals, not a page inside a page."""
    answer = client.get("/refuse/", headers={"hx-request": "true", "accept-language": "en"})

    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#refusal"
    assert "<html" not in answer.content.decode()
    assert SENTENCE in answer.content.decode()


def test_too_large_a_form_gets_413(calm: Client) -> None:
    """With our words."""
    answer = calm.post("/take/", {"text": "x" * 2_600_000})

    assert answer.status_code == 413


def test_a_foreign_host_name_gets_400(calm: Client) -> None:
    """T8: no page is made for a name that is not ours."""
    logging.getLogger("django.security.DisallowedHost").setLevel(logging.CRITICAL + 1)

    answer = calm.get("/", headers={"host": "evil.test"})

    assert answer.status_code == 400
    assert "evil.test" not in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "Se connecter"), ("nl", "Aanmelden"), ("de", "Anmelden"), ("en", "Sign in")]
)
def test_the_language_is_chosen_without_javascript_and_kept(client: Client, language: str, word: str) -> None:
    """The switch comes back to the same page and remembers."""
    chosen = client.post("/language/", {"language": language, "next": "/account/sign-in/?next=/x"})
    page = client.get(chosen.url).content.decode()

    assert chosen.url == "/account/sign-in/?next=/x"
    assert f'<html lang="{language}">' in page
    assert f"<h1>{word}</h1>" in page


@pytest.mark.parametrize("target", ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)"])
def test_the_switch_sends_nobody_away(client: Client, target: str) -> None:
    """T33."""
    assert client.post("/language/", {"language": "nl", "next": target}).url == "/"


def test_the_language_of_the_browser_then_of_the_person(client: Client) -> None:
    """Accept-Language for a visitor; the language of the person once signed in."""
    visitor = client.get("/", headers={"accept-language": "de"}).content.decode()
    sign_in(client, staff())
    signed_in = client.get("/", headers={"accept-language": "de"}).content.decode()

    assert '<html lang="de">' in visitor
    assert '<html lang="en">' in signed_in


def test_only_the_permission_opens_the_page(client: Client) -> None:
    """An officer gets the pen; a coordinator gets what a random address gets."""
    anonymous = client.get("/pen/?a=1")
    sign_in(client, staff())
    officer = client.get("/pen/").status_code
    other = Client()
    sign_in(other, staff("Bo Maes", role=Role.COORDINATOR))
    coordinator, random = other.get("/pen/"), other.get(f"/{uuid4()}/")

    assert anonymous.url == "/account/sign-in/?next=%2Fpen%2F%3Fa%3D1"
    assert officer == 200
    assert coordinator.status_code == random.status_code == 404
    assert plain(coordinator) == plain(random)


def test_htmx_without_a_session_loads_the_sign_in_page(client: Client) -> None:
    """Never a sign-in form inside a partial."""
    answer = client.get("/pen/", headers={"hx-request": "true"})

    assert answer.headers["HX-Redirect"] == "/account/sign-in/?next=%2Fpen%2F"


def test_a_proof_older_than_five_minutes_is_asked_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step-up: to the proof page and back."""
    sign_in(client, staff())
    fresh = client.get("/seal/").status_code
    session = client.session
    session["account_authentication_methods"] = [
        record | {"at": record["at"] - 301} for record in session["account_authentication_methods"]
    ]
    session.save()

    stale = client.get("/seal/")
    wrong = client.post(stale.url, {"code": "000000", "next": "/seal/"})
    proven = client.post("/account/prove/", {"code": code(1), "next": "/seal/"})

    assert fresh == 200
    assert stale.url == "/account/prove/?next=%2Fseal%2F"
    assert wrong.status_code == 200
    assert proven.url == "/seal/"
    assert client.get("/seal/").content == b"seal"


@pytest.mark.parametrize(
    ("view", "permission"), [(refuse, "public"), (pen, "notice.write"), (seal, "notice.release"), (mine, "own_data")]
)
def test_a_view_says_who_may_open_it(view: object, permission: str) -> None:
    """What ``plp routes`` prints."""
    assert view.permission == permission  # type: ignore[attr-defined]


def test_on_a_public_origin_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    """Trust 3.4: ``__Host-``, Secure, HSTS. Slow: the settings are read in a process of their own."""
    asked = "CSRF_COOKIE_NAME SESSION_COOKIE_NAME LANGUAGE_COOKIE_NAME SESSION_COOKIE_SECURE SECURE_HSTS_SECONDS"
    program = f"from plp.server import settings as s; print([getattr(s, n) for n in '{asked}'.split()])"
    environment = os.environ | {"PLP_ORIGIN": "https://plp.example.be", "PLP_HOME": str(tmp_path)}

    answer = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()

    assert answer == "['__Host-csrf', '__Host-session', '__Host-language', True, 31536000]"


def test_a_form_with_a_fault_says_so_first_and_keeps_what_was_typed(client: Client) -> None:
    """In the title of the page and in the summary, which takes the focus without a script."""
    page = client.post("/street/", {"street": "Rue de Verdun", "postcode": ""}, headers={"accept-language": "fr"})
    words = page.content.decode()

    assert "<title>Il y a un problème – Ma rue est-elle couverte\u00a0? – PLP</title>" in words
    assert re.findall(r"<div class=\"summary\"[^>]* autofocus>", words) == [
        '<div class="summary" role="alert" tabindex="-1" autofocus>'
    ]
    assert re.findall(r'<a href="#([a-z_]+)">([^<]*)</a>', words.partition('class="summary"')[2]) == [
        ("id_postcode", "Code postal\u00a0: Ce champ est obligatoire.")
    ]
    assert 'value="Rue de Verdun"' in words
