"""What somebody who answers an SMS wants: only STOP is understood, in every spelling (G19)."""

import re
import unicodedata

from plp.toolbox.crypto import sign, signed

INBOUND_PURPOSE = "sms-inbound"
OPERATOR = "gateway"  # who may bring replies

# First words that stop, without accents: French, Dutch, German, English.
STOP_WORDS = frozenset(
    {
        *("stop", "stops", "stopsms", "stopplp", "stopbin", "stoplpp", "stopall", "smsstop"),
        *("arret", "arrete", "arretez", "arreter", "stopper", "stoppez", "resilier"),
        *("desinscription", "desinscrire", "desinscrivez", "desabonner", "desabonnez", "desabonnement"),
        *("stoppen", "stopzetten", "uitschrijven", "uitschrijving", "afmelden", "opzeggen", "ophouden"),
        *("stopp", "stoppt", "abmelden", "abmeldung", "abbestellen", "aufhoren", "austragen"),
        *("unsubscribe", "quit", "cancel", "end", "optout"),
    }
)


def wants_stop(words: str) -> bool:
    """Whether a reply asks for STOP: its first word says so, whatever case, accents, quotes and punctuation.

    What follows does not count (``Stop svp``): rather one STOP too many, which the member takes back, than one unheard.
    """
    plain = unicodedata.normalize("NFKD", words[:200]).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = re.findall(r"[a-z]+", letters)
    return bool(found) and (found[0] in STOP_WORDS or "".join(found) in STOP_WORDS)


def inbound_path() -> str:
    """The address to give to the gateway for replies; its last part is the secret of this installation."""
    return f"/api/inbound/sms/{sign(OPERATOR, purpose=INBOUND_PURPOSE)}"


def is_from_gateway(secret: str) -> bool:
    """Whether the last part of an address is that secret."""
    return signed(OPERATOR, secret, purpose=INBOUND_PURPOSE)
