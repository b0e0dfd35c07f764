"""What somebody wants who answers a message in their own words: STOP above all, in every spelling (G19, T41).

Four languages, any case, accents, punctuation, politeness and haste. Rather one STOP too many, which its owner takes
back in a moment, than one unheard. The other wishes are answered with the way to go, so a doubtful one says nothing.
"""

import re
import unicodedata
from enum import StrEnum
from itertools import takewhile

from plp.wording.fold import LOOK_ALIKES

LONGEST = 200  # letters that are looked at
MOST_READ = 4000  # letters of a mail
FUZZY_FROM, TWO_SLIPS_FROM = 7, 10  # letters from which a word may hold one slip of the finger, or two
FEW = 3  # words of a reply in which a misspelt word still counts


class Wish(StrEnum):
    """What a reply may ask for, about oneself (R79)."""

    STOP = "stop"  # nothing more at this address
    LEAVE = "leave"  # be a member no more
    ERASE = "erase"
    DATA = "data"  # see what is kept
    CORRECT = "correct"


STOP_WORDS = frozenset(
    {
        *("stop", "stops", "stopsms", "stopplp", "stopbin", "stoplpp", "stopall", "smsstop", "stopt"),
        *("stpo", "sotp", "tsop", "sstop", "sttop", "stoop", "stoopp", "stoppp", "stp", "stopo", "stoip", "stiop"),
        *("dtop", "stob", "stlp", "stopl", "stoppe", "estop"),
        *("arret", "arrete", "arretez", "arreter", "aret", "arette", "arrette", "arrettez", "stopper", "stoppez"),
        *("cesser", "cessez", "resilier", "resiliation", "desinscrivez"),
        *("desinscription", "desinscrire", "desinscris", "desabonner", "desabonnez", "desabonnement"),
        *("stoppen", "stopzetten", "uitschrijven", "uitschrijving", "afmelden", "afmelding", "opzeggen", "opzegging"),
        *("ophouden", "afzeggen", "stopp", "stoppt", "abmelden", "abmeldung", "abbestellen", "abbestellung"),
        *("aufhoren", "aufhoeren", "austragen", "beenden", "kundigen", "kuendigen"),
        *("unsubscribe", "quit", "cancel", "end", "optout"),
    }
)
NEAR_BUT_OTHER = frozenset(
    {
        *("anmelden", "anmeldung", "bestellen", "bestellung", "aanmelden", "subscribe", "shoppen", "shopper"),
        *("stepper", "opleggen", "inscription", "abonnement"),
    }
)
OTHER_WISHES = {
    Wish.LEAVE: frozenset(
        {
            *("quitter", "demission", "demissionner", "leave", "verlaten", "uittreden", "uitstappen", "ontslag"),
            *("austreten", "austritt", "verlassen"),
        }
    ),
    Wish.ERASE: frozenset(
        {
            *("effacer", "effacez", "effacement", "supprimer", "supprimez", "suppression", "oubli", "oublier"),
            *("oubliez", "wissen", "wis", "verwijderen", "verwijder", "verwijdering", "vergeet", "loschen", "loschung"),
            *("loeschen", "erase", "delete", "forget", "remove"),
        }
    ),
    Wish.DATA: frozenset(
        {
            *("donnees", "gegevens", "daten", "data", "rgpd", "avg", "dsgvo", "gdpr", "inzage", "auskunft", "export"),
        }
    ),
    Wish.CORRECT: frozenset(
        {
            *("corriger", "corrigez", "correction", "rectifier", "rectification", "modifier", "demenage", "verbeteren"),
            *("verbetering", "wijzigen", "wijziging", "aanpassen", "verhuisd", "korrigieren", "korrektur", "andern"),
            *("aendern", "berichtigen", "umgezogen", "correct", "change", "moved"),
        }
    ),
}
MY_DATA = re.compile(r"\b(mes donnees|mijn gegevens|meine daten|my data)\b")

