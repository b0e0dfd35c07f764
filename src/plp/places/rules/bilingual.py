"""In which languages a place shows its names, and in which order: that of its region, as on its plates."""

from collections.abc import Mapping

GERMAN = frozenset("63001 63012 63013 63023 63040 63048 63061 63067 63087".split())  # the German-speaking Community
DUTCH = ("1", "23", "24", "3", "4", "7")  # beginnings of the NIS codes of Flanders
BRUSSELS = "21"  # beginning of the NIS codes of the bilingual region

# Municipalities with facilities (laws on the use of languages in administrative matters, 18 July 1966, art. 7 and 8).
FOR_FRENCH = frozenset("23009 23098 23099 23100 23101 23102 23103 33016 34043 45041 73028 73109".split())
FOR_DUTCH = frozenset("51019 51067 57096 57097".split())
FOR_GERMAN = frozenset("63049 63080".split())


def language_order(nis: str) -> tuple[str, str, str]:
    """The languages of a municipality, its own first: ``fr`` and then ``nl`` in Brussels."""
    if nis in GERMAN:
        return "de", "fr", "nl"
    if nis.startswith(DUTCH):
        return "nl", "fr", "de"
    return "fr", "nl", "de"


def language_of_letters_to_authority(nis: str, language: str) -> str:
    """In which language an authority of the municipality is written to: that of its region, in Brussels either."""
    required = required_languages(nis)
    return language if language in required else required[0]


def required_languages(nis: str) -> tuple[str, ...]:
    """In which languages a municipality speaks to the public: that of its region, in Brussels both."""
    return language_order(nis)[: 2 if nis.startswith(BRUSSELS) else 1]


def is_bilingual(nis: str) -> bool:
    """Whether a municipality shows its name in two languages: in Brussels, and where the law gives facilities."""
    return nis.startswith(BRUSSELS) or nis in GERMAN | FOR_FRENCH | FOR_DUTCH | FOR_GERMAN


def languages_on_signs(nis: str) -> tuple[str, ...]:
    """In which languages the signs of a municipality name it: two where it is bilingual, else its own."""
    own, *others = language_order(nis)
    return (own, "de" if nis in FOR_GERMAN else others[0]) if is_bilingual(nis) else (own,)


def municipality_name_for_reader(nis: str, names: Mapping[str, str], language: str) -> str:
    """The name of a municipality for a reader of ``language``: both where it is bilingual, ``Bruxelles / Brussel``.

    Elsewhere their own, else the one that the signs of the place show: a municipality has no English name.
    """
    wanted = languages_on_signs(nis) if is_bilingual(nis) else ()
    shown = dict.fromkeys(names[code] for code in wanted if names.get(code))
    order = (language, *language_order(nis))
    return " / ".join(shown) or next((names[code] for code in order if names.get(code)), "")
