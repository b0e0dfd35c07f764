"""The exchange on pages: who sees what, what is said when something stands in the way, and what it costs."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plp.followup.actions import activities, services
from plp.followup.models import FollowUpMeeting, PolicyPlan, Rating, ReportCount, Service
from plp.followup.queries.meetings import meetings_in_scope
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.notices.models import Notice
from plp.portal.subjects.followup.offers import meeting_and_rating_tasks
from plp.toolbox import clock
from tests.factories.cast import NOW, Cast, hold, person
from tests.followup.stage import mandate_of
from tests.followup.test_registers import ENTRY
from tests.followup.together import STARTS, convened, held, relayed
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
MEETING = {"day": "2026-12-02", "begins": "18:00", "until": "19:30", "place": "Commissariat", "agenda": "Vélos\nÉté"}
GRADES = {"quality": "3", "timeliness": "4", "words": "Passé en dix minutes."}
PLAN = {
    "kind": "zonal",
    "title": "Plan zonal 2026-2029",
    "begins": "2026-01-01",
    "language": "fr",
    "partnerships": "haren",
}
SERVICE = {"kind": "judicial", "name": "Parquet de Bruxelles", "phone": "02 555 01 01"}


def shown(client: Client, page: str, *args: object) -> str:
    """A page in words."""
    return client.get(reverse(f"followup:{page}", args=args)).content.decode()


def sent(client: Client, page: str, *args: object, **given: str) -> str:
    """What comes after a form was sent."""
    return client.post(reverse(f"followup:{page}", args=args), given, follow=True).content.decode()


def test_each_rating_that_waits_is_named_by_its_message_or_period(cast: Cast) -> None:
    first, later = relayed(cast), relayed(cast, at=NOW + timedelta(hours=3))
    for given in (
        {"notice": first},
        {"notice": later},
        {"begins": NOW.date() - timedelta(days=30), "until": NOW.date()},
    ):
        Rating.objects.create(
            partnership=cast.here.partnership, quality=3, timeliness=4, by=cast.officer, at=NOW, **given
        )

    page = signed_in(cast.here.coordinator).get(reverse("followup:home")).text

    links = re.findall(r'href="/exchange/rating/[^"]*">([^<]*)</a>', page)
    assert sorted(name.strip() for name in links) == [
        "Haren: 26 October 2026 – 25 November 2026",
        "Haren: Preventive advice, 25 November 2026, 10:00",
        "Haren: Preventive advice, 25 November 2026, 13:00",
    ]


def test_a_message_is_rated_read_and_answered(cast: Cast) -> None:
    notice = relayed(cast)
    police, desk = signed_in(cast.officer), signed_in(cast.here.coordinator)
    listed = shown(police, "waiting")
    said = sent(police, "rate", notice.pk, **GRADES)
    rating = Rating.objects.get()
    waits = [task.url for task in meeting_and_rating_tasks(cast.here.coordinator, AT)]
    read = shown(desk, "rating", rating.pk)
    sent(desk, "answer", rating.pk, words="Merci, le mode d’emploi aide.")

    after = shown(police, "rating", rating.pk)

    assert "not rated" in listed
    assert "Said. The coordinator gets an e-mail." in said
    assert waits == [f"/exchange/rating/{rating.pk}/"]
    assert "Passé en dix minutes." in read
    assert "Merci, le mode d’emploi aide." in after
    assert meeting_and_rating_tasks(cast.officer, AT) == []


def test_a_period_is_summed_up_with_the_grades_of_its_messages_beside(cast: Cast) -> None:
    notice, police = relayed(cast), signed_in(cast.officer)
    sent(police, "rate", notice.pk, **GRADES)

    form = shown(police, "sum_up", "haren")
    page = sent(police, "sum_up", "haren", begins="2026-09-01", until="2026-11-25", **GRADES)
    wrong = sent(police, "sum_up", "haren", begins="2026-11-24", until="2026-11-23", **GRADES)

    assert "quality 3.0 out of 4, speed 4.0 out of 4" in form
    assert "worked very well" in page
    assert "Choose a first day and a later last day" in wrong
    assert "Passé en dix minutes." in wrong  # nothing that was typed is lost


def test_a_meeting_is_convened_changed_called_off_and_stands_in_the_calendar(cast: Cast) -> None:
    desk = signed_in(cast.here.coordinator)
    page = sent(desk, "convene", "haren", **MEETING)
    meeting = FollowUpMeeting.objects.get()
    calendar = desk.get(reverse("followup:calendar", args=["haren", meeting.pk])).content.decode()
    wrong = sent(desk, "meeting_change", "haren", meeting.pk, **{**MEETING, "until": "17:00"})
    sent(desk, "meeting_change", "haren", meeting.pk, **{**MEETING, "place": "Maison communale"})
    task = meeting_and_rating_tasks(cast.officer, AT)[0]
    off = sent(desk, "call_off", "haren", meeting.pk, because="La salle est fermée.")

    assert "Both sides get an invitation" in page
    assert "DTSTART:20261202T170000Z" in calendar
    assert "Choose a moment that is to come" in wrong
    assert (task.text, task.due_at) == ("Maison communale", meeting.starts_at)
    assert "La salle est fermée." in off


def test_what_was_said_and_agreed_becomes_minutes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = convened(cast)
    monkeypatch.setattr(clock, "now", lambda: STARTS + timedelta(hours=1))
    police = signed_in(cast.officer)
    sent(police, "write", "haren", meeting.pk, present="3", notes="<b>Moins</b> de vols.", ideas="Une balade.")
    sent(police, "agree", "haren", meeting.pk, words="Exposé sur les vélos", side="police", due_on="2027-01-15")
    one = meeting.activities.get()
    before = shown(police, "close", "haren", meeting.pk)
    sent(police, "close", "haren", meeting.pk)
    late = police.get(reverse("followup:write", args=["haren", meeting.pk]), follow=True).text
    pdf = police.get(reverse("followup:minutes", args=["haren", meeting.pk]))
    home = shown(police, "home")
    done = sent(police, "activity", "haren", meeting.pk, one.pk)

    assert "&lt;b&gt;Moins&lt;/b&gt; de vols." in before
    assert pdf.content.startswith(b"%PDF")
    assert ("These minutes are closed and never change." in late, 'name="notes"' in late) == (True, False)
    assert "Exposé sur les vélos" in home
    assert "It has left the desk" in done
    assert FollowUpMeeting.objects.get().state == "closed"


def test_the_register_is_kept_on_pages(cast: Cast) -> None:
    police = signed_in(cast.officer)
    wrong = sent(police, "service_add", **{**SERVICE, "phone": "allo"})
    sent(police, "service_add", **SERVICE)
    service = Service.objects.get()
    logged = sent(
        police, "service", service.pk, on="2026-11-24", subject="Secret", partnership="haren", outcome="Clair."
    )
    sent(police, "service_change", service.pk, **{**SERVICE, "name": "Parquet"})
    listed = shown(police, "services")
    sent(police, "service_strike", service.pk)

    assert "This is not a telephone number" in wrong
    assert "Secret" in logged
    assert "Parquet" in listed
    assert "Last contact on" in listed
    assert "The register is empty" in shown(police, "services")


def test_a_policy_plan_is_linked_and_becomes_an_annex(cast: Cast) -> None:
    chief, desk = signed_in(cast.chief), signed_in(cast.here.coordinator)
    sent(chief, "plan_add", **PLAN)
    policy = PolicyPlan.objects.get()
    page = shown(desk, "partnership", "haren")
    word = desk.get(reverse("followup:annex", args=["haren", "docx"])).content
    sent(chief, "plan", policy.pk, **{**PLAN, "title": "Plan zonal", "until": "2029-12-31"})
    listed = shown(chief, "plans")
    sent(chief, "plan_strike", policy.pk)

    assert "Plan zonal 2026-2029" in page
    assert word[:2] == b"PK"
    assert "Haren" in listed
    assert desk.get(reverse("followup:annex", args=["haren", "html"])).status_code == 404
    assert "linked to no plan" in shown(desk, "partnership", "haren")


def test_months_are_counted_and_a_newsletter_is_drafted(cast: Cast) -> None:
    relayed(cast)
    police = signed_in(cast.officer)
    counted = sent(police, "reports", "haren", month="2026-10-15", members="4", others="9")
    form = shown(police, "newsletter", "haren")
    empty = police.post(reverse("followup:newsletter", args=["haren"]), {"title_fr": "Rien"}).content.decode()
    police.post(reverse("followup:newsletter", args=["haren"]), {"title_fr": "Lettre", "news_fr": "Porte-à-porte."})

    assert ReportCount.objects.get().members == 4
    assert "October 2026" in counted
    assert "Vol par ruse" in form
    assert "Write something in at least one section" in empty
    assert Notice.objects.filter(kind="newsletter").get().texts.get().title == "Lettre"


def test_the_neighbour_and_the_foreign_officer_find_nothing(cast: Cast) -> None:
    notice, meeting = relayed(cast), convened(cast)
    rating = Rating.objects.create(
        partnership=cast.here.partnership, notice=notice, quality=1, timeliness=1, language="fr", at=NOW
    )
    service = services.add_service(area=cast.zone, entry=ENTRY, by=cast.officer, at=NOW)
    next_door, foreign, own = (
        signed_in(one) for one in (cast.next_door.coordinator, cast.foreign_officer, cast.here.coordinator)
    )
    hidden: list[tuple[str, tuple[Any, ...]]] = [
        ("rating", (rating.pk,)),
        ("partnership", ("haren",)),
        ("convene", ("haren",)),
        ("meeting", ("haren", meeting.pk)),
        ("write", ("haren", meeting.pk)),
        ("minutes", ("haren", meeting.pk)),
        ("annex", ("haren", "pdf")),
    ]
    police_only: list[tuple[str, tuple[Any, ...]]] = [
        ("waiting", ()),
        ("rate", (notice.pk,)),
        ("sum_up", ("haren",)),
        ("reports", ("haren",)),
        ("newsletter", ("haren",)),
        ("services", ()),
        ("service", (service.pk,)),
        ("plans", ()),
    ]

    def answers(client: Client, pages: list[tuple[str, tuple[Any, ...]]]) -> set[int]:
        return {client.get(reverse(f"followup:{name}", args=args)).status_code for name, args in pages}

    assert answers(next_door, hidden) == answers(foreign, hidden) == {404}
    assert answers(own, police_only) == {404}
    assert answers(foreign, [("rate", (notice.pk,)), ("service", (service.pk,)), ("reports", ("haren",))]) == {404}
    assert answers(own, hidden) == {200}
    assert answers(signed_in(cast.officer), [*hidden, *police_only]) == {200}
    assert signed_in(cast.officer).get(reverse("followup:answer", args=[rating.pk])).status_code == 404
    assert signed_in(cast.here.deputy).get(reverse("followup:home")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_number_of_questions_for_one_and_three(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        relayed(cast, at=NOW + timedelta(minutes=place))
        meeting = held(cast)
        activities.agree_activity(
            meeting=meeting, words="Une balade", side="police", due_on=STARTS.date(), by=cast.officer, at=NOW
        )
        services.add_service(area=cast.zone, entry=ENTRY, by=cast.officer, at=NOW)
    police = signed_in(cast.officer)
    police.get(reverse("followup:home"))

    for name, queries in (("home", 8), ("waiting", 6), ("services", 4)):
        with django_assert_num_queries(queries):
            police.get(reverse(f"followup:{name}"))


def test_a_deputy_who_covers_an_absence_reads_and_answers(cast: Cast) -> None:
    notice, deputy = relayed(cast), cast.here.deputy
    rating = Rating.objects.create(
        partnership=cast.here.partnership, notice=notice, quality=2, timeliness=2, language="fr", at=NOW
    )
    before = signed_in(deputy).get(reverse("followup:rating", args=[rating.pk])).status_code
    mandates.record_absence_and_ask_deputy(
        mandate=mandate_of(cast.here.coordinator),
        deputy=mandate_of(deputy),
        starts_at=NOW,
        ends_at=NOW + timedelta(days=3),
        by=cast.here.coordinator,
        at=NOW,
    )

    page = sent(signed_in(deputy), "answer", rating.pk, words="Je remplace, et je réponds.")

    assert before == 404
    assert "Je remplace, et je réponds." in page


def test_a_deputy_officer_rates_and_a_supervisor_keeps_the_register_alone(cast: Cast) -> None:
    deputy, supervisor = person("Dora Adjointe"), person("Sofie Toezicht", "nl")
    hold(deputy, Role.DEPUTY_OFFICER, cast.zone)
    hold(supervisor, Role.SUPERVISOR, cast.zone)
    notice = relayed(cast)

    assert signed_in(deputy).get(reverse("followup:rate", args=[notice.pk])).status_code == 200
    assert signed_in(deputy).get(reverse("followup:plans")).status_code == 404
    assert signed_in(supervisor).get(reverse("followup:services")).status_code == 200
    assert signed_in(supervisor).get(reverse("followup:home")).status_code == 404
    assert meetings_in_scope(supervisor, at=NOW).count() == 0
