"""Services, policy plans, monthly numbers and the newsletter: who may, what is kept (R58, R59, R138, R143)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from plp.documents import document_html, docx
from plp.followup.actions import newsletters, policies, report_counts, services
from plp.followup.models import PolicyPlan, Service
from plp.followup.papers import policy_annex_paper
from plp.followup.queries.newsletter import draft_newsletter_texts
from plp.followup.queries.policies import policies_of
from plp.followup.queries.report_counts import Reported, municipal_sightings_by_month, report_count_totals
from plp.followup.queries.services import services_in_scope
from plp.followup.refusals import BadLink, BadMonth, EmptyNewsletter, NotPast, NoWay, PlanEndsFirst
from plp.followup.rules.rubrics import NewsletterText
from plp.mandates.queries import NotAllowed
from plp.toolbox.moves import WrongState
from plp.toolbox.words import BadWords
from plp.wording.held_words import HeldWords
from tests.factories.cast import NOW, Cast
from tests.followup.together import relayed

pytestmark = pytest.mark.django_db
ENTRY = services.ServiceDetails(
    "judicial", "Parquet de Bruxelles", "Magistrat de référence", "02 555 01 01", "parquet@example.org"
)
PLAN = policies.PolicyDetails(
    kind="zonal",
    title="Plan zonal de sécurité 2026-2029",
    begins=date(2026, 1, 1),
    until=date(2029, 12, 31),
    language="fr",
    extract="La zone soutient les partenariats locaux de prévention.",
    link="https://example.org/plan",
    included_on=date(2026, 3, 1),
)


def test_a_service_is_kept_contacted_and_struck(cast: Cast) -> None:
    service = services.add_service(area=cast.zone, entry=ENTRY, by=cast.officer, at=NOW)
    services.log_contact(
        service=service,
        on=NOW.date(),
        subject="Messages et secret de l’instruction",
        outcome="Réunion chaque année.",
        partnership=cast.here.partnership,
        by=cast.chief,
        at=NOW,
    )

    listed = services_in_scope(cast.second_officer, at=NOW).get()
    services.soft_delete_service_and_erase_contact(service=service, by=cast.officer, at=NOW)

    assert (listed.last_on, listed.person) == (NOW.date(), "Magistrat de référence")
    kept = Service.objects.get()
    assert (kept.person, kept.phone, kept.email, kept.contacts.count()) == ("", "", "", 1)
    assert services_in_scope(cast.officer, at=NOW).count() == 0
    with pytest.raises(WrongState):
        services.change_service(service=kept, entry=ENTRY, by=cast.officer, at=NOW)


@pytest.mark.parametrize("changes", [{"phone": "allo?"}, {"phone": "<b>02</b>"}, {"email": "nobody"}])
def test_what_is_no_way_to_reach_is_refused(cast: Cast, changes: dict[str, str]) -> None:
    with pytest.raises(NoWay):
        services.add_service(
            area=cast.zone, entry=services.ServiceDetails("local", "Zone", **changes), by=cast.officer, at=NOW
        )


def test_a_contact_lies_behind_and_tells_no_case(cast: Cast) -> None:
    service = services.add_service(area=cast.zone, entry=ENTRY, by=cast.officer, at=NOW)
    given: dict[str, Any] = {"service": service, "outcome": "", "partnership": None, "by": cast.officer, "at": NOW}

    with pytest.raises(NotPast):
        services.log_contact(on=NOW.date() + timedelta(days=1), subject="Demain", **given)
    with pytest.raises(HeldWords):
        services.log_contact(on=NOW.date(), subject="Des gitans rôdent dans la rue, faites attention.", **given)


def test_the_register_is_of_the_police_of_the_zone(cast: Cast) -> None:
    services.add_service(area=cast.zone, entry=ENTRY, by=cast.officer, at=NOW)

    for one in (cast.foreign_officer, cast.here.coordinator):
        assert services_in_scope(one, at=NOW).count() == 0
        with pytest.raises(NotAllowed):
            services.add_service(area=cast.zone, entry=ENTRY, by=one, at=NOW)


def test_a_plan_is_linked_shown_while_it_holds_and_printed(cast: Cast) -> None:
    here, today = cast.here.partnership, NOW.date()
    policy = policies.add_policy(area=cast.zone, plan=PLAN, partnerships=[here], by=cast.officer, at=NOW)
    with translation.override("fr"):
        paper = policy_annex_paper(here, policies_of(here, begins=today, until=today), "fr")

    words = document_html(paper)
    assert (
        "Plan zonal de sécurité 2026-2029 (plan zonal de sécurité), pris en compte le 1er mars 2026"
        in words.replace("\xa0", " ")
    )
    assert "https://example.org/plan" in words
    assert docx(paper)[:2] == b"PK"
    assert policies_of(cast.next_door.partnership, begins=today, until=today).count() == 0
    assert policies_of(here, begins=date(2030, 1, 1), until=date(2030, 12, 31)).count() == 0
    policies.soft_delete_policy(policy=policy, by=cast.chief, at=NOW)
    assert policies_of(here, begins=today, until=today).count() == 0


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"until": date(2025, 1, 1)}, PlanEndsFirst),
        ({"link": "javascript:alert(1)"}, BadLink),
        ({"link": "http://example.org"}, BadLink),
    ],
)
def test_a_bad_plan_is_refused(cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
    bad = policies.PolicyDetails(**{**vars(PLAN), **changes})

    with pytest.raises(refusal):
        policies.add_policy(area=cast.zone, plan=bad, partnerships=[], by=cast.officer, at=NOW)
    assert not PolicyPlan.objects.exists()


def test_nobody_links_the_quarter_of_another_zone(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        policies.add_policy(area=cast.zone, plan=PLAN, partnerships=[cast.abroad.partnership], by=cast.officer, at=NOW)
    with pytest.raises(NotAllowed):
        policies.add_policy(area=cast.zone, plan=PLAN, partnerships=[], by=cast.here.coordinator, at=NOW)


def test_months_are_counted_and_summed(cast: Cast) -> None:
    here = cast.here.partnership
    for month, members in ((date(2026, 9, 20), 3), (date(2026, 10, 2), 4), (date(2026, 10, 30), 5)):
        report_counts.set_monthly_report_count(
            partnership=here, month=month, members=members, others=7, by=cast.officer, at=NOW
        )

    assert report_count_totals(here, begins=date(2026, 9, 1), until=date(2026, 12, 31)) == Reported(2, 8, 14)
    assert report_count_totals(here, begins=date(2026, 11, 1), until=date(2026, 12, 31)) is None
    assert municipal_sightings_by_month(here, [date(2026, 10, 1)]) == {date(2026, 10, 1): 0}
    with pytest.raises(BadMonth):
        report_counts.set_monthly_report_count(
            partnership=here, month=date(2026, 12, 1), members=1, others=1, by=cast.officer, at=NOW
        )
    with pytest.raises(NotAllowed):
        report_counts.set_monthly_report_count(
            partnership=here, month=NOW.date(), members=1, others=1, by=cast.here.coordinator, at=NOW
        )


def test_a_newsletter_begins_with_what_happened_and_becomes_a_draft(cast: Cast) -> None:
    relayed(cast, "advice")
    begun = draft_newsletter_texts(cast.here.partnership, since=NOW - timedelta(days=30), at=NOW + timedelta(hours=1))
    french = NewsletterText(begun["fr"].title, {**begun["fr"].rubrics, "news": "La police fait du porte-à-porte."})

    notice = newsletters.draft_newsletter(
        partnership=cast.here.partnership, issues={"fr": french, "nl": NewsletterText("", {})}, by=cast.officer, at=NOW
    )

    text = notice.texts.get()
    assert (notice.kind, notice.state, text.language) == ("newsletter", "draft", "fr")
    assert "Vol par ruse" in begun["fr"].rubrics["advice"]
    assert "La police fait du porte-à-porte." in text.more
    assert "DATES À VENIR" not in text.more
    with pytest.raises(EmptyNewsletter):
        newsletters.draft_newsletter(partnership=cast.here.partnership, issues={}, by=cast.officer, at=NOW)
    with pytest.raises(NotAllowed):
        newsletters.draft_newsletter(
            partnership=cast.here.partnership, issues={"fr": french}, by=cast.here.coordinator, at=NOW
        )


def test_a_newsletter_that_nobody_would_read_to_its_end_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plp.followup.actions.newsletters.MOST_ALL", 20)
    long = NewsletterText("Titre", {"news": "La police fait du porte-à-porte."})

    with pytest.raises(BadWords):
        newsletters.draft_newsletter(partnership=cast.here.partnership, issues={"fr": long}, by=cast.officer, at=NOW)


def test_a_plan_is_struck_once(cast: Cast) -> None:
    policy = policies.add_policy(area=cast.zone, plan=PLAN, partnerships=[], by=cast.officer, at=NOW)
    policies.soft_delete_policy(policy=policy, by=cast.officer, at=NOW)

    with pytest.raises(WrongState):
        policies.soft_delete_policy(policy=policy, by=cast.chief, at=NOW + timedelta(days=1))

    policy.refresh_from_db()
    assert policy.struck_at == NOW
