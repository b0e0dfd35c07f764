"""The pages of the launch pack: read, word, compare, go back, print, take along; closed to strangers."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from plp.evening.models import Meeting
from plp.launch.actions import texts
from plp.launch.documents.place_names import GIVEN_PLACES
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.documents.register import BY_KEY, ENTRIES
from plp.launch.models import PackText, PaperLook
from plp.launch.queries.texts import newest_wordings_for_partnership, standard_document_text
from plp.mandates.grants import Role
from plp.partnership.models import Statement
from plp.places.models import Area
from plp.portal.subjects.launch.pack.rows import GIVEN_AT
from plp.sightings.refusals import NoPicture
from plp.toolbox.texts import OFFICIAL_LANGUAGES
from tests.evening.stage import planned
from tests.factories.cast import Cast, hold, person
from tests.portal.signing import AT, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PRESS = ("press", "fr")


def test_whatever_may_be_missing_has_a_page_where_it_is_given() -> None:
    assert set(GIVEN_PLACES) == set(GIVEN_AT)


def url(view: str, *more: object, key: str = "haren") -> str:
    return reverse(f"launch:pack:{view}", args=[key, *more])


def chief_of_zone(cast: Cast) -> Client:
    return signed_in(cast.chief)


def test_the_list_names_every_document_and_what_is_missing(cast):
    page = signed_in(cast.here.coordinator).get(url("home"), {"language": "nl"}).content.decode()

    for entry in ENTRIES:
        assert url("document", entry.key, "nl") in page
    assert "the date of the information evening" in page
    assert reverse("evening:home", args=["haren"]) in page
    assert url("all", "nl") in page


def test_the_list_offers_no_invitation_to_an_evening_that_is_over(cast):
    meeting = planned(cast.here.partnership)
    client = signed_in(cast.here.coordinator)
    before = client.get(url("home"), {"language": "nl"}).content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=AT - timedelta(days=2), ends_at=AT - timedelta(days=1))

    page = client.get(url("home"), {"language": "nl"}).content.decode()

    addresses = [url("document", key, "nl") for key in ("letter_residents", "invitation", "agenda")]
    assert [address in before for address in addresses] == [True, True, True]
    assert [address in page for address in addresses] == [False, False, True]
    form = BY_KEY["invitation"].forms[0]
    for late in (url("document", "invitation", "nl"), url("download", "invitation", "nl", form)):
        answer = client.get(late, follow=True)
        assert answer.redirect_chain == [(url("home"), 302)], "by its address neither"
        assert "This document is out of date" in answer.text


def test_the_list_asks_a_fixed_number_of_questions(cast, django_assert_num_queries):
    client = signed_in(cast.here.coordinator)
    client.get(url("home"))
    with django_assert_num_queries(34):
        client.get(url("home"))
    for entry in ENTRIES[:3]:
        word(cast, entry.key, "fr", "# Autre\n\n{partnership}")

    with django_assert_num_queries(34):
        client.get(url("home"))


@pytest.mark.parametrize("language", OFFICIAL_LANGUAGES)
def test_every_document_opens_as_a_page(cast, language):
    client = signed_in(cast.here.coordinator)

    for entry in ENTRIES:
        answer = client.get(url("document", entry.key, language))
        assert answer.status_code == 200, entry.key
        assert f'<div class="document" lang="{language}">' in answer.content.decode(), entry.key


@pytest.mark.parametrize(
    ("document", "form", "kind", "start"),
    [
        ("press", "a4.pdf", "application/pdf", b"%PDF"),
        ("folder", "fold-a4.pdf", "application/pdf", b"%PDF"),
        ("pictures", "wide.png", "image/png", b"\x89PNG"),
        ("press", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("slides", "pdf", "application/pdf", b"%PDF"),
        ("slides", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", b"PK"),
    ],
)
def test_a_file_is_given_with_its_kind(cast, document, form, kind, start):
    answer = signed_in(cast.here.coordinator).get(url("download", document, "de", form))

    assert answer.headers["Content-Type"] == kind
    assert answer.content.startswith(start)
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("document", "first"), [("poster", "street-a4.pdf"), ("folder", "fold-a4.pdf")])
def test_the_addresses_of_earlier_papers_lead_on(cast, document, first):
    answer = signed_in(cast.here.coordinator).get(url("download", document, "fr", "a5.pdf"))

    assert (answer.status_code, answer["Location"]) == (302, url("download", document, "fr", first))


@pytest.mark.parametrize(
    ("view", "more"),
    [
        ("document", ("nothing", "fr")),
        ("document", ("press", "en")),
        ("download", ("press", "fr", "pptx")),
        ("download", ("press", "fr", "exe")),
        ("all", ("en",)),
        ("word", ("nothing", "fr")),
    ],
)
def test_what_does_not_exist_is_not_found(cast, view, more):
    assert signed_in(cast.here.coordinator).get(url(view, *more)).status_code == 404


def test_the_whole_pack_comes_as_one_file(cast):
    answer = signed_in(cast.here.coordinator).get(url("all", "fr"))

    assert answer.status_code == 200, answer.content
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pack-haren-fr.zip"'
    assert len(names) >= 2 * len(ENTRIES)


@pytest.mark.parametrize(("view", "more"), [("all", ("fr",)), ("download", (*PRESS, "docx"))])
def test_a_file_is_fetched_and_takes_no_form(cast, view, more):
    answer = signed_in(cast.here.coordinator).post(url(view, *more), {"anything": "1"})

    assert answer.status_code == 405


@pytest.mark.parametrize("view", ["home", "document", "download", "all", "word", "compare", "restore", "presentation"])
def test_strangers_find_nothing(cast, view):
    more = {"home": (), "presentation": (), "all": ("fr",), "download": (*PRESS, "docx")}.get(view, PRESS)

    for stranger in (cast.next_door.coordinator, cast.foreign_officer):
        assert signed_in(stranger).get(url(view, *more)).status_code == 404
    assert Client().get(url(view, *more)).status_code == 302


def test_the_chief_reads_but_does_not_word(cast):
    client = chief_of_zone(cast)

    assert client.get(url("document", *PRESS)).status_code == 200
    assert url("word", *PRESS) not in client.get(url("document", *PRESS)).content.decode()
    assert client.get(url("word", *PRESS)).status_code == 404


def word(cast: Cast, document: str, language: str, source: str) -> None:
    texts.save_new_version_of_document_text(
        owner=cast.here.partnership,
        entry=BY_KEY[document],
        language=language,
        source=source,
        by=cast.here.coordinator,
        at=AT,
    )


def test_a_text_is_looked_at_then_kept_then_taken_back(cast):
    client = signed_in(cast.here.coordinator)
    mine = "# À nous\n\nBonjour {partnership}."

    looked = client.post(url("word", *PRESS), {"source": mine, "look": ""}).content.decode()
    assert "Bonjour Haren." in looked
    assert PackText.objects.count() == 0

    client.post(url("word", *PRESS), {"source": mine, "keep": ""})
    assert "Bonjour Haren." in client.get(url("document", *PRESS)).content.decode()
    assert "<ins>" in client.get(url("compare", *PRESS)).content.decode()

    assert "Go back to the text it replaced?" in client.get(url("restore", *PRESS)).content.decode()
    client.post(url("restore", *PRESS))
    assert "Bonjour Haren." not in client.get(url("document", *PRESS)).content.decode()
    assert list(PackText.objects.order_by("version").values_list("version", "source")) == [(1, mine), (2, "")]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "The text is empty"),
        ("# T\n\n{nowhere}", "{nowhere}"),
        ("# T\n\n{coordinator}", "{coordinator}"),
        ("# T\n\n::: only shops\nx\n:::", "Line 3"),
        ("x" * 40_001, "40000"),
    ],
)
def test_a_faulty_text_is_refused_beside_it_and_nothing_is_lost(cast, source, sentence):
    answer = signed_in(cast.here.coordinator).post(url("word", *PRESS), {"source": source, "keep": ""})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert source.replace("\n", "\n")[:30] in page
    assert PackText.objects.count() == 0


def test_a_text_that_promises_fewer_crimes_is_kept_once_it_was_looked_at(cast):
    client = signed_in(cast.here.coordinator)
    typed = {"source": "# T\n\nGrâce au PLP, les cambriolages diminuent de 71 %.", "keep": ""}

    asked = client.post(url("word", *PRESS), typed).content.decode()
    before = PackText.objects.count()
    client.post(url("word", *PRESS), typed | {"keeps_words": "on"})

    assert "Does this text promise fewer crimes? Change it" in asked
    assert (before, PackText.objects.count()) == (0, 1)


def test_the_same_text_is_not_kept_twice(cast):
    word(cast, *PRESS, "# T")

    answer = signed_in(cast.here.coordinator).post(url("word", *PRESS), {"source": "# T\r\n", "keep": ""})

    assert "changed nothing" in answer.content.decode()


def test_markup_in_a_text_never_reaches_the_page(cast):
    word(cast, *PRESS, "# T\n\n<script>alert(1)</script> [a](javascript:alert(1)) {partnership}")

    page = signed_in(cast.here.coordinator).get(url("document", *PRESS)).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_promise_of_fewer_crimes_is_pointed_at(cast):
    answer = signed_in(cast.here.coordinator).post(
        url("word", *PRESS), {"source": "# T\n\nAvec nous, moins de cambriolages.", "look": ""}
    )

    assert "promise fewer crimes" in answer.content.decode()


def test_a_zones_text_holds_for_its_partnerships_until_they_have_their_own(cast):
    client, zone = chief_of_zone(cast), cast.zone
    page = reverse("launch:pack:zone_word", args=[zone.pk, *PRESS])

    client.post(page, {"source": "# De la zone\n\n{partnership}", "keep": ""})
    found = newest_wordings_for_partnership(cast.here.partnership)
    assert found.own_else_zone_else_standard_wording(BY_KEY["press"], "fr").whose == "zone"
    assert (
        newest_wordings_for_partnership(cast.abroad.partnership)
        .own_else_zone_else_standard_wording(BY_KEY["press"], "fr")
        .whose
        == "ours"
    )
    assert "Compared with our text" in client.get(page).content.decode()

    word(cast, *PRESS, "# À nous")
    found = newest_wordings_for_partnership(cast.here.partnership)
    assert (
        found.own_else_zone_else_standard_wording(BY_KEY["press"], "fr").whose,
        found.zone_else_standard_wording(BY_KEY["press"], "fr").whose,
    ) == (
        "own",
        "zone",
    )
    assert (
        newest_wordings_for_partnership(cast.next_door.partnership)
        .own_else_zone_else_standard_wording(BY_KEY["press"], "fr")
        .whose
        == "zone"
    )

    client.post(reverse("launch:pack:zone_restore", args=[zone.pk, *PRESS]))
    assert newest_wordings_for_partnership(cast.next_door.partnership).own_else_zone_else_standard_wording(
        BY_KEY["press"], "fr"
    ).source == standard_document_text(BY_KEY["press"], "fr")


def test_the_texts_of_a_zone_are_for_those_who_set_its_rules(cast):
    listed, page = reverse("launch:pack:zones"), reverse("launch:pack:zone", args=[cast.zone.pk])

    assert chief_of_zone(cast).get(listed).headers["Location"] == page
    assert chief_of_zone(cast).get(page).content.decode().count("our text") == len(ENTRIES) * len(OFFICIAL_LANGUAGES)
    for other in (cast.officer, cast.here.coordinator, cast.foreign_officer):
        assert signed_in(other).get(page).status_code == 404
    supervisor = person("Eva Ander")
    for zone in Area.objects.filter(kind="zone"):
        hold(supervisor, Role.SUPERVISOR, zone)
    choice = signed_in(supervisor).get(listed).content.decode()
    assert all(reverse("launch:pack:zone", args=[zone.pk]) in choice for zone in Area.objects.filter(kind="zone"))


def test_the_officer_writes_purpose_and_public_contacts(cast):
    client = signed_in(cast.officer)
    given = {"contact_email": "plp@example.be", "contact_phone": "02 555 00 00", "purpose_fr": "Vivre informés"}

    wrong = client.post(url("presentation"), given | {"contact_phone": "abc"}).content.decode()
    client.post(url("presentation"), given)

    values = values_of_all_placeholders(
        gather_partnership_data(type(cast.here.partnership).objects.get(key="haren"), at=AT), "fr"
    )
    assert "Write it like 02 555 00 00" in wrong
    assert "plp@example.be" in wrong
    assert (values["police_contact"], values["coordinator_contact"]) == ("02 555 00 00", "plp@example.be")
    assert values["purpose"] == "Vivre informés"
    assert signed_in(cast.here.coordinator).get(url("presentation")).status_code == 404


def test_a_paper_says_which_texts_lack_its_language_and_where_they_are_written(cast):
    said = {"kind": "motive", "party": "residents", "position": 1, "written_at": AT, "language": "fr"}
    Statement.objects.create(partnership=cast.here.partnership, text="Se connaître", **said)
    told, names = "Not yet in the language of this paper", ("letter_mayor", "motives_sheet")

    shown = {
        (name, language): signed_in(cast.officer).get(url("document", name, language)).content.decode()
        for name in names
        for language in ("fr", "nl")
    }

    assert [told in page for page in shown.values()] == [False, True, False, True]
    statements = reverse("launch:groundwork:statements", args=["haren"])
    assert f'<a href="{statements}">Se connaître (in het Frans)</a>' in shown["motives_sheet", "nl"]


def test_every_lack_leads_to_a_page():
    for name, page in GIVEN_AT.items():
        assert reverse(page, args=["haren"]), name


def test_a_zone_chooses_colours_and_gives_a_logo(cast):
    client, page = chief_of_zone(cast), reverse("launch:pack:zone_look", args=[cast.zone.pk])
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(content, "PNG")
    content.seek(0)

    answer = client.post(page, {"colours": "blue", "logo_0": content})

    look = PaperLook.objects.get(area=cast.zone)
    assert (answer.status_code, look.colours, bytes(look.logo[:2])) == (302, "blue", b"\xff\xd8")
    client.post(page, {"colours": "blue", "without_0": "on"})
    assert PaperLook.objects.get(area=cast.zone).logo is None


def test_a_file_that_is_no_picture_is_refused_at_its_field(cast):
    page = reverse("launch:pack:zone_look", args=[cast.zone.pk])

    answer = chief_of_zone(cast).post(page, {"colours": "blue", "logo_0": io.BytesIO(b"%PDF-1.7")})

    assert answer.context["form"].errors == {"logo_0": [NoPicture().in_words()]}


def test_slides_stand_in_several_languages_side_by_side_and_no_other_document_does(cast):
    client = signed_in(cast.here.coordinator)

    page = client.get(url("document", "slides", "fr")).content.decode()
    answers = [client.get(url("download", *names)) for names in (
        ("slides", "fr-nl", "pdf"), ("slides", "fr-fr", "pdf"), ("press", "fr-nl", "docx"), ("slides", "en", "pdf"),
    )]  # fmt: skip

    assert url("download", "slides", "-".join(cast.here.partnership.languages), "pptx") in page
    assert [answer.status_code for answer in answers] == [200, 404, 404, 200]
