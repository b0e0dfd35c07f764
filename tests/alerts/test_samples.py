"""The samples become right drafts or clear refusals; hostile files are refused at once and in little memory."""

import re

import pytest

from plp.alerts import actions as alerts
from plp.alerts import refusals
from plp.alerts.cap import parse_alert
from plp.alerts.cap.serializer import alert_as_xml
from plp.alerts.models import Alert
from plp.notices.models import Notice
from plp.notices.queries import title_core_and_more_by_language
from plp.toolbox.texts import LANGUAGES
from tests.factories.cast import NOW, Cast
from tests.samples import SAMPLES
from tests.workload import work_of

LIFE, PERSON = "calamity", "missing_person"


def warned(*words: str) -> dict[str, str]:
    """The titles of a known event, which stand in all languages."""
    openings = ("Avertissement :", "Waarschuwing:", "Warnung:", "Warning:")
    return {language: f"{opening} {word}" for language, opening, word in zip(LANGUAGES, openings, words, strict=True)}


FIRE = warned("incendie", "brand", "Brand", "fire")
THUNDER = warned("orage violent", "zwaar onweer", "schweres Gewitter", "severe thunderstorm")
WIND = warned("vent violent", "hevige wind", "starker Wind", "strong wind")
SNOW = warned("chutes de neige", "sneeuwval", "Schneefall", "snowfall")

# file: (kind of the draft, its titles per language)
DRAFTS = {
    "google/amber.atom": (PERSON, {"en": "Amber Alert in Washington D.C."}),
    "google/australia.cap": (LIFE, FIRE),
    "oasis/v1dot2_appendix_adot1.xml": (LIFE, {"en": "Homeland Security Sets Code ORANGE"}),
    "oasis/v1dot2_appendix_adot2.xml": (LIFE, THUNDER),
    "oasis/v1dot2_appendix_adot4.xml": (PERSON, {"en": "Amber Alert in Los Angeles County"}),
    "oasis-older/v1dot1_appendix_adot1.xml": (LIFE, {"en": "Homeland Security Sets Code ORANGE"}),
    "real/PelmorexNAADS_WindWarning-fr-en.xml": (LIFE, WIND),
    "real/dwd-update.xml": (LIFE, THUNDER),
    "real/ipaws-5e7e0fc5023f1930efcf3deb.xml": (
        LIFE,
        {"en": "Alert Montgomery - Police Searching for Suspicious Person"},
    ),
    "real/multi-area.xml": (LIFE, THUNDER),
    "real/nws-5c2cf27b1f56885d61654dc47fa411d5.xml": (LIFE, SNOW),
}
REFUSED: dict[str, type[Exception]] = {
    "google/earthquake-iso8859-1.cap": refusals.Ended,
    "google/earthquake.cap": refusals.Ended,
    "google/invalid.cap": refusals.Faulty,
    "google/no_optional_fields.cap": refusals.NothingSaid,
    "oasis/v1dot2_appendix_adot3.xml": refusals.NothingToCancel,
    "oasis-older/v1dot0_appendix_adot1.xml": refusals.OldVersion,
    "real/ipaws-5e6dd9de023f1930ef6548d9.xml": refusals.NothingToCancel,
    "schema/cap10.xsd": refusals.NotCap,
    "schema/cap11.xsd": refusals.NotCap,
    "schema/cap12.xsd": refusals.NotCap,
}
HOSTILE: dict[str, type[Exception]] = {
    "dtd.xml": refusals.Unsafe,
    "external.xml": refusals.Unsafe,
    "simple-ns.xml": refusals.NotCap,
    "xmlbomb.xml": refusals.Unsafe,
}


def test_every_sample_stands_in_one_table() -> None:
    files = {str(path.relative_to(SAMPLES / "cap")) for path in (SAMPLES / "cap").glob("*/*")}

    assert files == set(DRAFTS) | set(REFUSED)
    assert {path.name for path in (SAMPLES / "hostile/xml").iterdir()} == set(HOSTILE)


def sample(name: str) -> bytes:
    """A sample as it is."""
    return (SAMPLES / "cap" / name).read_bytes()


def still_true(content: bytes) -> bytes:
    """A sample whose end is still to come: all of them are years old."""
    return re.sub(rb"(<(?:\w+:)?expires>)[^<]*", rb"\g<1>2099-01-01T00:00:00-00:00", content)


@pytest.mark.django_db
def test_the_samples_become_right_drafts() -> None:
    """Fourteen alerts in a quarter chosen by the officer: 1 s."""
    cast = Cast()
    became = {}
    for name in DRAFTS:
        Alert.objects.all().delete()  # the examples of 1.1 and 1.2 carry one identifier
        content, chosen = still_true(sample(name)), [cast.here.partnership]
        notice = (
            alerts.receive_cap_alert_and_draft_notices(content=content, chosen=chosen, by=cast.officer, at=NOW)
            .traces.get()
            .notice
        )
        became[name] = (
            notice.kind,
            {language: words[0] for language, words in title_core_and_more_by_language(notice).items()},
        )

    assert became == DRAFTS
    assert set(Notice.objects.values_list("state", "author", "keeps_secrecy")) == {("draft", cast.officer.pk, False)}


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_the_others_are_refused_with_a_reason(name: str) -> None:
    cast = Cast()

    with pytest.raises(REFUSED[name]):
        alerts.receive_cap_alert_and_draft_notices(
            content=still_true(sample(name)), chosen=[cast.here.partnership], by=cast.officer, at=NOW
        )
    assert Alert.objects.count() == 0


@pytest.mark.django_db
def test_an_alert_of_another_country_or_of_the_past_drafts_nothing() -> None:
    cast = Cast()

    with pytest.raises(refusals.NowhereHere):
        alerts.receive_cap_alert_and_draft_notices(
            content=still_true(sample("real/multi-area.xml")), by=cast.officer, at=NOW
        )
    with pytest.raises(refusals.Ended):
        alerts.receive_cap_alert_and_draft_notices(content=sample("real/multi-area.xml"), by=cast.officer, at=NOW)
    assert Notice.objects.count() == 0


@pytest.mark.parametrize("name", DRAFTS)
def test_what_is_read_can_be_written_and_read_again(name: str) -> None:
    first = parse_alert(sample(name))

    again = parse_alert(alert_as_xml(first))

    told = [(one.language, one.event, one.headline, one.description, one.expires) for one in first.infos]
    assert [(one.language, one.event, one.headline, one.description, one.expires) for one in again.infos] == told
    assert (again.identifier, again.sent, again.references) == (first.identifier, first.sent, first.references)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name: str) -> None:
    content = (SAMPLES / "hostile/xml" / name).read_bytes()

    def refused() -> None:
        with pytest.raises(HOSTILE[name]):
            parse_alert(content)

    assert work_of(refused) < 1
