"""The list taken out: freshly proven, with a reason, three times a day, told to the officer, harmless in Excel."""

import csv
import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from plp.delivery.models import Message
from plp.journal.models import Entry
from plp.mandates.queries import NotAllowed
from plp.membership import list_exports
from plp.membership.list_exports import EnoughToday, NoReason, NotFresh
from plp.membership.lists.columns import match_columns
from plp.membership.lists.files import MemberLine, escaped_cell, list_file, table_as_xlsx_or_csv, unescaped_cell
from plp.membership.lists.handover import HEADER as HANDOVER_HEADER
from plp.membership.lists.handover import ReachChoices, handover_csv
from plp.membership.lists.rows import parse_list_row
from plp.membership.lists.tables import parse_list_file
from plp.membership.models import ListExport
from plp.people import preferences
from tests.factories.cast import NOW, Cast, contact, member

HEADER = ["Name", "Street", "House number", "Postcode", "E-mail", "Telephone", "Language", "Member since", "Copy"]
PAYLOADS = ["=1+1", "+32475123456", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A1", "ordinary"]
REASON = "Feuille de présence de la réunion"


def line(name: str) -> MemberLine:
    """A member of this name."""
    return MemberLine(name, "Rue de Verdun", "12", "1130", ("ada@x.test",), ("+32475123456",), "fr", "2026-11-25")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_a_csv_begins_like_a_formula(payload: str) -> None:
    rows = csv.reader(
        io.StringIO(list_file("csv", HEADER, [line(payload)], export_code="abc", note="").decode("utf-8-sig"), ""),
        delimiter=";",
    )
    cells = list(rows)[1]

    assert not any(unicodedata.normalize("NFKC", cell[:1]).startswith(tuple("=+-@\t\r\n")) for cell in cells)
    assert unescaped_cell(cells[0]) == payload
    assert cells[5] == "'+32475123456"


@given(st.lists(st.sampled_from("'=+-@＝＠\tA1 é"), max_size=6).map("".join))
def test_defusing_loses_no_character(cell: str) -> None:
    assert unescaped_cell(escaped_cell(cell)) == cell


def test_a_workbook_holds_text_only_and_loses_nothing() -> None:
    content = list_file("xlsx", HEADER, [line(payload) for payload in PAYLOADS], export_code="abc", note="A & B")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == HEADER
    assert [row[0] for row in rows[1:]] == PAYLOADS
    assert {type(cell) for row in rows for cell in row} == {str}


def test_a_workbook_is_ready_to_print() -> None:
    """Names of columns stay in sight, on each page stands whose copy it is; a count is a number."""
    with zipfile.ZipFile(
        io.BytesIO(table_as_xlsx_or_csv("xlsx", ["Name", "Visits"], [["Ada", 3]], note=f"A & {'B' * 300}"))
    ) as book:
        sheet, styles = (book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))

    cells = re.findall(r'<c r="(\w+)" s="(\d)"( t="s")?>', sheet)
    assert cells == [("A1", "2", ' t="s"'), ("B1", "2", ' t="s"'), ("A2", "1", ' t="s"'), ("B2", "3", "")]
    formats = re.findall(r'<xf numFmtId="(\d+)" fontId="(\d)"', styles.partition("<cellXfs")[2])
    assert formats == [("0", "0"), ("164", "0"), ("164", "1"), ("1", "0")]
    assert '<numFmt numFmtId="164" formatCode="@"/>' in styles
    assert '<col min="1" max="2" width="24.7109375" style="1" customWidth="1"/>' in sheet
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert 'orientation="landscape"' in sheet
    assert f"&amp;LA &amp;&amp; {'B' * 195}&amp;R&amp;P/&amp;N<" in sheet


def test_a_card_and_a_row_are_written_sign_for_sign() -> None:
    about = MemberLine("Ada; Lou, A\\B\nC", "", "12", "1130", ("a@x.test", "b@x.test"), ("+3225",), "fr", "2026")
    bare = MemberLine("Bea", "", "", "1130", (), (), "", "")

    assert list_file("vcf", HEADER, [about, bare], export_code="abc", note="").decode() == (
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\\; Lou\\, A\\\\B\\nC\r\nADR:;;12;;;1130;\r\nEMAIL:a@x.test\r\n"
        "EMAIL:b@x.test\r\nTEL:+3225\r\nLANG:fr\r\nNOTE:abc\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bea\r\nNOTE:abc\r\nEND:VCARD\r\n"
    )
    assert about.cells("abc")[4:] == ["a@x.test / b@x.test", "+3225", "fr", "2026", "abc"]
    assert (
        table_as_xlsx_or_csv("csv", ["Name", "Visits"], [["'=A\"", 3]])
        == '\ufeff"Name";"Visits"\r\n"\'\'=A""";"3"\r\n'.encode()
    )
    choices = ReachChoices(("+32475",), ("sms", "email"), ("traffic", "fire"))
    (names, cells) = handover_csv(
        [(replace(about, name="Ada", phones=("+32475", "+3225")), choices)], export_code="abc"
    ).splitlines()
    assert names.decode("utf-8-sig").replace('"', "").split(";") == list(HANDOVER_HEADER)
    assert cells.decode() == (
        '"Ada";"fr";"\'+32475";"\'+3225";"a@x.test b@x.test";"";"12";"1130";"sms email";"traffic fire";"abc"'
    )


