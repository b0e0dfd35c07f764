"""What leads to one person or one case: national number, account, private e-mail address or name on a network, file
number.
"""

import re

from stdnum import iban
from stdnum.be import nn

from plp.wording.detectors.surface import Surface
from plp.wording.findings import Mark

NATIONAL = re.compile(r"(?<!\d)\d\d[. ]?[0-5]\d[. ]?[0-3]\d[- .]?\d{3}[. ]?\d\d(?!\d)")
PRINTED = re.compile(
    r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d"
)  # as on an identity card: meant as one even with a slip of the pen
HANDLE = re.compile(r"(?<![\w.@/-])@(?=[\w.]{0,29}[a-z])[\w.]{3,30}")
ACCOUNT = re.compile(r"\b[a-z]{2}\d\d(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?\b")
MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@| ?[(\[] ?(?:at|a|arobase|apenstaartje) ?[)\]] ?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
)
OFFICIAL_MAIL = re.compile(
    r"polic|poliz|polit|plp|\bbin[-.@]|gemeente|commune|\bstad|ville|\bpz|\bzp|info@|contact@|noreply|childfocus|"
    r"safeonweb|suspect@|suspicious@|verdacht@|fgov|\.brussels|belgium\.be|ibz\.be|besafe"
)
CASE = re.compile(
    r"\b[a-z]{2}\.\d\d\.[a-z0-9]{2}\.\d{4,6}(?:/\d{2,4})?\b|"
    r"\b(?:pv|proces-verbal|proces verbaal|pv-nummer|notice|notitienummer|dossier|dossiernummer|aktenzeichen|az|"
    r"protokoll|file|case|report)\b[ .:]{0,2}(?:n[o°r]{0,2}\.?|nummer|numero|number|ref\.?)?[ :.]{0,3}"
    r"[a-z]{0,3}[ ./-]?\d[\d./-]{4,20}\b"
)

FOUND_OBJECT = re.compile(  # its number is what the owner asks for at the counter
    r"\b(?:objets? (?:trouve|perdu)s?|(?:a retirer|a reclamer|a venir chercher|af te halen|op te halen|afhalen|abzuholen|"
    r"abholen|to be collected|collect it|claim it)|gevonden voorwerp\w*|verloren voorwerp\w*|fundsache\w*|fundburo|fundnr|property no|fundrad|gefundenes (?:fahr)?rad|lost property)\b"
)


def find_identifiers(surface: Surface) -> list[Mark]:
    """Marks: a person's number, account or address is ``names_person``; a file number is ``investigation_secret``."""
    marks = [
        Mark("names_person", *found.span())
        for found in NATIONAL.finditer(surface.folded)
        if PRINTED.fullmatch(found[0]) or nn.is_valid(found[0])
    ]
    marks += [
        Mark("names_person", *found.span()) for found in ACCOUNT.finditer(surface.folded) if _is_bank_account(found[0])
    ]
    marks += [
        Mark("names_person", *found.span())
        for form in (MAIL, HANDLE)
        for found in form.finditer(surface.folded)
        if not OFFICIAL_MAIL.search(found[0])
    ]
    if not FOUND_OBJECT.search(surface.folded):
        marks += [Mark("investigation_secret", *found.span()) for found in CASE.finditer(surface.folded)]
    return marks


def _is_bank_account(written: str) -> bool:
    return bool(iban.is_valid(written, check_country=False))
