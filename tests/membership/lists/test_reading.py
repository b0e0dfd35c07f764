"""Files of every usual form, read without a database: samples and traps."""

import csv
import io
import zipfile

import pytest
import xlsxwriter

from plp.membership.lists import tables
from plp.membership.lists.columns import match_columns
from plp.membership.lists.rows import NAME_OF_OFFICE, ListEntry, parse_list_row, split_couple
from plp.membership.lists.tables import ListTooBig, NoRows, UnreadableList, parse_list_file
from plp.sandbox.parsers.tables import decode_text_with_guess
from plp.sandbox.parsers.vcards import read_cards
from tests.samples import SAMPLES

CONTACTS = SAMPLES / "contacts"
FRENCH = (
    "Nom;Prénom;Rue;N°;Code postal;Localité;GSM;Courriel\n"
    "Exemple;Gisèle;Rue de Verdun;12;1130;Haren;0475 12 34 56;g@x.test\n"
)


def entries(content: bytes) -> list[ListEntry]:
    """Every row of the list, in our form."""
    table = parse_list_file(content)
    columns = match_columns(table.header)
    return [parse_list_row(line, cells, columns, language="fr") for line, cells in table.lines]


def one(**cells: str) -> ListEntry:
    """A row whose columns hold these."""
    return parse_list_row(1, list(cells.values()), list(cells), language="fr")


GOOD = "0475 12 34 56"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-15", "cp850", "mac_roman"])
def test_every_encoding_gives_the_same_person(encoding: str) -> None:
    (found,) = entries(FRENCH.encode(encoding))

    assert (found.name, found.street, found.house) == ("Gisèle Exemple", "Rue de Verdun", "12")
    assert found.contacts == (("email", "g@x.test"), ("sms", "+32475123456"))
    assert found.problems == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end(delimiter: str, end: str) -> None:
    (found,) = entries(FRENCH.replace(";", delimiter).replace("\n", end).encode())

    assert (found.line, found.name) == (2, "Gisèle Exemple")


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            "Naam,Voornaam,Straat,Huisnummer,Bus,Postcode,Gemeente,Telefoon,Taal",
            "last first street house box postcode city phone language",
        ),
        (
            "Nachname,Vorname,Straße,Hausnr.,PLZ,Ort,Handynummer,E-Mail",
            "last first street house postcode city phone email",
        ),
        ("Full name,Address,Zip code,City,Mobile phone,E-mail", "name address postcode city phone email"),
        ("Nom et prénom,Adresse,CP,Commune,Tél.,Portable,Remarques", "name address postcode city phone phone -"),
        ("Nom,Adresse mail", "name email"),
        ("Name,Given Name,Family Name,E-mail 1 - Value", "name first last email"),
        ("N°,Nom,Prénom(s),Adresse,N° de GSM,Adresse électronique", "- last first address phone email"),
        ("Nr,Naam,Straat,Huisnr,Tel", "- name street house phone"),
        ("N°,Rue,Nom", "house street name"),
        (
            "Prénom,Nom,Adresse de messagerie,Tél. mobile,Rue (domicile),Ville (domicile),Code postal (domicile)",
            "first last email phone street city postcode",
        ),
    ],
)
def test_columns_are_recognised_in_four_languages(header: str, columns: str) -> None:
    assert [field or "-" for field in match_columns(header.split(","))] == columns.split()


def test_a_title_above_the_names_of_the_columns_is_passed_over() -> None:
    table = parse_list_file(b"Liste des voisins 2026;;\n;;\nNom;GSM;Rue\nAda Exemple;0475123456;\n")

    assert (table.header, table.lines) == (("Nom", "GSM", "Rue"), ((4, ("Ada Exemple", "0475123456", "")),))