@pytest.mark.parametrize("name", ["D’Exemple, Ada-Lou", "'t Kint, Zoë", "Łukasz d'Udekem"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "vcf"])
def test_what_goes_out_can_come_in_again(form: str, name: str) -> None:
    table = parse_list_file(list_file(form, HEADER, [line(name)], export_code="abc", note=""))
    ((number, cells),) = table.lines

    found = parse_list_row(number, cells, match_columns(table.header), language="fr")

    assert (found.name, found.street, found.house, found.problems) == (name, "Rue de Verdun", "12", ())
    assert found.contacts == (("email", "ada@x.test"), ("sms", "+32475123456"))


@pytest.fixture
def cast(db: None) -> Cast:
    found = Cast()
    contact(member(found.here.partnership, "Ada Exemple"), "email", "ada@x.test")
    contact(found.officer, "email", "anne@police.test")
    return found


def take(cast: Cast, **changes: object) -> list_exports.ExportFile:
    given = {"form": "csv", "reason": REASON, "proven_at": NOW, "by": cast.here.coordinator, "at": NOW} | changes
    return list_exports.export_list_and_notify(partnership=cast.here.partnership, **given)  # type: ignore[arg-type]


def test_the_list_is_taken_out_with_its_code_and_the_officer_is_told(cast: Cast) -> None:
    taken = take(cast)

    row = ListExport.objects.get()
    assert taken.name == f"plp-haren-2026-11-25-{row.code}.csv"
    assert "Ada Exemple" in taken.content.decode("utf-8-sig")
    assert row.code in taken.content.decode("utf-8-sig")
    letter = Message.objects.get(purpose="partnership.taken_out", texts__language="fr")  # each officer in their own
    assert letter.dispatches.count() == 1
    assert REASON in letter.texts.get(channel="email", language="fr").body
    noted = Entry.objects.get(verb="list.taken_out")
    assert (noted.details["rows"], noted.details["number"]) == (1, 1)
    assert REASON not in str(noted.details)


def test_the_fourth_of_a_day_is_refused(cast: Cast) -> None:
    for _time in range(3):
        take(cast)

    with pytest.raises(EnoughToday):
        take(cast)

    assert list_exports.exports_left_today([cast.here.partnership], at=NOW) == {cast.here.partnership.pk: 0}
    assert take(cast, at=NOW + timedelta(days=1), proven_at=NOW + timedelta(days=1)).content


def test_two_at_the_same_moment_are_both_logged_and_none_too_many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    take(cast)
    seen = iter([1, 2, 1, 2, 3, 1, 2, 3])  # what each saw before the others had written
    monkeypatch.setattr(list_exports, "_next_export_number", lambda partnership, day: next(seen))
    take(cast)
    take(cast)

    with pytest.raises(EnoughToday):
        take(cast)

    assert list(ListExport.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert Entry.objects.filter(verb="list.taken_out").count() == 3


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"proven_at": None}, NotFresh),
        ({"proven_at": NOW - timedelta(minutes=6)}, NotFresh),
        ({"reason": " short "}, NoReason),
    ],
)
def test_without_proof_or_reason_nothing_goes_out(cast: Cast, changes: dict, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        take(cast, **changes)

    assert not ListExport.objects.exists()


def test_the_list_is_nobody_elses(cast: Cast) -> None:
    for stranger in (cast.officer, cast.chief, cast.here.deputy, cast.next_door.coordinator):
        with pytest.raises(NotAllowed):
            take(cast, by=stranger)


def test_the_hand_over_to_another_platform_holds_the_choices_of_each_member(cast: Cast) -> None:
    wanted = member(cast.here.partnership, "Bea Muster", "de")
    contact(wanted, "sms", "+32475123456", rank=2)
    contact(wanted, "email", "bea@x.test", rank=1)
    contact(wanted, "calls", "+3222791234", rank=3)
    preferences.set_muted_topics(person=wanted, topics={"advice"}, by=None, at=NOW)

    taken = take(cast, form="bealert")

    rows = list(csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig")), delimiter=";"))
    row = next(row for row in rows if row["language"] == "de")
    assert taken.name == f"plp-haren-2026-11-25-{ListExport.objects.get().code}.csv"
    assert taken.media == "text/csv; charset=utf-8"
    assert row == {
        "name": "Bea Muster", "language": "de", "mobile": "'+32475123456", "telephone": "'+3222791234",
        "email": "bea@x.test", "street": "", "house": "", "postcode": "", "ways": "email sms calls",
        "not_wanted": "advice", "copy": ListExport.objects.get().code,
    }  # fmt: skip


def test_a_pause_leaves_no_trace_in_the_hand_over(cast: Cast) -> None:
    before = rows_of(take(cast, form="bealert").content)
    someone = cast.here.partnership.memberships.get().person
    preferences.set_pause(person=someone, until=NOW + timedelta(days=9), by=someone, at=NOW)

    assert rows_of(take(cast, form="bealert").content) == before


def rows_of(content: bytes) -> list[str]:
    """The lines without the code of the copy."""
    return [line.rpartition(";")[0] for line in content.decode("utf-8-sig").splitlines()]
