"""What coordinator and police asked and answered in the course of the year, and what was said at a meeting."""

ASKED = {  # subject, words, answer; or the reason of a refusal
    "fr": (
        ("Éclairage de l'arrêt de bus", "La rue est sombre le soir. La zone sait-elle quand ce sera réparé ?",
         "La commune répare l'éclairage la semaine prochaine. La patrouille passe le soir."),
        ("Suite d'un vol de vélo", "Les membres demandent si l'enquête avance.", "secrecy"),
        ("Chiffres du trimestre", "Combien de cambriolages y a-t-il eu dans le quartier ces trois derniers mois ?",
         "Deux cambriolages et trois tentatives. C'est moins qu'au trimestre précédent."),
        ("Vitesse devant l'école", "Une mesure de la vitesse est-elle prévue devant l'école ?", ""),
    ),
    "nl": (
        ("Verlichting aan de bushalte", "De straat is 's avonds donker. Weet de zone wanneer dit hersteld wordt?",
         "De gemeente herstelt de verlichting volgende week. De patrouille komt 's avonds langs."),
        ("Gevolg van een fietsdiefstal", "Leden vragen of het onderzoek vordert.", "secrecy"),
        ("Cijfers van het kwartaal", "Hoeveel inbraken waren er de laatste drie maanden in de wijk?",
         "Twee inbraken en drie pogingen. Dat is minder dan het kwartaal ervoor."),
        ("Snelheid aan de school", "Is er een snelheidsmeting gepland aan de school?", ""),
    ),
}  # fmt: skip
NO_MESSAGE = {
    "fr": "La police était vite sur place. Un message n'aurait plus aidé personne.",
    "nl": "De politie was snel ter plaatse. Een bericht had niemand nog geholpen.",
}
MET = {
    "review": {
        "fr": "Les messages sont clairs. Le délai du retour a été respecté, sauf deux fois.",
        "nl": "De berichten zijn duidelijk. De feedback kwam op tijd, behalve twee keer.",
        "de": "Die Nachrichten sind klar. Die Rückmeldung kam rechtzeitig, außer zweimal.",
    },
    "opinions": {
        "fr": "Les membres souhaitent plus de conseils sur les portes et fenêtres.",
        "nl": "De leden willen meer advies over deuren en ramen.",
        "de": "Die Mitglieder wünschen sich mehr Rat zu Türen und Fenstern.",
    },
    "agreements": {
        "fr": "Une démonstration de serrures aura lieu à l'automne. Le comité cherche une salle.",
        "nl": "In de herfst komt er een demonstratie van sloten. De stuurgroep zoekt een zaal.",
        "de": "Im Herbst werden Schlösser vorgeführt. Der Lenkungsausschuss sucht einen Saal.",
    },
}