@pytest.mark.parametrize(
    ("written", "street", "house"),
    [
        ("Rue du 11 Novembre 5", "Rue du 11 Novembre", "5"),
        ("12, rue de Verdun", "rue de Verdun", "12"),
        ("Verdunstraat 12 bus 3", "Verdunstraat", "12 bus 3"),
        ("Rue de Verdun 12/3", "Rue de Verdun", "12/3"),
        ("Rue de Verdun 12 bte 3", "Rue de Verdun", "12 box 3"),
        ("Rue de Verdun 12, 1130 Haren", "Rue de Verdun", "12"),
        ("Am Markt 7a", "Am Markt", "7a"),
        ("Rue de Verdun n° 12", "Rue de Verdun", "12"),
        ("Rue de Verdun, 12 - 1130 Haren", "Rue de Verdun", "12"),
        ("Hauptstraße 7, BE-4780 Sankt Vith", "Hauptstraße", "7"),
    ],
)
def test_an_address_is_cut_into_street_and_house(written: str, street: str, house: str) -> None:
    found = one(name="Ada Exemple", address=written, phone="0475123456")

    assert (found.street, found.house, found.problems) == (street, house, ())


def test_a_number_robbed_of_its_zero_by_a_spreadsheet_gets_it_back() -> None:
    assert one(name="Ada", phone="475123456").contacts == (("sms", "+32475123456"),)
    assert one(name="Ada", phone="32475123456").contacts == (("sms", "+32475123456"),)


@pytest.mark.parametrize(
    ("cells", "contacts"),
    [
        ({"email": "Ada Exemple <a@x.test>"}, ["a@x.test"]),
        ({"email": "mailto:a@x.test"}, ["a@x.test"]),
        ({"email": "a@x.test b@x.test"}, ["a@x.test", "b@x.test"]),
        ({"email": "a@x.test ::: b@x.test"}, ["a@x.test", "b@x.test"]),
        ({"email": "néant", "phone": '="0475123456"'}, ["+32475123456"]),
        ({"email": "-", "phone": "GSM: 0475/12.34.56"}, ["+32475123456"]),
        ({"email": "a@x.test", "phone": "geen"}, ["a@x.test"]),
        ({"phone": "0475 12 34 56 of 02 512 34 56"}, ["+32475123456", "+3225123456"]),
    ],
)
def test_contacts_are_read_as_people_note_them(cells: dict[str, str], contacts: list[str]) -> None:
    found = one(name="Ada", **cells)

    assert ([address for _channel, address in found.contacts], found.problems) == (contacts, ())
    assert {channel for channel, address in found.contacts if address.startswith("+324")} <= {"sms"}


@pytest.mark.parametrize(
    ("word", "language"), [("nl-BE", "nl"), ("FR/NL", "fr"), ("Nederlandstalig", "nl"), ("deutschsprachig", "de")]
)
def test_a_language_is_known_by_its_first_word(word: str, language: str) -> None:
    assert one(name="Ada", phone="0475123456", language=word).language == language


def test_a_list_without_names_above_its_columns_loses_no_row() -> None:
    table = parse_list_file(b"Ada Exemple;a@x.test;0475123456\nBea Exemple;b@x.test;0475123457\n")

    assert (table.header, len(table.lines)) == (("(1)", "E-mail", "GSM"), 2)
    assert match_columns(table.header) == ["", "email", "phone"]


def test_a_card_without_its_end_is_read_and_old_letters_too() -> None:
    cards = (
        "BEGIN:VCARD\nFN:Ada\nEMAIL:a@x.test\nBEGIN:VCARD\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;Bea"
    )

    found = entries(f"{cards}\nTEL:0475123456\n".encode())

    assert [(entry.line, entry.name, entry.problems) for entry in found] == [(1, "Ada", ()), (4, "Bea Müller", ())]


def test_whoever_has_only_a_door_gets_letters() -> None:
    found = one(name="Ada Exemple", street="Rue de Verdun", house="12", postcode="1130", city="Haren")

    assert found.contacts == (("paper", "Rue de Verdun 12, 1130 Haren"),)


