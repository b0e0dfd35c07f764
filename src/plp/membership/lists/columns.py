"""What each column of a list holds, by the names people give to columns in French, Dutch, German and English."""

import re
from collections.abc import Sequence
from enum import StrEnum

from plp.places.rules import fold


class Field(StrEnum):
    """What a column may hold for us; everything else is left in the file."""

    NAME = "name"  # first and last name together
    FIRST = "first"
    LAST = "last"
    ADDRESS = "address"  # street and number together, maybe with postcode and place
    STREET = "street"
    HOUSE = "house"
    BOX = "box"
    POSTCODE = "postcode"
    CITY = "city"
    EMAIL = "email"
    PHONE = "phone"
    LANGUAGE = "language"
    ORGANISATION = "organisation"  # the name of a row that names no person
    FIRM = "firm"
    ENTERPRISE = "enterprise"
    SECTOR = "sector"


OF_FIRMS = {Field.FIRM, Field.ENTERPRISE, Field.SECTOR}  # read in a partnership of traders alone

NAMES = {
    Field.NAME: "nom complet|nom et prenom|nom prenom|prenom et nom|prenom nom|volledige naam|naam en voornaam|"
    "naam voornaam|voornaam en naam|voornaam naam|vollstandiger name|vor und nachname|name und vorname|full name|"
    "display name|file as|fn|nom affiche|nom a afficher|weergavenaam|anzeigename|naam weergeven als|nom et prenoms|"
    "membre|lid|mitglied|member|contact|contactpersoon|personne de contact",
    Field.FIRST: "prenom|voornaam|vorname|first name|given name|firstname|roepnaam|rufname|voornamen|prenoms|prenom s",
    Field.LAST: "nom|naam|name|nom de famille|familienaam|achternaam|familienname|nachname|last name|surname|"
    "family name|lastname|zuname",
    Field.ADDRESS: "adresse|adres|address|anschrift|adresse complete|volledig adres|adresse postale|postadres|"
    "postanschrift|address formatted|home address|adresse privee|adres thuis|adresse privat|thuisadres|privatadresse|"
    "privat adresse|adresse personnelle|"
    "adresse domicile|domicile|woonplaats adres|postal address|full address",
    Field.STREET: "rue|straat|strasse|street|nom de rue|straatnaam|strassenname|street name|voie|address street|"
    "rue et numero|straat en nummer|strasse und hausnummer|straat en huisnummer|street address|strasse nr|straat nr|"
    "rue n|rue et n|numero et libelle de voie|libelle de voie|"
    "numero et voie|rue privee|huisadres straat|rue domicile|straat huisnummer|straat thuis|home street|strasse privat",
    Field.HOUSE: "numero|no|nr|n|num|nummer|huisnummer|huisnr|hausnummer|hausnr|house number|number|house|"
    "numero de maison|numero de rue|numero rue",
    Field.BOX: "boite|bte|bus|busnummer|busnr|postfach|briefkasten|box|box number|appartement|apartment|bt",
    Field.POSTCODE: "code postal|cp|postcode|postnummer|postleitzahl|plz|postal code|zip|zip code|address postal code|"
    "zipcode|home zipcode|postcode en gemeente|postcode en plaats|postcode gemeente|postcode plaats|"
    "code postal et commune|code postal et localite|code postal et ville|code postal commune|cp localite|cp ville|"
    "cp commune|plz ort|plz und ort|postcode and city|zip city|code postal prive|postcode prive|plz privat|"
    "privat plz|huisadres postcode|"
    "codepostal|code postal domicile|postcode thuis|home postal code|postleitzahl privat",
    Field.CITY: "ville|commune|localite|gemeente|stad|plaats|woonplaats|ort|stadt|gemeinde|city|town|address city|"
    "municipality|ville privee|plaats prive|"
    "privat ort|huisadres plaats|localite ville|wohnort|ville domicile|plaats thuis|home city|ort privat",
    Field.EMAIL: "email|e mail|mail|courriel|adresse mail|adresse email|adresse e mail|adresse courriel|mailadres|"
    "emailadres|e mailadres|e mail adres|email adres|emailadresse|e mail adresse|mailadresse|email address|"
    "e mail address|primary email|contact email|home email|work email|primair e mailadres|primaire e mail adresse|"
    "premiere adresse electronique|adresse electronique principale|primare e mail adresse|email personnel|email prive|"
    "e mail prive|e mail privat|e mail value|emails|mails|courriels|e mails|adresse electronique|"
    "adresse de messagerie|courrier electronique|elektronisch adres",
    Field.PHONE: "telephone|tel|gsm|portable|mobile|mobilite|telefoon|telefoonnummer|gsm nummer|gsmnummer|mobiel|"
    "mobiel nummer|telefon|telefonnummer|handy|handynummer|mobil|mobilnummer|phone|phone number|mobile phone|"
    "cell phone|cell|phone value|numero de telephone|numero de gsm|numero gsm|vaste lijn|vast nummer|festnetz|fixe|"
    "telephone fixe|telephone portable|home phone|mobile number|landline|phones|telephones|tel gsm|gsm tel|"
    "numero de portable|telefoon thuis|tel prive|tel fixe|tel portable|"
    "n de gsm|n gsm|n de telephone|n de tel|n tel|gsm nr|tel nr|telefoonnr|telefoon nr|handy nr|handynr|telefonnr|"
    "telefon nr|telephone mobile|tel mobile|telephone domicile|tel domicile|telephone prive|telefoon prive|"
    "contact phone|primary phone|home number|mobil tel nr|tel mobiel|telefoon mobiel|mobiel prive|gsm prive|"
    "numero mobile|"
    "mobiele telefoon|vaste telefoon|telefon privat|mobiltelefon",
    Field.LANGUAGE: "langue|taal|sprache|language|lang|lg|taalkeuze|choix de langue",
    Field.FIRM: "societe|entreprise|firme|commerce|magasin|enseigne|nom de l entreprise|nom de la societe|"
    "nom du commerce|nom commercial|raison sociale|denomination|firma|bedrijf|zaak|onderneming|winkel|bedrijfsnaam|"
    "firmanaam|handelsnaam|naam onderneming|naam van de zaak|naam bedrijf|unternehmen|betrieb|geschaft|firmenname|"
    "name der firma|company|company name|firm|name of the firm|business|business name|shop|organization|organisation|"
    "organisatie|organization name|organisation name|instelling|institution|einrichtung",
    Field.ENTERPRISE: "numero d entreprise|numero entreprise|n d entreprise|n entreprise|bce|numero bce|n bce|tva|"
    "numero de tva|numero tva|n tva|n de tva|ondernemingsnummer|ondernemingsnr|kbo|kbo nummer|kbo nr|btw|btw nummer|"
    "btw nr|unternehmensnummer|unternehmensnr|zdu|zdu nummer|mwst|mwst nummer|mwst nr|enterprise number|"
    "company number|vat|vat number",
    Field.SECTOR: "secteur|secteur d activite|activite|sector|activiteit|branche|sektor|tatigkeit|industry|activity",
}
KNOWN = {name: field for field, names in NAMES.items() for name in names.split("|")}
WHOLE = {"nom", "naam", "name"}  # the whole name, where first and last name have their own columns
BARE = {"n", "no", "nr", "num", "numero", "nummer", "number"}  # a house only beside what else makes a door
DOOR = {Field.STREET, Field.ADDRESS, Field.BOX, Field.POSTCODE}
LANGUAGE_PARTS = re.compile(r"\b(?:fr|nl|de|en)$")
DIGITS = re.compile(r"\d+")


