"""Pages on which members accept new internal rules, and the coordinator sees who has not (R68, R98)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from plp.charter.actions.acceptance import mail_members_to_accept_rules
from plp.charter.models import Acceptance, Amendment, Deed
from plp.membership.models import Membership
from plp.people.models import Person
from plp.portal.subjects.charter.offers import charter_and_rules_tasks
from tests.charter import stage as staging
from tests.charter.stage import Stage
from tests.charter.test_accepting import neighbour
from tests.factories.cast import NOW
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db


def held(stage: Stage) -> Deed:
    """Rules with their clauses, in force, and the members asked."""
    deed = staging.drafted(stage, "rules")
    Deed.objects.filter(pk=deed.pk).update(state="signed", signed_at=NOW)
    deed.refresh_from_db()
    mail_members_to_accept_rules(deed=deed, by=None, at=NOW)
    return deed


def as_member(person: Person) -> Client:
    """A browser in which ``person`` opened their settings."""
    client = Client(headers={"accept-language": "en"})
    session, point = client.session, person.contacts.get()
    session["member"] = {"contact": point.pk.hex, "began": AT.timestamp(), "seen": AT.timestamp()}
    session.save()
    return client


def test_a_member_reads_and_accepts(stage: Stage) -> None:
    marie = neighbour(stage, "Marie Membre", "en")
    held(stage)
    client, page = as_member(marie), reverse("charter:accept_rules", args=["haren"])

    told = client.get(reverse("membership:self_service:messages")).content.decode()
    before = client.get(reverse("membership:self_service:settings")).text
    read = client.get(page).content.decode()
    stale = client.post(page, {"version": "7", "accepts_rules": "on"}).content.decode()
    done = client.post(page, {"version": "1", "accepts_rules": "on"}, follow=True).content.decode()

    assert "The internal rules of Haren changed." in told
    assert "GDPR" in read or "RGPD" in read
    assert "have just changed" in stale
    assert "Thank you. You accepted the internal rules." in done
    assert Acceptance.objects.get().person == marie
    after = client.get(reverse("membership:self_service:settings")).text
    assert ["Internal rules&nbsp;· " in page for page in (before, after)] == [False, True]
    assert "Nothing waits for you" in client.get(page).content.decode()


def test_a_stranger_and_the_member_next_door_accept_nothing(stage: Stage) -> None:
    held(stage)
    page = reverse("charter:accept_rules", args=["haren"])

    assert Client().get(page).status_code == 302
    assert "Nothing waits for you" in signed_in(stage.next_door.coordinator).post(page).content.decode()
    assert not Acceptance.objects.exists()


def test_the_coordinator_sees_who_has_not_and_notes_paper(stage: Stage) -> None:
    for name in ("Marie Membre", "Nele Nabuur"):
        neighbour(stage, name)
    held(stage)
    desk, page = signed_in(stage.here.coordinator), reverse("charter:acceptance", args=["haren"])
    row = next(one for one in Membership.objects.all() if one.person.name == "Marie Membre")

    with translation.override("en"):
        waits = [
            task.count
            for task in charter_and_rules_tasks(stage.here.coordinator, AT)
            if "Internal rules" in str(task.title)
        ]
    before = desk.get(page).content.decode()
    after = desk.post(reverse("charter:accepted_on_paper", args=["haren", row.pk]), follow=True).content.decode()

    assert waits == [Membership.objects.filter(partnership=stage.partnership, state="active").count()]
    assert "Marie Membre" in before.partition("<h2>Not accepted yet</h2>")[2]
    assert "Marie Membre" not in after
    assert "Nele Nabuur" in after
    assert "have accepted" in before
    assert "has accepted" in after


def test_nobody_else_sees_names_and_papers_open(stage: Stage) -> None:
    neighbour(stage, "Marie Membre")
    held(stage)
    pages = [
        reverse("charter:acceptance", args=["haren"]),
        reverse("charter:acceptance_slip", args=["haren", "docx"]),
        reverse("charter:rules_paper", args=["haren", "docx"]),
    ]

    assert [signed_in(stage.here.coordinator).get(page).status_code for page in pages] == [200] * 3
    for other in (stage.officer, stage.mayor, stage.next_door.coordinator):
        assert [signed_in(other).get(page).status_code for page in pages] == [404] * 3


def test_the_list_costs_the_same_for_one_and_for_three(stage: Stage) -> None:
    held(stage)
    desk, page = signed_in(stage.here.coordinator), reverse("charter:acceptance", args=["haren"])
    desk.get(page)
    costs = []
    for name in ("Marie Un", "Nele Deux", "Nora Trois"):
        neighbour(stage, name)
        with CaptureQueriesContext(connection) as asked:
            desk.get(page)
        costs.append(len(asked))

    assert costs[0] == costs[2]


def test_the_letter_to_fps_interior_is_printed_where_it_is_noted(stage: Stage) -> None:
    deed = staging.signed(stage)
    change = Amendment.objects.create(deed=deed, cause="contact", raised_at=NOW)
    desk = signed_in(stage.officer)

    told = desk.get(reverse("charter:told", args=["haren", change.pk])).content.decode()
    letter = desk.get(reverse("charter:interior_letter", args=["haren", "pdf"]))

    assert reverse("charter:interior_letter", args=["haren", "pdf"]) + "?language=fr" in told
    assert letter.content.startswith(b"%PDF")
    assert signed_in(stage.next_door.coordinator).get(letter.request["PATH_INFO"]).status_code == 404
