"""What is typed is kept, drawn into the form again, and dropped when it went through."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from plp.drafts import actions as drafts
from plp.drafts.models import Draft
from plp.portal.shell.form_drafts import set_initial_from_draft
from plp.portal.subjects.launch.groundwork.forms.ground import AuthorityTalkForm
from tests.factories.cast import Cast, contact, member
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
KEEP = "/drafts/"
PAGE = "/requests/haren/ask/"
TYPED = {"subject": "Vélos volés", "words": "Combien de vélos ont"}


@pytest.fixture
def page() -> str:
    """A page with a long form."""
    return reverse("followup:requests:ask", args=["haren"])


def test_without_javascript_a_button_keeps_and_the_page_gives_back(cast: Cast, page: str) -> None:
    desk = signed_in(cast.here.coordinator)

    told = desk.post(KEEP, {**TYPED, "draft": f"{page}#form"}, follow=True)

    assert told.redirect_chain == [(page, 302)]
    shown = told.content.decode()
    assert "Saved for you alone" in shown
    assert "We kept what you typed on 25 November 2026" in shown
    assert 'value="Vélos volés"' in shown
    assert "Combien de vélos ont</textarea>" in shown
    assert 'value="2026-12-09"' in shown  # what the draft does not name keeps its usual value
    assert f'name="draft" value="{page}#form"' in shown


def test_a_button_keeps_only_where_one_types_and_not_beside_one_that_ends(cast: Cast, page: str) -> None:
    desk, lead = signed_in(cast.here.coordinator), signed_in(cast.officer)
    marie = member(cast.here.partnership, "Marie Membre", "fr").memberships.get()
    erasing, ending = (
        reverse("membership:desk:erase", args=[marie.pk]),
        reverse("launch:plan:act", args=["haren", "end"]),
    )

    shown = [who.get(one).content.decode() for who, one in ((desk, page), (desk, erasing), (lead, ending))]

    assert ["Save for later" in one for one in shown] == [True, False, False]
    assert ['name="draft"' in one for one in shown] == [True, True, True]


def test_while_one_types_the_answer_is_a_word_and_the_row_is_sealed(cast: Cast, page: str) -> None:
    desk = signed_in(cast.here.coordinator)
    for words in ("Combien", "Combien de vélos"):
        answer = desk.post(
            KEEP, {**TYPED, "words": words, "draft": f"{page}#form"}, headers={"HX-Request": "true"}
        ).content.decode()

    assert answer.strip().startswith("Saved at")
    row = Draft.objects.values("typed").get()
    assert b"Combien" not in bytes(row["typed"])


def test_what_went_through_is_dropped_and_what_did_not_is_kept(cast: Cast, page: str) -> None:
    desk, draft = signed_in(cast.here.coordinator), f"{page}#form"

    desk.post(page, {**TYPED, "due_on": "gestern", "draft": draft})
    kept = Draft.objects.filter(page=draft).exists()
    desk.post(page, {**TYPED, "due_on": "2026-12-09", "draft": draft})

    assert kept
    assert not Draft.objects.exists()


def test_what_the_page_kept_while_its_form_left_comes_too_late(cast: Cast, page: str) -> None:
    desk = signed_in(cast.here.coordinator)
    drawn = {**TYPED, "draft": f"{page}#form", "csrfmiddlewaretoken": "a" * 64}

    desk.post(page, {**drawn, "due_on": "2026-12-09"})
    late = desk.post(KEEP, drawn, headers={"HX-Request": "true"})
    again = desk.post(KEEP, {**drawn, "csrfmiddlewaretoken": "b" * 64}, headers={"HX-Request": "true"})

    assert (late.status_code, again.status_code) == (204, 200)
    assert Draft.objects.count() == 1


def test_a_second_factor_asked_in_between_loses_nothing(cast: Cast) -> None:
    desk = signed_in(cast.chief, minutes_ago=20)
    page = reverse("mandates:designate")

    answer = desk.post(page, {"name": "Nora Naveau", "draft": f"{page}#form"})

    assert answer.headers["Location"].startswith("/account/")
    assert Draft.objects.get().page == f"{page}#form"


def test_nobody_sees_or_drops_the_draft_of_another(cast: Cast, page: str) -> None:
    drafts.save_draft(page=f"{page}#form", typed={"subject": ["Secret"]}, by=cast.here.coordinator, at=AT)
    key, deputy = Draft.objects.get().pk, signed_in(cast.here.deputy)

    assert "Secret" not in deputy.get(page).content.decode()
    assert deputy.post(reverse("shell:drop_draft", args=[key])).status_code == 404
    assert Draft.objects.exists()


def test_it_is_thrown_away_after_a_question(cast: Cast, page: str) -> None:
    drafts.save_draft(page=f"{page}#form", typed={"subject": ["Vélos"]}, by=cast.here.coordinator, at=AT)
    desk, url = signed_in(cast.here.coordinator), reverse("shell:drop_draft", args=[Draft.objects.get().pk])

    asked = desk.get(url).content.decode()
    back = desk.post(url)

    assert "Throw away what you typed?" in asked
    assert back.headers["Location"] == page
    assert not Draft.objects.exists()


@pytest.mark.parametrize("page", ["//evil.example/#form", "https://evil.example/#form", "javascript:1#form"])
def test_it_leads_nowhere_else(cast: Cast, page: str) -> None:
    assert signed_in(cast.officer).post(KEEP, {**TYPED, "draft": page}).headers["Location"] == "/"


def test_whoever_is_not_signed_in_keeps_nothing(cast: Cast) -> None:
    assert Client().post(KEEP, {**TYPED, "draft": "/#form"}).status_code == 404
    assert not Draft.objects.exists()


def test_a_member_has_drafts_too(cast: Cast) -> None:
    point = contact(member(cast.here.partnership, "Marie Membre", "en"), "email", "marie@example.org")
    client = Client()
    session = client.session
    session["member"] = {"contact": point.pk.hex, "began": AT.timestamp(), "seen": AT.timestamp()}
    session.save()

    client.post(KEEP, {"words": "Bonjour", "draft": "/x/#form"})

    assert Draft.objects.get().person == point.person


def test_a_draft_of_two_weeks_is_not_shown(cast: Cast, page: str) -> None:
    old = AT - timedelta(days=14)
    drafts.save_draft(page=f"{page}#form", typed={"subject": ["Vélos"]}, by=cast.here.coordinator, at=old)

    assert "Vélos" not in signed_in(cast.here.coordinator).get(page).content.decode()


def test_a_form_that_was_sent_keeps_its_own_words() -> None:
    form = AuthorityTalkForm({"reference": "new"})
    set_initial_from_draft(form, {"reference": ["old"]})

    assert form["reference"].value() == "new"
