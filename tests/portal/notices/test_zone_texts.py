"""Sentences and templates of a zone: written, released by a second person, used, renewed, proposed and adopted."""

import re

import pytest
from django.urls import reverse

from plp.notices import actions as notices
from plp.notices.models import Notice, ZoneText
from plp.notices.queries import title_core_and_more_by_language
from plp.notices.queries.zone_texts import zone_texts_in_use
from plp.notices.refusals import OwnZoneText
from tests.factories.cast import Cast
from tests.portal.notices.test_composer import begun, sent
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
WORDS = {"fr": "Le marché ferme {place} à {hour}.", "nl": "De markt sluit {place} om {hour}."}
TYPED = {"text-fr": "Le marché ferme [lieu] à [heure].", "text-nl": "De markt sluit [plaats] om [uur].", "core": "on"}


def released(cast: Cast, **changes: object) -> ZoneText:
    about = {"zone": cast.zone, "situation": "road_closed", "texts": WORDS, "core": True} | changes
    text = notices.save_zone_sentence_for_release(**about, by=cast.officer, at=AT)
    notices.release_zone_text_as_second_person(text=text, by=cast.second_officer, at=AT)
    return ZoneText.objects.get(pk=text.pk)


def test_a_sentence_is_typed_with_gaps_and_used_once_a_colleague_released_it(cast: Cast) -> None:
    address = reverse("notices:zone_texts:write", args=[cast.zone.pk])

    answer = signed_in(cast.officer).post(address, {"situation": "", **TYPED})
    text = ZoneText.objects.get()
    own = signed_in(cast.officer).get(answer["Location"]).text
    act = reverse("notices:zone_texts:act", args=[cast.zone.pk, text.pk])
    signed_in(cast.second_officer).post(act, {"act": "release"})

    assert text.texts == WORDS
    assert (own.count('value="release"'), own.count("[heure]")) == (0, 1)
    assert [row.pk for row in zone_texts_in_use(cast.zone)] == [text.pk]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text-nl": ""}, "This field is required"),
        ({"text-nl": "De markt sluit [plats] om [uur]."}, "[plats] is no place to fill in"),
        ({"text-nl": "De markt sluit om [uur]."}, "[plaats] stands in another language"),
        ({"text-fr": "Le marché ferme [lieu] à [heure]"}, "End the sentence with a full stop"),
        ({"text-fr": "Suivez les voleurs [lieu] à [heure]."}, "« Suivez les voleurs »"),
        ({"text-fr": f"{'Le marché ferme. ' * 14}[lieu] [heure]."}, "too long for an SMS"),
    ],
)
def test_what_cannot_be_kept_is_said_at_the_field_of_its_language(
    cast: Cast, changes: dict[str, str], says: str
) -> None:
    page = signed_in(cast.officer).post(
        reverse("notices:zone_texts:write", args=[cast.zone.pk]),
        {"situation": "", **TYPED, **changes},
        headers={"accept-language": "en"},
    )

    assert says in page.text
    assert not ZoneText.objects.exists()


def test_it_stands_in_the_composer_and_an_old_message_keeps_its_words(cast: Cast) -> None:
    officer, text = signed_in(cast.officer), released(cast)
    notice = begun(cast, officer, "road_closed")
    address = reverse("notices:write:compose", args=[notice.pk])
    form, _touches = sent(officer.get(address).text, act=f"add-{text.sentence_key}")
    officer.post(address, form)
    number = len(form["sentence"])  # type: ignore[arg-type]
    form, _touches = sent(officer.get(address).text)
    officer.post(address, form | {f"{number}-hour": "18:30"})
    renewed = {language: words.replace("arché", "archais") for language, words in WORDS.items()}
    version = notices.save_zone_sentence_for_release(
        zone=cast.zone, situation="", texts=renewed, core=True, replaces=text, by=cast.officer, at=AT
    )
    notices.release_zone_text_as_second_person(text=version, by=cast.second_officer, at=AT)

    page = officer.get(address).text

    assert "De markt sluit in de buurt om 18.30 uur." in " ".join(title_core_and_more_by_language(notice)["nl"])
    assert sorted(title_core_and_more_by_language(Notice.objects.get())) == ["fr", "nl"]
    assert "Le marché ferme" in page
    assert [(row.version, row.sentence_key) for row in zone_texts_in_use(cast.zone)] == [(2, text.sentence_key)]


def test_a_draft_becomes_a_template_with_which_others_begin(cast: Cast) -> None:
    officer = signed_in(cast.officer)
    text = released(cast)
    notice = begun(cast, officer, "road_closed")
    address = reverse("notices:write:compose", args=[notice.pk])
    officer.post(address, sent(officer.get(address).text, act=f"add-{text.sentence_key}")[0])
    page = officer.get(reverse("notices:zone_texts:keep", args=[notice.pk]), follow=True)
    officer.post(page.redirect_chain[-1][0], {"text-fr": "Marché de Noël", "text-nl": "Kerstmarkt"})
    template = ZoneText.objects.get(form="template")
    notices.release_zone_text_as_second_person(text=template, by=cast.second_officer, at=AT)
    Notice.objects.all().delete()

    new = officer.get(reverse("notices:write:new"), {"find": "kerst"}).text
    officer.post(
        reverse("notices:write:new"), {"partnership": cast.here.partnership.pk, "subject": template.sentence_key}
    )

    begun_notice = Notice.objects.get()
    assert re.findall(r'name="subject" value="([\w.]+)"', new) == [template.sentence_key]
    assert title_core_and_more_by_language(begun_notice)["nl"][0] == "Kerstmarkt"
    assert begun_notice.composition["sentences"][-1]["sentence"] == text.sentence_key  # type: ignore[index]


def test_another_zone_sees_what_is_proposed_and_adopts_it(cast: Cast) -> None:
    text = released(cast)
    there = ZoneText.objects.none()
    foreign, zone = signed_in(cast.foreign_officer), cast.abroad.area.path.split("/")[1]
    address = foreign.get(reverse("notices:zone_texts:zones"))["Location"]
    before = foreign.get(address).text
    notices.propose_zone_text_to_other_zones(text=text, by=cast.officer, at=AT)
    after = foreign.get(address).text
    link = re.findall(r'href="([^"]+\?from=[^"]+)"', after)[0]
    words = dict(re.findall(r'<textarea name="(text-\w\w)"[^>]*>\s*([^<]*)</textarea>', foreign.get(link).text))

    foreign.post(link, {"situation": "road_closed", "core": "on", **words})

    there = ZoneText.objects.filter(adopted_from=text)
    assert (WORDS["nl"].split(" {")[0] in before, WORDS["nl"].split(" {")[0] in after) == (False, True)
    assert [(row.zone.path, row.texts, bool(row.released_at)) for row in there] == [(f"be/{zone}/", WORDS, True)]


def test_who_wrote_it_does_not_release_it(cast: Cast) -> None:
    text = notices.save_zone_sentence_for_release(
        zone=cast.zone, situation="", texts=WORDS, core=False, by=cast.officer, at=AT
    )

    with pytest.raises(OwnZoneText):
        notices.release_zone_text_as_second_person(text=text, by=cast.officer, at=AT)
