"""No text of ours promises fewer crimes: research does not bear that out (R151). Pure."""

import re

# A crime word and a word of lessening in one sentence, in either order.
CRIME = (
    r"cambriolages?|vols?|délits?|criminalité|délinquance|crimes?|inbra(?:ak|ken)|woninginbra\w+|diefstal\w*|misdrijven|"
    r"criminaliteit|misdaad|einbr[uü]ch\w*|diebst[aä]hle?\w*|straftaten|kriminalität|verbrechen|burglar\w+|thefts?"
)
LESS = (
    r"moins|baisse\w*|diminu\w+|réduir\w*|rédui\w+|réduction|chute\w*|supprim\w+|minder|daling|dalen|daalt|verminder\w*|"
    r"terugdring\w*|verlag\w*|weniger|rückgang|sinken|senk\w+|verringer\w*|reduzier\w*|fewer|less|reduc\w+|drop\w*|lower\w*"
)
# Also where no crime is named: people steal less, or the neighbourhood is safer since there is a partnership.
STEALING = (
    r"\bvole\w* moins|\bminder (?:gestolen|ingebroken)|\bweniger (?:gestohlen|eingebrochen)|\bst(?:eal\w*|olen) less"
)
SAFER = (
    r"\b(?:PLP|BIN|LPP|partenariat|netwerk|partnerschaft|partnership)\b[^.!?\n]*"
    r"\b(?:plus sûre?s?|veiliger|sicherer|safer)\b"
)
NEGATION = re.compile(r"\b(?:ne|pas|aucune?|niet|geen|nicht|keine?\w*|not|no)\b|\bn[’']", re.IGNORECASE)
PROMISE = re.compile(
    rf"\b(?:{CRIME})\b[^.!?\n]*\b(?:{LESS})\b|\b(?:{LESS})\b[^.!?\n]*\b(?:{CRIME})\b|{STEALING}|{SAFER}", re.IGNORECASE
)


def promises_fewer_crimes(text: str) -> bool:
    """Whether a text seems to promise or ask for a fall in crime, in French, Dutch, German or English."""
    sentences = re.split(r"[.!?\n]", text)
    return any(PROMISE.search(sentence) and not NEGATION.search(sentence) for sentence in sentences)
