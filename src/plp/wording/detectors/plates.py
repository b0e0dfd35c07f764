"""Number plates, whole or partial: Belgian of every kind, French, Dutch, German, Luxembourg (R72, R73)."""

import re

from plp.wording.detectors.plate_words import CONTEXT, DASH_BEHIND_NUMBER, LETTER_AS, REFERENCE, VEHICLE
from plp.wording.detectors.spelt_plates import find_spelt_plates
from plp.wording.detectors.surface import Surface
from plp.wording.findings import Mark

RULE = "number_plate"
A = "[a-z]"
SURE = re.compile(
    rf"(?<![\w-])(?:"
    rf"[1-9]-?[.·]?{A}{{3}}-?[.·]?\d{{3}}"  # 1-ABC-123
    rf"|[1-9] {A}{{3}} \d{{3}}|[1-9]-{A}{{3}} \d{{3}}|[1-9] {A}{{3}}-\d{{3}}"
    rf"|[otmqwzg]-{A}{{3}}-?\d{{2,3}}|[otmqwzg]-{A}{{2}}-?\d{{3}}|cd-{A}{{2}}-?\d{{3}}|cd-\d{{4}}"  # old-timer, taxi
    rf"|{A}{{2}}-\d{{3}}-{A}{{2}}"  # France
    rf"|{A}{{2}}-\d\d-\d\d|\d\d-\d\d-{A}{{2}}|\d\d-{A}{{2}}-\d\d|{A}{{2}}-\d\d-{A}{{2}}|{A}{{2}}-{A}{{2}}-\d\d"
    rf"|\d\d-{A}{{2}}-{A}{{2}}|\d\d-{A}{{3}}-\d|\d-{A}{{3}}-\d\d|{A}{{2}}-\d{{3}}-{A}|{A}-\d{{3}}-{A}{{2}}"
    rf"|{A}{{3}}-\d\d-{A}|{A}-\d\d-{A}{{3}}|\d-{A}{{2}}-\d{{3}}|\d{{3}}-{A}{{2}}-\d"  # Netherlands
    rf"|{A}{{3}}-{A}-?\d{{3}}|[1-9][ -]{{1,3}}{A} {A} {A}[ -]{{1,3}}\d ?\d ?\d"  # 1 - A B C - 1 2 3
    rf")(?![\w-])"
)
LIKELY = re.compile(
    rf"(?<![\w-])(?:{A}{{3}}-\d{{3}}|\d{{3}}-{A}{{3}}|[otmqwzgse]-?{A}{{3}}-?\d{{3}}|cd-?{A}{{2}}-?\d{{3}}"
    rf"|{A}{{2}} \d{{3}} {A}{{2}}|{A}{{1,3}}-{A}{{1,2}} ?-?\d{{2,4}}[eh]?)(?![\w-])"  # ABC-123, Germany
)
HALF = re.compile(rf"(?<![\w-])[1-9]-{A}{{3}}(?=-?[.…?*_]|[ ,;)]|$)")  # the second half unseen: 2-BKF-...
CAPITALS = re.compile(
    r"(?<![\w-])(?:[A-Z]{3} ?\d{3}|\d{3} ?[A-Z]{3}|[A-Z]{2} ?\d{3} ?[A-Z]{2}|[A-ZÄÖÜ]{1,3} [A-Z]{1,2} ?\d{2,4}[EH]?"
    r"|\d{1,4} [A-Z]{2,3} \d{2}|[OTMQW][A-Z]{3}\d{3}|[A-Z]{2} \d{4})(?![\w-])"
)
EUROPEAN = re.compile(  # forms of some thirty countries: a plate beside a vehicle, or beside the word itself
    r"(?<![\w/-])(?:"
    r"[A-Z]{2} ?\d{2} ?[A-Z]{3}|[A-Z]{1,2}[ -]\d{2,3}[ -]?[A-Z]{2,3}|[A-Z]{2} \d{4}[ -][A-Z]{2}"
    r"|\d{4}[ -]?[B-DF-HJ-NP-TV-Z]{3}|[A-Z]{2,3} ?\d{3,5}[A-Z]{0,2}"
    r"|[A-Z]{1,3}-[A-Z]{1,3}-\d{1,4}|[A-Z]{1,3}-[A-Z]{1,2} ?\d(?: ?\d){0,3}|[A-Z]{2} ?[A-Z]{2}[ -]\d{3}|[A-Z]{2}[ -]\d{3,6}[A-Z]?"
    r"|[A-Z]-\d{3,5}[A-Z]{0,2}|\d{3}[ -]?[A-Z]{3}|\d[A-Z]\d ?\d{4}|\d{2}[ -][A-Z]{2}[ -]\d{2}"
    r"|\d{2} [A-Z]{1,3} \d{2,4}|\d{2,3}-[A-Z]{1,2}-\d{3,6}|[A-Z]{2} ?\d{2} ?\d{3}"
    r"|[A-Z] \d{3} [A-Z]{2} ?\d{2,3}|L \d{4,5}"
    r")(?![\w/-])"
)
SPREAD = re.compile(  # 1 HJD 4 7 2, 1 H.J.D 472: a Belgian plate in capitals, however its signs stand apart
    r"(?<![\w-])[1-9][ .·_/-]{0,3}[A-Z](?:[ .·_/-]?[A-Z]){2}[ .·_/-]{0,3}\d(?:[ .·_/-]?\d){2}(?![\w-])"
)
SPREAD_FLAT = re.compile(r"(?<![\w-])[1-9][ .·_/-]{1,3}[a-z]{3}[ .·_/-]{1,3}\d[ .·_/-]\d[ .·_/-]\d(?![\w-])")
APART = re.compile(
    r"(?<![\w-])[1-9] ?- ?[a-z] ?[a-z] ?[a-z] ?- ?[\d?*_x](?: ?[\d?*_x]){1,2}(?!\w)"
)  # 2 - Y K P - 0 9 ?
VEILED = re.compile(
    r"(?<![\w-])[1-9]-?[a-z?*_.x]{1,3}-[\d?*_x]{2,3}(?!\w)|(?<![\w-])[1-9]-[a-z]{1,3}[?*_]{1,3}(?:-?[\d?*]{1,3})?"
)
WHOLE = re.compile(
    r"\b(?=[a-z\d.-]{2,11}\b)(?=[a-z.-]*\d)[a-z\d]{1,8}(?:[-.][a-z\d]{1,4}){0,3}\b|\b\d [a-z]{3} \d{3}\b"
    r"|\b[a-z]{1,3} [a-z]{0,2} ?\d{2,4}\b|\b\d{1,3} [a-z]{1,3}\b"
)
PART = re.compile(
    r"^[^.!?\n]{0,25}?\b(?:commenc\w*|sont|est|zijn|sind|ist|are|is|debut\w*|finiss\w*|fini\w*|termin\w*|contenant|contient|avec|begint|beginnend\w*|"
    r"begin|eindig\w*|eindigt|bevat\w*|met|beginnt|anfang\w*|fangt|endet|endend\w*|endung|enthalt|mit|ending|ends|"
    r"starting|starts|beginning|begins|containing|contains|with|chiffres|lettres|cijfers|letters|ziffern|buchstaben|digits)"
    r"(?: (?:par|sur|met|op|mit|auf|an|in|with|by|de|les|la|the|en|dans|die|den|het|de|le|"
    r"chiffres?|lettres?|cijfers?|letters?|ziffern|buchstaben|digits?|deux|trois|twee|drie|zwei|drei|two|three|"
    r"derniers|premieres?|laatste|eerste|letzten|ersten|last|first|sont|zijn|sind|are)){0,6}"
    r"[ :\"'«„“]{1,3}(?P<part>(?-i:[A-Z\d](?:[A-Z\d.-]{0,9}))(?!\w)|[a-z\d-]*\d[a-z\d-]*)",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:commence|debute|finit|termine|begint|start|eindigt|beginnt|endet|starts|begins|ends|fangt|hort)\w* (?:par|met|mit|op|auf|with|in|on) "
    r"(?P<part>[A-Z]{1,3}\b|\d{2,3}\b)[^.!?]{0,45}$"
)
ENDING = re.compile(
    r"\b(?:auf|op|mit|met) (?P<part>[A-Z]{1,3}|\d{2,3}) (?:endet|eindigt|anfangt|anfängt|beginnt|begint)"
)
NOT_A_PLATE = re.compile(
    r"^(?:ic|ir|ice|tgv|ter|tec|bus|ral|iso|din|sms|eur|usd|tva|btw|rue|ans|les|des|une|van|het|een|und|der|die|das|the|and|for|men|sur|"
    r"par|aux|is|of|or|ist|it|so|est|pas|min|max|jrs?|uur|uhr|heu|lun|mar|mer|jeu|ven|sam|dim|maa|din|woe|don|vri|zat|zon|moi|mai|mei|"
    r"oct|nov|dec|jan|fev|feb|apr|avr|jun|jul|aug|sep|okt|personen|covid|cov|dab|fm|tv|nr|no|pm|kw|km|kg|cm|mm|ml|"
    r"bmw|vtt|suv|usb|pin|pdf|cap|plp|bin|lpp|plz|gsm|tel|fax|bpost|cic|zip|ce|le|la|en|de|du|et|ou|a|an|ab|am|um|"
    r"bis|von|im|in|op|om|te|tot|na|ca|be|lu|nl|fr|ex|age|cas|fds|euro|euros|vol|vols|mot|mio|pers|day|days|was|had|"
    r"ago|km/h|hrs|two|per|but|not|now|see|all|per|au|on|auf|at|zu|bei|via|sous|fois|jour|dag|tag|jahre|tage|mal|art|faits|ete|eme|pz|zp)$"
)
FOREIGN = re.compile(  # "voiture espagnole 4821 KLM": a vehicle of another country with letters and digits behind it
    r"\b(?:espagnol|francais|neerlandais|allemand|luxembourgeois|italien|polonais|roumain|bulgare|portugais|anglais|britannique|"
    r"spaans|frans|nederlands|duits|luxemburgs|italiaans|pools|roemeens|bulgaars|portugees|engels|brits|"
    r"spanisch|franzosisch|niederlandisch|hollandisch|deutsch|luxemburgisch|italienisch|polnisch|rumanisch|bulgarisch|"
    r"portugiesisch|englisch|britisch|spanish|french|dutch|german|luxembourg|italian|polish|romanian|bulgarian|portuguese|"
    r"english|british|foreign|etrang[ae]re?|buitenlands|auslandisch)e?[rnsm]?s?(?: [a-z]{2,15}){0,3} "
    r"(?P<plate>(?=[a-z0-9 -]*\d)(?=[a-z0-9 -]*[a-z])(?:\d{2,4}[ -]?[a-z]{2,3}|[a-z]{1,3}[ -]?\d{2,4}(?:[ -]?[a-z]{1,3})?))(?![\w-])"
)
UNREAD = re.compile(  # "1YZB3 et deux chiffres": the rest was not read
    r"\b(?P<plate>[1-9][ -]?[a-z]{3}[ -]?\d{0,2})(?![\w-])"
    r"(?=[^.!?]{0,18}\b(?:chiffres?|lettres?|cijfers?|letters?|ziffern?|buchstaben?|digits?)\b"
    r"| (?:puis|et puis|en dan|und dann|and then)\b)"
)
PART_BEHIND_VEHICLE = re.compile(  # "the car that fled ends in 455": nobody says plate
    r"\b(?:fini(?:t|ssant)|termine|terminant|commence|commençant|eindigt|eindigend|begint|beginnend|endet|endend|beginnt|vorne|hinten|"
    r"ends|ending|starts|starting|begins|beginning|(?:derni[eè]r|premi[eè]r)e?s (?:chiffre|lettre)s|(?:laatste|eerste)(?: twee| drie)? (?:cijfer|letter)s|"
    r"(?:letzten|ersten?|letzte)(?: zwei| drei)? (?:ziffern|buchstaben)|(?:last|first)(?: two| three)? (?:digit|figure|letter)s|"
    r"(?:les|de|die|the) (?:chiffres|lettres|cijfers|letters|ziffern|buchstaben|digits|figures))"
    r"(?: (?:par|en|op|met|auf|mit|in|with|sont|zijn|sind|are|est|is|ist)){0,2} "
    r"(?P<part>(?-i:[1-9][ -]?)?(?-i:[A-Z]{2,3})(?:-?\d{1,3})?(?!\w)|\d{2,3}(?-i:[A-Z]{1,3})(?!\w)"
    r"|\d{2,3}(?=[\"'»”)]?(?:[.,;!?]?(?:\s|$)(?! ?[a-zà-ÿ])| (?:et|en|und|and|mais|maar|aber|but)\b)))",
    re.IGNORECASE,
)
LUXEMBOURG = re.compile(r"[a-z]{2} \d{4}$")
EMERGENCY_CALL = re.compile(  # "the 112 app", "speak English to 112"
    r"(?:101|112|1722|1733)[ -](?:app|kan|mag|moet|zal|can|may|will)$|(?:to|call|ring|dial|bel) (?:101|112|1722|1733)$"
)
ROADS = re.compile(r"^(?:e|n|a|r|b|l|d)\d{1,4}$")


