"""Forty files as address books, spreadsheets and associations write them: nobody with a name and a way is lost."""

import csv
import io
from collections.abc import Sequence

import pytest
import xlsxwriter

from plp.membership.lists.columns import match_columns
from plp.membership.lists.rows import ListEntry, parse_list_row
from plp.membership.lists.tables import parse_list_file

PEOPLE = [  # first name, last name, street, number, postcode, place, mail, telephone
    ("Gisèle", "Exemple", "Rue de Verdun", "12", "1130", "Haren", "g.exemple@x.test", "0475 12 34 56"),
    ("Jan", "Voorbeeld", "Hoogstraat", "7A", "1502", "Lembeek", "jan@x.test", "0476/12.34.57"),
    ("Zoë", "Müller", "Dorfstraße", "3 bus 2", "4960", "Malmedy", "zoe@x.test", "+32 477 12 34 58"),
    ("Aïcha", "El Example", "Avenue de l’Été", "145", "1130", "Haren", "", "02 555 12 12"),
    ("Léo", "Çelik", "Grote Markt", "1", "1500", "Halle", "leo@x.test", ""),
]
FIELDS = ("first", "last", "street", "house", "postcode", "city", "email", "phone")

GOOGLE = (
    "First Name=first|Middle Name|Last Name=last|Nickname|File As|Organization Name|Birthday|Notes|"
    "Labels|E-mail 1 - Label|E-mail 1 - Value=email|Phone 1 - Label|Phone 1 - Value=phone|"
    "Address 1 - Label|Address 1 - Street=door|Address 1 - City=city|Address 1 - Postal Code=postcode|"
    "Address 1 - Country"
)
GOOGLE_OLD = (
    "Name=name|Given Name=first|Additional Name|Family Name=last|Group Membership|E-mail 1 - Type|"
    "E-mail 1 - Value=email|Phone 1 - Type|Phone 1 - Value=phone|Address 1 - Type|"
    "Address 1 - Street=door|Address 1 - City=city|Address 1 - Postal Code=postcode"
)
OUTLOOK_EN = (
    "Title|First Name=first|Middle Name|Last Name=last|Suffix|Company|Home Street=door|Home City=city|"
    "Home State|Home Postal Code=postcode|Home Country/Region|Home Phone|Mobile Phone=phone|"
    "E-mail Address=email|E-mail Type|E-mail Display Name"
)
OUTLOOK_FR = (
    "Titre|Prénom=first|Deuxième prénom|Nom=last|Suffixe|Société|Rue (domicile)=door|"
    "Ville (domicile)=city|Code postal (domicile)=postcode|Téléphone (domicile)|Tél. mobile=phone|"
    "Adresse de messagerie=email|Nom complet de l'adresse de messagerie"
)
OUTLOOK_NL = (
    "Titel|Voornaam=first|Middelste naam|Achternaam=last|Achtervoegsel|Bedrijf|Huisadres, straat=door|"
    "Huisadres, plaats=city|Huisadres, postcode=postcode|Telefoon thuis|Mobiele telefoon=phone|"
    "E-mailadres=email|Type e-mail"
)
OUTLOOK_DE = (
    "Anrede|Vorname=first|Weitere Vornamen|Nachname=last|Suffix|Firma|Straße privat=door|Ort privat=city|"
    "Postleitzahl privat=postcode|Telefon (privat)|Mobiltelefon=phone|E-Mail-Adresse=email|E-Mail-Typ"
)
THUNDERBIRD_EN = (
    "First Name=first|Last Name=last|Display Name=name|Nickname|Primary Email=email|Secondary Email|"
    "Screen Name|Work Phone|Home Phone|Fax Number|Pager Number|Mobile Number=phone|Home Address=door|"
    "Home Address 2|Home City=city|Home State|Home ZipCode=postcode|Home Country"
)
THUNDERBIRD_FR = (
    "Prénom=first|Nom de famille=last|Nom à afficher=name|Surnom|Première adresse électronique=email|"
    "Adresse électronique secondaire|Téléphone personnel|Fax|Pager|Portable=phone|"
    "Adresse personnelle=door|Adresse personnelle 2|Ville=city|Code postal=postcode|Pays"
)
THUNDERBIRD_NL = (
    "Voornaam=first|Achternaam=last|Weergavenaam=name|Bijnaam|Primair e-mailadres=email|"
    "Secundair e-mailadres|Thuistelefoon|Faxnummer|Mobiel nummer=phone|Adres=door|Adres 2|Plaats=city|"
    "Provincie|Postcode=postcode|Land"
)
THUNDERBIRD_DE = (
    "Vorname=first|Nachname=last|Anzeigename=name|Spitzname|Primäre E-Mail-Adresse=email|"
    "Sekundäre E-Mail-Adresse|Tel. privat|Fax-Nummer|Mobil-Tel.-Nr.=phone|Privat: Adresse=door|"
    "Privat: Adresse 2|Privat: Ort=city|Privat: PLZ=postcode|Privat: Land"
)
EXCEL_FR = "N°=line|Nom=last|Prénom=first|Rue=street|N°=house|CP=postcode|Localité=city|GSM=phone|E-mail=email"
EXCEL_NL = (
    "Nr=line|Naam=last|Voornaam=first|Straat=street|Huisnr.=house|Postcode=postcode|Gemeente=city|"
    "Gsm=phone|E-mail=email"
)
EXCEL_DE = (
    "Lfd. Nr.=line|Name=last|Vorname=first|Straße=street|Hausnr.=house|PLZ=postcode|Ort=city|Handy=phone|E-Mail=email"
)
EXCEL_EN = (
    "Surname=last|First name=first|Street=street|House number=house|Postcode=postcode|Town=city|"
    "Mobile=phone|Email=email"
)
WHOLE_FR = "Nom et prénom=name|Adresse complète=whole|Téléphone=phone|Courriel=email"
WHOLE_NL = "Naam=name|Adres=whole|Telefoon=phone|Mail=email"
WHOLE_DE = "Name=name|Anschrift=whole|Telefon=phone|E-Mail=email"
TOWN_HALL_NL = (
    "Naam en voornaam=reversed|Straat en huisnummer=door|Postcode en gemeente=town|Telefoonnummer=phone|"
    "Emailadres=email"
)
TOWN_HALL_FR = (
    "Nom et prénom=reversed|Numéro et libellé de voie=door|Code postal et localité=town|"
    "Numéro de téléphone=phone|Adresse e-mail=email"
)
CLUB_FR = "Membre=name|Contact Email=email|N° de gsm=phone|Rue et numéro=door|Code postal=postcode|Commune=city"
HEADERS = {
    name: header for name, header in globals().items() if name.isupper() and isinstance(header, str) and "=" in header
}
WESTERN = ("GOOGLE", "OUTLOOK_FR", "OUTLOOK_NL", "OUTLOOK_DE", "EXCEL_FR", "EXCEL_NL", "WHOLE_FR", "CLUB_FR")
FILES = [
    *((name, "utf-8", ",") for name in HEADERS),
    *((name, "cp1252", ";") for name in WESTERN),
    *((name, "utf-16", "\t") for name in ("OUTLOOK_EN", "EXCEL_DE", "THUNDERBIRD_FR", "WHOLE_NL")),
    *((name, "utf-8-sig", ";") for name in ("EXCEL_FR", "TOWN_HALL_NL", "WHOLE_DE")),
    *((name, "mac_roman", ",") for name in ("OUTLOOK_FR", "WHOLE_DE")),
    *((name, "xlsx", "") for name in ("EXCEL_FR", "EXCEL_NL", "WHOLE_FR")),
]


