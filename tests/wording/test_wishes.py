"""What a reply asks for: STOP in hundreds of spellings, the other wishes, and ordinary words that ask nothing."""

import pytest

from plp.wording.wishes import Wish, edit_distance, wants_stop, wish_in_mail, wish_of_reply

WORDS = """
stop STOP Stop sToP STOP! STOP. "STOP" 'stop' «stop» “Stop” (stop) *STOP* stop... S.T.O.P. s-t-o-p s_t_o_p #stop
ＳＴＯＰ 𝐒𝐓𝐎𝐏 STOP👍 👋stop ST0P st0p stop!!!! ¡stop! [STOP] <stop> stop; stop, /stop stop/ ~stop~ Štop štőp
stpo sotp tsop STPO sstop sttop stoop stoppp stopt dtop stlp stoppe stops
arret ARRET arrêt ARRÊT Arrêt. arre\u0302t ARRE\u0302T arrêter ARRÊTEZ arrête arretez! stopper stoppez résilier
aret arrette
ârret arrèt arrétez Arrêter! ARRÊTER. cesser Cessez! résiliation
désinscrire DESINSCRIRE DÉSINSCRIRE désinscription désabonner DÉSABONNEMENT désinscrir desinscripton desabonement
désinscrivez dèsinscription desabonnnement
uitschrijven UITSCHRIJVEN Uitschrijven! uitschrijving afmelden AFMELDEN stoppen opzeggen stopzetten uitschrijvn
uitschijven uitschrjven Afmelding afmeldne ophouden uitshrijven opzegging afzeggen
STOPP stopp! abmelden ABMELDEN Abmeldung abbestellen aufhören AUFHÖREN aufhoeren kündigen kuendigen abbestelen
abmeldne abemlden abbestellung Beenden
unsubscribe UNSUBSCRIBE Un-subscribe opt-out OPTOUT quit cancel END STOPSMS unsuscribe unsubscibe unsubcribe STOPALL
stopppppp STOOOOP arrêtttez STOPSVP stopaub stopbitte stopmerci 🛑 ЅТОР STOΡ
""".split()  # fmt: skip
SENTENCES = [
    *("S T O P", "s t o p", "STOP\n", "«\u00a0STOP\u00a0»", "  \n stop", "Stop svp", "STOP PLP", "stop sms", "stop nu"),
    *("s.v.p. stop", "S.V.P. STOP!", "svp stop", "SVP arrêtez", "s'il vous plaît, stop", "S’il te plait arrête"),
    *(
        "Bonjour, stop svp. Merci",
        "Bonjour, je voudrais me désinscrire",
        "je veux arrêter",
        "Je souhaite me désabonner",
    ),
    *("Pouvez-vous me désinscrire", "Veuillez me désinscrire", "Arrêt s’il vous plaît", "Oui stop", "merci de stopper"),
    *("plus de sms svp", "Plus de messages", "plus aucun message", "je ne veux plus de sms", "Ne m'envoyez plus rien"),
    *("laissez-moi tranquille", "désinscrivez-moi", "Retirez-moi de la liste", "Je ne souhaite plus recevoir vos avis"),
    *("stop a.u.b.", "AUB stop", "a.u.b. stoppen", "Stop alstublieft", "Goedendag, stop aub", "ik wil stoppen"),
    *("Ik wil me graag uitschrijven", "Kunt u mij uitschrijven", "geen berichten meer", "Geen sms meer aub"),
    *(
        "geen mails meer sturen",
        "ik wil geen berichten van jullie meer",
        "schrijf me uit",
        "Meld mij af",
        "laat me met rust",
    ),
    *(
        "haal me van de lijst",
        "ik wil niets meer ontvangen",
        "ik wil het niet meer",
        "Stuur me niets meer",
        "hallo stop",
    ),
    *("bitte stop", "Bitte abmelden", "STOPP bitte!", "Guten Tag, bitte stopp", "ich möchte mich abmelden"),
    *(
        "Ich will kündigen",
        "Können Sie mich abmelden",
        "keine SMS mehr",
        "Keine Nachrichten mehr bitte",
        "melden Sie mich ab",
    ),
    *(
        "lassen Sie mich in Ruhe",
        "nichts mehr schicken",
        "bitte nicht mehr schreiben",
        "Streichen Sie mich",
        "stopp danke",
    ),
    *("plus d'alertes svp", "Plus de notifications", "plus rien svp", "supprimez mon numéro", "retirez mon numéro"),
    *("j'en veux plus", "je veux plus rien", "ne plus m’envoyer de sms", "Gelieve te stoppen", "graag uitschrijven"),
    *("gelieve mij uit te schrijven", "Hou op", "houd ermee op", "ik wil eruit", "geen meldingen meer"),
    *("verwijder mij van de lijst", "verwijder mijn nummer", "Hören Sie auf!", "hör auf", "keine Meldungen mehr"),
    *("keine weiteren SMS bitte", "ich will nichts mehr", "nicht mehr senden", "streichen Sie meine Nummer"),
    *("no more alerts", "no more", "don’t contact me", "I don't want these anymore", "remove my number"),
    *("I no longer want to receive these", "Ich habe genug, keine SMS mehr", "Ik krijg te veel sms, geen sms meer aub"),
    *("please stop", "Please, stop!", "pls stop", "stop please", "I want to unsubscribe", "can you unsubscribe me"),
    *("no more texts", "No more messages please", "don't text me", "Do not call me", "take me off this list"),
    *("leave me alone", "Stop sending me these", "I would like to cancel", "sign me out", "thanks, stop", "hi, stop"),
]
NOTHING = [
    *("", "Merci", "ok", "101", "?", "👍", "start", "top", "Top!", "step", "shop", "stoep", "OK 4821", "RELAYER 4821"),
    *("DOORSTUREN 4821", "WEITERLEITEN 4821", "oui", "ja", "J’ai vu un bus s’arrêter", "Bushalte stop"),
    *("stopcontact kapot", "anmelden", "aanmelden", "Anmeldung", "ich möchte bestellen", "subscribe", "inscription"),
    *("Je veux devenir membre", "Ik wil graag helpen", "Ich möchte mitmachen", "Il y a plus de voitures", "plus tard"),
    *(
        "Warum bekomme ich keine Nachrichten mehr?",
        "Waarom krijg ik geen berichten meer?",
        "why do I get no more texts",
    ),
    *("Je ne reçois plus de messages", "Ik ontvang geen sms meer", "no more messages since Monday, is it broken?"),
    *("Ich habe keine Post mehr bekommen seit Montag", "Il y a plus d'alarme chez nous", "Je veux plus de sécurité"),
    *("Who is this?", "Wie is dit?", "C’est qui ?", "Wer ist da?", "Er is niemand meer thuis", "Non-stop lawaai"),
]


