"""Where to go back to: a path of ours and nothing else, told by the form and not by the browser (T33)."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import resolve

from plp.portal.shell.return_address import STANDS_ON, own_path_or_empty, return_address

pytestmark = pytest.mark.any_database


def sent(told: str | None, **more: Any) -> HttpRequest:
    """A form sent to the language switch, that says on which page it stands."""
    request = RequestFactory().post("/language/", {} if told is None else {STANDS_ON: told}, **more)
    request.resolver_match = resolve("/language/")
    return request


@pytest.mark.parametrize("address", ["/", "/m/settings/", "/charter/haren/?show=draft", "/a/#b", "/é/"])
def test_a_path_is_ours(address: str) -> None:
    assert own_path_or_empty(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *("", None, "m/settings/", "?show=draft", "//evil.test/", "///evil.test", "/\\evil.test", "\\\\evil.test"),
        *(
            "https://evil.test/",
            "https:/evil.test",
            "http:///evil.test",
            "javascript:alert(1)",
            "\t//evil.test",
            " /m/",
        ),
    ],
)
def test_nothing_else_is(address: str | None) -> None:
    assert own_path_or_empty(address) == ""


def test_a_page_that_was_opened_leads_to_itself() -> None:
    assert return_address(RequestFactory().get("/find/?page=2")) == "/find/?page=2"


@pytest.mark.parametrize(
    ("told", "back"),
    [
        ("/m/settings/?a=1", "/m/settings/?a=1"),
        ("//evil.test/", "/language/"),
        ("", "/language/"),
        (None, "/language/"),
    ],
)
def test_the_answer_to_a_form_leads_to_the_page_of_the_form(told: str | None, back: str) -> None:
    assert return_address(sent(told)) == back
    assert return_address(sent(told, headers={"referer": "http://testserver/elsewhere/"})) == back


def test_what_was_refused_before_it_was_read_is_not_read_for_this() -> None:
    request = sent("/m/settings/")
    request.resolver_match = None

    assert return_address(request) == "/language/"
    assert not hasattr(request, "_post")


def test_what_cannot_be_read_leads_to_itself(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

    assert return_address(sent("/m/settings/")) == "/language/"


def test_a_form_says_on_which_page_it_stands() -> None:
    drawn = Template("{% form_token %}").render
    request = RequestFactory().get('/find/?q="><b>')

    with_page = drawn(Context({"csrf_token": "t", "request": request}))
    without = drawn(Context({"csrf_token": "t"}))

    assert 'name="csrfmiddlewaretoken" value="t">' in with_page
    assert 'name="stands_on" value="/find/?q=%22%3E%3Cb%3E">' in with_page
    assert STANDS_ON not in without


@pytest.mark.django_db
def test_a_form_shown_again_keeps_the_page_it_stands_on(client: Client) -> None:
    """Typed wrongly in a form that answers elsewhere, then in the next one: the page stays the first one."""
    shown = client.post("/m/", {"address": "nonsense", "stands_on": "/m/?next=/m/settings/"}).content.decode()

    assert 'name="stands_on" value="/m/?next=/m/settings/"' in shown
    assert 'name="next" value="/m/?next=/m/settings/"' in shown


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [{}, {"words": "Bonjour"}])
def test_whoever_presses_a_button_signed_out_comes_back_to_its_page(client: Client, typed: dict[str, str]) -> None:
    """The address of the button takes no reading: behind the sign-in it would be an empty page."""
    answer = client.post("/police/bundle/", {STANDS_ON: "/police/", **typed})

    assert answer.url == "/account/sign-in/?next=%2Fpolice%2F"
