"""What coordinator and police said to each other about their own work, in the first language of each quarter."""

from plp.followup.models import Rating

GRADED = {  # words of the police, the answer of the coordinator, how it went and how soon
    "fr": (
        ("Transmis en quelques minutes, aussi par téléphone. Merci.", "", Rating.Grade.BEST, Rating.Grade.BEST),
        ("Le message est arrivé après 22 heures.", "J'étais au travail. La suppléante est prête désormais.",
         Rating.Grade.GOOD, Rating.Grade.WEAK),
    ),
    "nl": (
        ("Binnen enkele minuten doorgestuurd, ook telefonisch. Dank u.", "", Rating.Grade.BEST, Rating.Grade.BEST),
        ("Het bericht kwam na 22 uur.", "Ik was aan het werk. De plaatsvervanger staat nu klaar.",
         Rating.Grade.GOOD, Rating.Grade.WEAK),
    ),
}  # fmt: skip
TALKED = {  # place, agenda, notes, ideas, what was agreed
    "fr": (
        "Commissariat, salle de réunion",
        "Messages des derniers mois\nRetours en retard\nCampagne sur les portes et fenêtres",
        "Les messages arrivent vite. Deux retours sont venus trop tard.",
        "Une soirée sur les serrures avec la commune.",
        "Préparer la soirée sur les serrures",
    ),
    "nl": (
        "Commissariaat, vergaderzaal",
        "Berichten van de laatste maanden\nLaattijdige feedback\nCampagne over deuren en ramen",
        "De berichten komen snel aan. Tweemaal kwam de feedback te laat.",
        "Een avond over sloten met de gemeente.",
        "De avond over sloten voorbereiden",
    ),
}
SERVICE = {
    "fr": ("Assistance policière aux victimes", "Sur rendez-vous, gratuit"),
    "nl": ("Dienst slachtofferbejegening", "Op afspraak, gratis"),
}
POLICY = {
    "fr": ("Plan zonal de sécurité", "La zone développe les partenariats locaux de prévention contre le cambriolage."),
    "nl": ("Zonaal veiligheidsplan", "De zone bouwt de buurtinformatienetwerken tegen inbraak verder uit."),
}