def test_what_is_wrong_is_said_in_words() -> None:
    found = one(name="<script>alert(1)</script>", email="not a mail", phone="1234", language="Klingon")

    assert [str(problem) for problem in found.problems] == [
        "The name contains signs that no name has, or is too long.",
        "The language is not French, Dutch, German or English.",
        "The e-mail address is not written correctly.",
        "The telephone number is not a Belgian number that can be reached.",
    ]
    assert [str(problem) for problem in one(name="Ada").problems] == [
        "There is no way to reach this person: no e-mail, no telephone, no address."
    ]


@pytest.mark.parametrize(
    ("cells", "read", "left_out"),
    [
        ({"name": "Jean & Marie Peeters", "phone": GOOD}, ("Jean et Marie Peeters", "", ""), []),
        ({"name": "M. et Mme Dubois (Paul)", "phone": GOOD}, ("M. et Mme Dubois", "", ""), []),
        ({"name": "Boulangerie 1900", "phone": GOOD}, ("Boulangerie 1900", "", ""), []),
        ({"name": "Ada", "email": "ada@x.test", "phone": "+49 170 1234567"}, ("Ada", "", ""), ["+49 170 1234567"]),
        ({"name": "Ada", "phone": "0476 12 34 08 (privé)"}, ("Ada", "", ""), []),
        ({"name": "Ada", "street": "Rue Haute", "house": "7 - Batiment C"}, ("Ada", "Rue Haute", "7"), []),
        ({"name": "Ada", "street": "Rue Haute", "house": "64 (1er étage)"}, ("Ada", "Rue Haute", "64"), []),
        ({"name": "Ada", "address": "Boslaan 7 - Batiment C"}, ("Ada", "Boslaan", "7"), []),
        ({"name": "Ada", "address": "Boslaan 9 (1er étage)"}, ("Ada", "Boslaan", "9"), []),
        ({"name": "Ada", "street": "Boslaan 12A, appartement du fond"}, ("Ada", "Boslaan", "12A"), []),
        ({"name": "Ada", "phone": GOOD, "street": "Rue Haute"}, ("Ada", "", ""), ["Rue Haute"]),
        (
            {"name": "Ada", "phone": GOOD, "street": "", "postcode": "1502", "city": "Lembeek"},
            ("Ada", "", ""),
            ["1502 Lembeek"],
        ),
        ({"name": "Ada", "phone": GOOD, "language": "Klingon"}, ("Ada", "", ""), ["Klingon"]),
        (
            {"name": "Ada", "email": " ".join(f"a{place}@x.test" for place in range(7))},
            ("Ada", "", ""),
            ["a6@x.test"],
        ),
    ],
)
def test_a_bad_part_rejects_no_good_one(cells: dict[str, str], read: tuple[str, str, str], left_out: list[str]) -> None:
    entry = one(**cells)

    assert (entry.name, entry.street, entry.house) == read
    assert [written for _sentence, written in entry.left_out] == left_out
    assert entry.contacts
    assert not entry.problems


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Jean et Marie Peeters", ["Jean Peeters", "Marie Peeters"]),
        ("An en Jan De Smet", ["An De Smet", "Jan De Smet"]),
        ("Anna und Karl Müller", ["Anna Müller", "Karl Müller"]),
        ("M. et Mme Dubois", ["M. et Mme Dubois"]),
        ("Henri Etienne", ["Henri Etienne"]),
    ],
)
def test_a_couple_may_be_two_people(name: str, names: list[str]) -> None:
    assert [entry.name for entry in split_couple(one(name=name, phone=GOOD))] == names


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le"])
def test_sixteen_bits_without_a_mark_are_read(encoding: str) -> None:
    (entry,) = entries(FRENCH.encode(encoding))

    assert (entry.name, entry.street) == ("Gisèle Exemple", "Rue de Verdun")


def test_letters_of_other_countries_are_guessed_and_may_be_read_otherwise() -> None:
    table = parse_list_file("Nom;GSM\nŁukasz Żak;0475 12 34 56\n".encode("cp1250"))
    guessed_wrong = parse_list_file("Nom;GSM\nBožena Dušek;0475 12 34 56\n".encode("cp1250"))

    assert (table.encoding, table.lines[0][1][0]) == ("cp1250", "Łukasz Żak")
    assert guessed_wrong.with_encoding("cp1250").lines[0][1][0] == "Božena Dušek"
    assert parse_list_file(FRENCH.encode()).encoding == ""


