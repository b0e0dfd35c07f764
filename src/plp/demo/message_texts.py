"""What happened in the three quarters, in the languages spoken there: an alarm, its feedback, advice, a request."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class DemoMessage:
    """One message: kind, reason (R109), and per language title, core and more."""

    kind: str
    reason: str
    texts: dict[str, tuple[str, str, str]]


def with_street(message: DemoMessage, street: str) -> DemoMessage:
    """The same words with the name of a street in place of ``{street}``."""
    texts = message.texts.items()
    return replace(
        message, texts={code: (title, core.format(street=street), more) for code, (title, core, more) in texts}
    )


ALARM = DemoMessage(
    "alarm",
    "threat",
    {
        "fr": (
            "Vol par ruse",
            "Vers 14h30, deux personnes en vêtements de travail sombres disent relever les compteurs et entrent dans "
            "les maisons. N'ouvrez pas sans vérifier.",
            "Un vrai releveur montre sa carte et accepte d'attendre. Fermez à clé la porte de derrière.",
        ),
        "nl": (
            "Diefstal met list",
            "Rond 14.30 uur zeggen twee personen in donkere werkkledij dat ze meters opnemen en gaan zo huizen binnen. "
            "Open niet zonder controle.",
            "Een echte meteropnemer toont een kaart en wil wachten. Sluit ook uw achterdeur.",
        ),
        "de": (
            "Trickdiebstahl",
            "Gegen 14.30 Uhr geben zwei Personen in dunkler Arbeitskleidung an, Zähler abzulesen, und betreten "
            "so Häuser. Öffnen Sie nicht ohne Prüfung.",
            "Ein echter Ableser zeigt einen Ausweis und wartet gern. Schließen Sie auch die Hintertür ab.",
        ),
    },
)
FEEDBACK = DemoMessage(
    "feedback",
    "information",
    {
        "fr": (
            "Suite du message sur les faux releveurs",
            "Merci de votre attention. Plusieurs habitants ont téléphoné à la police. "
            "Aucun nouveau fait n'a été signalé.",
            "Le service des eaux annonce toujours son passage par courrier.",
        ),
        "nl": (
            "Vervolg op het bericht over valse meteropnemers",
            "Dank voor uw aandacht. Verschillende bewoners belden de politie. Er zijn geen nieuwe feiten gemeld.",
            "De watermaatschappij kondigt haar bezoek altijd per brief aan.",
        ),
        "de": (
            "Rückmeldung zu den falschen Ablesern",
            "Danke für Ihre Aufmerksamkeit und für Ihre Anrufe bei der Polizei. Es wurde nichts Neues gemeldet.",
            "Das Wasserwerk kündigt seinen Besuch immer schriftlich an.",
        ),
    },
)
ADVICE = DemoMessage(
    "advice",
    "prevention",
    {
        "fr": (
            "La nuit tombe tôt",
            "En hiver, une maison sombre se remarque. Allumez une lampe avec une minuterie avant de partir.",
            "Fermez à clé aussi la porte du garage et l'abri de jardin. Ne laissez ni échelle ni outils dehors.",
        ),
        "nl": (
            "Het wordt vroeg donker",
            "In de winter valt een donker huis op. Laat een lamp branden met een tijdschakelaar als u vertrekt.",
            "Sluit ook de garage en het tuinhuis. Laat geen ladder of gereedschap buiten.",
        ),
        "de": (
            "Es wird früh dunkel",
            "Im Winter fällt ein dunkles Haus auf. Lassen Sie eine Lampe mit Zeitschaltuhr brennen, wenn Sie gehen.",
            "Schließen Sie auch die Garage und das Gartenhaus ab. Lassen Sie keine Leiter draußen.",
        ),
    },
)
REQUEST = DemoMessage(
    "information_request",
    "information",
    {
        "fr": (
            "Avez-vous vu ou entendu quelque chose ?",
            "La nuit de mardi à mercredi, des vols dans des voitures ont eu lieu entre 1 h et 4 h. Avez-vous entendu "
            "du bruit ? Dites-le à la police.",
            "",
        ),
        "nl": (
            "Zag of hoorde u iets?",
            "In de nacht van dinsdag op woensdag werd tussen 1 en 4 uur uit auto's gestolen. Hoorde u lawaai? Meld het "
            "aan de politie.",
            "",
        ),
        "de": (
            "Haben Sie etwas gesehen oder gehört?",
            "In der Nacht von Dienstag auf Mittwoch wurde zwischen 1 und 4 Uhr aus Autos gestohlen. Haben Sie Lärm "
            "gehört? Sagen Sie es der Polizei.",
            "",
        ),
    },
)
BREACH = {  # what the message check must hold, in the first language of each quarter
    "fr": "Suivez la camionnette 1-ABC-123 et bloquez le chauffeur jusqu'à l'arrivée de la police.",
    "nl": "Volg de bestelwagen 1-ABC-123 en hou de bestuurder tegen tot de politie er is.",
}
