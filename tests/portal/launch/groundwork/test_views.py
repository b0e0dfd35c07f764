"""The groundwork on its pages: every one opens, does its work, refuses in words, and is closed to strangers."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.conf import LazySettings, settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plp.charter.models import Deed
from plp.delivery.models import Dispatch
from plp.journal.models import Entry
from plp.launch.actions import surveys
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.models import Idea, Survey
from plp.launch.queries.groundwork import gather_groundwork_facts
from plp.launch.queries.surveys import survey_result_as_far_as_shown
from plp.launch.questionnaire import home_survey_code
from plp.mandates.grants import Role
from plp.partnership.common_sentences import common_sentences
from plp.partnership.models import Partnership, Statement
from plp.partnership.purposes import common_purpose
from plp.partnership.statements import MOST, NotCommonSentence, StatementEntry, save_changed_statements
from plp.partnership.translations import TranslatedText
from plp.people.models import Person
from tests.factories.cast import contact, hold, person
from tests.launch.ground import Ground, idea, reachable_officer
from tests.places.build import whole
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db

TODAY = "2026-11-25"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PAGES = [
    "home", "talks", "talk_new", "statements", "stakeholders", "area", "informing", "sheets", "survey",
]  # fmt: skip
TALK = {
    "authority": "police",
    "held_on": TODAY,
    "persons": "Inspecteur Exemple",
    "reference": "R-1",
    "outcome": "agreed",
    "remark": "",
}
SHEET = {
    f"{authority}-{name}": value
    for authority in ("police", "municipality", "prosecutor")
    for name, value in {**TALK, "authority": authority}.items()
}
FOUNDING = {
    "kind": "plp",
    "key": "chene",
    "languages": ["fr"],
    "name_fr": "Le Chêne",
    "purpose_fr": "Mieux se connaître",
    "words": "Merci",
}
YES = {"support": "yes", "join": "yes", "help": "no"}


def url(view: str, *more: object, key: str = "haren") -> str:
    """The address of a page of the groundwork."""
    return reverse(f"launch:groundwork:{view}", args=[key, *more])


def text(client: Client, address: str, data: dict | None = None) -> str:
    """What a page shows, after a form if there is one."""
    answer = client.post(address, data, follow=True) if data is not None else client.get(address)
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_to_those_who_prepare_and_to_nobody_else(ground: Ground, page: str) -> None:
    address = url(page)

    def answers(person: Person) -> int:
        return signed_in(person).get(address).status_code

    assert [answers(one) for one in (ground.officer, ground.coordinator)] == [200, 200]
    strangers = (ground.stranger, ground.cast.foreign_officer, ground.cast.chief, ground.cast.here.deputy)
    assert [answers(one) for one in strangers] == [404, 404, 404, 404]
    assert Client().get(address).status_code == 302


def test_absent_and_foreign_look_the_same(ground: Ground) -> None:
    client = signed_in(ground.stranger)

    absent, foreign = client.get(url("home", key="nowhere")), client.get(url("home"))

    assert (absent.status_code, foreign.status_code) == (404, 404)


def test_the_overview_says_what_is_missing(ground: Ground) -> None:
    page = text(signed_in(ground.coordinator), url("home"))

    assert "talk with the local police" in page
    assert "2 streets, 6 addresses." in page
    assert "0 of 2 streets are informed." in page


def test_rows_left_empty_are_no_talks(ground: Ground) -> None:
    chosen = ("authority", "outcome")  # what a browser sends of a row that nobody touched
    sent = {name: value if name.startswith("police") or name.endswith(chosen) else "" for name, value in SHEET.items()}

    text(signed_in(ground.officer), url("talks"), sent)

    assert ground.partnership.consultations.get().authority == "police"


def test_a_row_that_is_wrong_keeps_the_others_from_being_noted(ground: Ground) -> None:
    page = text(signed_in(ground.officer), url("talks"), {**SHEET, "prosecutor-held_on": "2026-11-26"})

    assert "This day is still to come" in page
    assert page.count("Inspecteur Exemple") == 3
    assert not ground.partnership.consultations.exists()


def test_a_talk_is_noted_completed_and_struck(ground: Ground) -> None:
    client = signed_in(ground.officer)
    assert "Inspecteur Exemple" in text(client, url("talk_new"), TALK)
    talk = ground.partnership.consultations.get()

    page = text(client, url("talk", talk.pk), {**TALK, "outcome": "conditions", "remark": "Avec le parquet"})
    assert "Avec le parquet" in page
    assert gather_groundwork_facts(ground.partnership).police_consulted == date(2026, 11, 25)

    assert "Remove this talk?" in text(client, url("talk_strike", talk.pk))
    client.post(url("talk_strike", talk.pk))
    assert not ground.partnership.consultations.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held_on": "2026-11-26"}, "This day is still to come"),
        ({"held_on": "31/31/31"}, "Enter a valid date"),
        ({"persons": ""}, "This field is required"),
        ({"persons": "a\u202eb"}, "Write plain words here"),
        ({"authority": "mayor"}, "Select a valid choice"),
    ],
)
def test_a_bad_talk_is_said_in_words_and_keeps_what_was_typed(
    ground: Ground, changes: dict[str, str], sentence: str
) -> None:
    page = text(signed_in(ground.officer), url("talk_new"), {**TALK, **changes})

    assert sentence in page
    assert "R-1" in page
    assert not ground.partnership.consultations.exists()


def test_statements_are_noted_with_a_hint_and_changed(ground: Ground) -> None:
    client = signed_in(ground.coordinator)

    page = text(client, url("statements"), {"police_objective": "Moins de cambriolages"})
    statement = Statement.objects.get()
    name = f"police_objective_{statement.pk.hex}"
    changed = text(client, url("statements"), {name: "Signaler plus vite"})

    assert "This sounds like a promise of fewer crimes" in page
    assert "Signaler plus vite" in changed
    assert "This sounds like" not in changed
    assert client.get(url("statement", statement.pk)).headers["location"] == url("statements")
    client.post(url("statements"), {name: ""})
    assert not Statement.objects.exists()


def test_a_condition_of_the_municipality_stands_ready_among_its_expectations(ground: Ground) -> None:
    client, told = signed_in(ground.officer), "From the talk with this authority."
    wish = {**TALK, "authority": "municipality", "outcome": "conditions", "remark": "Deux bulletins\npar an"}
    asked = text(client, url("talk_new"))
    client.post(url("talk_new"), wish)

    shown = text(client, url("statements"))
    client.post(url("statements"), {"municipality_expectation": "Deux bulletins par an"})
    after = text(client, url("statements"))

    assert "stands ready among its expectations" in asked
    assert ("Deux bulletins par an" in shown, told in shown, told in after) == (True, True, False)
    said = Statement.objects.get()
    assert (said.party, said.kind, said.text) == ("municipality", "expectation", "Deux bulletins par an")
    for language in ("fr", "nl"):
        values = values_of_all_placeholders(gather_partnership_data(ground.partnership, at=AT), language)
        assert "Deux bulletins par an" in str(values["expectations"])


def test_beside_an_expectation_a_condition_is_taken_over_by_a_tick(ground: Ground) -> None:
    [earlier] = said(ground, "municipality", "expectation", "Une réunion par an")
    client, kept = signed_in(ground.officer), {f"municipality_expectation_{earlier.pk.hex}": earlier.text}
    wish = {**TALK, "authority": "municipality", "outcome": "conditions", "remark": "Deux bulletins\npar an"}
    client.post(url("talk_new"), wish)

    shown = text(client, url("statements"))
    client.post(url("statements"), kept)
    untouched = Statement.objects.filter(text="Deux bulletins par an").exists()
    client.post(url("statements"), {**kept, "municipality_condition": ["expectation"]})
    after = text(client, url("statements"))

    assert "Condition of the talk: “Deux bulletins par an”" in shown
    assert not untouched, "what nobody ticked is not taken over"
    assert Statement.objects.get(text="Deux bulletins par an").kind == "expectation"
    assert "Condition of the talk" not in after
    values = values_of_all_placeholders(gather_partnership_data(ground.partnership, at=AT), "fr")
    assert "Deux bulletins par an" in str(values["expectations"])


def test_a_condition_is_in_the_language_of_the_page_on_which_it_was_typed(ground: Ground) -> None:
    """Whoever corrects the talk on a page of another language leaves the language of words they leave."""
    client = signed_in(ground.officer)
    wish = {**TALK, "authority": "municipality", "outcome": "conditions", "remark": "Geen borden op gevels"}
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"
    client.post(url("talk_new"), wish)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    [talk] = ground.partnership.consultations.all()
    client.post(url("talk", talk.pk), {**wish, "persons": "Mme Exemple, échevine"})

    fields = client.get(url("statements")).context["form"]

    assert fields["municipality_expectation"].initial == TranslatedText("Geen borden op gevels", "nl")


def link_of(ground: Ground, party: str) -> str:
    """The address by which a party says itself what it wants."""
    Partnership.objects.filter(pk=ground.partnership.pk).update(launched_at=None, state="creation")
    links = signed_in(ground.officer).get(url("statements")).context["links"]
    return next(link for _party, link in links if f"/{party}/" in link)


def test_a_party_ticks_what_it_wants_by_its_link_and_sees_no_other(ground: Ground) -> None:
    prepared = text(signed_in(ground.officer), url("statements"), {"police_motive": "Trop de faits tus"})
    address, municipality = link_of(ground, "municipality"), Client()

    shown = municipality.get(address).text
    municipality.post(address, {"objective": ["0", "4"], "police_objective": "Forgé"})
    municipality.post(address, {"objective": ["4"], "motive": ["0"]})
    forged = municipality.get(address.replace("/municipality/", "/police/"))

    assert Statement.objects.filter(party="police", text="Trop de faits tus").exists()
    assert ("Trop de faits tus" in prepared, "Trop de faits tus" in shown) == (True, False)
    own = Statement.objects.filter(party="municipality").order_by("kind")
    kept = [(row.kind, row.text_in("text", "nl", ["fr", "nl"])) for row in own]
    motive = common_sentences("motive")[0]["nl"]
    assert kept == [("motive", motive), ("objective", "Buren kennen en helpen elkaar.")]
    assert forged.status_code == 404
    Deed.objects.create(
        partnership=ground.partnership, kind="charter", version=1, circular_on=AT.date(), drafted_at=AT, frozen_at=AT
    )
    assert municipality.get(address).status_code == 404
    assert signed_in(ground.officer).get(url("statements")).context["links"] == []


def test_no_words_come_by_the_link_of_a_party_and_what_was_noted_for_it_stays(ground: Ground) -> None:
    hint = "Le fils du 12 rôde la nuit"
    text(signed_in(ground.officer), url("statements"), {"municipality_motive": "Le bourgmestre y tient"})
    address = link_of(ground, "municipality")

    page = text(Client(), address, {"motive": [hint], "municipality_objective": hint, "objective": ["4"]})
    Client().post(address, {"expectation": ["0"], "expectation_nl": hint, "municipality_expectation": hint})

    assert "Le bourgmestre y tient" in page
    expected = common_sentences("expectation")[0]["fr"]
    assert sorted(row.text for row in Statement.objects.all()) == sorted(["Le bourgmestre y tient", expected])
    entry = StatementEntry("municipality", "motive", TranslatedText(hint, "fr", {}))
    with pytest.raises(NotCommonSentence):
        save_changed_statements(partnership=ground.partnership, entries=[entry], by=None, at=AT)


def test_own_words_of_a_party_reach_the_police_alone_and_are_read_like_theirs(ground: Ground) -> None:
    officer, address = reachable_officer(ground), link_of(ground, "municipality")
    contact(ground.coordinator, "email", "clara@plp.test")
    client = Client()
    client.cookies["language"] = "en"

    refused = client.post(address, {"words": "Notez la plaque 1-KAN-777 de sa Golf"})
    advert = client.post(address, {"words": "Voyez www.example.org"})
    before = Dispatch.objects.filter(message__purpose="launch.party_words").count()
    sent = client.post(address, {"words": "Deux bulletins par an", "objective": ["4"]}, follow=True)

    assert (refused.status_code, "field-wrong" in refused.text, before) == (200, True, 0)
    assert "1-KAN-777" in refused.text
    assert advert.status_code == 409
    assert "Thank you." in sent.text
    assert "Your own words go to the police" in sent.text
    copies = Dispatch.objects.filter(message__purpose="launch.party_words")
    assert [copy.person for copy in copies] == [officer.pk]
    assert [row.text for row in Statement.objects.all()] == [common_sentences("objective")[4]["en"]]


def test_an_officer_takes_the_own_words_of_a_party_over_from_their_mail_and_nobody_else_reads_them(
    ground: Ground,
) -> None:
    officer = reachable_officer(ground)
    municipality = Client()
    municipality.cookies["language"] = "fr"
    municipality.post(link_of(ground, "municipality"), {"words": "Deux bulletins\npar an"})
    [copy] = Dispatch.objects.filter(message__purpose="launch.party_words")
    written = copy.message.texts.get()
    address = re.search(r"/groundwork/\S+\?words=\S+", written.body)[0]

    plain = text(signed_in(officer), url("statements"))
    coordinator = text(signed_in(ground.coordinator), address)
    shown = text(signed_in(officer), address)
    forged = signed_in(officer).get(f"{address}x")
    Partnership.objects.update(state="active", launched_at=AT)
    signed_in(officer).post(address, {"municipality_words": ["objective"]})

    told = "In its own words: “Deux bulletins par an”"
    assert [told in page for page in (plain, coordinator, shown, forged.text)] == [False, False, True, False]
    assert forged.status_code == 200
    noted = Statement.objects.get()
    assert (noted.party, noted.kind, noted.text, noted.language) == (
        "municipality", "objective", "Deux bulletins par an", "fr"
    )  # fmt: skip
    assert told not in text(signed_in(officer), address), "taken over once, it is not offered again"


def said(ground: Ground, party: str, kind: str, *texts: str) -> list[Statement]:
    """What was noted for a party."""
    about = {"partnership": ground.partnership, "party": party, "kind": kind, "language": "fr", "written_at": AT}
    return [Statement.objects.create(text=words, position=place, **about) for place, words in enumerate(texts, start=1)]


def test_a_party_ticks_away_what_was_noted_for_it_in_other_words_and_a_sentence_that_stands_twice(
    ground: Ground,
) -> None:
    [others] = said(ground, "police", "objective", "Moins de faits tus")
    [noted] = said(ground, "municipality", "motive", "Le bourgmestre y tient")
    said(ground, "municipality", "objective", *[common_sentences("objective")[4]["fr"]] * 2)
    address, municipality = link_of(ground, "municipality"), Client()

    page = municipality.get(address).text
    municipality.post(address, {"objective": ["4"], "removed": [str(others.pk)]})
    kept = Statement.objects.filter(party="municipality").count()
    municipality.post(address, {"removed": [str(noted.pk)]})

    assert "Noté pour vous en d’autres mots" in page
    assert '<span lang="fr">Le bourgmestre y tient</span>' in page
    assert (kept, list(Statement.objects.all())) == (3, [others])


def test_with_as_many_as_there_may_be_a_party_changes_a_tick_for_another(ground: Ground) -> None:
    first, second = (common_sentences("motive")[number]["fr"] for number in (0, 1))
    said(ground, "municipality", "motive", first, *(f"Raison {number}" for number in range(1, MOST)))

    Client().post(link_of(ground, "municipality"), {"motive": ["1"]})

    texts = list(Statement.objects.filter(party="municipality").values_list("text", flat=True))
    assert (len(texts), first in texts, second in texts) == (MOST, False, True)


def test_a_stakeholder_who_was_told_is_listed_with_the_proof_at_once(ground: Ground) -> None:
    client, school = signed_in(ground.officer), {"who": "École du Chêne", "concern": "", "means": "letter"}

    bare = text(client, url("stakeholders"), {**school, "told_on": TODAY, "proof": ""})
    to_come = text(client, url("stakeholders"), {**school, "told_on": "2026-11-26", "proof": "Lettre du jour"})
    assert "École du Chêne" in bare
    assert "This day is still to come" in to_come
    assert "Lettre du jour" in to_come
    assert not ground.partnership.stakeholders.exists()

    text(client, url("stakeholders"), {**school, "told_on": TODAY, "proof": "Lettre du jour"})
    assert ground.partnership.stakeholders.get().proof == "Lettre du jour"


def test_a_proof_is_in_the_language_of_whoever_writes_it_and_may_be_said_in_another(ground: Ground) -> None:
    client = signed_in(ground.officer)
    Partnership.objects.filter(pk=ground.partnership.pk).update(languages=["fr", "nl"])
    told = {"told_on": TODAY, "means": "letter", "proof": "Lettre remise", "proof_nl": "Brief gegeven"}

    text(client, url("stakeholders"), {"who": "École", "concern": "Parents", "concern_language": "fr", **told})

    one = ground.partnership.stakeholders.get()
    assert one.text_in("proof", "nl", ["fr", "nl"]) == "Brief gegeven"
    assert "Brief gegeven" in text(client, url("stakeholder", one.pk))


def test_what_all_parties_say_takes_one_form(ground: Ground) -> None:
    client = signed_in(ground.officer)
    parties, kinds = ("residents", "police", "municipality"), ("motive", "expectation", "objective")
    sent = {f"{party}_{kind}": f"{party} {kind}" for party in parties for kind in kinds}

    page = text(
        client, url("statements"), {**sent, "police_motive_nl": "Elkaar kennen", "police_motive_language": "fr"}
    )

    assert "Still missing" not in page
    assert Statement.objects.count() == 9
    police = Statement.objects.get(party="police", kind="motive")
    assert police.text_in("text", "nl", ["fr", "nl"]) == "Elkaar kennen"


def test_a_common_sentence_comes_in_every_language(ground: Ground) -> None:
    text(signed_in(ground.officer), url("statements"), {"police_motive": "We want to know our neighbours better."})

    statement = Statement.objects.get()
    assert statement.language == "en"
    assert statement.text_in("text", "de", ["fr", "de"]) == "Wir möchten unsere Nachbarn besser kennenlernen."


def test_a_stakeholder_is_told_with_a_file_that_only_we_may_open(ground: Ground) -> None:
    client = signed_in(ground.coordinator)
    text(client, url("stakeholders"), {"who": "École du Chêne", "concern": ""})
    one = ground.partnership.stakeholders.get()
    scan = SimpleUploadedFile("../../evil.html", PDF, content_type="text/html")

    client.post(url("stakeholder", one.pk), {"told_on": TODAY, "means": "letter", "proof": "", "file": scan})

    served = client.get(url("proof", one.pk))
    assert (served.status_code, served.content, served["Content-Type"]) == (200, PDF, "application/pdf")
    assert served["Content-Disposition"] == 'inline; filename="proof.pdf"'
    assert served["X-Content-Type-Options"] == "nosniff"
    one.refresh_from_db()
    assert "evil" not in one.file.name
    assert signed_in(ground.stranger).get(url("proof", one.pk)).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html><script>alert(1)</script></html>", "Only a PDF, PNG or JPEG"),
        (b"%PDF-" + b"x" * (5 * 2**20), "larger than 5 MB"),
        (b"", "The submitted file is empty"),
    ],
)
def test_another_file_is_refused_in_words(ground: Ground, content: bytes, sentence: str) -> None:
    client = signed_in(ground.coordinator)
    text(client, url("stakeholders"), {"who": "École", "concern": ""})
    one = ground.partnership.stakeholders.get()
    upload = SimpleUploadedFile("scan.pdf", content, content_type="application/pdf")

    page = text(client, url("stakeholder", one.pk), {"told_on": TODAY, "means": "letter", "proof": "", "file": upload})

    assert sentence in page
    one.refresh_from_db()
    assert one.told_on is None


@pytest.mark.parametrize(
    ("command", "sentence"), [("false", "refused by the virus scanner"), ("/nowhere", "cannot be taken at this moment")]
)
def test_a_file_that_the_scanner_does_not_pass_is_not_kept(
    ground: Ground, settings: LazySettings, command: str, sentence: str
) -> None:
    settings.SCAN_COMMAND = command
    client = signed_in(ground.coordinator)
    text(client, url("stakeholders"), {"who": "École", "concern": ""})
    one = ground.partnership.stakeholders.get()
    upload = SimpleUploadedFile("scan.pdf", PDF, content_type="application/pdf")

    page = text(client, url("stakeholder", one.pk), {"told_on": TODAY, "means": "letter", "proof": "", "file": upload})

    assert sentence in page
    assert ground.partnership.stakeholders.get().told_on is None


def test_no_proof_no_telling_and_delisting_asks_first(ground: Ground) -> None:
    client = signed_in(ground.coordinator)
    text(client, url("stakeholders"), {"who": "École", "concern": ""})
    one = ground.partnership.stakeholders.get()

    page = text(client, url("stakeholder", one.pk), {"told_on": TODAY, "means": "letter", "proof": ""})

    assert "One of the two is needed as proof" in page
    assert "Remove from the list?" in text(client, url("delist", one.pk))
    client.post(url("delist", one.pk))
    assert not ground.partnership.stakeholders.exists()


def test_the_officer_adds_and_removes_streets(ground: Ground) -> None:
    client = signed_in(ground.officer)
    address = url("area_add") + "?q=hetre"
    assert "Rue du Hêtre" in text(client, address)
    part = {"streets": [ground.elsewhere.pk], "side": "odd", "first": "", "last": ""}

    assert "The area now has 8 addresses" in text(client, address, part)

    row = ground.area.coverage.get(street=ground.elsewhere)
    assert "Removed." in text(client, url("area_remove", row.pk), {})
    assert not ground.area.coverage.filter(street=ground.elsewhere).exists()


def test_a_bad_range_and_an_unknown_street_are_said_in_words(ground: Ground) -> None:
    client = signed_in(ground.officer)
    part = {"streets": [ground.elsewhere.pk], "side": "all", "first": "20", "last": "10"}

    assert "the lower number first" in text(client, url("area_add") + "?q=hetre", part)
    assert "Select a valid choice" in text(client, url("area_add") + "?q=hetre", {**part, "streets": ["999999999"]})
    assert "No street of this name" in text(client, url("area_add") + "?q=zzz")


def test_the_coordinator_sees_the_area_and_changes_nothing(ground: Ground) -> None:
    client = signed_in(ground.coordinator)

    assert "Add streets" not in text(client, url("area"))
    assert client.get(url("area_add")).status_code == 404
    assert client.post(url("area_remove", ground.area.coverage.first().pk)).status_code == 404  # type: ignore[union-attr]


def test_an_address_outside_the_area_is_said(ground: Ground) -> None:
    client = signed_in(ground.coordinator)

    assert "This address lies in the area." in text(client, url("area"), {"street": "Eikstraat", "number": "3"})
    assert "No partnership covers it." in text(client, url("area"), {"street": "Rue du Hêtre", "number": "5"})
    assert "has no street of this name" in text(client, url("area"), {"street": "<b>", "number": "5"})


def test_an_overlap_is_said(ground: Ground) -> None:
    from plp.places.actions import draw_quarter_and_count_addresses  # noqa: PLC0415 - only here

    draw_quarter_and_count_addresses(area=ground.cast.next_door.area, selectors=[whole(ground.elm)], by=None, at=AT)

    page = text(signed_in(ground.officer), url("area"))

    assert "Laeken: 2 addresses in common." in page


def test_streets_are_ticked_and_unticked(ground: Ground) -> None:
    client = signed_in(ground.coordinator)
    ticked = {"means": "letter", "informed_on": TODAY, "carrier": "Emma", "streets": [ground.oak.pk]}

    page = text(client, url("informing"), ticked)

    assert "66% of the addresses; 1 of 2 streets." in page
    tick = ground.partnership.informing.get()
    text(client, url("untick", tick.pk), {})
    assert not ground.partnership.informing.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"streets": []}, "Tick at least one street."),
        ({"informed_on": "2026-12-24"}, "This day is still to come"),
        ({"means": "press", "carrier": ""}, "This field is required"),
    ],
)
def test_a_bad_tick_is_said_in_words(ground: Ground, changes: dict, sentence: str) -> None:
    ticked = {"means": "letter", "informed_on": TODAY, "carrier": "Emma", "streets": [ground.oak.pk], **changes}

    assert sentence in text(signed_in(ground.coordinator), url("informing"), ticked)
    assert not ground.partnership.informing.exists()


def test_sheets_hold_the_doors_of_a_street(ground: Ground) -> None:
    client = signed_in(ground.coordinator)

    whole_area = client.get(url("sheets"))
    one = client.get(url("sheets") + f"?street={ground.oak.pk}")

    assert (whole_area["Content-Type"], whole_area.content[:5]) == ("application/pdf", b"%PDF-")
    assert one.status_code == 200
    for bad in ("x", "999999999999999999999999", str(ground.elsewhere.pk)):
        assert client.get(url("sheets") + f"?street={bad}").status_code == 404


def test_a_survey_from_its_opening_to_its_result(ground: Ground) -> None:
    client = signed_in(ground.coordinator)
    assert "The survey runs." in text(client, url("survey"), {"last_day": "2026-12-10", "questions": ["join", "help"]})
    survey = Survey.objects.get()
    codes = [home_survey_code(survey.pk, home.register_id) for home in ground.homes]
    letters = client.get(url("survey_letters") + f"?street={ground.elm.pk}&part=1")
    assert letters.content[:5] == b"%PDF-"
    assert Entry.objects.get(verb="survey.letters_printed").details == {"letters": 2}
    for bad in ("", f"?street={ground.elm.pk}&part=2", f"?street={ground.elm.pk}&part=x", "?street=0&part=1"):
        assert client.get(url("survey_letters") + bad).status_code == 404

    assert "Enter the next one." in text(client, url("survey_form"), {"code": codes[0], **YES})
    assert "already been used" in text(client, url("survey_form"), {"code": codes[0], "digits": "112"})
    assert "We do not know this code" in text(client, url("survey_form"), {"code": "x" * 30, **YES})
    for code in codes[1:4]:
        surveys.spend_code_and_count_screen_answer(code=code, answers=YES, by=None, at=AT)
    counted = {"street": ground.elm.pk, "yes": "1", "no": "1", "unsure": "0"}
    assert "Entering the street again replaces it." in text(client, url("survey_street"), counted)
    assert "more forms than there are addresses" in text(client, url("survey_street"), {**counted, "yes": "9"})
    assert "67 %" not in text(client, url("survey"))

    assert "Close the survey?" in text(client, url("survey_close"))
    page = text(client, url("survey_close"), {})

    assert "6 of 6 addresses answered (100%)." in page
    assert "5 (83 %)" in page
    assert client.get(url("survey_form")).status_code == 404


@pytest.mark.parametrize("kind", [Partnership.Kind.TRADERS, Partnership.Kind.SECTORAL])
def test_only_businesses_are_offered_the_question_on_opening_hours(ground: Ground, kind: str) -> None:
    client = signed_in(ground.officer)
    asked = {"last_day": "2026-12-10", "questions": ["hours"]}
    homes, refused = client.get(url("survey")).text, client.post(url("survey"), asked).text
    none_yet = Survey.objects.count()
    ground.partnership.kind = kind
    ground.partnership.save()

    shops = client.get(url("survey")).text
    client.post(url("survey"), asked)

    assert ['value="hours"' in page for page in (homes, refused, shops)] == [False, False, True]
    assert (none_yet, Survey.objects.get().asked_question_keys) == (0, ("support", "hours"))


def test_opening_hours_are_asked_on_screen_entered_by_digits_and_told_in_the_result(ground: Ground) -> None:
    ground.partnership.kind = Partnership.Kind.TRADERS
    ground.partnership.save()
    client = signed_in(ground.officer)
    client.post(url("survey"), {"last_day": "2026-12-10", "questions": ["hours"]})
    survey = Survey.objects.get()
    codes = [home_survey_code(survey.pk, home.register_id) for home in ground.homes]

    screen = text(client, reverse("launch:idea:survey") + f"?p={ground.partnership.key}")
    entry = text(client, url("survey_form"))
    for code, digits in zip(codes, ("11", "12", "13", "14"), strict=False):
        assert "Enter the next one." in text(client, url("survey_form"), {"code": code, "digits": digits})
    surveys.spend_code_and_count_screen_answer(
        code=codes[4], answers={"support": "yes", "hours": "till18"}, by=None, at=AT
    )
    text(client, url("survey_close"), {})

    answers = ["Until 18:00 at the latest", "Until 20:00 at the latest", "Later than 20:00", "It varies"]
    assert [answer for answer in answers if answer not in screen] == []
    assert "1 Until 18:00 at the latest&nbsp;\N{MIDDLE DOT} 2 Until 20:00 at the latest" in entry
    hours = survey_result_as_far_as_shown(Survey.objects.get()).questions[-1]
    assert [(str(line.label), line.homes) for line in hours.lines] == list(zip(answers, [2, 1, 1, 1], strict=True))


def test_a_survey_has_a_mark_and_questions_of_its_own(ground: Ground) -> None:
    client = signed_in(ground.officer)
    typed = {"last_day": "2026-12-10", "questions": ["expect"], "needed_share": "60", "own1": "Plus de lumière ?"}
    typed |= {"own1_language": "fr"}
    asked = text(client, url("survey"), typed)
    none_yet = Survey.objects.count()
    running = text(client, url("survey"), typed | {"may_be_untranslated": "on"})
    survey = Survey.objects.get()
    for home in list(ground.homes)[:5]:
        answers = {"support": "yes", "expect": "told", "own1": "no"}
        surveys.spend_code_and_count_screen_answer(
            code=home_survey_code(survey.pk, home.register_id), answers=answers, by=None, at=AT
        )

    page = text(client, url("survey_close"), {})
    statements = text(client, url("survey_summary"), {})
    Survey.objects.update(homes=200)
    among_many = text(client, url("survey"))

    assert ("It is reached." in page, "So few answers cannot reach it." in among_many) == (True, True)
    assert "Not translated yet: Dutch. Type it, or tick below that it stays so." in asked
    assert (none_yet, survey.own_questions[0]["words"]) == (0, "Plus de lumière ?")
    assert "The threshold set before: 60% in favour." in running
    assert "In favour: 100% of those who answered. The threshold set before: 60%." in page
    assert "Plus de lumière ?" in page
    assert "Taken over, in each language." in statements


@pytest.mark.parametrize(
    "typed",
    [
        {"own2": "Votre voisin Jan Peeters est-il dangereux ?", "own2_nl": "Is het plein veilig?"},
        {"own2": "La place est-elle sûre ?", "own2_nl": "Is uw buurman Jan Peeters gevaarlijk?"},
    ],
)
def test_a_question_that_names_somebody_goes_to_no_home(ground: Ground, typed: dict[str, str]) -> None:
    page = text(signed_in(ground.officer), url("survey"), {"last_day": "2026-12-10", "own2_language": "fr", **typed})

    assert "The message check stops these words:" in page
    assert not Survey.objects.exists()


def test_a_survey_without_an_end_or_an_area_is_refused_in_words(ground: Ground) -> None:
    assert "between today and one year" in text(signed_in(ground.officer), url("survey"), {"last_day": "2020-01-01"})
    next_door = url("survey", key="laeken")
    assert "Choose the streets of the area first" in text(
        signed_in(ground.stranger), next_door, {"last_day": "2026-12-10"}
    )


def test_hands_are_noted_in_numbers(ground: Ground) -> None:
    client = signed_in(ground.coordinator)
    raised = {"held_on": TODAY, "occasion": "Réunion de rue", "yes": "18", "no": "2", "unsure": "0"}

    assert "18 in favour, 2 against, 0 do not know." in text(client, url("hands"), raised)
    assert "at least one, at most 5000" in text(client, url("hands"), {**raised, "yes": "0", "no": "0"})
    assert "This day is still to come" in text(client, url("hands"), {**raised, "held_on": "2027-01-01"})
    assert signed_in(ground.stranger).post(url("hands"), raised).status_code == 404
    assert ground.partnership.shows_of_hands.count() == 1


def test_ideas_are_for_the_police_of_the_zone(ground: Ground) -> None:
    filed = idea(ground)
    pages = [
        reverse("launch:groundwork:ideas"),
        *(reverse(f"launch:groundwork:{one}", args=[filed.pk]) for one in ("idea", "decline", "merge", "take_up")),
    ]

    assert [signed_in(ground.officer).get(page).status_code for page in pages] == [200] * 5
    assert [signed_in(ground.coordinator).get(page).status_code for page in pages] == [404] * 5
    assert [signed_in(ground.cast.foreign_officer).get(page).status_code for page in pages] == [200] + [404] * 4
    assert "Rue du Chêne" not in text(signed_in(ground.cast.foreign_officer), pages[0])
    assert "1 idea waits for an answer" in text(signed_in(ground.officer), "/")


def test_an_idea_is_taken_up(ground: Ground) -> None:
    filed, client = idea(ground), signed_in(ground.officer)

    page = text(client, reverse("launch:groundwork:take_up", args=[filed.pk]), FOUNDING)

    assert "Preparing the ground in Le Chêne" in page
    assert Partnership.objects.get(key="chene").state == "idea"
    again = text(client, reverse("launch:groundwork:take_up", args=[filed.pk]), {**FOUNDING, "key": "other"})
    assert "already been done" in again


OWN = "Mieux se connaître"


@pytest.mark.parametrize(
    ("typed", "kept", "dutch"),
    [
        ({}, common_purpose("plp"), common_purpose("plp")["nl"]),
        ({"purpose_nl": common_purpose("plp_i")["nl"]}, common_purpose("plp_i"), common_purpose("plp_i")["nl"]),
        ({"purpose_fr": OWN, "purpose_de": "nicht gefragt"}, {"fr": OWN}, f"{OWN} (in het Frans)"),
    ],
)
def test_the_purpose_of_a_quarter_of_two_languages_may_be_typed_in_one_or_in_none(
    ground: Ground, typed: dict[str, str], kept: dict[str, str], dutch: str
) -> None:
    page, officer = reverse("launch:groundwork:take_up", args=[idea(ground).pk]), signed_in(ground.officer)
    names = {"languages": ["fr", "nl"], "name_nl": "De Eik", "purpose_fr": ""}
    asked = text(officer, page)

    officer.post(page, FOUNDING | names | typed)

    founded = Partnership.objects.get(key="chene")
    assert f"Left empty in each language, it says: “{common_purpose('plp')['nl']}”" in asked
    assert founded.purpose == kept
    assert values_of_all_placeholders(gather_partnership_data(founded, at=AT), "nl")["purpose"] == dutch


def test_the_language_of_the_idea_is_the_first_of_a_quarter_of_two(ground: Ground) -> None:
    told = idea(ground)
    type(told.municipality).objects.filter(pk=told.municipality.pk).update(nis="21004")
    Idea.objects.filter(pk=told.pk).update(language="nl")
    page, officer = reverse("launch:groundwork:take_up", args=[told.pk]), signed_in(ground.officer)

    asked = officer.get(page)
    officer.post(page, FOUNDING | {"languages": ["fr", "nl"], "name_nl": "De Eik"})

    assert [code for code, _label in asked.context["form"].fields["languages"].choices] == ["nl", "fr", "de"]
    assert Partnership.objects.get(key="chene").languages == ["nl", "fr"]


def test_a_supervisor_takes_up_and_leaves_the_groundwork_to_the_officer(ground: Ground) -> None:
    supervisor = person("Sofie Toezicht")
    hold(supervisor, Role.SUPERVISOR, ground.cast.zone)
    filed = idea(ground)

    page = text(signed_in(supervisor), reverse("launch:groundwork:take_up", args=[filed.pk]), FOUNDING)

    assert "No idea waits for an answer" in page
    assert Partnership.objects.filter(key="chene").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": "haren"}, "There is already a neighbourhood with this short name"),
        ({"key": "Le Chêne"}, "Use small letters, digits and hyphens only."),
        ({"languages": ["fr", "nl"]}, "Needed, because this is a language of the neighbourhood."),
        ({"name_fr": ""}, "Needed, because this is a language of the neighbourhood."),
    ],
)
def test_a_bad_beginning_is_said_in_words(ground: Ground, changes: dict, sentence: str) -> None:
    filed = idea(ground)

    page = text(
        signed_in(ground.officer), reverse("launch:groundwork:take_up", args=[filed.pk]), {**FOUNDING, **changes}
    )

    assert sentence in page
    assert Idea.objects.get(pk=filed.pk).state == "open"


def test_a_short_name_is_made_from_the_name_where_none_is_given(ground: Ground) -> None:
    filed = idea(ground)

    page = signed_in(ground.officer).post(
        reverse("launch:groundwork:take_up", args=[filed.pk]), FOUNDING | {"key": "", "name_fr": "Clos de l’Été"}
    )

    assert Partnership.objects.filter(key="clos-de-lete").exists()
    assert page.status_code == 302


def test_an_idea_is_declined_or_joined(ground: Ground) -> None:
    first, second, client = idea(ground), idea(ground), signed_in(ground.officer)

    declined = text(client, reverse("launch:groundwork:decline", args=[first.pk]), {"reason": "Trop tôt"})
    into = f"partnership-{ground.partnership.pk}"
    joined = text(client, reverse("launch:groundwork:merge", args=[second.pk]), {"into": into, "words": ""})

    assert "Answered. The reason is on the follow-up page." in declined
    assert "Joined. The follow-up page says so." in joined
    assert list(Idea.objects.order_by("filed_at", "state").values_list("state", flat=True)) == ["declined", "merged"]
    assert "Trop tôt" in text(client, reverse("launch:groundwork:idea", args=[first.pk]))


def test_the_desk_is_named(ground: Ground) -> None:
    client, address = signed_in(ground.officer), reverse("launch:groundwork:desk", args=[ground.cast.zone.pk])
    told = {"office": "Bureau PLP", "telephone": "02 000 00 00", "mail": "", "website": ""}

    assert "Bureau PLP, 02\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}00" in text(client, address, told)
    assert "Give a telephone number or an e-mail address" in text(client, address, {**told, "telephone": ""})
    assert "Enter a valid URL" in text(client, address, {**told, "website": "javascript:alert(1)"})
    assert signed_in(ground.cast.foreign_officer).get(address).status_code == 404
    assert client.get(reverse("launch:groundwork:desk", args=[uuid4()])).status_code == 404


def cost(client: Client, page: str) -> int:
    """How many queries a list costs."""
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("launch:groundwork:ideas") if page == "ideas" else url(page))
    return len(asked)


def test_lists_cost_the_same_with_one_row_and_with_three(ground: Ground) -> None:
    client = signed_in(ground.officer)
    costs: list[dict[str, int]] = []
    for _round in range(3):
        idea(ground)
        text(client, url("talk_new"), TALK)
        text(client, url("stakeholders"), {"who": "École", "concern": ""})
        text(client, url("statements"), {"police_motive": "Un"})
        text(client, url("informing"), {"means": "press", "informed_on": TODAY, "carrier": "Le Journal"})
        costs.append(
            {page: cost(client, page) for page in ("ideas", "talks", "stakeholders", "statements", "informing")}
        )

    assert costs[0] == {"ideas": 6, "talks": 15, "stakeholders": 6, "statements": 8, "informing": 8}
    assert costs[2] == costs[0]