def find_plates(surface: Surface) -> list[Mark]:
    """Marks for plates; a form that is also something else counts only beside the word "plate" or a vehicle."""
    folded = surface.folded
    contexts = list(CONTEXT.finditer(folded))
    spans = [found.span() for found in SURE.finditer(folded)]
    spans += [found.span() for found in LIKELY.finditer(folded) if _has_plate_letters(found[0])]
    spans += [found.span() for found in HALF.finditer(folded) if _has_plate_letters(found[0])]
    spans += [found.span() for found in VEILED.finditer(folded) if re.search(r"[?*_]", found[0])]
    spans += [found.span() for found in APART.finditer(folded)]
    spans += [found.span() for found in SPREAD_FLAT.finditer(folded) if _has_plate_letters(found[0])]
    if not surface.is_flat_case:
        spans += [found.span() for found in SPREAD.finditer(surface.text)]
        spans += [found.span() for found in CAPITALS.finditer(surface.text) if _has_plate_letters(found[0].lower())]
    if contexts or (VEHICLE.search(folded) and not surface.is_flat_case):
        spans += _find_european_plates(surface)
    spans += [found.span("plate") for found in FOREIGN.finditer(folded) if _has_plate_letters(found["plate"])]
    spans += [found.span("plate") for found in UNREAD.finditer(folded) if _has_plate_letters(found["plate"])]
    spans = [span for span in spans if contexts or not _is_file_reference(folded, span[0])]
    for compared in LETTER_AS.finditer(folded):
        spans += find_spelt_plates(folded, max(0, compared.start() - 4))
    for dash in DASH_BEHIND_NUMBER.finditer(folded):
        spans += find_spelt_plates(folded, dash.start())
    spans += _find_plate_parts_told_of_vehicles(surface)
    for ending in ENDING.finditer(surface.text):
        spans += [ending.span("part")] if contexts else []
    for context in contexts:
        spans += _find_partial_plate_before(surface, context.start())
        spans += _find_partial_plate_after(surface, context.end())
        spans += find_spelt_plates(folded, context.end())
    return [Mark(RULE, *span) for span in sorted(set(spans)) if not EMERGENCY_CALL.match(folded[slice(*span)])]


