"""House numbers in the three orders a Belgian writes them; a street alone may be named (§5.4)."""

import re
from collections.abc import Iterator

from plp.wording.detectors.surface import Surface
from plp.wording.findings import Mark

RULE = "exact_address"
FR_STREET = (
    r"(?:rue|r\.|avenue|av\.?|ave\.?|boulevard|bd\.?|bld\.?|chaussee|chee\.?|place|pl\.|allee|impasse|chemin|ch\.|clos|"
    r"square|quai|sentier|venelle|ruelle|drève|dreve|route|cour|cite|residence|esplanade|parvis|galerie|montagne|"
    r"voie|rond-point|champ|lotissement|passage|faubourg|thier|vinave)"
)
NL_STREET = (
    r"(?:[a-z'-]{2,30}(?:straat|laan|weg|steenweg|plein|dreef|lei|baan|kaai|dijk|hof|pad|markt|plaats|veld|berg|"
    r"bos|str\.|stwg|hoek|wijk|dries|akker|vest|singel|kouter|gang|brug|ring|rei|kade)|grote markt|markt|kerkplein|dorp|"
    r"oude baan|steenweg op [a-z-]+)"
)
DE_STREET = (
    r"(?:[a-z'-]{2,30}(?:strasse|stra(?:ss|ß)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|steig|pfad|markt|berg|hof|feld|park)"
    r"|(?:am|im|an der|in der|auf der|zum|zur|auf dem|unter den) [a-z'-]{3,25}(?: [a-z'-]{3,20})?)"
)
EN_STREET = r"(?:[a-z'-]{3,30} (?:street|road|avenue|lane|square|drive|close|st\.|rd\.))"
NUMBER = (
    r"(?P<number>\d{1,4}(?: ?(?![hu])[a-z](?![a-z'])| ?(?:bis|ter))?(?: ?[-/] ?\d{1,4}[a-z]?)?)(?![\w%€°]|[.,:]\d|h\d)"
)
SIGN = r"(?:,? ?(?:n°|n\.°|no\.?|nr\.?|n|num(?:e|é)ro|nummer|number|huisnummer|hausnummer|house|huis|haus|#) ?)"
NAME = r"(?: (?:[a-z'.\-]{1,25}|\d{1,2}(?= ?(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|bonniers|mei|maart|juni|juli)))){1,6}?"
FORMS = (
    re.compile(rf"(?<![\w]){FR_STREET}{NAME}(?:,? {SIGN}?|{SIGN}){NUMBER}"),
    re.compile(rf"(?<![\w-])(?:{NL_STREET}|{DE_STREET}|{EN_STREET})(?:,? {SIGN}?|{SIGN}){NUMBER}"),
    re.compile(rf"(?<![\w.,/:-]){NUMBER} ?,? ?(?:de la |de l'|du )?{FR_STREET} (?=[a-z'd])"),
    re.compile(rf"(?<![\w.,/:-]){NUMBER} ?,? ?(?:[a-z]{{3,25}} )?{EN_STREET}(?!\w)"),
    re.compile(rf"(?<![\w.,/:-]){NUMBER}, ?(?:{NL_STREET}|{DE_STREET})(?!\w)"),
)
MARKED = re.compile(
    r"\b(?:(?:au|du|le|les|numeros?|num|n°s?|n°|huisnummers?|huisnr\.?|huis|woning|maison|habitation|villa|appartement|"
    r"appart\.?|app\.?|apt\.?|appartment|appartementnr|wohnung|haus|hausnummern?|hausnr\.?|hausnr|house|house number|flat|"
    r"home|nummers?|nr\.?|nrs|number|no\.|op|im haus|studio|kot)(?: |(?<=°)|(?<=\.)))"
    r"(?:(?:numeros?|n°s?|no\.?|nr\.?|nummer|number|num\.?) ?)?" + NUMBER
)
STRONG = re.compile(
    r"^(?:huisnummer|huisnr|hausnummer|hausnr|house number|maison|appartement|appart|app\.?|apt|wohnung|haus|house|flat|"
    r"huis|woning|villa|habitation|studio|kot)|n°|numero|nummer|number|\bnr|no\.|num\.?\b"
)
OTHER_NUMBERS = re.compile(
    r"(?:bus|lijn|ligne|linie|line|tram|train|trein|zug|sortie|afrit|exit|ausfahrt|perron|gleis|article|artikel|art\.?|arret|halte|"
    r"edition|editie|ausgabe|infoflash|newsletter|nieuwsbrief|bulletin|lettre|brief|message|bericht|meldung|conseil|tip|tipp|advies|point|punt|punkt|"
    r"appelez|appeler|composez|composer|formez|former|contactez|contacter|via|bel|bellen|belt|telefon\w*|phone|call|dial|ring|"
    r"anrufen|rufen sie|rufen|ruf|wahlen|wahlen sie|wahlt|tel\.?|telephone\w*|telefoneer|urgence|noodnummer|notruf\w*|notrufnummer|gratuit|vert|gratis|"
    r"gratis nummer|telefoonnummer|het|borne|paal|km|etage|verdieping|stock|floor|chapitre|page|pagina|seite|step|stap|etape|lot|fiche|joignable|bereikbaar|"
    r"erreichbar|service|polizei|politie|police|appel|secours|dienst)(?: (?:le|la|les|au|aux|het|de|den|die|der|the|on|op|via|to|direct|onmiddellijk|meteen|sofort|immediately|"
    r"immediatement|tout de suite|directement|unter|auf|per|naar|numero|nummer|number|nr\.?|n°|no\.?))*\s*$"
)
SHORT_NUMBERS = frozenset({"100", "101", "110", "112", "1722", "1700", "1733", "105", "1207", "107", "106", "103"})
QUANTITY = re.compile(
    r"^\s?(?:[a-z]+(?:eurs|iers|ions|ages|ices|ents|elles|els|ures|euses|es|s|x)|hommes|femmes|jeunes|mannen|vrouwen|personen|"
    r"[a-z]+(?:en|ers)|uur|u|uhr|h|heures?|minuten?|minutes|min|euro|eur|km|m|metres?|meter|ans|jaar|jahre|years|"
    r"novembre|decembre|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|"
    r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"januar|februar|marz|august|dezember|january|february|march|may|june|july|october|men|women|people|man|"
    r"cambriolage|vol|tentative|individu|homme|inconnu|inbraak|inbraken|diefstal|poging|einbruch|einbruche|tater|manner|"
    r"burglary|burglaries|attempt|attempts|suspect|verdachte|verdachten|auteur|auteurs|voleur|am|pm|%|percent|procent|prozent)\b"
)  # fmt: skip