# Said by way of politeness, around the word that counts.
POLITE = re.compile(
    r"\b(s ?v ?p|s ?t ?p|a ?u ?b|s il (vous|te) plait|sil (vous|te) plait|sivouplait|please|pls|plz|alstublieft"
    r"|alsjeblieft"
    r"|bitte|merci( de)?|danke|dank (u|je)( wel)?|bedankt|thanks|thank you|bonjour|bonsoir|salut|hello|hallo|hi|dag"
    r"|goeiedag|goedendag|goedemorgen|guten tag|madame|monsieur|mevrouw|meneer|ok|okay|oui|ja|yes|nee|nein"
    r"|cordialement|groeten|mvg|mfg|gruss|regards)\b"
)
# "I would like to ...": what is wanted comes after it.
WANTING = re.compile(
    r"^(et |en |und |and )?(je|j|gelieve|graag|ik|ich|i|we|wij|wir|nous|pouvez vous|pourriez vous|veuillez|kunt u|kan u"
    r"|wilt u|kunnen jullie"
    r"|konnen sie|wurden sie|koennen sie|can you|could you|would you)"
    r"( (veux|voudrais|souhaite|souhaiterais|desire|aimerais|demande a|wil|wens|zou|graag|willen|mochte|moechte"
    r"|will|want"
    r"|wish|would|like|d|to|me|m|mij|mich|moi|my|mijn|mon|mes|meine|gerne|ai|ben|bin|have|ve|am|nu|maintenant"
    r"|now|jetzt|de|te|aan|zu))*\b ?"
)
# Whole sentences that say the same without any of the words above.
SENTENCES = re.compile(
    r"\b(ne (veux|souhaite|desire|voudrais) plus|ne m (envoyez|ecrivez|appelez) plus|n envoyez plus"
    r"|plus rien (recevoir|m envoyer)|je veux plus (rien|recevoir)|j en veux plus"
    r"|ne plus (m |nous )?(envoyer|recevoir|ecrire|appeler)"
    r"|laissez moi (tranquille|en paix)|(desinscri\w+|desabonn\w+) moi|(retirez|enlevez|rayez) (moi|mon)"
    r"|(supprime[zr]?|efface[zr]?) (moi de|mon numero)|me (desinscrire|desabonner)|m(e|on) enlever de la liste"
    r"|niets meer (ontvangen|krijgen|sturen)|wil (dit|deze \w+|het|ze) niet meer|niet meer (sturen|ontvangen"
    r"|bellen|mailen)|wil eruit|(me|mij|ons) uit te schrijven|uitgeschreven (te )?worden"
    r"|schrijf (me|mij|ons) uit|meld (me|mij|ons) af|haal (me|mij|ons) (eraf|van)|laat (me|mij|ons) met rust"
    r"|stuur (me|mij) niets? meer|verwijder (me|mij|ons) van|verwijder mijn nummer"
    r"|(nichts|nicht) mehr (schicken|senden|bekommen|schreiben|anrufen|erhalten)|will nichts mehr"
    r"|(melden|tragen|nehmen) sie mich (ab|aus|von)|meld(e|et)? mich ab"
    r"|lassen sie mich in ruhe|streichen sie (mich|meine nummer)|lo(e)?schen sie mich (aus|von)"
    r"|(do not|don t|dont) (text|mail|email|call|write|send|message|contact)|no longer (want|wish) to (get|receive)"
    r"|(don t|do not|dont) want (it|them|these)( \w+)? (anymore|any more)"
    r"|(take|remove|get) me (off|from)|(take|remove|delete) my number|leave me alone|(sign|opt) me out"
    r"|stop (sending|texting|writing|calling|mailing))\b"
    r"|^(hou|houd|houdt) (er ?mee )?op\b|^ho(e)?r(en|t)? (sie )?auf\b"
    r"|^(plus rien|niets meer|nichts mehr|no more)( svp| aub| bitte| please)?$"
)
# Nothing more of something that we send: a wish, unless it is told as something that is missed.
NO_MORE = re.compile(
    r"\b(plus (de|d|aucune?|recevoir)( \w+)? ?(sms|messages?|mails?|e mails?|textos?|appels?|courriers?|nouvelles"
    r"|vos|alertes?|alarmes?|notifications?)"
    r"|geen (\w+ )?(sms|smsjes|berichten|bericht|mails?|e mails?|post|telefoons|oproepen|meldingen|alarmen"
    r"|waarschuwingen)( \w+){0,2} meer"
    r"|keine (\w+ )?(sms|nachrichten|nachricht|mails?|e mails?|post|anrufe|meldungen|alarme|warnungen)( \w+){0,2} mehr"
    r"|keine weiteren (sms|nachrichten|mails?|e mails?|anrufe|meldungen|warnungen)"
    r"|no more (\w+ )?(sms|texts?|messages?|e ?mails?|calls?|letters?|alerts?|notifications?))\b"
)
MISSED = re.compile(
    r"\b(recois|recoit|recevons|ai|a|avons|krijg|krijgt|krijgen|ontvang|heb|hebben|komen|bekomme|bekommen|kriege"
    r"|kriegen|erhalte|habe|haben|kommen|get|got|have)"
    r"( (ich|ik|i|wij|we|wir|je|al|schon|nu|nun|jetzt|now|deja|dagen|tagen))* (plus|geen|keine|no more)\b"
    r"|\b(plus|geen|keine|no more)\b.* (depuis|sinds|seit|since)\b"
)
GLUED = re.compile(r"stop(p|pen|per|pez)?(svp|stp|aub|bitte|merci|danke|please|pls|nu|gvd)")
QUOTED = re.compile(
    r"^\s*(>|-- ?$|_{5,}|-{2,} ?\w+|(le|op|am|on|van|de|von|from)\b.*(:|a écrit|schreef|schrieb|wrote)\s*$)",
    re.IGNORECASE,
)
ANSWER = re.compile(r"^\s*((re|aw|antw?|tr|fw|fwd|wg|sv)\s*:\s*)+", re.IGNORECASE)


