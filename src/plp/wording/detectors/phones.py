"""Private telephone numbers (R73). Short public numbers, free numbers and police switchboards may stand."""

import re
from collections.abc import Iterable, Iterator

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType

from plp.wording.detectors.numerals import numeral_runs
from plp.wording.detectors.surface import Surface
from plp.wording.findings import Mark

RULE = "phone_number"
PUBLIC_TYPES = frozenset(
    {PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN, PhoneNumberType.PREMIUM_RATE}
)
POLICE = re.compile(
    r"\b(?:(?:the|our|your) station (?:can be reached|answers|is reached)|poli[ct]\w*|\w*polizei\w*|police|zone|pz|zp|commissariat\w*|kommissariat\w*|comissariat|commissariaat|wijkkantoor\w*|wijkwerking|fundburo|opferbeistand|"
    r"\w*inspect\w*|\w*inspekt\w*|wijkagent\w*|agente? de quartier|neighbourhood officer|wijkpost\w*|wijkdienst|revier\w*|dispatch\w*|permanence|permanentie|child ?focus|stop-?fraude|card ?stop|"
    r"secretariat\w*|services? (?:communa|municipa)\w+|intercommunale|antipoison|antigif\w*|commune|gemeente\w*|gemeinde\w*|stadhuis|ville|stad|(?:administration|maison|police) (?:communale|municipale)|"
    r"mediation communale|maison communale|voirie|neighbourhood office|municipal|council|meldpunt|\w*loket|technopreventi\w*|technopreventif|dienst|(?:service|bureau|agent) (?:de )?prevention|prevention (?:service|office)|praventionsamt\w*|town hall|municipality|slachtofferhulp|"
    r"pompiers|brandweer|feuerwehr|zone de secours|hulpverleningszone|service (?:technique|travaux|voirie|proprete|population|social|jeunesse|environnement|urbanisme|logement|client)\w*|[a-z]{3,}dienst|"
    r"(?:ordnungs|gemeinde|burger|standes|jugend|sozial|bau|umwelt|gesundheits)amt|(?:die|der|zur|unserer?) wache|"
    r"(?:service|cellule) (?:juridique|social|d'\w+|aux \w+)|opvang|nachtopvang|(?:at|from|the) desk|loket|schalter|(?:die|der|unsere?) dienststelle|wache|"
    r"(?<!d')(?<!d )accueil|onthaal|sociaal huis|stadswacht\w*|numero communal|vivaqua|sibelga|fluvius|farys|helpline|hulplijn|"
    r"help service|helpdesk|(?:cel|cellule) (?!phone|number|numero)[a-z]+|infor-?\w+|tele-?(?:accueil|onthaal|hilfe)|(?:opvang|meld|steun|info|contact)(?:centrum|punt|lijn)|"
    r"beratung\w*|\w*beratungsstelle|\w*fursorge|cpas|ocmw|oshz|cab|centre (?:de|d'aide|d'accueil|public) ?\w*|centrum voor|"
    r"wildtier\w*|tierheim|refuge|dierenasiel|asbl|vzw|planning familial|ligne d'ecoute|samu social|dispensaire|croix-rouge|rode kruis|rotes kreuz|red cross)\b"
)
SOMEBODY = re.compile(  # "call the robbed lady of our municipality on ..."
    r"\b(?:appel\w+|contact\w*|telephon\w+|joign\w+|bel|bellen|call|ring|phone|ruft?|rufen sie|kontaktier\w*|chez|bij)"
    r"(?: [a-z'-]+){0,3} (?:victimes?|dames?|voisine?s?|habitante?s?|slachtoffers?|"
    r"buur(?:man|vrouw)|bewoonster|bewoner|victims?|lady|woman|gentleman|neighbours?|residents?|owner|opfer|"
    r"nachbar\w*|bewohner\w*|besitzer\w*)\b[^.!?]*$"
)
AT_HOME = re.compile(  # "the municipality does nothing, so ring me at home on ..."
    r"\b(?:chez (?:moi|lui|elle|eux|nous)|thuis|daheim|zuhause|zu hause|at home|(?:naar|bij) m[ie]j?|(?:ruft|rufen sie) mich|"
    r"(?:call|ring|phone) me|appelez-moi|prive|private?s?|personnel|personal|persoonlijk\w*|personlich\w*)\b[^.!?]*$"
)
OFFICE_AFTER = re.compile(  # "082 66 00 00 au secrétariat de la zone"
    r"^,? ?\(?(?:au |a la |du |de la |van de |bij de |bei der |der |of the |(?:of|ou|oder|or) (?:via |par |uber )?(?:de |le |die |the )?"
    r"(?:web)?site (?:van de |de la |du |der |of the ))(?:secretariat|zone|commune|ville|gemeente|stad|gemeinde|municipality|"
    r"police|politie|polizei)"
    r"|^,? ?\(?(?:(?:au|a la|a l'|bij de|bij het|bei der|beim|at the|die|de|la|le|das|the) )?"
    r"(?:police de|politiezone|polizeizone|ordnungsamt|bauamt|opferbeistand|slachtofferhulp|victim support|stadt\b|service (?:d'|aux )|"
    r"(?:meldet sich|hort|antwortet) (?:das|der|die) \w*(?:amt|beistand|dienst|zentrale|wache)\b)"
)
RUN = re.compile(r"(?<![\w.,/-])(?:\+|00)?\(?\d(?:[ ./()_·*\-]{1,2}\d|\d){6,15}(?!\w)")
NEIGHBOURS = (("FR", re.compile(r"0[67](?:[ .\-]?\d\d){4}$")), ("NL", re.compile(r"06[ \-]?\d(?:[ \-]?\d){7}$")),
              ("DE", re.compile(r"01[5-7]\d[ /\-]?\d(?:[ \-]?\d){6,7}$")), ("LU", re.compile(r"6[2679]1(?:[ .]?\d){6}$")))  # fmt: skip
