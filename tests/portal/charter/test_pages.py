"""The pages of the charter, from an empty file to four signatures."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plp.charter import actions as charter
from plp.charter.actions.money import FinancingEntry
from plp.charter.models import Clause, Contact, Deed, FinancingPlan, Proposal, Signature
from plp.charter.queries import (
    charter_facts,
    deed_in_preparation,
    default_plan_rules,
    plan_in_force_now,
    plan_in_preparation,
)
from plp.evening.models import Meeting
from plp.journal.models import Entry
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.mandates.models import Mandate
from plp.membership.candidates import propose_candidate, record_approval
from plp.membership.states import Function
from plp.partnership.models import Partnership
from plp.portal.subjects.charter.communication_plan import PlanRuleForm
from tests.charter import stage as staging
from tests.charter.stage import Stage
from tests.factories.cast import NOW, member
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
KEY = "haren"
PDF = b"%PDF-1.7\n" + b"x" * 100 + b"\n%%EOF\n"


def url(name: str, *more: object) -> str:
    return reverse(f"charter:{name}", args=[KEY, *more])


def page(client: Client, name: str, *more: object, query: str = "") -> str:
    answer = client.get(url(name, *more) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def paths(stage: Stage) -> list[str]:
    """Every page of a charter that is up for signature."""
    deed = staging.put_up(stage)
    file = deed.files.first()
    assert file is not None
    text = [("text", kind) for kind in ("charter", "rules")]
    return [
        reverse("charter:index"),
        *(url(name) for name in ("home", "plan", "plan_compare", "contacts", "financing", "financing_write")),
        *(url(name) for name in ("signing", "put_up", "recall", "changes")),
        *(url(*one) for one in text),
        url("versions", "charter"),
        url("compare", "charter"),
        url("read", "charter", 1),
        url("circular", "charter"),
        url("add", "charter"),
        url("agree_all", "charter"),
        url("clause", "charter", "object"),
        url("write", "charter", "object"),
        url("propose", "charter", "object"),
        url("drop", "charter", "object"),
        url("sign_on_paper", "chief"),
        url("file", file.pk),
    ]


def test_another_circular_is_seen_when_versions_are_compared(stage: Stage) -> None:
    staging.signed(stage)
    second = charter.draft_next_deed_version(partnership=stage.partnership, kind="charter", by=stage.officer, at=NOW)
    charter.set_circular_date_and_clauses(deed=second, circular_on=date(2019, 2, 28), by=stage.officer, at=NOW)

    compared = page(signed_in(stage.officer), "compare", "charter", query="?new=2&old=1")

    sections = compared.split('<section class="card">')
    changed = [re.findall(r"<h2>([^<]*)<", section)[0].strip() for section in sections if "<del>" in section]
    assert (changed[0], len(changed)) == ("Circulaire ministérielle", 2)


def test_one_version_alone_is_not_compared(stage: Stage) -> None:
    staging.put_up(stage)
    officer = signed_in(stage.officer)

    said = [
        "There is only one version yet: nothing to compare." in officer.get(address).content.decode()
        for address in (url("compare", "charter"), url("plan_compare"))
    ]

    assert said == [True, True]


def test_partners_see_every_page_and_nobody_else_does(stage: Stage) -> None:
    inside, outside = stage.sides, [stage.next_door.coordinator, stage.foreign_officer, stage.here.deputy]
    addresses = paths(stage)

    for person in inside:
        client = signed_in(person)
        answers = {address: client.get(address, follow=True).status_code for address in addresses}
        assert answers == dict.fromkeys(addresses, 200)
    for person in outside:
        client = signed_in(person)
        found = {client.get(address).status_code for address in addresses if KEY in address}
        assert found == {404}
    assert Client().get(url("home")).status_code == 302


def test_from_nothing_to_agreed(stage: Stage) -> None:
    officer, mayor, coordinator = (signed_in(side) for side in stage.sides)
    assert "Not begun yet" in page(officer, "text", "charter")

    officer.post(url("begin", "charter"))
    draft = page(officer, "text", "charter")
    assert ("16 clauses still need the agreement" in draft, draft.count("members: not yet")) == (True, 16)
    clauses = Clause.objects.values_list("deed__kind", "key")
    seen = {f"seen-{kind}-{key}": 1 for kind, key in clauses}
    officer.post(url("agree_all", "charter"), {**seen, "only": "yes"})
    assert "Agree to every clause of both" in page(mayor, "agree_all", "charter")
    for client in (officer, mayor, coordinator):
        client.post(url("agree_all", "charter"), seen)

    for kind in ("charter", "rules"):
        text = page(mayor, "text", kind)
        assert ("Every partner agrees to every clause" in text, "members: agreed" in text) == (True, False)
    assert charter_facts(stage.partnership).clauses_open == 0


def rename_contact(slot: str, name: str) -> None:
    """Let the charter name somebody else for a slot."""
    contact = Contact.objects.get(slot=slot)
    contact.name = name
    contact.save()


def test_a_name_that_is_not_that_of_who_holds_the_office_is_said_before_anybody_signs(stage: Stage) -> None:
    staging.put_up(stage)
    names = {"chief": stage.chief.name, "officer": stage.officer.name, "coordinator": stage.here.coordinator.name}
    for slot, name in names.items():
        rename_contact(slot, name.upper())
    mayor = signed_in(stage.mayor)
    pages = [page(mayor, "contacts"), page(mayor, "signing"), page(mayor, "put_up")]
    rename_contact("municipality", stage.mayor.name)

    said = "the charter names Name, the office is held by Maud Voorbeeld."
    assert [(said in text, text.count("the charter names")) for text in pages] == [(True, 1)] * 3
    assert "the charter names" not in page(mayor, "signing")


def test_a_clause_is_changed_proposed_for_and_compared(stage: Stage) -> None:
    staging.drafted(stage)
    officer, mayor = signed_in(stage.officer), signed_in(stage.mayor)
    clause = Clause.objects.get(key="duration")
    new = clause.texts["fr"].replace("trois mois", "six mois")

    mayor.post(url("propose", "charter", "duration"), {"language": "fr", "text": new, "remark": "Too short"})
    beside = page(officer, "clause", "charter", "duration")
    assert "<del>" in beside
    assert "Too short" in beside
    proposal = Proposal.objects.get()
    own = mayor.post(url("answer", "charter", "duration", proposal.pk), {"accept": "yes"})
    officer.post(url("answer", "charter", "duration", proposal.pk), {"accept": "yes", "words": "Agreed"})

    clause.refresh_from_db()
    assert own.status_code == 409
    assert (clause.texts["fr"], clause.revision) == (new, 2)


def test_whoever_was_slower_loses_no_word(stage: Stage) -> None:
    staging.drafted(stage)
    officer, mayor = signed_in(stage.officer), signed_in(stage.mayor)
    given = {"text_fr": "Un texte", "text_nl": "Een tekst", "seen": 1, "why": "Plainer"}
    officer.post(url("write", "charter", "law"), given)

    late = mayor.post(url("write", "charter", "law"), given | {"text_fr": "Un autre texte"}).content.decode()

    assert "Somebody changed this clause" in late
    assert "Un autre texte" in late
    mayor.post(url("write", "charter", "law"), given | {"text_fr": "Un autre texte", "seen": 2})
    assert Clause.objects.get(key="law").texts["fr"] == "Un autre texte"


def test_a_half_filled_clause_is_kept_for_its_writer_alone(stage: Stage) -> None:
    staging.drafted(stage)
    officer, mayor = signed_in(stage.officer), signed_in(stage.mayor)

    form = url("write", "charter", "law")
    officer.post("/drafts/", {"text_fr": "À moitié", "text_nl": "", "seen": 1, "draft": f"{form}#form"})

    assert "À moitié" in page(officer, "write", "charter", "law")
    assert "À moitié" not in page(mayor, "write", "charter", "law")
    refused = officer.post(url("write", "charter", "law"), {"text_fr": "À moitié", "text_nl": "", "seen": 1})
    assert "À moitié" in refused.content.decode()
    assert Clause.objects.get(key="law").revision == 1


def test_markup_in_a_clause_stays_words(stage: Stage) -> None:
    staging.drafted(stage)
    officer = signed_in(stage.officer)
    nasty = "<script>x()</script> {area} {nothing}\n\n::: only plp_i\n\n![qr](javascript:x)"

    officer.post(url("write", "charter", "law"), {"text_fr": nasty, "text_nl": nasty, "seen": 1, "why": ""})

    shown = page(officer, "clause", "charter", "law")
    assert "<script>x" not in shown
    assert "{area} {nothing}" in shown
    assert "Why this?" in shown
    assert "«&nbsp;La loi sur les milices privées" in shown
    assert officer.get(url("paper", "charter", 1, "pdf")).content.startswith(b"%PDF")


def test_the_plan_is_drafted_changed_and_agreed(stage: Stage) -> None:
    officer, coordinator = signed_in(stage.officer), signed_in(stage.here.coordinator)
    officer.post(url("plan_draft"))
    row = {
        "route": "direct",
        "writers": ["officer"],
        "releasers": ["officer", "chief"],
        "relayers": ["coordinator"],
        "channel_1": "sms",
        "channel_2": "calls",
        "expiry_minutes": 120,
        "feedback_hours": 12,
    }
    bad = officer.post(url("plan_edit", "alarm"), row | {"expiry_minutes": 5000})
    officer.post(url("plan_edit", "alarm"), row)
    officer.post(url("plan_silence"), {"days": 60})
    draft = plan_in_preparation(stage.partnership)
    assert draft is not None
    assert draft.silence_days == 60
    assert "writes to the police alone" in officer.get(url("plan") + "?show=draft").content.decode()
    assert "at least one message within 60 days" in officer.get(url("plan") + "?show=draft").content.decode()
    assert "may not live that long" in bad.content.decode()
    assert "<ins>" in page(officer, "plan_agree")

    officer.post(url("plan_agree"))
    assert "It is your turn" in coordinator.get("/").content.decode()
    coordinator.post(url("plan_agree"))

    assert plan_in_force_now(stage.partnership) == draft
    assert (draft.rules.get(kind="alarm").route, draft.rules.get(kind="alarm").channels) == ("direct", ["sms", "calls"])
    assert "<del>" in page(officer, "plan_compare")
    assert "in force since" in page(officer, "plan")


def test_the_form_of_a_rule_has_a_place_for_each_channel_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = {f"channel{number}": SimpleNamespace(label=str(number)) for number in range(7)}
    monkeypatch.setattr("plp.portal.subjects.charter.communication_plan.planned_channels", lambda: many)

    form = PlanRuleForm(rule=replace(default_plan_rules()[0], channels=tuple(many)))

    assert [form[f"channel_{place}"].initial for place in range(1, 8)] == list(many)


def test_hours_that_are_none_and_a_means_named_twice_are_refused_at_their_field(stage: Stage) -> None:
    officer = signed_in(stage.officer)
    officer.post(url("plan_draft"))
    row = {"route": "coordinator", "writers": ["officer"], "releasers": ["officer"], "relayers": ["coordinator"]}
    typed = {"channel_1": "sms", "channel_3": "sms", "hours_from": "10:00", "hours_until": "10:00"}

    form = officer.post(url("plan_edit", "advice"), row | typed | {"expiry_minutes": 600}).context["form"]

    assert form.errors == {
        "channel_3": ["This means stands here twice. Choose another one, or none."],
        "hours_until": ["From an hour until the same hour, nothing could leave. Choose two different hours, or none."],
    }


@pytest.mark.parametrize(
    ("kind", "leaves"), [("alarm", "It leaves at once"), ("advice", "It waits for the hours of the plan")]
)
def test_an_alarm_at_night_is_played_through(stage: Stage, kind: str, leaves: str) -> None:
    shown = page(signed_in(stage.mayor), "plan", query=f"?kind={kind}&day=6&time=03:00")

    assert leaves in shown
    assert "Sunday at 03:00" in shown


def test_a_plan_is_not_written_by_the_municipality(stage: Stage) -> None:
    mayor = signed_in(stage.mayor)

    assert mayor.post(url("plan_draft")).status_code == 404
    assert plan_in_preparation(stage.partnership) is None


def costs(**other: object) -> dict[str, object]:
    lines = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0}
    line = {"what": "SMS", "kind": "base", "yearly": "240", "payer": "municipality", "paid_until": ""}
    return lines | {f"form-0-{name}": value for name, value in line.items()} | {"uninsured_because": "Asked"} | other


def test_a_contradictory_plan_is_kept_but_not_settled(stage: Stage) -> None:
    mayor = signed_in(stage.mayor)
    mayor.post(url("financing_write"), costs(contribution="5", members_expected="100"))

    shown = page(mayor, "financing")
    refused = mayor.post(url("financing_settle"))
    mayor.post(url("financing_write"), costs())
    mayor.post(url("financing_settle"), {"untranslated": "on"})

    assert "bring in more than the members" in shown
    assert refused.status_code == 409
    plan = FinancingPlan.objects.get()
    assert (plan.state, plan.lines.get().yearly) == ("settled", Decimal("240.00"))


def test_a_plan_that_lacks_a_language_is_settled_knowingly_alone(stage: Stage) -> None:
    mayor, tick = signed_in(stage.mayor), "We know that some texts are not in every language"
    mayor.post(url("financing_write"), costs())

    shown, unsaid = page(mayor, "financing"), mayor.post(url("financing_settle"))
    state_before = FinancingPlan.objects.get().state
    mayor.post(url("financing_settle"), {"untranslated": "on"})

    assert "1 text is not in every language of the partnership" in shown
    assert (tick in shown, "Everything fits." in shown) == (True, False)
    assert f'<a href="{url("financing_write")}">Asked</a>' in shown
    assert unsaid.status_code == 409
    assert "Translate them, or say that they stay as they are." in unsaid.content.decode()
    assert (state_before, FinancingPlan.objects.get().state) == ("draft", "settled")


def test_a_plan_in_every_language_asks_for_no_tick(stage: Stage) -> None:
    mayor = signed_in(stage.mayor)
    mayor.post(url("financing_write"), {"form-TOTAL_FORMS": 0, "form-INITIAL_FORMS": 0, "costs_nothing": "on"})
    plan = FinancingPlan.objects.get()
    FinancingPlan.objects.update(
        uninsured_because="Demandé",
        translations={"uninsured_because": {"language": "fr", "others": {"nl": "Gevraagd"}}},
    )

    shown = page(mayor, "financing")
    mayor.post(url("financing_settle"))

    assert "Everything fits." in shown
    assert "We know that some texts" not in shown
    assert FinancingPlan.objects.get(pk=plan.pk).state == "settled"


def test_the_plan_begins_with_what_the_evening_agreed_and_who_insures_next_door(stage: Stage) -> None:
    insured = FinancingEntry(costs_nothing=True, insurer="Ethias", insured="Bénévoles", insured_until=AT.date())
    plan = charter.get_or_begin_financing_draft(partnership=stage.next_door.partnership, by=None, at=AT)
    charter.save_financing_draft(plan=plan, entry=insured, by=None, at=AT)
    charter.adopt_financing_and_amend_charter(plan=plan, may_be_untranslated=True, by=None, at=AT)
    Meeting.objects.create(
        partnership=stage.partnership,
        state="held",
        starts_at=AT - timedelta(days=2),
        ends_at=AT,
        contribution=5,
        forms=12,
    )
    officer = signed_in(stage.officer)

    begun = officer.get(url("financing_write")).context["form"]
    next_door = signed_in(stage.here.coordinator).get(url("financing_write")).context["form"]
    officer.post(url("financing_write"), costs(contribution="3"))

    assert [begun[name].value() for name in ("contribution", "members_expected", "insurer")] == [5, 12, "Ethias"]
    assert begun["insured"].value().words == "Bénévoles"
    assert next_door["insurer"].value() is None
    assert "agreed on a contribution of € 5.00" in page(officer, "financing")


def test_a_fault_of_the_plan_names_the_cost_that_it_is_about(stage: Stage) -> None:
    mayor = signed_in(stage.mayor)
    second = {"form-1-what": "Fête", "form-1-kind": "extra", "form-1-yearly": "", "form-1-payer": "members"}
    two = costs(**{"form-TOTAL_FORMS": 2, **second})

    half = mayor.post(url("financing_write"), two).content.decode()
    mayor.post(url("financing_write"), two | {"form-1-yearly": "10"})

    assert "Cost 2, Euros a year: Give both" in half
    assert "or choose another. This is about: Fête." in page(mayor, "financing")


def test_the_language_switch_on_a_refusal_leads_back_to_the_page_of_the_form(stage: Stage) -> None:
    """What refused answers no GET: it would be a 405. No browser needs to say where it comes from."""
    mayor = signed_in(stage.mayor)
    mayor.post(url("financing_write"), costs(contribution="5", members_expected="100"))
    here = f"{url('financing')}?show=draft"
    assert f'name="stands_on" value="{here}"' in mayor.get(here).content.decode()

    refused = mayor.post(url("financing_settle"), {"stands_on": here})
    foreign = mayor.post(url("financing_settle"), {"stands_on": "https://evil.test/"})

    assert refused.status_code == 409
    assert f'name="next" value="{here}"' in refused.content.decode()
    assert f'name="next" value="{url("financing_settle")}"' in foreign.content.decode()
    assert mayor.get(mayor.post("/language/", {"language": "nl", "next": here}).url).status_code == 200


def test_contacts_are_given_and_a_bad_one_keeps_its_words(stage: Stage) -> None:
    officer = signed_in(stage.officer)
    sent = {"municipality-organisation": "Ville", "municipality-name": "Maud Voorbeeld"}

    bad = officer.post(url("contacts"), sent)
    words = officer.post(url("contacts"), sent | {"municipality-phone": "abc"})
    officer.post(url("contacts"), sent | {"municipality-phone": "02 555 13 13", "municipality-addressed_as": "madam"})

    assert "Write a telephone number with digits." in words.content.decode()
    assert "Maud Voorbeeld" in bad.content.decode()
    contact = stage.partnership.partner_contacts.get()
    assert (contact.phone, contact.addressed_as) == ("02 555 13 13", "madam")
    assert '<option value="madam" selected>' in officer.get(url("contacts")).content.decode()
    assert officer.get(url("contact", "chief")).headers["Location"] == url("contacts")
    assert officer.get(url("contact", "supervisor")).status_code == 404


def test_words_that_the_message_check_stops_stand_in_no_paper(stage: Stage) -> None:
    words = "Un Marocain rôde, suivez-le jusque chez lui."

    answer = signed_in(stage.officer).post(url("contacts"), {"municipality-name": words})

    assert "The message check stops these words: “Un Marocain”" in answer.text
    assert f'value="{words}"' in answer.text
    assert not stage.partnership.partner_contacts.exists()


def test_the_address_of_the_coordination_is_typed_once_for_the_charter_and_for_everybody(stage: Stage) -> None:
    officer, public = signed_in(stage.officer), reverse("launch:pack:presentation", args=[KEY])
    named = {"coordinator-organisation": "Coordination de Haren", "coordinator-name": "Samira Baert"}

    officer.post(url("contacts"), named | {"coordinator-email": "coordination.haren@example.org"})

    stage.partnership.refresh_from_db()
    assert stage.partnership.contact_email == "coordination.haren@example.org"
    for language in ("fr", "nl"):
        values = values_of_all_placeholders(gather_partnership_data(stage.partnership, at=AT), language)
        assert values["coordinator_contact"] == "coordination.haren@example.org"

    officer.post(url("contacts"), named | {"coordinator-email": "plp.haren@example.org"})
    stage.partnership.refresh_from_db()
    assert stage.partnership.contact_email == "plp.haren@example.org"

    Partnership.objects.update(contact_email="bonjour@example.org")
    officer.post(url("contacts"), named | {"coordinator-email": "samira@example.org"})
    stage.partnership.refresh_from_db()
    assert stage.partnership.contact_email == "bonjour@example.org"

    Partnership.objects.update(contact_email="")
    stage.partnership.refresh_from_db()
    values = values_of_all_placeholders(gather_partnership_data(stage.partnership, at=AT), "fr")
    assert values["coordinator_contact"] == "samira@example.org", "typed before it was given out: papers have it"
    officer.post(url("contacts"), named | {"coordinator-email": "samira@example.org"})
    stage.partnership.refresh_from_db()
    assert stage.partnership.contact_email == "samira@example.org", "saved as it stands, it is given out"

    Partnership.objects.update(contact_email="")
    officer.cookies["language"] = "fr"
    wrong = officer.post(url("contacts"), named | {"coordinator-email": "samira"}).content.decode()
    assert ("Saisissez une adresse e-mail valide." in wrong, "courriel" in wrong) == (True, False)
    assert 'value="samira@example.org"' in officer.get(public).content.decode()
    Contact.objects.filter(slot="coordinator").delete()
    Partnership.objects.update(contact_email="bonjour@example.org")
    assert 'value="bonjour@example.org"' in page(officer, "contacts")


def test_contacts_are_proposed_from_the_mandates(stage: Stage) -> None:
    stage.partnership.contact_phone, stage.partnership.contact_email = "+3225550000", "haren@plp.test"
    stage.partnership.save()

    shown = page(signed_in(stage.officer), "contacts")
    seen_by_coordinator = page(signed_in(stage.here.coordinator), "contacts")

    for name in (stage.mayor.name, stage.chief.name, stage.officer.name, stage.here.coordinator.name):
        assert f'value="{name}"' in shown
    assert shown.count('value="+3225550000"') == 2
    assert 'value="haren@plp.test"' in shown
    assert "proposed, not saved yet" in shown
    assert stage.chief.name in seen_by_coordinator
    assert not stage.partnership.partner_contacts.exists()


def test_the_coordinator_whom_the_members_approved_is_proposed_by_name_alone(stage: Stage) -> None:
    Mandate.objects.filter(role="coordinator").delete()
    emma = member(stage.partnership, "Emma Nouvelle")
    who = {"by": stage.officer, "at": NOW}
    chosen = propose_candidate(partnership=stage.partnership, person=emma, function=Function.COORDINATOR, **who)
    before = page(signed_in(stage.officer), "contacts")
    record_approval(
        candidate=chosen, decided_on=NOW.date(), votes_for=12, votes_against=3, abstentions=1, occasion="", **who
    )

    shown = page(signed_in(stage.officer), "contacts")

    assert (emma.name in before, f'value="{emma.name}"' in shown) == (False, True)
    assert not [point.address for point in emma.contacts.all() if point.address in shown]


def test_what_a_function_is_called_is_proposed_in_the_language_of_the_page(stage: Stage) -> None:
    chief = signed_in(stage.chief)
    chief.cookies["language"] = "nl"
    contacts = page(chief, "contacts")
    staging.put_up(stage)

    shown = page(chief, "sign", "chief")

    assert 'value="Korpschef"' in shown.split('name="quality_language"')[0]
    assert '<option value="nl" selected>' in shown
    assert 'name="quality_fr" value="Chef de corps"' in shown
    assert 'name="coordinator-organisation" value="Coördinatie van het netwerk, ' in contacts


def test_the_texts_of_the_plan_are_read_in_the_language_of_the_page(stage: Stage) -> None:
    mayor = signed_in(stage.mayor)
    given = {"form-0-what_nl": "Berichten", "alternative": "Autre", "alternative_language": "fr"}
    mayor.post(url("financing_write"), costs(**given) | {"uninsured_because_nl": "Gevraagd"})
    mayor.cookies["language"] = "nl"

    shown = page(mayor, "financing")

    assert ("Berichten" in shown, "Gevraagd" in shown.split('class="untranslated')[0]) == (True, True)
    assert "Autre (in het Frans)" in shown


def test_who_is_named_and_who_holds_the_office_are_held_against_each_other(stage: Stage) -> None:
    staging.put_up(stage)
    mayor = signed_in(stage.mayor)

    told = [page(mayor, "contacts"), page(mayor, "signing")]
    shown = page(mayor, "sign", "municipality")

    for words in told:
        assert f"the charter names Name, the office is held by {stage.mayor.name}." in words
    assert "The contact details of the charter name somebody else: Name." in shown


def test_contacts_that_changed_since_the_text_was_frozen_are_named_to_whoever_signs(stage: Stage) -> None:
    deed = staging.put_up(stage)
    mayor = signed_in(stage.mayor)
    before = [page(mayor, "signing"), page(mayor, "sign", "municipality")]
    details = {"organisation": "Service", "name": "Nouveau Nom", "email": "new@plp.test", "phone": ""}
    later = deed.frozen_at + timedelta(minutes=1)
    charter.set_contact_and_amend_charter(
        partnership=stage.partnership, slot="coordinator", by=stage.here.coordinator, at=later, **details
    )

    after = [page(mayor, "signing"), page(mayor, "sign", "municipality")]

    title = "Contact details changed after the text was frozen"
    assert [title in shown for shown in (*before, *after)] == [False, False, True, True]
    for shown in after:
        assert "<li>Coordinator</li>" in shown
        assert "Take the text back to correct it, or sign it as it is" in shown
        assert url("recall") in shown


def test_the_signing_page_says_which_step_must_come_first(stage: Stage) -> None:
    staging.give_contacts(stage)
    staging.settled(stage)
    staging.agreed(stage, "rules")
    staging.agreed(stage)
    ready = page(signed_in(stage.officer), "signing")
    Partnership.objects.filter(pk=stage.partnership.pk).update(launched_at=None)

    early = page(signed_in(stage.officer), "signing")

    assert ("Everything is there." in ready, "is not open yet" in ready) == (True, False)
    assert ("Everything is there." in early, "is not open yet" in early) == (False, True)


def test_four_sign_on_screen_and_on_paper(stage: Stage) -> None:
    staging.give_contacts(stage)
    staging.settled(stage)
    staging.agreed(stage, "rules")
    staging.agreed(stage)
    officer = signed_in(stage.officer)
    officer.post(url("put_up"), {"order": "any", "untranslated": "on"})
    deed = deed_in_preparation(stage.partnership, "charter")
    assert deed is not None
    scan = SimpleUploadedFile("signed.exe", PDF)
    paper = {
        "name": "Maud",
        "quality": "mayor",
        "signed_on": AT.date(),
        "scan": scan,
        "has_seen": "on",
        "differs": "on",
    }
    assert "Hand in the scan" in page(officer, "signing")
    officer.cookies["language"] = "fr"
    assert '<span class="hidden-words">\u00a0: ' in page(officer, "signing")
    officer.cookies["language"] = "en"
    helped = signed_in(stage.here.coordinator).get(url("signing")).text
    assert (reverse("guide:task", args=["committee", "charter"]) in helped, "guide/chief/" in helped) == (True, False)

    officer.post(url("sign_on_paper", "municipality"), paper)
    for slot in ("chief", "officer", "coordinator"):
        sheet = {"quality": slot, "has_read": "on", "differs": "on", "fingerprint": deed.fingerprint}
        signed_in(stage.signers[slot]).post(url("sign", slot), sheet)

    deed.refresh_from_db()
    assert (deed.state, deed.signatures.count()) == ("signed", 4)
    assert "Version 1: signed and in force." in page(officer, "home")
    sealed = deed.files.get(kind="sealed", language="fr")
    answer = officer.get(url("file", sealed.pk))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"%PDF")


def test_nothing_is_frozen_with_texts_that_lack_in_a_language_unless_knowingly(stage: Stage) -> None:
    staging.give_contacts(stage)
    staging.settled(stage)
    staging.agreed(stage, "rules")
    deed = staging.agreed(stage)
    officer = signed_in(stage.officer)

    shown = page(officer, "signing")
    unsaid = officer.post(url("put_up"), {"order": "any"})
    state_before = Deed.objects.get(pk=deed.pk).state
    officer.post(url("put_up"), {"order": "any", "untranslated": "on"})

    assert "6 texts are not in every language of the partnership" in shown
    assert "We know that some texts are not in every language" in unsaid.content.decode()
    assert (state_before, Deed.objects.get(pk=deed.pk).state) == ("agreed", "signing")
    assert Entry.objects.filter(verb="charter.untranslated").count() == 1


def test_whoever_agrees_reads_which_texts_lack_in_another_language(stage: Stage) -> None:
    staging.give_contacts(stage)
    staging.settled(stage)
    staging.drafted(stage, "rules")
    deed = staging.drafted(stage)
    officer = signed_in(stage.officer)

    both, rules = page(officer, "agree_all", "charter"), page(officer, "agree_all", "rules")
    officer.post(
        url("agree_all", "charter"), {f"seen-charter-{row.key}": 1 for row in deed.clauses.all()} | {"only": "yes"}
    )
    rules_alone = page(officer, "agree_all", "rules")

    said = "6 texts are not in every language of the partnership"
    assert (said in both, said in rules, said in rules_alone) == (True, True, False)


def test_texts_of_money_have_their_language_and_a_common_one_its_sisters(stage: Stage) -> None:
    officer = signed_in(stage.officer)
    sent = costs(**{"form-0-what": "Stamps", "form-0-what_language": "en", "form-0-what_nl": "Postzegels"})

    officer.post(url("financing_write"), sent | {"uninsured_because": "The municipality asks its insurer."})

    plan = stage.partnership.financing_plans.get()
    assert plan.text_in("uninsured_because", "nl", ["fr", "nl"]) == "De gemeente vraagt het aan haar verzekeraar."
    assert plan.lines.get().text_in("what", "nl", ["fr", "nl"]) == "Postzegels"
    assert plan.lines.get().missing_languages("what", ["fr", "nl"]) == ["fr"]


def test_an_old_proof_does_not_sign(stage: Stage) -> None:
    deed = staging.put_up(stage)
    mayor = signed_in(stage.mayor, minutes_ago=6)

    answer = mayor.post(
        url("sign", "municipality"), {"quality": "x", "has_read": "on", "fingerprint": deed.fingerprint}
    )

    assert "prove" in answer["Location"]
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"<html>", "not a PDF, PNG or JPEG"), (PDF + b"x" * 2_000_001, "larger than 2 MB")],
)
def test_a_bad_scan_keeps_the_page(stage: Stage, content: bytes, sentence: str) -> None:
    staging.put_up(stage)
    scan = SimpleUploadedFile("signed.pdf", content)
    paper = {
        "name": "Maud",
        "quality": "mayor",
        "signed_on": AT.date(),
        "scan": scan,
        "has_seen": "on",
        "differs": "on",
    }

    answer = signed_in(stage.officer).post(url("sign_on_paper", "municipality"), paper).content.decode()

    assert sentence in answer
    assert 'value="Maud"' in answer


def test_a_change_after_the_signature_asks_for_a_new_version(stage: Stage) -> None:
    staging.signed(stage)
    mayor = signed_in(stage.mayor)
    given = {"chief-organisation": "Police", "chief-name": "New Chief", "chief-email": "chief@plp.test"}

    mayor.post(url("contacts"), given)

    assert charter_facts(stage.partnership).amendment_due
    assert "Adapt the charter" in mayor.get("/").content.decode()
    change = stage.partnership.deeds.get(kind="charter").amendments.get()
    mayor.post(url("told", change.pk), {"on": AT.date(), "reference": "2026/14"})
    assert "2026/14" in page(mayor, "changes")
    mayor.post(url("begin", "charter"))
    new = deed_in_preparation(stage.partnership, "charter")
    assert new is not None
    assert (new.version, new.state) == (2, "agreed")


def test_who_leaves_an_office_that_the_charter_names_leaves_a_change_at_once(stage: Stage) -> None:
    staging.signed(stage)
    rename_contact("coordinator", stage.here.coordinator.name)
    mandate = Mandate.objects.get(person=stage.here.coordinator, role="coordinator")

    signed_in(stage.officer).post(reverse("mandates:end", args=[KEY, mandate.pk]))

    changes = page(signed_in(stage.mayor), "changes")
    assert ("Nothing has changed" in changes, "Begin a new version" in changes) == (False, True)


def test_a_charter_that_no_longer_holds_is_not_called_unchanged(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    staging.signed(stage)
    mayor = signed_in(stage.mayor)
    quiet = page(mayor, "changes")
    late = SimpleNamespace(amendment_due=True)
    monkeypatch.setattr("plp.portal.subjects.charter.views.changes.charter_facts", lambda partnership: late)

    due = page(mayor, "changes")

    assert ("Nothing has changed" in quiet, "Begin a new version" in quiet) == (True, False)
    assert ("Nothing has changed" in due, "Begin a new version" in due) == (False, True)


def test_papers_open(stage: Stage) -> None:
    staging.settled(stage)
    deed = staging.drafted(stage)
    client = signed_in(stage.officer)

    for name, more in (("paper", ("charter", deed.version)), ("plan_paper", ()), ("financing_paper", ())):
        assert client.get(url(name, *more, "pdf")).content.startswith(b"%PDF")
        with zipfile.ZipFile(io.BytesIO(client.get(url(name, *more, "docx")).content)) as word:
            assert "word/document.xml" in word.namelist()
        assert client.get(url(name, *more, "exe")).status_code == 404


def test_what_was_in_force_on_a_day(stage: Stage) -> None:
    staging.signed(stage)
    client = signed_in(stage.officer)

    assert "version 1 was in force" in page(client, "versions", "charter", query=f"?on={NOW.date()}")
    assert "no version was in force" in page(client, "versions", "charter", query="?on=2020-01-01")
    assert '<th scope="row">Version 1</th>' in page(client, "versions", "charter")


def test_the_list_of_clauses_asks_the_same_number_of_queries(
    stage: Stage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    staging.drafted(stage)
    client = signed_in(stage.officer)
    Deed.objects.get().clauses.exclude(key__in=["object", "law", "area"]).delete()
    page(client, "text", "charter")

    with django_assert_num_queries(8):
        page(client, "text", "charter")
    Clause.objects.exclude(key="object").delete()
    with django_assert_num_queries(8):
        page(client, "text", "charter")


def test_a_round_of_changes_begins_from_the_day_of_review(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    staging.signed(stage)
    officer = signed_in(stage.officer)
    quiet = page(officer, "changes")
    monkeypatch.setattr("plp.portal.subjects.charter.views.changes.MONTH", timedelta(days=1000))

    near = page(officer, "changes")
    refused = officer.post(url("review"), {"review_on": "2020-01-01"}).content.decode()
    officer.post(url("review"), {"review_on": "2028-01-10"})
    stays = officer.post(url("review"), {"stays": "1"}, follow=True).content.decode()

    assert "Begin a round of changes" not in quiet
    assert "Begin a round of changes" in near
    assert "Choose a day after today" in refused
    assert "looked at again in two years" in stays