def wish_of_reply(text: str) -> Wish | None:
    """What a short reply asks for; ``None`` when it is nothing of the kind."""
    said = fold_reply(text)
    if "".join(said.split()) in STOP_WORDS or SENTENCES.search(said) or _wants_no_more(said):
        return Wish.STOP
    asked = " ".join(WANTING.sub("", " ".join(POLITE.sub(" ", said).split())).split())
    tokens = asked.split()
    if not tokens:
        return None
    if {tokens[0], "".join(tokens)} & STOP_WORDS or GLUED.fullmatch(tokens[0]):
        return Wish.STOP
    if len(tokens) <= FEW and _is_misspelt_wish_word(tokens[0]):
        return Wish.STOP
    found = (wish for wish, known in OTHER_WISHES.items() if tokens[0] in known)
    return next(found, Wish.DATA if MY_DATA.search(asked) else None)


def wants_stop(text: str) -> bool:
    """Whether a reply asks for STOP."""
    return wish_of_reply(text) is Wish.STOP


def unquoted_lines(body: str) -> str:
    """What a mail says itself: its lines before those that it quotes or answers."""
    lines = (line.strip() for line in body[:MOST_READ].splitlines())
    return "\n".join(takewhile(lambda line: not QUOTED.match(line), lines)).strip()


def wish_in_mail(subject: str, body: str) -> Wish | None:
    """What a mail asks for: in its own words alone, not in those that it quotes or answers; else in its subject.

    The subject of an answer is ours, so it says nothing.
    """
    first = next((line for line in unquoted_lines(body).splitlines() if POLITE.sub("", fold_reply(line)).strip()), "")
    return wish_of_reply(first) or (None if ANSWER.match(subject) else wish_of_reply(subject))


def _wants_no_more(said: str) -> bool:
    """Whether nothing more is asked for; not by who wonders why nothing comes any more."""
    return NO_MORE.search(said) is not None and MISSED.search(said) is None


def fold_reply(text: str, *, longest: int = LONGEST) -> str:
    """Small letters without accents, in words; a nought in a word is an o, and so is a look-alike of other scripts.

    A letter held down stands once, and the sign of a stop is its word.
    """
    plain = unicodedata.normalize("NFKD", text[:longest]).casefold().replace("\N{OCTAGONAL SIGN}", " stop ")
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(LOOK_ALIKES)
    letters = re.sub(r"([a-z])\1{2,}", r"\1", letters)
    spelled = re.sub(r"(?<=[a-z])0(?=[a-z])", "o", letters)
    return " ".join(re.findall(r"[a-z]+", spelled))


def pattern_of_entries(listed: str) -> re.Pattern[str]:
    """One of the entries between commas, in folded words: "rod*" begins a word, " .. " is up to three."""
    entries = sorted({" ".join(entry.split()) for entry in listed.split(",")} - {""}, key=len, reverse=True)
    alternatives = "|".join(entry.replace("*", "[a-z]*").replace(" .. ", r"(?: [a-z]+){0,3} ") for entry in entries)
    return re.compile(rf"\b(?:{alternatives})\b")


def _is_misspelt_wish_word(token: str) -> bool:
    """Whether a long word is one of ours but for a slip or two, and no other known word."""
    if len(token) < FUZZY_FROM or token in NEAR_BUT_OTHER:
        return False
    most = 2 if len(token) >= TWO_SLIPS_FROM else 1
    return any(len(one) >= FUZZY_FROM and edit_distance(token, one, most) <= most for one in STOP_WORDS)


def edit_distance(one: str, other: str, most: int) -> int:
    """Letters left out, added, changed or swapped between two words (optimal string alignment); over ``most``: more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