BARE_MOBILE = re.compile(r"(?<![\d+.,])4(?:[ .-]?\d){8}(?!\d)")  # of Belgium, without its first zero
DIALLED = re.compile(r"\b(?:whatsapp|signal|telegram|gsm|mobile|portable|handy|sms|numero|nummer|number)\b|\+ ?32|0032")
NEAR = 110  # characters before a number in which an office is named
LEAST, MOST = 7, 14  # digits of a number that is partly written in words


def find_phones(surface: Surface, official_numbers: Iterable[str] = ()) -> list[Mark]:
    """Marks for private numbers in any writing: spaced out, dotted, with a country code, or spelled as words."""
    official = {_national_digits(number) for number in official_numbers}
    spans: dict[tuple[int, int], phonenumbers.PhoneNumber | None] = dict(_find_phone_numbers_in_digits(surface.text))
    for match in PhoneNumberMatcher(surface.text[:200_000], "BE", leniency=Leniency.VALID, max_tries=2000):
        if not any(start < match.end and match.start < end for start, end in spans):
            spans[match.start, match.end] = match.number
    spans.update(_find_spelt_phone_numbers(surface.folded))
    spans.update(_find_mobile_numbers_without_zero(surface.folded))
    return [
        Mark(RULE, start, end)
        for (start, end), number in sorted(spans.items())
        if _national_digits(surface.text[start:end]) not in official
        and not _is_public_number(number, surface, start, end)
    ]


def _national_digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return re.sub(r"^(?:0032|32|0)0?", "", digits)


def _find_phone_numbers_in_digits(text: str) -> Iterator[tuple[tuple[int, int], phonenumbers.PhoneNumber]]:
    for found in RUN.finditer(text):
        number = _parse_number(found[0])
        if number is not None:
            yield found.span(), number


def _find_spelt_phone_numbers(folded: str) -> Iterator[tuple[tuple[int, int], phonenumbers.PhoneNumber | None]]:
    """Numbers of which some digits are words, or an ``o``: "zero 4 septante-six 12 34 56"."""
    for run in numeral_runs(folded):
        first = next((place for place, numeral in enumerate(run) if numeral.digits.startswith(("0", "32"))), 0)
        said = run[first:]
        digits = "".join(numeral.digits for numeral in said)
        if not any(numeral.spelt for numeral in said) or not LEAST <= len(digits) <= MOST:
            continue
        bare = f"+{digits}" if digits.startswith("32") else digits if digits.startswith("0") else f"0{digits}"
        number = _parse_number(bare)
        if number is not None or all(numeral.spelt and len(numeral.digits) < 3 for numeral in said):
            yield (said[0].start, said[-1].end), number


def _find_mobile_numbers_without_zero(folded: str) -> Iterator[tuple[tuple[int, int], phonenumbers.PhoneNumber | None]]:
    """ "WhatsApp: 4 79 12 34 56 with +32": a mobile number without its zero, beside a word for a telephone."""
    for found in BARE_MOBILE.finditer(folded):
        around = folded[max(0, found.start() - 30) : found.start()] + " " + folded[found.end() : found.end() + 30]
        number = _parse_number(f"0{found[0]}") if DIALLED.search(around) else None
        if number is not None:
            yield found.span(), number


def _parse_number(written: str) -> phonenumbers.PhoneNumber | None:
    regions = ["BE"] + [region for region, form in NEIGHBOURS if form.match(written)]
    bare = re.sub(r"[^\d+]", "", written)
    for region in regions:
        try:
            number = phonenumbers.parse(bare, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and (bare[0] in "0+" or region == "LU"):
            return number
    return None


def _is_public_number(number: phonenumbers.PhoneNumber | None, surface: Surface, start: int, end: int) -> bool:
    if number is None:
        return False
    kind = phonenumbers.number_type(number)
    if kind in PUBLIC_TYPES:
        return True
    fixed = kind in {PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
    before = surface.text_before(start, NEAR)
    near = POLICE.search(before) or OFFICE_AFTER.match(surface.folded[end : end + 60])
    return fixed and near is not None and not SOMEBODY.search(before) and not AT_HOME.search(before)
