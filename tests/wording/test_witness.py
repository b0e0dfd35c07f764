"""What is for the police alone is told apart from what a coordinator answers (R85, R122)."""

import pytest

from plp.wording.witness import describes_plate_vehicle_or_person

SEEN = {
    "fr": (
        "J'ai vu la plaque 1-ABC-234 devant le 14",
        "Un homme mince, veste noire, rôdait hier rue du Moulin",
        "Homme 1m80, cheveux courts, tatouage au cou",
        "Une camionnette blanche aux vitres teintées tourne dans le quartier",
        "Deux jeunes photographient les maisons",
        "Mon voisin du 12 vend de la drogue, je l'ai vu",
        "Est-ce normal qu'un type en jogging sonne à toutes les portes ?",
    ),
    "nl": (
        "Ik zag de nummerplaat 2-XYZ-987",
        "Een man met een zwarte jas en een baard liep hier rond",
        "Er stond een grijze bestelwagen voor de deur",
        "Iemand keek bij ons binnen",
        "Mijn buurman dealt drugs",
        "Twee jongeren hingen rond aan de school, een met een rode pet",
    ),
    "de": (
        "Ein großer Mann mit Bart und roter Mütze stand vor dem Haus",
        "Ein weißer Lieferwagen fuhr dreimal durch die Straße",
        "Jemand schlich um unser Haus",
        "Zwei Frauen in dunkler Jacke klingelten überall",
    ),
    "en": (
        "A tall man with a beard and a red cap looked through my window",
        "Somebody was trying doors in our street",
        "There is a black van with Polish plates again",
    ),
}
ASKED = {
    "fr": (
        "Bonjour Madame Dupont, quand a lieu la prochaine réunion ?",
        "Ma voisine Simone du 12 voudrait s'inscrire, comment faire ?",
        "Puis-je recevoir les messages en néerlandais ?",
        "La lampe devant le 8 ne marche plus.",
        "Mon numéro est le 0470 12 34 56, merci de m'appeler",
        "Une dame de 82 ans sans téléphone peut-elle être membre ?",
        "Merci pour la réunion d'hier, c'était très bien.",
        "On roule trop vite dans notre rue, que peut faire la commune ?",
        "Je pars en vacances deux semaines, à qui le dire ?",
        "Comment signaler quelque chose de suspect ?",
        "Où trouver les conseils contre le vol de vélo ?",
    ),
    "nl": (
        "Wanneer is de volgende vergadering?",
        "De straatlamp voor nummer 8 is stuk",
        "Kan mijn buurvrouw van 80 zonder gsm ook lid worden?",
        "Ik krijg de berichten twee keer, kan dat anders?",
        "Hoe beveilig ik mijn fiets het best?",
    ),
    "de": (
        "Wann ist die nächste Versammlung?",
        "Kann ich die Nachrichten auf Deutsch bekommen?",
        "Meine Nachbarin hat kein Telefon, wie kann sie mitmachen?",
    ),
    "en": (
        "When is the next meeting?",
        "How do I change my telephone number?",
        "Could we have the leaflet in English for the new people next door?",
    ),
}


@pytest.mark.parametrize(("language", "words"), [(language, words) for language in SEEN for words in SEEN[language]])
def test_a_plate_a_vehicle_and_a_person_seen_are_for_the_police(language: str, words: str) -> None:
    assert describes_plate_vehicle_or_person(
        words, language="nl" if language == "fr" else "fr"
    )  # whatever the language of the page
    assert describes_plate_vehicle_or_person(words, language=language)


@pytest.mark.parametrize(("language", "words"), [(language, words) for language in ASKED for words in ASKED[language]])
def test_a_plain_question_is_not(language: str, words: str) -> None:
    assert not describes_plate_vehicle_or_person(words, language=language)
