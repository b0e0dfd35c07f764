"""A door gets the invitation of the pack: drawn, addressed, a page a language; its carrier ticks off the doors."""

import io
from collections.abc import Sequence
from datetime import timedelta

import pytest
from pypdf import PdfReader

from plp.documents.door_letters import DoorLetter
from plp.documents.letter import ADDRESS_HEIGHT, ADDRESS_TOP, ADDRESS_WIDTH, WINDOWS
from plp.evening.models import Meeting
from plp.launch import door_invitations
from plp.launch.documents.register import BY_KEY
from plp.launch.door_invitations import street_invitations_pdf
from plp.launch.models import PackText
from plp.places.models import Address, CoveredAddress, Street
from tests.evening.stage import STARTS, planned
from tests.factories.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]  # what letters say
MILLIMETRE = 72 / 25.4


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, spaces evened."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def street_of(cast: Cast, *numbers: str) -> Street:
    """A street of the quarter with doors of these numbers."""
    street = Street.objects.create(
        nis="21004", register_id="s", name_fr="Rue *du* Pré", name_nl="Weidestraat", folded="x"
    )
    for number in numbers:
        address = Address.objects.create(
            street=street, register_id=number, number=number, sort_key=number.zfill(4), postcode="1130"
        )
        CoveredAddress.objects.create(area=cast.here.area, address=address)
    return street


def letters_to(numbers: Sequence[str], languages: Sequence[str], *, desk: str = "") -> list[str]:
    """The pages of the letters to the doors of one street."""
    cast = Cast()
    cast.here.partnership.contact_phone = desk
    cast.here.partnership.save()
    meeting = planned(cast.here.partnership, languages=languages)
    return pages_of(street_invitations_pdf(meeting, street_of(cast, *numbers), language="fr", at=NOW))


def test_each_door_has_a_page_in_each_language_with_its_address_and_a_box_to_tick() -> None:
    pages = letters_to(["1", "2A", "10"], ["fr", "nl"])

    assert len(pages) == 3 * 2 + 1
    assert ["Soirée d’information" in page for page in pages] == [True, False, True, False, True, False, False]
    assert "À qui habite ou travaille Rue *du* Pré 1 1130" in pages[0]
    assert "Infoavond" in pages[5]
    assert "Weidestraat 2A" in pages[5]
    assert pages[6].count("☐") == 3


def test_a_door_of_three_languages_begins_on_a_new_sheet_and_english_is_one_of_them() -> None:
    pages = letters_to(["1", "3"], ["fr", "nl", "en"])

    assert [bool(page) for page in pages] == [True, True, True, False, True, True, True, False, True]
    assert "Information evening" in pages[2]
    assert "To all who live or work at Rue *du* Pré 1" in pages[2]


@pytest.mark.parametrize(("desk", "says"), [("+3222797979", "Phone the local police: 02 279 79 79."), ("", "Phone")])
def test_a_letter_names_the_telephone_of_the_desk_where_it_is_known(desk: str, says: str) -> None:
    letter = letters_to(["1"], ["en"], desk=desk)[0]

    assert (says in letter) == bool(desk)
    assert "still missing" not in letter


def test_a_letter_is_worded_as_the_pack_of_the_partnership() -> None:
    cast = Cast()
    meeting = planned(cast.here.partnership, languages=["fr"])
    source = BY_KEY["invitation"].path("fr").read_text(encoding="utf-8").replace("Bon à savoir", "Venez en voisins")
    PackText.objects.create(
        partnership=cast.here.partnership,
        document="invitation",
        language="fr",
        source=source,
        version=1,
        written_at=NOW,
    )

    letter = pages_of(street_invitations_pdf(meeting, street_of(cast, "1"), language="fr", at=NOW))[0]

    assert "Venez en voisins" in letter


def test_the_address_stands_in_the_window_of_the_envelope() -> None:
    cast = Cast()
    meeting = planned(cast.here.partnership, languages=["fr"])
    pdf = street_invitations_pdf(meeting, street_of(cast, "1"), language="fr", at=NOW)
    places: list[tuple[float, float]] = []

    def note_place(words: str, page: list[float], own: list[float], *_more: object) -> None:
        if "1130" in words:
            across = own[4] * page[0] + own[5] * page[2] + page[4]
            up = own[4] * page[1] + own[5] * page[3] + page[5]
            places.append((across / MILLIMETRE, 297 - up / MILLIMETRE))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note_place)

    left, top = places[0]
    assert WINDOWS["right"] - 1 <= left <= WINDOWS["right"] + ADDRESS_WIDTH
    assert ADDRESS_TOP <= top <= ADDRESS_TOP + ADDRESS_HEIGHT


def test_a_long_street_comes_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_invitations, "LETTERS_A_FILE", 2)
    cast = Cast()
    meeting, street = planned(cast.here.partnership, languages=["fr"]), street_of(cast, "1", "3", "5")

    parts = [pages_of(street_invitations_pdf(meeting, street, language="fr", at=NOW, part=part)) for part in (1, 2)]

    assert [len(pages) for pages in parts] == [3, 2]
    assert "Pré 5" in parts[1][0]


def test_a_letter_invites_to_its_own_meeting_and_not_to_the_latest(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast()
    meeting = planned(cast.here.partnership, languages=["fr"])
    later = STARTS + timedelta(days=60)
    other = planned(cast.here.partnership, languages=["fr"])
    Meeting.objects.filter(pk=other.pk).update(starts_at=later, ends_at=later + timedelta(hours=2), place="Autre salle")
    drawn: list[DoorLetter] = []

    def note_letters(letters: Sequence[DoorLetter], *_doors: object, **_at: object) -> bytes:
        drawn.extend(letters)
        return b""

    monkeypatch.setattr(door_invitations, "door_letters_pdf", note_letters)

    street_invitations_pdf(meeting, street_of(cast, "1"), language="fr", at=NOW)

    assert drawn[0].design.day == meeting.starts_at
    assert "Autre salle" not in str(drawn[0].order.document.blocks)
