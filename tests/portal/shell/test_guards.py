"""Who passes each door, and where whoever may not is led: signed in or not, with a second factor, proven, permitted."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse

from plp.mandates.grants import Permission
from plp.portal.shell import guards
from plp.toolbox import clock

type Ask = Callable[..., Any]
PERMISSION = Permission.MANDATE_APPOINT_POLICE
PAGE = "/zone/people?of=quarter&x=1"


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """A request of somebody who is, has and proved just what is said."""

    def made(
        *, signed_in: bool = True, factor: bool = True, proven: bool = True, fresh: bool = True, htmx: bool = False
    ) -> Any:
        monkeypatch.setattr(guards, "second_factor_proven_at", lambda request: clock.now() if proven else None)
        monkeypatch.setattr(guards, "has_second_factor", lambda request: factor)
        monkeypatch.setattr(guards, "has_fresh_proof", lambda request, *, at, minutes=5: fresh and at == request.at)
        request: Any = RequestFactory().get(PAGE)
        request.user = SimpleNamespace(is_authenticated=signed_in)
        request.at, request.htmx, request.member = clock.now(), htmx, None
        request.permissions = {PERMISSION}
        return request

    return made


def view(request: Any, key: str = "", *, more: str = "") -> HttpResponse:
    """A page that tells what it was given."""
    return HttpResponse(f"{request.path} {key} {more}")


def led_to(answer: HttpResponse) -> str:
    """The name of the page one is led to; it must know the way back."""
    there = urlsplit(answer.headers.get("Location") or answer.headers["HX-Redirect"])
    assert parse_qs(there.query) == {"next": [PAGE]}
    assert answer.asks_first is True  # type: ignore[attr-defined]
    return {
        reverse(name): name
        for name in ("account_login", "account_prove", "account_enrol", "membership:self_service:ask")
    }[there.path]


def passes(answer: HttpResponse) -> bool:
    return answer.content == b"/zone/people a b"


GUARDS = {
    "needs": guards.needs(PERMISSION),
    "own_data": guards.own_data,
    "own_account": guards.own_account,
    "half_signed_in": guards.needs_sign_in_only,
    "enrolling": guards.needs_fresh_proof_if_second_factor,
    "freshly_proven": guards.freshly_proven,
    "public": guards.public,
}


@pytest.mark.parametrize(
    ("guard", "who", "where"),
    [
        ("needs", {}, ""),
        ("needs", {"signed_in": False}, "account_login"),
        ("needs", {"proven": False}, "account_prove"),
        ("needs", {"proven": False, "factor": False}, "account_enrol"),
        ("own_data", {}, ""),
        ("own_data", {"signed_in": False}, "membership:self_service:ask"),
        ("own_data", {"proven": False}, "account_prove"),
        ("own_account", {}, ""),
        ("own_account", {"signed_in": False}, "account_login"),
        ("own_account", {"proven": False, "factor": False}, "account_enrol"),
        ("half_signed_in", {"proven": False}, ""),
        ("half_signed_in", {"signed_in": False}, "account_login"),
        ("enrolling", {}, ""),
        ("enrolling", {"factor": False, "fresh": False}, ""),
        ("enrolling", {"fresh": False}, "account_prove"),
        ("enrolling", {"signed_in": False}, "account_login"),
        ("freshly_proven", {}, ""),
        ("freshly_proven", {"fresh": False}, "account_prove"),
        ("public", {"signed_in": False}, ""),
    ],
)
def test_who_passes_and_where_the_others_are_led(ask: Ask, guard: str, who: dict[str, bool], where: str) -> None:
    answer = GUARDS[guard](view)(ask(**who), "a", more="b")

    assert passes(answer) if not where else led_to(answer) == where


def test_without_the_permission_there_is_no_such_page(ask: Ask) -> None:
    request = ask()
    request.permissions = set(Permission) - {PERMISSION}

    with pytest.raises(Http404):
        guards.needs(PERMISSION)(view)(request)


def test_a_member_with_a_code_sees_their_own_data_without_an_account(ask: Ask) -> None:
    request = ask(signed_in=False)
    request.member = SimpleNamespace(pk=1)

    assert passes(guards.own_data(view)(request, "a", more="b"))


def test_a_part_of_a_page_is_led_away_as_a_whole_page(ask: Ask) -> None:
    part = guards.needs(PERMISSION)(view)(ask(signed_in=False, htmx=True))
    page = guards.needs(PERMISSION)(view)(ask(signed_in=False))

    assert (part.status_code, page.status_code) == (200, 302)
    assert led_to(part) == led_to(page) == "account_login"
    assert guards.redirect_whole_page(ask(htmx=True), "/a").headers["HX-Redirect"] == "/a"


def test_each_door_says_what_it_asks_for() -> None:
    said = {name: getattr(guard(lambda request: HttpResponse()), "permission", None) for name, guard in GUARDS.items()}

    assert said == {
        "needs": PERMISSION.value,
        **dict.fromkeys(("own_data", "own_account", "half_signed_in", "enrolling"), "own_data"),
        "freshly_proven": None,
        "public": "public",
    }


def test_a_link_is_shown_to_whoever_it_opens_for(ask: Ask) -> None:
    request = ask()
    there = reverse("account_login")

    assert guards.may_open(request, there)
    assert guards.may_open(request, f"{there}?next=/")
    assert not guards.may_open(request, "/no-such-page-at-all")
    desk = reverse("notices:desk:desk")
    assert not guards.may_open(request, desk)
    request.permissions = {Permission(resolve(desk).func.permission)}
    assert guards.may_open(request, f"{desk}?sent=1")


@pytest.mark.parametrize(
    ("member", "staff", "whose"), [("Mia", None, "Mia"), (None, "Ann", "Ann"), ("Mia", "Ann", "Mia"), (None, None, "")]
)
def test_a_page_is_about_the_member_or_else_the_staff_member_or_not_there(
    member: str | None, staff: str | None, whose: str
) -> None:
    request: Any = RequestFactory().get("/m/settings/")
    request.member, request.person = member, staff

    if whose:
        assert guards.member_or_staff_or_404(request) == whose
    else:
        with pytest.raises(Http404):
            guards.member_or_staff_or_404(request)
