"""Which office of the public prosecutor a municipality belongs to: by the first digits of its NIS code.

The districts are those of the Judicial Code since 2014. Two of them share the arrondissements of Soignies and La
Louvière in a way that no code shows: there the office is named without its place.
"""

from collections.abc import Iterable

from plp.places.models import Area

GERMAN_SPEAKING = ("63001", "63012", "63013", "63023", "63040", "63048", "63061", "63067", "63087")
PLACES: tuple[tuple[tuple[str, ...], str, str, str], ...] = (  # the codes; French, Dutch, German
    (GERMAN_SPEAKING, "d’Eupen", "Eupen", "Eupen"),
    (("1",), "d’Anvers", "Antwerpen", "Antwerpen"),
    (("21",), "de Bruxelles", "Brussel", "Brüssel"),
    (("23",), "de Hal-Vilvorde", "Halle-Vilvoorde", "Halle-Vilvoorde"),
    (("24",), "de Louvain", "Leuven", "Löwen"),
    (("25",), "du Brabant wallon", "Waals-Brabant", "Wallonisch-Brabant"),
    (("3",), "de Flandre occidentale", "West-Vlaanderen", "Westflandern"),
    (("4",), "de Flandre orientale", "Oost-Vlaanderen", "Ostflandern"),
    (("51", "53", "57"), "de Mons", "Bergen", "Mons"),
    (("52", "56"), "de Charleroi", "Charleroi", "Charleroi"),
    (("6",), "de Liège", "Luik", "Lüttich"),
    (("7",), "du Limbourg", "Limburg", "Limburg"),
    (("8",), "du Luxembourg", "Luxemburg", "Luxemburg"),
    (("9",), "de Namur", "Namen", "Namur"),
)
OFFICE = {"fr": "Parquet", "nl": "Parket", "de": "Staatsanwaltschaft", "en": "Parquet"}


def prosecutor_office(municipalities: Iterable[Area], language: str) -> str:
    """The office to write to about ``municipalities``; without its place where several, or none that we know, are
    theirs.
    """
    places = {_place_of_office(area.nis, language) for area in municipalities}
    return f"{OFFICE[language]} {places.pop()}".strip() if len(places) == 1 else OFFICE[language]


def _place_of_office(nis: str, language: str) -> str:
    for beginnings, french, dutch, german in PLACES:
        if nis.startswith(beginnings):
            return {"nl": dutch, "de": german}.get(language, french)
    return ""
