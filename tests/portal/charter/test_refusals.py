"""What the charter's pages refuse, ask first, and say where nothing stands yet."""

import pytest

from plp.charter.actions import draft_next_plan_version, set_contact_and_amend_charter
from plp.charter.models import Clause, CommunicationPlan, Deed, Proposal
from plp.charter.queries import default_plan_rules, plan_in_preparation
from plp.membership.models import Membership
from plp.portal.subjects.charter.presentation import proposal_differences
from tests.charter import stage as staging
from tests.charter.stage import Stage
from tests.charter.test_accepting import neighbour
from tests.factories.cast import NOW
from tests.portal.charter.test_pages import page, url
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
OWN = {"title_fr": "Vélos", "title_nl": "Fietsen", "text_fr": "On les gare.", "text_nl": "Wij stallen ze."}


def a_draft(stage: Stage) -> CommunicationPlan:
    """The next version of the plan."""
    return draft_next_plan_version(partnership=stage.partnership, rules=default_plan_rules(), by=stage.officer, at=NOW)


@pytest.mark.parametrize(
    "address",
    [
        ("interior_letter", "pdf"),
        ("financing_paper", "pdf"),
        ("plan_edit", "alarm"),
        ("plan_silence",),
        ("text", "letter"),
        ("versions", "letter"),
        ("compare", "letter"),
        ("compare", "charter"),
    ],
)
def test_what_is_not_there_is_not_found(stage: Stage, address: tuple[str, ...]) -> None:
    assert signed_in(stage.officer).get(url(*address)).status_code == 404


@pytest.mark.parametrize("address", [("plan_compare",), ("plan_paper", "pdf")])
def test_without_any_plan_there_is_none_to_read(stage: Stage, address: tuple[str, ...]) -> None:
    CommunicationPlan.objects.filter(partnership=stage.partnership).delete()

    assert signed_in(stage.officer).get(url(*address)).status_code == 404


def test_a_financing_plan_that_nobody_began_is_not_settled(stage: Stage) -> None:
    assert signed_in(stage.mayor).post(url("financing_settle")).status_code == 404


def test_a_plan_knows_no_row_of_another_kind(stage: Stage) -> None:
    a_draft(stage)

    assert signed_in(stage.officer).get(url("plan_edit", "gossip")).status_code == 404


@pytest.mark.parametrize("name", ["sign", "sign_on_paper"])
def test_nobody_signs_in_an_office_that_is_not_one_of_the_four(stage: Stage, name: str) -> None:
    staging.drafted(stage)

    assert signed_in(stage.officer).get(url(name, "supervisor")).status_code == 404


def test_the_plan_is_drafted_once(stage: Stage) -> None:
    draft, officer = a_draft(stage), signed_in(stage.officer)

    told = officer.post(url("plan_draft"), follow=True).content.decode()

    assert "A new version is open" not in told
    assert plan_in_preparation(stage.partnership) == draft


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("plan_silence", {"days": 1}, "silence_days"),
        ("plan_supralocal", {"takes": "perhaps"}, "takes_supralocal"),
    ],
)
def test_a_bad_answer_leaves_the_draft_as_it_was(stage: Stage, name: str, given: dict[str, object], kept: str) -> None:
    draft, officer = a_draft(stage), signed_in(stage.officer)
    before = getattr(draft, kept)

    shown, refused = officer.get(url(name)), officer.post(url(name), given).content.decode()

    draft.refresh_from_db()
    assert shown.status_code == 200
    assert 'aria-invalid="true"' in refused
    assert getattr(draft, kept) == before


def test_who_reads_answers_is_chosen_only_where_the_kind_leaves_it_open(stage: Stage) -> None:
    a_draft(stage)
    officer = signed_in(stage.officer)

    asked = {kind: "Answers go to the police alone" in page(officer, "plan_edit", kind) for kind in ("alarm", "advice")}

    assert asked == {"alarm": False, "advice": True}
    assert officer.get(url("plan_answers")).url == f"{url('plan')}?show=draft"


def test_only_what_can_wait_has_hours(stage: Stage) -> None:
    a_draft(stage)
    officer = signed_in(stage.officer)

    asked = {kind: "Not before" in page(officer, "plan_edit", kind) for kind in ("alarm", "advice")}

    assert asked == {"alarm": False, "advice": True}


def test_a_row_without_a_way_says_so_and_keeps_its_words(stage: Stage) -> None:
    draft, officer = a_draft(stage), signed_in(stage.officer)
    before = draft.rules.get(kind="alarm").expiry_minutes

    refused = officer.post(url("plan_edit", "alarm"), {"route": "direct", "expiry_minutes": 90}).content.decode()

    assert 'value="90"' in refused
    assert draft.rules.get(kind="alarm").expiry_minutes == before


def test_the_text_is_read_in_the_language_asked_for(stage: Stage) -> None:
    staging.drafted(stage)
    officer = signed_in(stage.officer)

    shown = {code: page(officer, "clause", "charter", "law", query=f"?language={code}") for code in ("fr", "nl", "de")}

    spoken = {code: "nl" if '<h1 lang="nl"' in words else "fr" for code, words in shown.items()}
    assert spoken == {"fr": "fr", "nl": "nl", "de": "fr"}


