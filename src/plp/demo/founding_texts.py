"""What people said while the partnerships of the demonstration were founded, in the languages spoken there."""

IDEA = {
    "fr": "Plusieurs maisons de notre rue ont été visitées cet hiver. Nous voulons savoir plus tôt ce qui se passe.",
    "nl": "Deze winter kregen meerdere huizen in onze straat ongewenst bezoek. We willen sneller weten wat er gebeurt.",
    "de": "Diesen Winter wurde in mehrere Häuser unserer Straße eingebrochen. Wir möchten früher davon erfahren.",
}
SHOPS = {
    "fr": "De faux billets circulent chez les commerçants du centre. Nous voulons nous prévenir avec la police.",
    "nl": "In de winkels van het centrum gaan valse biljetten rond. We willen elkaar met de politie verwittigen.",
    "de": "In den Geschäften der Innenstadt ist Falschgeld im Umlauf. Wir möchten uns mit der Polizei austauschen.",
}
OTHER_STREET = {"fr": "Rue du Moulin", "nl": "Molenstraat", "de": "Mühlenstraße"}
TAKEN_UP = {
    "fr": "Merci. Nous en parlons avec la commune et nous vous invitons bientôt à une soirée d’information.",
    "nl": "Bedankt. We bespreken dit met de gemeente en nodigen u binnenkort uit op een infoavond.",
    "de": "Danke. Wir sprechen darüber mit der Gemeinde und laden Sie bald zu einem Informationsabend ein.",
}
TALKS = {  # who was there, what came of it
    "police": (
        {
            "fr": "Chef de corps et fonctionnaire de police mandaté",
            "nl": "Korpschef en gemandateerde politieambtenaar",
            "de": "Korpschef und beauftragter Polizeibeamter",
        },
        "agreed",
    ),
    "municipality": (
        {
            "fr": "Bourgmestre et fonctionnaire de prévention",
            "nl": "Burgemeester en preventieambtenaar",
            "de": "Bürgermeister und Präventionsbeamter",
        },
        "agreed",
    ),
    "prosecutor": (
        {"fr": "Magistrat de référence", "nl": "Referentiemagistraat", "de": "Referenzmagistrat"},
        "noted",
    ),
}
POLICE = {
    "motive": {
        "fr": "Beaucoup de faits sont signalés trop tard à la police, ou pas du tout.",
        "nl": "Veel feiten worden te laat aan de politie gemeld, of helemaal niet.",
        "de": "Viele Vorfälle werden der Polizei zu spät gemeldet oder gar nicht.",
    },
    "expectation": {
        "fr": "Que chacun signale aussitôt un fait suspect à la police et que personne ne suive ni n’arrête autrui.",
        "nl": "Iedereen meldt een verdacht feit meteen aan de politie, en niemand volgt iemand of houdt iemand tegen.",
        "de": "Jeder meldet Verdächtiges sofort der Polizei, und niemand verfolgt jemanden oder hält jemanden fest.",
    },
    "objective": {
        "fr": "Après chaque alerte, les membres apprennent la suite, si l’enquête le permet.",
        "nl": "Na elk alarmbericht vernemen de leden het vervolg, als het onderzoek dat toelaat.",
        "de": "Nach jeder Alarmmeldung erfahren die Mitglieder, wie es weiterging, wenn die Ermittlung es erlaubt.",
    },
}
STATEMENTS = {  # by party, where people live
    "residents": {
        "motive": {
            "fr": "Des cambriolages et des vols par ruse inquiètent le quartier.",
            "nl": "Inbraken en diefstallen met list maken de buurt ongerust.",
            "de": "Einbrüche und Trickdiebstähle beunruhigen das Viertel.",
        },
        "expectation": {
            "fr": "Une information claire, reçue à temps, avec un conseil.",
            "nl": "De leden krijgen op tijd duidelijke informatie en advies.",
            "de": "Alle erhalten rechtzeitig klare Informationen mit einem Tipp.",
        },
        "objective": {
            "fr": "Chaque message de la police est envoyé à tous les membres, par le moyen qu’ils ont choisi.",
            "nl": "Elk bericht van de politie gaat naar alle leden, op de manier die zij kozen.",
            "de": "Jede Nachricht der Polizei geht an alle Mitglieder, auf dem Weg, den sie gewählt haben.",
        },
    },
    "police": POLICE,
    "municipality": {
        "motive": {
            "fr": "Les personnes âgées ou seules sont les premières victimes des vols par ruse.",
            "nl": "Ouderen en wie alleen woont, zijn het vaakst het slachtoffer van diefstal met list.",
            "de": "Ältere und allein lebende Menschen werden am häufigsten Opfer von Trickdieben.",
        },
        "expectation": {
            "fr": "Que les personnes sans internet soient informées comme les autres.",
            "nl": "Wie geen internet heeft, wordt even goed ingelicht.",
            "de": "Wer kein Internet hat, wird genauso informiert wie alle anderen.",
        },
        "objective": {
            "fr": "Deux séances par an donnent des conseils pour mieux protéger son logement.",
            "nl": "Twee infomomenten per jaar geven raad om de woning beter te beveiligen.",
            "de": "Zweimal im Jahr zeigt eine Veranstaltung, wie man die Wohnung besser sichert.",
        },
    },
}
STATEMENTS_OF_SHOPS = {  # by party, where people trade: common sentences, as those above
    "traders": {
        "motive": {
            "fr": "Les vols à l’étalage pèsent sur les commerces.",
            "nl": "Winkeldiefstallen wegen op de handelszaken.",
            "de": "Ladendiebstähle belasten die Geschäfte.",
        },
        "expectation": {
            "fr": "Des conseils pour mieux protéger les commerces.",
            "nl": "De leden krijgen raad om hun zaak beter te beveiligen.",
            "de": "Die Mitglieder erhalten Tipps, wie sie ihr Geschäft besser sichern.",
        },
        "objective": {
            "fr": "Ce que les commerçants doivent savoir leur parvient vite, par un message de la police.",
            "nl": "Wat handelaars moeten weten, bereikt hen snel via een bericht van de politie.",
            "de": "Was Händler wissen müssen, erreicht sie rasch durch eine Nachricht der Polizei.",
        },
    },
    "police": POLICE,
    "municipality": {
        "motive": {
            "fr": "De faux billets circulent dans les commerces.",
            "nl": "In de winkels gaan valse biljetten rond.",
            "de": "In den Geschäften ist Falschgeld im Umlauf.",
        },
        "expectation": {
            "fr": "Que la participation reste libre et gratuite.",
            "nl": "Deelnemen blijft vrij en gratis.",
            "de": "Die Teilnahme bleibt frei und kostenlos.",
        },
        "objective": {
            "fr": "Le personnel des commerces sait comment réagir.",
            "nl": "Het personeel van de winkels weet hoe het moet reageren.",
            "de": "Das Personal der Geschäfte weiß, wie es reagieren soll.",
        },
    },
}
STAKEHOLDERS = ("bpost", "FC Olympic", "Café Central")  # names, the same in each language
SAID = {
    "fr": "Présenté et discuté.",
    "nl": "Voorgesteld en besproken.",
    "de": "Vorgestellt und besprochen.",
}
RECORDS = {  # of each point of the evening, by its key
    "concept": {
        "fr": "La police a expliqué ce qu’est le partenariat, ce qu’il n’est pas, et les règles légales.",
        "nl": "De politie zei wat het netwerk is, wat het niet is, en welke wettelijke regels gelden.",
        "de": "Die Polizei erläuterte den Zweck der Partnerschaft, ihre Grenzen und den gesetzlichen Rahmen.",
    },
    "partners": {
        "fr": "La commune, la police et les initiateurs se sont présentés.",
        "nl": "De gemeente, de politie en de initiatiefnemers stelden zich voor.",
        "de": "Gemeinde, Polizei und Initiatoren stellten sich vor.",
    },
    "approval": {
        "fr": "Les objectifs ont été lus et discutés, puis mis au vote.",
        "nl": "De doelstellingen werden voorgelezen en besproken, daarna werd er gestemd.",
        "de": "Die Ziele wurden vorgelesen und besprochen; dann wurde abgestimmt.",
    },
    "plan_and_costs": {
        "fr": "Le chemin d’un message a été montré. Les coûts ont été présentés ; personne n’a proposé de cotisation.",
        "nl": "De weg van een bericht werd getoond. De kosten werden voorgesteld; niemand vroeg een bijdrage.",
        "de": "Der Weg einer Nachricht wurde gezeigt. Die Kosten wurden vorgestellt; niemand schlug einen Beitrag vor.",
    },
    "volunteers": {
        "fr": "Trois personnes se sont proposées. Un vote séparé a eu lieu pour chacune.",
        "nl": "Drie mensen stelden zich kandidaat. Voor elk van hen was er een aparte stemming.",
        "de": "Drei Personen meldeten sich. Über jede wurde einzeln abgestimmt.",
    },
    "participants": {
        "fr": "Les formulaires d’inscription et l’information sur les données ont été distribués.",
        "nl": "De inschrijvingsformulieren en de uitleg over de gegevens werden uitgedeeld.",
        "de": "Die Anmeldeformulare und das Informationsblatt zum Datenschutz wurden verteilt.",
    },
    "agreements": {
        "fr": "Les accords sont notés plus bas.",
        "nl": "De afspraken staan hieronder.",
        "de": "Die Absprachen stehen weiter unten.",
    },
}
AGREED = {
    "fr": "La coordination transmet le premier message de la police après la reconnaissance par le SPF Intérieur.",
    "nl": "De coördinator geeft het eerste bericht van de politie door na de erkenning door de FOD Binnenlandse Zaken.",
    "de": "Die Koordination gibt die erste Nachricht der Polizei nach der Anerkennung durch den FÖD Inneres weiter.",
}
AGREED_ORGANISATION = {
    "fr": "Le comité se réunit avec la police pour écrire la charte.",
    "nl": "De stuurgroep komt met de politie samen om het charter te schrijven.",
    "de": "Der Lenkungsausschuss trifft sich mit der Polizei, um die Charta zu schreiben.",
}
AGREED_EVALUATION = {
    "fr": "Première évaluation avec les membres, un an après le lancement.",
    "nl": "Eerste evaluatie met de leden, een jaar na de start.",
    "de": "Erste Bewertung mit den Mitgliedern, ein Jahr nach dem Start.",
}
ANSWER = {
    "fr": "Chacun peut recevoir les messages sur papier ou par téléphone fixe.",
    "nl": "Iedereen kan de berichten op papier of via de vaste lijn krijgen.",
    "de": "Jeder kann die Nachrichten auf Papier oder per Festnetzanruf erhalten.",
}
HALL = "Forum"  # a name, the same in each language
ACCESS = {
    "fr": "De plain-pied, avec des toilettes adaptées",
    "nl": "Gelijkvloers, met een aangepast toilet",
    "de": "Ebenerdig, mit barrierefreier Toilette",
}
COSTS = {"fr": "SMS et papier", "nl": "Sms en papier", "de": "SMS und Papier"}
SIGN_COSTS = {"fr": "Panneaux et autocollants", "nl": "Borden en stickers", "de": "Schilder und Aufkleber"}
ALTERNATIVE = {
    "fr": "La zone de police reprend les frais de base, après accord du collège de police. Le reste s’arrête.",
    "nl": "De politiezone neemt de basiskosten over, na akkoord van het politiecollege. De rest stopt.",
    "de": "Die Polizeizone übernimmt die Grundkosten, wenn das Polizeikollegium zustimmt. Der Rest entfällt.",
}
INSURER = "Mutuassur"  # a name, the same in each language
INSURED = {
    "fr": "la responsabilité civile et les accidents des volontaires",
    "nl": "de burgerlijke aansprakelijkheid en de ongevallen van de vrijwilligers",
    "de": "Haftpflicht und Unfälle der Ehrenamtlichen",
}
OFFICES = {
    "municipality": {"fr": "Administration communale", "nl": "Gemeentebestuur", "de": "Gemeindeverwaltung"},
    "chief": {"fr": "Zone de police", "nl": "Politiezone", "de": "Polizeizone"},
    "officer": {"fr": "Zone de police", "nl": "Politiezone", "de": "Polizeizone"},
    "coordinator": {
        "fr": "Coordination du partenariat",
        "nl": "Coördinatie van het netwerk",
        "de": "Koordination der Partnerschaft",
    },
}
QUALITIES = {
    "municipality": {"fr": "Bourgmestre", "nl": "Burgemeester", "de": "Bürgermeister"},
    "chief": {"fr": "Chef de corps", "nl": "Korpschef", "de": "Korpschef"},
    "officer": {
        "fr": "Fonctionnaire de police mandaté",
        "nl": "Gemandateerd politieambtenaar",
        "de": "Beauftragter Polizeibeamter",
    },
    "coordinator": {"fr": "Coordination", "nl": "Coördinator", "de": "Koordination"},
}