@pytest.mark.parametrize(
    "header",
    [
        "First Name;Last Name;Primary Email;Mobile Number;Home Address;Home City;Home ZipCode",
        "Prénom;Nom de famille;Première adresse électronique;Portable;Adresse privée;Ville privée;Code postal privé",
        "Vorname;Nachname;Primäre E-Mail-Adresse;Mobil-Tel.-Nr.;Adresse privat;Ort privat;PLZ privat",
        "Voornaam;Familienaam;Primair e-mailadres;Mobiel nummer;Thuisadres;Plaats privé;Postcode privé",
        "Prénom;Nom;Contact Email;Gsm privé;Numéro et libellé de voie;Localité;Code postal",
    ],
)
def test_columns_of_address_books_are_known(header: str) -> None:
    columns = match_columns(header.split(";"))

    assert columns[:4] == ["first", "last", "email", "phone"]
    assert columns[4] in {"address", "street"}
    assert columns[5:] == ["city", "postcode"]


def test_postcode_and_town_in_one_cell_are_two() -> None:
    entry = one(name="Ada", street="Rue Haute 3", postcode="9000 Gent")

    assert (entry.postcode, entry.city) == ("9000", "Gent")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"Nom;GSM\n"])
def test_an_empty_list_is_said_to_be_empty(content: bytes) -> None:
    with pytest.raises(NoRows):
        parse_list_file(content)


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0rubbish", b"\x00" * 5_000, b"\x89PNG\r\n\x00\x00\x00\x01\x00\x00"],
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises((UnreadableList, NoRows)):
        parse_list_file(content)


def test_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 61_000_000)

    for content in (b"x" * 5_000_001, bomb.getvalue(), b"Nom\n" + b"a\n" * 21_000):
        with pytest.raises(ListTooBig):
            parse_list_file(content)


def test_a_spreadsheet_is_read_without_running_a_formula() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nom", "GSM", "E-mail"])
        sheet.write(1, 0, "Zoë Exemple")
        sheet.write_number(1, 1, 475123456)
        sheet.write_formula(1, 2, '=HYPERLINK("http://evil.test")', value="zoe@x.test")

    (found,) = entries(held.getvalue())

    assert (found.name, found.contacts) == ("Zoë Exemple", (("email", "zoe@x.test"), ("sms", "+32475123456")))


def test_a_box_that_is_ticked_in_a_spreadsheet_is_a_one() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nom", "GSM", "E-mail"])
        sheet.write_row(1, 0, ["Zoë Exemple", True, False])

    assert parse_list_file(held.getvalue()).lines[0][1] == ("Zoë Exemple", "1", "")


def test_a_list_of_more_rows_than_are_taken_is_refused_in_every_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(tables.HEADER_WITHIN + 4):
            sheet.write_row(row, 0, ["Nom" if not row else "Ada", "GSM"])

    for content in (held.getvalue(), b"Nom;GSM\n" + b"Ada;1\n" * 4):
        with pytest.raises(ListTooBig):
            parse_list_file(content)


def test_a_packed_list_whose_bytes_were_changed_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"Ada Exemple")

    with pytest.raises(UnreadableList):
        parse_list_file(packed.getvalue().replace(b"Ada", b"Eva"))


def test_what_stands_outside_of_cards_and_lines_that_say_nothing_are_passed_over() -> None:
    text = "Bonjour\nBEGIN:VCARD\nFN:Ada Exemple\nune ligne sans deux points\nEMAIL:a@x.test\nEND:VCARD\nAu revoir\n"

    ((line, cells),) = read_cards(text)

    assert line == 2
    assert {"Ada Exemple", "a@x.test"} <= set(cells)


def test_two_columns_of_telephones_are_both_read() -> None:
    found = parse_list_row(1, ["Ada", "0475 12 34 56", "02 555 12 12"], ["name", "phone", "phone"], language="fr")

    assert [channel for channel, _address in found.contacts] == ["sms", "calls"]


