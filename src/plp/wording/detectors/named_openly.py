"""Names that stand in the open: of whoever is honoured, and of the missing whom the authorities look for."""

import re

from plp.wording.detectors.addresses import CRIME
from plp.wording.detectors.surface import Surface
from plp.wording.findings import Mark
from plp.wording.proposals import sentence_spans

CELEBRATED = re.compile(  # who is thanked, honoured, gives a name to a place, or sees off work: named as on any such day
    r"\b(?:named (?:after|in honour)|c'est le nom d(?:e|u)?|(?:recev|prend)ra le nom d(?:e|u)?|vernoemd naar|krijgt de naam|benannt nach|"
    r"nach [^.!?\n]{3,40} benannt|erhalt den namen|gedenktafel|gedenkplaat|plaque commemorative|"
    r"felicit\w*|bravo|proficiat|gefeliciteerd|gratulier\w*|gluckwunsch\w*|congratulat\w*|well done|jubile\w*|jubila\w*|jubilee|"
    r"centenaire|honderdste|hundertste|hundredth|retraite|pension\w*|retires?|retirement|afscheid\w*|abschied\w*|farewell)\b"
)
AT_THEIR_EXPENSE = re.compile(  # and where something is said of them that nobody needs to know
    r"\b(?:vol|vole\w*|cambriol\w*|victime\w*|agress\w*|suspect\w*|voleur\w*|auteurs?|arret\w*|interpell\w*|hopital|hospital\w*|malade|"
    r"absent\w*|vacances|voyage|habit\w*|chez|maison|accus\w*|condamn\w*|"
    r"inbr\w*|ingebroken|diefstal\w*|gestolen|slachtoffer\w*|verdacht\w*|dader\w*|dief|dieven|ziek\w*|opgepakt|aangehouden|op reis|afwezig|vakantie|woon\w*|"
    r"einbr\w*|eingebrochen|diebstahl\w*|gestohlen|opfer\w*|verdachtig\w*|tater\w*|dieb\w*|krank\w*|festgenommen|verreist|urlaub|wohn\w*|beschuldigt|"
    r"burgl\w*|theft|stolen|victim\w*|thie\w*|arrested|ill|sick|away|holiday|abroad|lives?|living|accused|convicted)\b"
)
APPEAL_OF = re.compile(  # whose appeal it is
    r"\b(?:parquet|procureur\w*|parket|staatsanwalt\w*|prosecutor\w*|cel vermiste personen|cellule (?:des )?personnes disparues|child focus|"
    r"police federale|federale politie|foderalen? polizei|federal police)\b"
)
MISSING = re.compile(
    r"\b(?:disparue?s?|disparition|vermiste?n?|vermisstenmeldung|vermisst\w*|hilflos\w*|missing|last seen|laatst gezien|zuletzt gesehen|"
    r"vu(?:e|s|es)? pour la derniere fois)\b"
)
TO_TELL_THEM = re.compile(r"\b0800[ /.-]?30[ .-]?300\b|\b116 ?000\b|\b(?:police|politie|polizei)\.be\b")


def is_only_celebrated(surface: Surface, mark: Mark) -> bool:
    """The sentence of the name honours somebody, and the text tells nothing else of persons."""
    if AT_THEIR_EXPENSE.search(surface.folded):
        return False
    around = (span for span in sentence_spans(surface.text) if span[0] < mark.end and mark.start < span[1])
    return any(CELEBRATED.search(surface.folded[start:end]) for start, end in around)


def is_official_missing_person_appeal(surface: Surface) -> bool:
    """The authorities look for somebody missing, and say where to tell them; no offence is spoken of."""
    folded = surface.folded
    return all(form.search(folded) for form in (APPEAL_OF, MISSING, TO_TELL_THEM)) and not CRIME.search(folded)