def _find_european_plates(surface: Surface) -> list[tuple[int, int]]:
    text = surface.text.upper() if surface.is_flat_case else surface.text
    return [
        found.span()
        for found in EUROPEAN.finditer(text)
        if _is_written_as_plate(found[0].lower(), flat=surface.is_flat_case)
    ]


def _is_written_as_plate(written: str, *, flat: bool) -> bool:
    """In capitals one group may also be a word (AB, CD); where capitals tell nothing, none may."""
    if ROADS.match(re.sub(r"\W", "", written)) or re.search(r"\b(?:101|112|1722|110|1733)$", written):
        return False
    groups = re.findall(r"[a-z]{2,}", written)
    words = [group for group in groups if NOT_A_PLATE.match(group)]
    return not words if flat or len(re.findall(r"[a-z]+", written)) < 2 else words != groups or "ab" in groups


def _is_file_reference(folded: str, start: int) -> bool:
    """A file, a lot or an order whose number looks like a plate: named so in the words before it."""
    before = re.split(r"[.!?\n] ", folded[max(0, start - 60) : start])[-1]
    return REFERENCE.search(before) is not None and VEHICLE.search(before) is None


def _find_partial_plate_before(surface: Surface, position: int) -> list[tuple[int, int]]:
    """ "it ends in 77 and starts with CJ on the plate": the part stands before the word."""
    start = max(0, position - 70)
    found = AHEAD.search(surface.text, start, position)
    return [found.span("part")] if found else []


