"""A form that comes again while it is being done; drafts of nobody and of nothing; a member's visit that goes on."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client
from django.urls import reverse

from plp.drafts.models import Draft
from plp.notices.models import Notice
from plp.portal.shell import double_submission
from plp.portal.shell.sessions import MEMBER
from tests.factories.cast import Cast, contact, member
from tests.portal.shell.test_double_submission import drawn
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
LOADED = "{% drafted form %}<p>The form</p>{% enddrafted %}"


def test_a_second_sending_waits_for_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("sent", double_submission.WORKING)
    monkeypatch.setattr("plp.portal.shell.double_submission.time.sleep", lambda _seconds: cache.set("sent", "/police/"))

    assert double_submission._wait_for_first_redirect("sent") == "/police/"


def test_where_the_first_does_not_end_in_time_the_second_is_done(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    browser = signed_in(cast.officer)
    form = drawn(browser)
    monkeypatch.setattr(double_submission, "WAIT", 0)
    monkeypatch.setattr(
        double_submission, "_submission_key", lambda request: "sent" if request.method == "POST" else None
    )
    cache.set("sent", double_submission.WORKING)

    answer = browser.post("/police/new/", form)

    assert answer.status_code == 302
    assert Notice.objects.count() == 1
    assert cache.get("sent") == answer.headers["Location"]


def test_a_form_with_nothing_typed_is_not_kept(cast: Cast) -> None:
    page = reverse("followup:requests:ask", args=["haren"])

    told = signed_in(cast.here.coordinator).post("/drafts/", {"subject": "", "draft": f"{page}#form"}, follow=True)

    assert told.redirect_chain == [(page, 302)]
    assert "There was nothing to save." in told.content.decode()
    assert not Draft.objects.exists()


def test_a_draft_names_its_form() -> None:
    with pytest.raises(TemplateSyntaxError, match="name the form"):
        Template("{% drafted quietly %}{% enddrafted %}")


def test_for_nobody_a_form_is_drawn_alone() -> None:
    request = HttpRequest()
    request.person = request.member = None  # type: ignore[attr-defined]

    assert Template(LOADED).render(Context({"request": request})) == "<p>The form</p>"


@pytest.mark.parametrize(("days", "noted"), [(1, False), (2, True)])
def test_the_last_visit_of_a_member_is_noted_now_and_then(
    cast: Cast, client: Client, days: int, *, noted: bool
) -> None:
    point = contact(member(cast.here.partnership, "Mia Voorbeeld"), "email", "mia@plp.test")
    session, before = client.session, (AT - timedelta(days=days)).timestamp()
    session[MEMBER] = {"contact": point.pk.hex, "began": before, "seen": before}
    session.save()

    answer = client.get(reverse("membership:self_service:settings"))

    assert answer.status_code == 200
    assert client.session[MEMBER] == {
        "contact": point.pk.hex,
        "began": before,
        "seen": AT.timestamp() if noted else before,
    }
