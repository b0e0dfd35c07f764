"""A form whose act is refused comes back as it was sent; one sent after the session was over waits for its sender."""

import re
from collections.abc import Iterator

import pytest
from django import forms
from django.http import Http404, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path
from django.views.decorators.http import require_POST

from plp.portal.shell.guards import own_account, public
from plp.portal.shell.refused_forms import InvalidForm
from plp.portal.shell.requests import PortalRequest
from plp.toolbox.moves import Refused
from tests.factories.cast import Cast, person
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db
WORDS = "Three <words> & a 'half'"
SHOWN = "Three &lt;words&gt; &amp; a &#x27;half&#x27;"
BROWSER = {"Sec-Fetch-Site": "same-origin"}
PAGE = (
    '{% extends "shell/base.html" %}{% block content %}<form method="post" action="/note/send/">'
    '{% form_token %}{{ form }}<input type="password" name="password"></form>{% endblock %}'
)


class NoteForm(forms.Form):
    """A line and a choice."""

    line = forms.CharField(max_length=60)
    ticked = forms.BooleanField(required=False)


class WrongLine(Refused):
    """Refused, with the field."""

    sentence = "Not this line."
    field = "line"


class ShutNote(Refused):
    """Refused, whatever was typed."""

    sentence = "Not now."


def _drawn(request: PortalRequest) -> HttpResponse:
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"form": NoteForm()}, request))


@public
def note(request: PortalRequest) -> HttpResponse:
    """The page of the form."""
    return _drawn(request)


@own_account
def own_note(request: PortalRequest) -> HttpResponse:
    """The same for whoever signed in."""
    return _drawn(request) if request.method == "GET" else HttpResponse("done")


@public
@require_POST
def send(request: PortalRequest) -> HttpResponse:
    """The act."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise InvalidForm(form, page="/note/")
    raise {"wrong": WrongLine, "shut": ShutNote, "absent": Http404}[request.GET.get("how", "shut")]


urlpatterns = [
    path("", include("plp.server.urls")),
    path("note/", note),
    path("note/send/", send),
    path("own-note/", own_note),
]
handler404 = "plp.portal.shell.errors.not_found"


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages above beside the real ones, at an hour."""
    stop_clock(monkeypatch)
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def browser() -> Client:
    """Of nobody, in English."""
    client = Client()
    client.cookies["language"] = "en"
    return client


def typed(stands_on: str = "/note/") -> dict[str, str]:
    return {"line": WORDS, "ticked": "on", "password": "no page bears it", "stands_on": stands_on}


def test_a_refusal_shows_the_form_as_it_was_sent(browser: Client) -> None:
    answer = browser.post("/note/send/", typed())

    page = answer.text
    assert answer.status_code == 409
    assert re.search(rf'<input[^>]*name="line"[^>]* value="{re.escape(SHOWN)}"', page)
    assert re.search(r'<input[^>]*name="ticked"[^>]* checked>', page)
    assert page.count("Not now.") == 1
    assert "no page bears it" not in page


def test_a_refusal_of_a_field_stands_there_and_at_the_head(browser: Client) -> None:
    page = browser.post("/note/send/?how=wrong", typed()).text

    assert '<a href="#id_line">Line: Not this line.</a>' in page
    assert '<ul class="errorlist" id="id_line_error"><li>Not this line.</li></ul>' in page


def test_a_fault_in_a_form_of_another_page_stands_there(browser: Client) -> None:
    long_line = WORDS * 4

    page = browser.post("/note/send/", typed() | {"line": long_line}).text

    assert '<a href="#id_line">Line: Ensure this value has at most 60 characters' in page
    assert SHOWN * 4 in page


def test_where_the_page_is_gone_the_words_can_be_copied(browser: Client) -> None:
    page = browser.post("/note/send/", typed("/note/gone/")).text

    assert f'<blockquote class="typed">{SHOWN}</blockquote>' in page
    assert "Not now." in page


def test_a_form_within_a_page_is_told_as_before(browser: Client) -> None:
    answer = browser.post("/note/send/", typed(), headers={"HX-Request": "true"})

    assert answer.headers["HX-Retarget"] == "#refusal"
    assert SHOWN not in answer.text


@pytest.mark.parametrize(("headers", "is_shown"), [(BROWSER, True), ({}, False)])
def test_words_of_another_site_do_not_stand_under_our_name(
    browser: Client, headers: dict[str, str], *, is_shown: bool
) -> None:
    page = browser.post("/note/send/?how=absent", typed(), headers=headers).text

    assert (SHOWN in page) == is_shown


@pytest.mark.parametrize(("headers", "is_shown"), [(BROWSER, True), ({}, False)])
def test_a_form_without_its_token_comes_back_to_our_own_page_alone(headers: dict[str, str], *, is_shown: bool) -> None:
    answer = Client(enforce_csrf_checks=True).post("/note/send/", typed(), headers=headers)

    assert answer.status_code == 403
    assert (SHOWN in answer.text) == is_shown


def _end_session(client: Client) -> None:
    session = client.session
    session.update({"began": 0.0, "seen": 0.0, "roles": ""})
    session.save()


def test_what_was_sent_after_the_session_was_over_waits_for_its_sender() -> None:
    officer = Cast().officer
    client = signed_in(officer)
    _end_session(client)

    away = client.post("/own-note/", typed("/own-note/"), headers=BROWSER)
    again = signed_in(officer)
    _take_over(again, client)
    page, later = again.get("/own-note/").text, again.get("/own-note/").text

    assert away.headers["Location"] == "/account/sign-in/?ended=1&next=%2Fown-note%2F"
    assert SHOWN in page
    assert "You were signed out before this was sent." in page
    assert SHOWN not in later


def test_nobody_else_reads_what_waits() -> None:
    client = signed_in(Cast().officer)
    _end_session(client)
    client.post("/own-note/", typed("/own-note/"), headers=BROWSER)

    other = signed_in(person("Bea Elders"))
    _take_over(other, client)

    assert SHOWN not in other.get("/own-note/").text
    assert "unsent" not in other.session


def test_words_of_somebody_unknown_wait_for_nobody(browser: Client) -> None:
    """Whoever signs in next in this browser may be somebody else."""
    away = browser.post("/own-note/", typed("/own-note/"))

    assert away.headers["Location"] == "/account/sign-in/?next=%2Fown-note%2F"
    assert "unsent" not in browser.session


def _take_over(again: Client, before: Client) -> None:
    """What Django does with a session in which one signs in: its content goes on."""
    session = again.session
    session["unsent"] = before.session["unsent"]
    session.save()