@pytest.mark.parametrize(
    ("file", "rows", "good"),
    [
        ("vcard/gmail-list.vcf", 3, 3),
        ("vcard/gmail-single.vcf", 1, 1),
        ("vcard/John_Doe_ANDROID.vcf", 6, 2),
        ("vcard/John_Doe_GMAIL.vcf", 1, 1),
        ("vcard/John_Doe_MS_OUTLOOK.vcf", 1, 1),
        ("vcard/fullcontact.vcf", 1, 1),
        ("vcard/rfc6350-example.vcf", 1, 1),
        ("belgian-institutions-1.csv", 66, 66),
        ("belgian-institutions-2.csv", 174, 146),
        ("messy-tables/simple.ods", 3, 0),
        ("csv-spectrum/comma_in_quotes.csv", 1, 0),
    ],
)
def test_real_contact_files_give_people_or_reasons(file: str, rows: int, good: int) -> None:
    found = entries((CONTACTS / file).read_bytes())

    assert len(found) == rows
    assert sum(not entry.problems for entry in found) == good
    assert all(entry.problems or entry.contacts for entry in found)


def test_an_organisation_is_the_name_of_a_row_that_names_nobody() -> None:
    rows = entries(b"Voornaam;Naam;Organisatie;E-mail\n;;Tennisclub De Linde;club@plp.test\nAda;Ex;ACME;ada@plp.test\n")

    assert [(row.name, row.problems) for row in rows] == [("Tennisclub De Linde", ()), ("Ada Ex", ())]


def test_an_office_of_the_police_is_told_why_it_is_no_member() -> None:
    (row,) = entries(b"Nom;E-mail\nTribunal de police de Namur;greffe@plp.test\n")

    assert row.problems == (NAME_OF_OFFICE,)


def test_a_quoted_printable_card_shows_its_letters() -> None:
    found = entries((CONTACTS / "vcard/John_Doe_ANDROID.vcf").read_bytes())

    assert found[2].name == "Ñ Ñ Ñ Ñ Ñ"
    assert [entry.line for entry in found[:4]] == [1, 6, 11, 18]


@pytest.mark.parametrize("file", sorted(path.name for path in (CONTACTS / "messy-tables").glob("simple.*")))
def test_the_same_table_in_many_forms(file: str) -> None:
    table = parse_list_file((CONTACTS / "messy-tables" / file).read_bytes())

    assert len(table.header) >= 3
    assert len({len(cells) for _line, cells in table.lines}) == 1


def test_real_header_rows() -> None:
    rows = list(csv.DictReader((CONTACTS / "real-header-rows.csv").open(encoding="utf-8")))
    found = [match_columns(next(csv.reader([row["header_row"]], delimiter=row["delimiter"]))) for row in rows]

    assert [sum(1 for field in fields if field) for fields in found] == [6, 8, 8, 5]


def test_belgian_telephone_numbers_as_people_write_them() -> None:
    rows = list(csv.DictReader((SAMPLES / "phones/be-phone-numbers.csv").open(encoding="utf-8")))
    reached = {row["written"]: one(name="Ada", phone=row["written"]).contacts for row in rows}

    right = [row for row in rows if reached[row["written"]]]
    assert len(right) == 24
    assert all(reached[row["written"]][0][1] == row["libphonenumber_e164"] for row in right)


@pytest.mark.parametrize(
    "file", ["strings/blns.json", "hostile/csv-injection/csv-payload.txt", "hostile/xss/XSS_Polyglots.txt"]
)
def test_hostile_words_never_become_a_name_with_markup(file: str) -> None:
    for line in (SAMPLES / file).read_text(encoding="utf-8", errors="replace").splitlines():
        found = one(name=line, phone="0475123456")
        assert found.problems or not set('<>=@|"&;()') & set(found.name)


def test_an_unknown_byte_is_no_reason_to_fail() -> None:
    assert "é" in decode_text_with_guess("Béa\x81".encode("latin-1"))[0]