def test_one_language_is_not_asked_for(stage: Stage) -> None:
    staging.drafted(stage)
    officer = signed_in(stage.officer)
    both = page(officer, "propose", "charter", "law")
    Deed.objects.update(languages=["fr"])

    one = page(officer, "propose", "charter", "law")

    assert '<select name="language"' in both
    assert '<input type="hidden" name="language"' in one


def test_the_front_page_counts_what_is_open_and_what_is_signed(stage: Stage) -> None:
    officer = signed_in(stage.officer)
    deed = staging.drafted(stage)
    begun = page(officer, "home")
    Clause.objects.filter(deed=deed).exclude(key="law").delete()
    nearly = page(officer, "home")

    assert "clauses are not agreed yet." in begun
    assert "1 clause is not agreed yet." in nearly


def test_the_front_page_says_when_all_signed_and_when_something_changed(stage: Stage) -> None:
    officer = signed_in(stage.officer)
    staging.signed(stage)
    signed = page(officer, "home")
    contact = {"organisation": "Ville", "name": "Maud Voorbeeld", "email": "maud@plp.test", "phone": ""}
    set_contact_and_amend_charter(
        partnership=stage.partnership, slot="municipality", by=stage.officer, at=AT, **contact
    )
    changed = page(officer, "home")

    assert "Signed on 25 November 2026." in signed
    assert "Signed, but something has changed since: a new version is needed." in changed


@pytest.mark.parametrize(
    ("text", "outcome", "kinds"),
    [("", "open", set()), ("Autre loi", "open", {"gone", "new"}), ("Autre loi", "refused", {"same"})],
)
def test_beside_a_clause_stands_what_is_still_proposed(stage: Stage, text: str, outcome: str, kinds: set[str]) -> None:
    staging.drafted(stage)
    clause = Clause.objects.get(key="law")
    told = {"language": "fr", "text": text, "remark": "Vu", "outcome": outcome}
    proposal = Proposal.objects.create(clause=clause, party="police", made_by=stage.officer, at=NOW, **told)

    assert {piece.kind for piece in proposal_differences(proposal)} - {"same"} == kinds - {"same"}
    assert "Vu" in page(signed_in(stage.mayor), "clause", "charter", "law")


def test_a_clause_of_ones_own_is_added_and_taken_out_after_a_question(stage: Stage) -> None:
    staging.drafted(stage)
    officer = signed_in(stage.officer)

    half = officer.post(url("add", "charter"), OWN | {"text_nl": ""}).content.decode()
    none_yet = Clause.objects.filter(key__startswith="own").count()
    officer.post(url("add", "charter"), OWN)
    own = Clause.objects.get(titles__fr="Vélos")
    asked = page(officer, "drop", "charter", own.key)
    there = Clause.objects.filter(pk=own.pk).exists()
    told = officer.post(url("drop", "charter", own.key), follow=True).content.decode()

    assert 'value="Vélos"' in half
    assert none_yet == 0
    assert "Vélos" in asked
    assert there
    assert "Removed." in told
    assert not Clause.objects.filter(pk=own.pk).exists()


def test_the_circular_is_noted(stage: Stage) -> None:
    staging.drafted(stage)
    officer = signed_in(stage.officer)

    officer.post(url("circular", "charter"), {"circular_on": "tomorrow"})
    before = Deed.objects.get().circular_on
    officer.post(url("circular", "charter"), {"circular_on": "2026-02-03"})

    assert str(before) != "2026-02-03"
    assert str(Deed.objects.get().circular_on) == "2026-02-03"


def test_the_address_of_the_quarter_is_the_coordinators_first(stage: Stage) -> None:
    stage.partnership.contact_email = "haren@plp.test"
    stage.partnership.save()

    shown = page(signed_in(stage.officer), "contacts")

    assert shown.count('value="haren@plp.test"') == 1
    assert 'name="coordinator-email" value="haren@plp.test"' in shown


def test_a_text_is_taken_back_after_a_question(stage: Stage) -> None:
    deed = staging.put_up(stage)
    officer = signed_in(stage.officer)

    page(officer, "recall")
    deed.refresh_from_db()
    asked = deed.state
    told = officer.post(url("recall"), follow=True).content.decode()

    deed.refresh_from_db()
    assert "Withdrawn." in told
    assert (asked, deed.state) == ("signing", "agreed")


def test_who_signs_reads_first_and_says_so(stage: Stage) -> None:
    deed = staging.put_up(stage)
    mayor = signed_in(stage.mayor)

    shown = page(mayor, "sign", "municipality")
    unread = mayor.post(url("sign", "municipality"), {"quality": "Maire", "fingerprint": deed.fingerprint})

    assert deed.fingerprint in shown
    assert 'value="Maire"' in unread.content.decode()
    assert not deed.signatures.exists()


def test_a_signature_of_the_rules_on_paper_is_noted_after_a_question(stage: Stage) -> None:
    marie = Membership.objects.get(person=neighbour(stage, "Marie Membre"))
    deed = staging.drafted(stage, "rules")
    Deed.objects.filter(pk=deed.pk).update(state="signed", signed_at=NOW)

    asked = page(signed_in(stage.here.coordinator), "accepted_on_paper", marie.pk)

    assert "Marie Membre" in asked
    assert not deed.acceptances.exists()
