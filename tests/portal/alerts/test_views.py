"""The pages of official alerts: read a file, look at what it did, decide, publish."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plp.alerts import actions as alerts
from plp.alerts.models import Publication, Trace
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.portal.subjects.alerts.offers import official_alert_tasks
from tests.alerts.capfiles import FRENCH, official
from tests.factories.cast import Cast
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
QUERIES = 7


def give(client: Client, content: bytes, name: str = "storm.cap", **more: object) -> str:
    """What the page says of a file."""
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("alerts:receive"), {"file": file, **more}, follow=True).content.decode()


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(f"alerts:{name}", args=args)).content.decode()


def test_a_file_becomes_drafts_on_the_desk(cast: Cast) -> None:
    officer = signed_in(cast.officer)

    shown = give(officer, official())

    assert "nothing was sent" in shown
    assert shown.count("Warning: severe thunderstorm") == 2
    assert Notice.objects.filter(state="draft", author=cast.officer).count() == 2


def test_the_quarters_can_be_chosen_among_ones_own(cast: Cast) -> None:
    officer = signed_in(cast.officer)

    assert "Malmedy" not in page(officer, "receive")
    shown = give(officer, official(), quarters=[str(cast.abroad.partnership.pk)])
    assert Notice.objects.count() == 0
    assert "error" in shown or "not one of the available choices" in shown
    give(officer, official(), quarters=[str(cast.next_door.partnership.pk)])

    assert Notice.objects.get().partnership == cast.next_door.partnership


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<a/>", "not an alert in the format CAP"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "declarations that no official alert needs"),
        (official(status="Exercise"), "marked “Exercise”"),
        (b"x" * (2**20 + 1), "larger than 1 MB"),
        (b"", "empty"),
    ],
    ids=["xml", "entities", "exercise", "large", "empty"],
)
def test_a_refusal_stands_at_the_file(cast: Cast, content: bytes, words: str) -> None:
    assert words in give(signed_in(cast.officer), content)
    assert Notice.objects.count() == 0


def test_words_of_strangers_are_words_on_the_page(cast: Cast) -> None:
    unknown = replace(FRENCH, event="Autre chose", headline="<script>x</script>")
    alerts.receive_cap_alert_and_draft_notices(content=official(infos=(unknown,)), by=None, at=AT)

    shown = page(signed_in(cast.officer), "desk")

    assert "<script>x" not in shown
    assert "&lt;script&gt;x" in shown


def test_only_those_who_write_open_these_pages(cast: Cast) -> None:
    alerts.receive_cap_alert_and_draft_notices(content=official(), by=None, at=AT)

    for stranger in (cast.here.coordinator, cast.chief):
        client = signed_in(stranger)
        for name in ("desk", "receive"):
            assert client.get(reverse(f"alerts:{name}")).status_code == 404
    assert "Warning: severe thunderstorm" not in page(signed_in(cast.foreign_officer), "desk")
    assert "Warning: severe thunderstorm" in page(signed_in(cast.second_officer), "desk")


def test_a_taken_back_alert_is_decided_once(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    give(officer, official(), quarters=[str(cast.here.partnership.pk)])
    notice = Notice.objects.get()
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Orage", core="À 20h.", more="", by=cast.officer, at=AT
    )
    give(officer, official("storm-9", kind="Cancel", names=("storm-1",), infos=()))
    proposal = Trace.objects.get(outcome="to_stop")
    url = reverse("alerts:settle", args=[proposal.pk])

    assert [(task.count, task.urgent) for task in official_alert_tasks(cast.officer, AT)] == [(1, True)]
    assert signed_in(cast.foreign_officer).get(url).status_code == 404
    assert "Those who received it are told" in officer.get(url).content.decode()
    assert "is stopped" in officer.post(url, {"stop": "1"}, follow=True).content.decode()
    assert officer.post(url, {"stop": "1"}).status_code == 404

    notice.refresh_from_db()
    assert notice.state == "dropped"
    assert official_alert_tasks(cast.officer, AT) == []


def test_a_proposal_can_be_refused(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    give(officer, official(), quarters=[str(cast.here.partnership.pk)])
    notice = Notice.objects.get()
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Orage", core="À 20h.", more="", by=cast.officer, at=AT
    )
    give(officer, official("storm-9", kind="Cancel", names=("storm-1",), infos=()))

    officer.post(reverse("alerts:settle", args=[Trace.objects.get(outcome="to_stop").pk]), {"keep": "1"})

    notice.refresh_from_db()
    assert (notice.state, official_alert_tasks(cast.officer, AT)) == ("draft", [])


def test_drafts_of_the_machine_are_a_task_until_somebody_offers_them(cast: Cast) -> None:
    alerts.receive_cap_alert_and_draft_notices(content=official(), by=None, at=AT)

    assert [(task.count, task.url) for task in official_alert_tasks(cast.officer, AT)] == [(2, reverse("alerts:desk"))]
    assert official_alert_tasks(cast.here.coordinator, AT) == []
    assert official_alert_tasks(cast.foreign_officer, AT) == []


def test_the_desk_asks_the_same_number_of_questions_for_one_and_for_three(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer = signed_in(cast.officer)
    chosen = [cast.here.partnership]
    alerts.receive_cap_alert_and_draft_notices(content=official("a"), chosen=chosen, by=cast.officer, at=AT)
    page(officer, "desk")
    with django_assert_num_queries(QUERIES):
        page(officer, "desk")
    for name in ("b", "c"):
        alerts.receive_cap_alert_and_draft_notices(content=official(name), chosen=chosen, by=cast.officer, at=AT)

    with django_assert_num_queries(QUERIES):
        page(officer, "desk")


def test_an_officer_publishes_a_calamity(cast: Cast) -> None:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="calamity", reason="threat", by=cast.officer, at=AT
    )
    about = {"reason": "threat", "expires_at": None, "official_reference": "", "prosecutor_consulted_on": None}
    notices.set_details_of_draft(notice=notice, keeps_secrecy=True, by=cast.officer, at=AT, **about)
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Fumée", core="Fermez les fenêtres.", more="", by=cast.officer, at=AT
    )
    url, told = reverse("alerts:publish", args=[notice.pk]), {"category": "Fire", "urgency": "Immediate"}
    officer = signed_in(cast.officer)
    assert officer.get(url).status_code == 404
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=AT)
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=AT, by=cast.second_officer, at=AT
    )
    notice.refresh_from_db()
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)

    assert url in officer.get(reverse("notices:desk:detail", args=[notice.pk])).content.decode()
    assert "Fermez les fenêtres" in officer.get(url).content.decode()
    assert signed_in(cast.foreign_officer).get(url).status_code == 404
    answer = officer.post(url, told | {"severity": "Severe", "certainty": "Observed"}, follow=True)

    assert reverse("alerts:single", args=[notice.pk]) in answer.content.decode()
    assert Publication.objects.get().notice == notice