def _find_plate_parts_told_of_vehicles(surface: Surface) -> list[tuple[int, int]]:
    """The part of a plate that a sentence tells of a vehicle named before it."""
    return [
        found.span("part")
        for found in PART_BEHIND_VEHICLE.finditer(surface.text)
        if VEHICLE.search(re.split(r"[.!?\n]", surface.folded[max(0, found.start() - 90) : found.start()])[-1])
        and not ROADS.match(found["part"].lower())
        and _has_plate_letters(found["part"].lower())
    ]


def _has_plate_letters(written: str) -> bool:
    if re.match(r"[1-9]-[a-z]{1,3}\b", written):  # 1-AB: nothing else is written so
        return True
    return not any(NOT_A_PLATE.match(group) for group in re.findall(r"[a-z]{2,}", written))


def _find_partial_plate_after(surface: Surface, position: int) -> list[tuple[int, int]]:
    following = surface.text_after(position, 70)
    sentence = re.split(r"[!?;\n]|\.\s", following, maxsplit=1)[0]
    spans = []
    part = PART.match(surface.text[position : position + len(sentence)])
    if part and not ROADS.match(part["part"].lower()) and _has_plate_letters(part["part"].lower()):
        spans.append((position + part.start("part"), position + part.end("part")))
    near = sentence[:32]
    for found in WHOLE.finditer(near + sentence[32:45].split(" ")[0]):
        clean = re.sub(r"[^a-z\d]", "", found[0])
        if (
            ROADS.match(clean)
            or re.search(r"(?:101|112|1722|110|1733)$|^[hu]\d\d$", clean)
            or not (_has_plate_letters(found[0]) or LUXEMBOURG.match(found[0]))
            or re.match(r"^\d+(?:h|u|uhr|km|m|ans|am|pm)?\d*$", clean)
        ):
            continue
        if 3 <= len(clean) <= 9 and re.search(r"[a-z]", clean):
            spans.append((position + found.start(), position + found.end()))
    named = re.match(
        r" ?(?::|est|is|ist|numero|nummer)? ?[\"«„“']?(?P<own>[A-Z]{3,8})\b", surface.text[position : position + 40]
    )
    if named and not surface.is_flat_case and _has_plate_letters(named["own"].lower()):
        spans.append((position + named.start("own"), position + named.end("own")))
    return spans