def value(what: str, person: tuple[str, ...], line: int) -> str:
    """What a cell of a file holds for a person."""
    first, last, street, house, postcode, city, _mail, _phone = person
    made = {
        "": "",
        "line": str(line),
        "name": f"{first} {last}",
        "reversed": f"{last} {first}",
        "door": f"{street} {house}",
        "town": f"{postcode} {city}",
        "whole": f"{street} {house}, {postcode} {city}",
    }
    return made[what] if what in made else person[FIELDS.index(what)]


def written(name: str, encoding: str, delimiter: str) -> bytes:
    """The file of a program."""
    columns = [cell.partition("=")[::2] for cell in HEADERS[name].split("|")]
    rows = [[label for label, _what in columns]]
    rows += [[value(what, person, line) for _label, what in columns] for line, person in enumerate(PEOPLE, start=1)]
    return workbook(rows) if encoding == "xlsx" else text(rows, delimiter).encode(encoding)


def text(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """The rows as text between delimiters."""
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=delimiter).writerows(rows)
    return held.getvalue()


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a spreadsheet."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return held.getvalue()


def entries(content: bytes) -> list[ListEntry]:
    """Every row, in our form."""
    table = parse_list_file(content)
    columns = match_columns(table.header)
    return [parse_list_row(line, cells, columns, language="fr") for line, cells in table.lines]


def test_there_are_forty() -> None:
    assert len(FILES) >= 40


@pytest.mark.parametrize(("name", "encoding", "delimiter"), FILES)
def test_nobody_with_a_name_and_a_way_is_lost(name: str, encoding: str, delimiter: str) -> None:
    read = entries(written(name, encoding, delimiter))

    assert [entry.problems for entry in read] == [()] * len(PEOPLE)
    assert [entry.left_out for entry in read] == [()] * len(PEOPLE)
    swapped = "reversed" in HEADERS[name]
    assert [entry.name for entry in read] == [
        f"{last} {first}" if swapped else f"{first} {last}" for first, last, *_rest in PEOPLE
    ]
    assert [entry.street.replace("'", "’") for entry in read] == [person[2] for person in PEOPLE]
    assert [entry.postcode for entry in read] == [person[4] for person in PEOPLE]
    assert [entry.city for entry in read] == [person[5] for person in PEOPLE]
    assert [len(entry.contacts) for entry in read] == [bool(person[6]) + bool(person[7]) for person in PEOPLE]
