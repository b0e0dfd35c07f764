"""What people typed who did not know the name of a page: each finds it, in the four languages and with slips."""

import pytest

from plp.portal.subjects.home.page_search import matching_pages

# View of a page: what was typed by people who looked for it.
TYPED = {
    "charter:home": [
        "subside",
        "assurances",
        "subsidie",
        "statuten",
        "handtekening",
        "Zuschuss",
        "Unterschrift",
        "grant",
        "signature",
    ],
    "evaluation:figures:overview": [
        "statistique",
        "hoeveel leden",
        "cijfers",
        "Statistiken",
        "statistic",
        "annual figures",
    ],
    "evaluation:home": [
        "rapport annuel",
        "bilan de l'année",
        "jaarverslag",
        "enquete",
        "evaluatie",
        "Jahresbericht",
        "Umfrage",
        "Auswertng",
        "annual report",
    ],
    "evening:home": [
        "reunion",
        "pv de la reunion",
        "feuille de présence",
        "convocation",
        "date de la prochaine soirée",
        "vergadering",
        "uitnodiging",
        "verslag vergadering",
        "Versammlung",
        "Protokoll der Sitzung",
        "meeting",
        "minutes of meeting",
    ],
    "exercises:overview": [
        "exercice",
        "s'entrainer",
        "simulation",
        "oefening",
        "oefenen",
        "Übung",
        "Uebung",
        "drill",
    ],
    "followup:requests:asked": [
        "demander a la police",
        "vraag aan politie",
        "Frage an die Polizei",
        "ask the police",
    ],
    "guide:index": [
        "hoe werkt het",
    ],
    "launch:groundwork:informing": ["brief aan de straat", "Brief an die Straße"],
    "launch:groundwork:area": [
        "carte du quartier",
        "straat erbij",
    ],
    "launch:pack:home": [
        "coller des affiches",
        "toute boite",
        "valve",
        "courrier",
        "plakaat",
        "affiches ophangen",
        "Aushang",
        "Karte",
        "Plakate drucken",
        "noticeboard",
        "postr",
        "print poster",
        "letters to the street",
    ],
    "launch:pack:recruit": [
        "comment recruter",
        "lien à partager",
        "leden werven",
        "Werbung",
    ],
    "mandates:absences:absence": [
        "deputy",
        "je pars en vacances",
        "vacance",
        "remplacement",
        "je suis malade",
        "vakantie",
        "vervanging",
        "Urlaub",
        "holiday",
    ],
    "mandates:people": [
        "nouvel adjoint",
        "nieuwe coordinator",
        "Stellvertreter gesucht",
        "who is coordinator",
        "new coordinator",
    ],
    "mandates:rotas:home": [
        "qui est de garde",
        "tour de garde",
        "garde",
        "wie heeft wacht",
        "wachtdienst",
        "ruilen",
        "Bereitschaft",
        "Dienstplan",
        "on call",
        "rota",
        "roster",
    ],
    "measures:listed": [
        "complaint",
    ],
    "membership:desk:members": [
        "liste des membres",
        "supprimer un membre",
        "demenagement",
        "qui n'est pas atteint",
        "numéros de téléphone des membres",
        "ledenlijst",
        "lid schrappen",
        "lijst van de buren",
        "Mitgliederliste",
        "Liste der Nachbarn",
        "member list",
        "remove member",
        "neighbours list",
        "nieghbours",
    ],
    "membership:desk:paper": [
        "stroom uitgevallen",
        "Stromausfal",
    ],
    "membership:enrolment:desk": [
        "inscription",
        "importer excell",
        "formulaire",
        "lid toevoegen",
        "inschrijving",
        "excel inlezen",
        "Anmeldung neues Mitglied",
        "Tabelle hochladen",
        "sign up neighbour",
        "upload list",
    ],
    "mfa_index": [
        "mot de passe oublie",
        "changer mon numero",
        "se deconnecter",
        "mon adresse mail",
        "wachtwoord",
        "paswoord",
        "telefoonnummer wijzigen",
        "mijn gegevens",
        "Kennwort",
        "meine Daten",
        "pasword",
        "my details",
    ],
    "notices:desk:desk": [
        "cambriolage",
        "envoyer un sms",
        "alarme en cours",
        "bericht sturen",
        "inbraak",
        "berichtn",
        "Nachricht schicken",
        "Einbruch",
        "send message",
        "burglary",
    ],
    "notices:relay:inbox": [
        "appels à faire",
        "wie moet ik bellen",
        "Wer wird angerufen",
        "call neighbours",
    ],
    "protection:home": [
        "fuite",
        "gdpr",
        "Datenschuz",
    ],
    "sightings:desk": [
        "voiture suspecte",
        "verdachte wagen",
        "verdächtiges Auto",
        "suspicious car",
    ],
    "sightings:questions:coordinator": [
        "question d'un voisin",
        "vragen van leden",
    ],
}


@pytest.mark.parametrize("view", TYPED)
def test_a_page_is_found_by_what_people_type(view: str) -> None:
    missed = [words for words in TYPED[view] if view not in {page.view for page in matching_pages(words)}]

    assert missed == []


@pytest.mark.parametrize("words", ["zzzzzzzz", "x", "de la", ""])
def test_what_names_nothing_finds_no_page(words: str) -> None:
    assert matching_pages(words) == []