def test_a_stop_is_heard_in_more_than_two_hundred_spellings() -> None:
    spellings = {*WORDS, *SENTENCES}

    assert [words for words in spellings if wish_of_reply(words) is not Wish.STOP] == []
    assert len(spellings) >= 200


def test_other_words_ask_for_nothing() -> None:
    assert [words for words in NOTHING if wish_of_reply(words) is not None] == []


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Wish.LEAVE, "Quitter|je veux quitter le PLP|verlaten|ik wil uittreden|Austritt|leave|QUITTER svp"),
        (Wish.ERASE, "effacer|Supprimez mes données|wissen|Verwijder mijn gegevens|Löschen|erase|delete"),
        (Wish.DATA, "données|mes données svp|mijn gegevens|Meine Daten|my data|RGPD|AVG|DSGVO|inzage"),
        (Wish.CORRECT, "corriger|j’ai déménagé|ik ben verhuisd|wijzigen|korrigieren|correct|I moved"),
    ],
)
def test_the_other_wishes(wish: Wish, words: str) -> None:
    assert {one: wish_of_reply(one) for one in words.split("|")} == dict.fromkeys(words.split("|"), wish)


@pytest.mark.parametrize(
    ("subject", "body", "wish"),
    [
        (
            "Re: Alarme : STOP",
            "Bonjour,\n\nstop svp\n\nLe 3 mai à 10:00, PLP a écrit :\n> Arrêter : https://x",
            Wish.STOP,
        ),
        ("Stop", "", Wish.STOP),
        ("stop", "Met vriendelijke groeten,\nJan", Wish.STOP),
        ("Re: Stop de dieven", "Merci beaucoup !\n-- \nstop", None),
        ("AW: Hinweis", "\n\nOn 3 May PLP wrote:\n> STOP", None),
        ("Mijn gegevens", "Kunt u mij zeggen wat u bewaart?", Wish.DATA),
        ("Bonjour", "Il y a du bruit dans la rue.", None),
    ],
)
def test_a_mail_speaks_with_its_own_words(subject: str, body: str, wish: Wish | None) -> None:
    assert wish_in_mail(subject, body) is wish


def test_a_flood_of_words_takes_no_time_and_stops_nobody() -> None:
    assert not wants_stop("a" * 1_000_000 + " stop")
    assert wish_in_mail("x" * 100_000, "b\n" * 100_000) is None


def test_a_slip_is_a_letter_more_less_other_or_swapped() -> None:
    others = ("abmelden", "abmeldne", "abmeden", "abmeldeen", "anmelden")
    assert [edit_distance("abmelden", other, 2) for other in others] == [0, 1, 1, 1, 1]
    assert edit_distance("abc", "abcdefgh", 2) == 3
