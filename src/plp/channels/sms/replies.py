"""What somebody who answers an SMS wants: only STOP is understood, in every spelling (G19)."""

import re
import unicodedata

# First words that stop, without accents: French, Dutch, German, English.
STOP_WORDS = frozenset(
    {
        *("stop", "stopsms", "stopplp", "stopbin", "stopall"),
        *("arret", "arreter", "arretez", "desinscription", "desinscrire", "desabonner", "desabonnement"),
        *("stoppen", "stopzetten", "uitschrijven", "afmelden", "opzeggen"),
        *("stopp", "abmelden", "abbestellen", "aufhoren"),
        *("unsubscribe", "quit", "cancel", "end", "optout"),
    }
)


def wants_stop(words: str) -> bool:
    """Whether a reply asks for STOP: its first word says so, whatever case, accents, quotes and punctuation."""
    plain = unicodedata.normalize("NFKD", words[:200]).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = re.findall(r"[a-z]+", letters)
    return bool(found) and (found[0] in STOP_WORDS or "".join(found) in STOP_WORDS)