def field_of_column(name: str) -> Field | None:
    """What a column of this name holds; ``None`` when the name says nothing to us.

    Numbers within (``E-mail 1 - Value``) and a language at the end (``name_fr``) do not matter.
    """
    plain = " ".join(DIGITS.sub(" ", fold(name)).split())
    short = LANGUAGE_PARTS.sub("", plain).strip()
    return KNOWN.get(plain) or KNOWN.get(short)


def count_known_columns(header: Sequence[str]) -> int:
    """How many names of this row are those of columns we know."""
    return sum(1 for name in header if field_of_column(name) is not None)


def match_columns(header: Sequence[str], *, with_firms: bool = False) -> list[str]:
    """The field of each column, empty for those that are left in the file.

    ``Nom``, ``Naam`` and ``Name`` are the whole name unless a column holds the first name, and again where another
    holds the last. A column with the whole address is not needed where street and number have their own. A number far
    from any street counts the rows. ``with_firms``: whether firms are asked for; else the column of a firm names the
    rows that name nobody.
    """
    plain = [fold(name) for name in header]
    fields = [field_of_column(name) for name in header]
    if not with_firms:
        named = [Field.ORGANISATION if field is Field.FIRM else field for field in fields]
        fields = [None if field in OF_FIRMS else field for field in named]
    last = {name for name, field in zip(plain, fields, strict=True) if field is Field.LAST}
    whole_names = last if Field.FIRST not in fields else last & WHOLE if last - WHOLE else set()
    fields = [Field.NAME if name in whole_names else field for name, field in zip(plain, fields, strict=True)]
    fields = [
        None if name in BARE and not DOOR & {*fields[max(place - 1, 0) : place + 2]} else fields[place]
        for place, name in enumerate(plain)
    ]
    if Field.STREET in fields:
        fields = [None if field is Field.ADDRESS else field for field in fields]
    return [field.value if field else "" for field in fields]