def find_addresses(surface: Surface) -> list[Mark]:
    """Marks where a text points at one house."""
    folded = surface.folded
    return [Mark(RULE, *span) for span in dict.fromkeys([*_with_street(folded), *_marked(folded)])]


def _with_street(folded: str) -> Iterator[tuple[int, int]]:
    for form in FORMS:
        for found in form.finditer(folded):
            if _is_house(found, folded) and not OTHER_NUMBERS.search(
                folded[max(0, found.start() - 40) : found.start()]
            ):
                yield found.span()


def _marked(folded: str) -> Iterator[tuple[int, int]]:
    for found in MARKED.finditer(folded):
        before = folded[max(0, found.start() - 40) : found.start()]
        if (
            not _is_house(found, folded)
            or OTHER_NUMBERS.search(before)
            or OTHER_NUMBERS.search(folded[max(0, found.start() - 30) : found.start("number")])
        ):
            continue
        if STRONG.search(found[0]) or _said_of_a_house(found, folded):
            yield found.span()


def _said_of_a_house(found: re.Match[str], folded: str) -> bool:
    """ "du 12", "au 14", "op 7": a house only beside a word of dwelling or a person who lives there."""
    near = folded[max(0, found.start() - 45) : found.start()]
    words = r"voisine?s?|habitante?s?|occupante?s?|locataires?|habite\w*|proprietaires?|chez|famille|dame|victimes?|buur\w*|bewon\w*|woont|bewohner\w*|wohnt|nachbar\w*|familie|cambriole\w*|loge"
    return re.search(rf"\b(?:{words})(?: [a-z']+){{0,3}} ?$", near) is not None


def _is_house(found: re.Match[str], folded: str) -> bool:
    number, after = found["number"], folded[found.end() : found.end() + 24]
    digits = re.match(r"\d+", number)
    if digits is None or digits[0] in SHORT_NUMBERS or digits[0] == "0":
        return False
    plain_year = number.isdigit() and 1900 <= int(number) <= 2099
    lettered = not number.isdigit()
    ahead_of_street = found.start("number") == found.start()
    return not plain_year and (lettered or ahead_of_street or not QUANTITY.match(after) or after.startswith((",", ".")))
