"""A coordinator resigns, the deputy holds, the next one is chosen, screened, appointed (R152)."""

from datetime import date, timedelta

import pytest
from django.test import Client

from plp.delivery.models import Message
from plp.documents import document_html
from plp.documents.blocks import TableBlock
from plp.evaluation.handover import handover_paper
from plp.evaluation.models import Report
from plp.evaluation.sections import SECTIONS
from plp.followup.models import Due
from plp.followup.queries.desk_holders import person_in_charge_of_relaying
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.membership.models import Candidate
from plp.people.models import Person
from plp.portal.subjects.mandates.offers import mandate_tasks
from plp.toolbox import clock
from tests.factories.cast import Cast, contact, hold, member, person
from tests.portal.signing import AT, prove, signed_in, stop_clock

pytestmark = pytest.mark.django_db
PAGE = "/mandates/quarters/haren/succession/"
MEMBERS = "/coordinator/members/"
LAST, AFTER = date(2026, 11, 27), AT + timedelta(days=3)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    monkeypatch.setattr("plp.documents.tagged_pdf", lambda paper, *, at: f"%PDF-1.7 {paper.blocks}".encode())
    cast = Cast()
    for number, someone in enumerate((cast.here.coordinator, cast.here.deputy, cast.officer)):
        contact(someone, "email", f"s{number}@example.org")
    return cast


def later(someone: Person) -> Client:
    """The browser of somebody who signed in three days later."""
    browser = signed_in(someone)
    prove(browser, minutes_ago=-3 * 24 * 60)
    return browser


def test_from_the_resignation_to_the_next_coordinator(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    next_one = member(cast.here.partnership, "Nadia Suivante")
    contact(next_one, "email", "nadia@example.org")
    old, deputy, officer = (signed_in(one) for one in (cast.here.coordinator, cast.here.deputy, cast.officer))
    own = Mandate.objects.get(person=cast.here.coordinator)
    old.post(f"/mandates/mine/{own.pk}/resign/", {"last_day": LAST.isoformat()})
    assert Message.objects.filter(purpose="partnership.resigned").exists()
    assert "27 November 2026" in officer.get(PAGE).content.decode()
    assert any(task.url == PAGE for task in mandate_tasks(cast.officer, AT))
    assert (old.get(MEMBERS).status_code, deputy.get(MEMBERS).status_code) == (200, 404)

    monkeypatch.setattr(clock, "now", lambda: AFTER)
    old, deputy, officer = (later(one) for one in (cast.here.coordinator, cast.here.deputy, cast.officer))
    assert (old.get(MEMBERS).status_code, deputy.get(MEMBERS).status_code) == (404, 200)
    assert person_in_charge_of_relaying(cast.here.partnership, at=AFTER) == cast.here.deputy
    base = "/mandates/quarters/haren/"
    proposed = {"contact": "nadia@example.org", "name": "Nadia Suivante", "function": "coordinator", "agrees": "on"}
    officer.post(f"{base}propose/", proposed)
    candidate = Candidate.objects.get()
    votes = {"votes_for": 9, "votes_against": 0, "abstentions": 1, "occasion": "Réunion", "decided_on": "2026-11-28"}
    officer.post(f"{base}candidates/{candidate.pk}/vote/", {"outcome": "approved", "was_public": "on", **votes})
    newcomer = later(next_one)
    before = newcomer.get(MEMBERS).status_code
    slip = {f"{candidate.pk}-screened_on": "2026-11-28", f"{candidate.pk}-outcome": "fit"}
    officer.post(f"{base}appointments/", slip)
    screened = newcomer.get(MEMBERS).status_code
    officer.post(f"{base}appointments/", {f"{candidate.pk}-appoints": "on"})

    assert (before, screened, later(next_one).get(MEMBERS).status_code) == (404, 404, 200)
    assert deputy.get(MEMBERS).status_code == 404
    assert person_in_charge_of_relaying(cast.here.partnership, at=AFTER) == next_one


def test_one_resigns_for_oneself_alone_with_fresh_proof(cast: Cast) -> None:
    own = Mandate.objects.get(person=cast.here.coordinator)
    page = f"/mandates/mine/{own.pk}/resign/"

    assert [signed_in(one).post(page).status_code for one in (cast.officer, cast.here.deputy)] == [404, 404]
    stale = signed_in(cast.here.coordinator, minutes_ago=6).post(page, {"last_day": LAST.isoformat()})
    assert (stale.status_code, "/account/" in stale["Location"]) == (302, True)
    too_late = signed_in(cast.here.coordinator).post(page, {"last_day": "2028-01-01"})
    assert (too_late.status_code, Mandate.objects.get(pk=own.pk).ends_at) == (409, None)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_handover_file_tells_how_things_stand_and_nothing_of_members_absences_or_measures(
    cast: Cast, language: str
) -> None:
    member(cast.here.partnership, "Marc Membre")
    for kind in ("request", "appeal_window", "absence_end"):
        Due.objects.create(partnership=cast.here.partnership, kind=kind, matter=cast.zone.pk, due_at=AT, hand=0)

    paper = handover_paper(cast.here.partnership, language, at=AT)

    words = str(paper.blocks)
    assert paper.missing == ()
    assert ("Clara Haren" in words, "Marc Membre" in words) == (True, False)
    waiting = [block for block in paper.blocks if isinstance(block, TableBlock)]
    assert sum(str(block).count("2026") for block in waiting) > 0
    assert not any(word in words for word in ("recours", "beroep", "Einspruch", "appeal"))


def test_the_handover_file_names_the_language_of_a_report_that_the_readers_own_lacks(cast: Cast) -> None:
    dates = {"begins": LAST - timedelta(days=365), "until": LAST, "begun_at": AT, "frozen_at": AT}
    words = {"fr": {next(iter(SECTIONS)): "Une bonne année."}}
    Report.objects.create(
        partnership=cast.here.partnership, state="filed", languages=["fr"], words=words, fingerprint="x", **dates
    )

    papers = [document_html(handover_paper(cast.here.partnership, language, at=AT)) for language in ("fr", "nl")]

    assert ["Une bonne année." in paper for paper in papers] == [True, True]
    assert ["in het Frans" in paper for paper in papers] == [False, True]


def test_who_writes_the_charter_reads_the_file_and_strangers_find_nothing(cast: Cast) -> None:
    committee = person("Emma Comité")
    hold(committee, Role.COMMITTEE, cast.here.area)
    file = f"{PAGE}handover.pdf"

    readers = [cast.here.coordinator, committee, cast.officer, cast.chief]
    strangers = [cast.next_door.coordinator, cast.foreign_officer, cast.here.deputy]

    assert [signed_in(one).get(file).status_code for one in readers] == [200] * 4
    assert [signed_in(one).get(file).status_code for one in strangers] == [404] * 3
    assert signed_in(cast.next_door.coordinator).get(PAGE).status_code == 404
