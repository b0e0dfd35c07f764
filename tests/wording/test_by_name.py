"""Pictures of people, closed doors, absences and illnesses by name stand on no paper; what only looks alike does."""

import pytest

from plp.wording.check import check
from plp.wording.held_words import PUBLIC_RULES, HeldWords, require_text_passes_check

REFUSED = {
    "fr": (
        "Madame Collard s'est cassé le col du fémur et reste à Brugmann.", "Filmez les suspects.",
        "N'ouvrez surtout pas si Karim sonne.", "Ne laissez pas entrer le fils Bogaert.",
        "Chez Jeannine il n'y a personne toute la semaine.", "Évitez Rachid, il n'est pas net.",
        "La voiture du fils Bogaert sert aux cambriolages.", "Les Lambert sont en vacances.",
        "p a t r o u i l l e samedi à 22 h", "pa-trouil-le de nuit, inscrivez-vous", "Ρatrouille samedi",
        "Rondes interdites… cela ne nous arrête pas.", "Malgré le refus du commissaire, on tourne ce soir à pied.",
        "Pouvons-nous faire des rondes la nuit ? Non, c'est interdit, mais on les fera quand même.",
        "N'OUVREZ PAS À MOHAMED !", "n'ouvrez jamais la porte à kevin", "SI KEVIN SONNE, N'OUVREZ PAS.",
    ),
    "nl": (
        "Laat Younes niet binnen.", "Neem foto's van verdachte wagens.", "De familie Peeters is op reis.",
        "Rosa brak haar heup en ligt in Pellenberg.", "burgerw8cht zoekt leden", "bur-ger-wacht zoekt leden",
        "Patrouilleren doen we toch, wat de politie ook zegt.", "Rondes verboden… dat houdt ons niet tegen.",
        "Afspraak om 23 uur om het park uit te kammen.", "Mogen we patrouilleren? Nee, maar we doen het toch.",
        "Mogen we samen patrouilleren? Nee, dat is verboden. We doen het toch.",
        "DOE NIET OPEN VOOR YOUNES", "Als Karim aanbelt, doe dan niet open.", "doe nooit open voor karim",
    ),
    "de": (
        "Die Müllers sind bis Sonntag verreist.", "Macht Fotos von verdächtigen Autos.",
        "Lassen Sie Ali nicht herein.", "Macht nicht auf, wenn Igor klingelt.", "Zückt das Handy und knipst sie.",
        "Treffen um 23 Uhr, um den Park zu durchkämmen.", "Streife verboten… das hält uns nicht auf.",
        "Dürfen wir nachts zusammen Streife gehen? Nein, das ist verboten. Wir machen es trotzdem.",
        "ÖFFNEN SIE IGOR NICHT!", "lasst mehdi nicht herein", "Wenn Igor klingelt, machen Sie nicht auf.",
        "Hans-Peter kommt erst am 5. zurück.",
    ),
    "en": (
        "The Lamberts are on holiday.", "Take pictures of suspicious cars.", "Do not let Karim in.",
        "Come pa-trol-ling with us tonight.", "We will walk our rounds, whatever the police say.",
        "May we patrol at night together? No, that is forbidden, but we will do it anyway.",
        "DO NOT OPEN TO MEHDI", "If Karim rings, never open the door.", "don't let karim in",
    ),
}  # fmt: skip
HONEST = {
    "fr": (
        "Le camp des gens du voyage est autorisé par la commune jusqu'au 15.", "Photographiez votre voiture.",
        "Ne filmez pas les passants.", "Peut-on patrouiller ? Non, c'est interdit.",
        "La patrouille a arrêté un cambrioleur.", "Rendez-vous samedi à la salle, là-bas.",
        "N'OUVREZ PAS À UN FAUX POLICIER.", "n'ouvrez pas à un inconnu", "RENDEZ-VOUS PLACE SAINT-NICOLAS",
    ),
    "nl": (
        "Het woonwagenkamp is door de gemeente toegelaten tot de 15de.", "Fotografeer uw auto.",
        "Mogen we patrouilleren? Nee, dat is verboden.", "Mag men 's nachts een ronde doen? Neen, dat mag niet.",
        "DOE NIET OPEN VOOR VREEMDEN", "laat geen onbekenden binnen",
    ),
    "de": (
        "Das Lager der Fahrenden ist von der Gemeinde bis zum 15. genehmigt.", "Fotografieren Sie Ihr Auto.",
        "Dürfen wir Streife gehen? Nein, das ist verboten.",
        "Dürfen wir nachts patrouillieren? Nein, das ist verboten.",
        "ÖFFNEN SIE UNBEKANNTEN NICHT!", "öffnen sie die tür nicht",
    ),
    "en": (
        "The travellers' camp is allowed by the council until the 15th.", "Take a picture of your car.",
        "May we patrol at night together? No, that is forbidden.", "The Winter Wonders open on Friday.",
        "DO NOT OPEN TO STRANGERS", "do not open for mark-downs",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in REFUSED.items() for text in texts])
def test_what_harms_somebody_is_refused_in_public_forms(language: str, text: str) -> None:
    with pytest.raises(HeldWords):
        require_text_passes_check(text, language=language, rules=PUBLIC_RULES)

    assert check(text, language=language, kind="coordinator_note").verdict == "hold"


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in HONEST.items() for text in texts])
def test_what_only_looks_alike_passes(language: str, text: str) -> None:
    require_text_passes_check(text, language=language, rules=PUBLIC_RULES)

    assert "hold" not in {
        one.severity
        for one in check(text, language=language, kind="coordinator_note").findings
        if one.rule in PUBLIC_RULES
    }
