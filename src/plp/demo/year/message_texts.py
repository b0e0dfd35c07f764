"""What the police told the quarters in the course of the year; ``{street}`` is a street of the quarter.

Alarms with their feedback, advice in its season, short news, a storm, somebody who was missing and was found.
"""

from plp.demo.message_texts import DemoMessage

GARAGES = DemoMessage(
    "alarm",
    "threat",
    {
        "fr": (
            "Vols dans des garages",
            "Cet après-midi, des garages ont été forcés ({street}). Fermez à clé garage, portail et abri de jardin.",
            "Notez le numéro de série de vos vélos et de vos outils. Vous entendez du bruit la nuit ? Appelez le 101.",
        ),
        "nl": (
            "Diefstallen in garages",
            "Deze namiddag werden garages geforceerd: {street}. Sluit garage, poort en tuinhuis op slot.",
            "Noteer het serienummer van uw fietsen en gereedschap. Hoort u 's nachts lawaai? Bel 101.",
        ),
        "de": (
            "Diebstähle aus Garagen",
            "Heute Nachmittag wurden Garagen aufgebrochen: {street}. Schließen Sie Garage, Tor und Gartenhaus ab.",
            "Notieren Sie die Seriennummern Ihrer Fahrräder und Werkzeuge. Sie hören nachts Lärm? Rufen Sie 101 an.",
        ),
    },
)
BROKEN_DOOR = DemoMessage(
    "alarm",
    "threat",
    {
        "fr": (
            "Cambriolage",
            "Aujourd'hui entre 17 et 19 h, une maison a été cambriolée ({street}). La porte de derrière a été forcée. "
            "Fermez à clé et laissez une lampe allumée.",
            "Vous avez vu ou entendu quelque chose ? Appelez le 101.",
        ),
        "nl": (
            "Inbraak",
            "Vandaag tussen 17 en 19 uur werd ingebroken: {street}. De achterdeur werd geforceerd. "
            "Sluit af en laat een lamp branden.",
            "Zag of hoorde u iets? Bel 101.",
        ),
        "de": (
            "Einbruch",
            "Heute zwischen 17 und 19 Uhr wurde eingebrochen: {street}. Die Hintertür wurde aufgehebelt. "
            "Schließen Sie ab und lassen Sie eine Lampe brennen.",
            "Sie haben etwas gesehen oder gehört? Rufen Sie 101 an.",
        ),
    },
)
BANK_CALL = DemoMessage(
    "alarm",
    "threat",
    {
        "fr": (
            "Fausse banque au téléphone",
            "Depuis ce matin, des inconnus téléphonent au nom d'une banque et annoncent un coursier qui reprend la "
            "carte. Raccrochez et n'ouvrez pas.",
            "Une banque ne vient jamais chercher une carte. Ne donnez aucun code. Carte déjà donnée ? Card Stop : "
            "078 170 170, puis le 101.",
        ),
        "nl": (
            "Valse bank aan de telefoon",
            "Sinds vanmorgen bellen onbekenden uit naam van een bank. Ze sturen een koerier om de kaart op te halen. "
            "Haak in en open niet.",
            "Een bank haalt nooit een kaart op. Geef geen enkele code. Kaart al afgegeven? Card Stop: 078 170 170, "
            "daarna 101.",
        ),
        "de": (
            "Falsche Bank am Telefon",
            "Seit heute Morgen rufen Unbekannte im Namen einer Bank an und kündigen einen Kurier an, der die Karte "
            "abholt. Legen Sie auf und öffnen Sie nicht.",
            "Eine Bank holt nie eine Karte ab. Nennen Sie keinen Code. Karte schon abgegeben? Card Stop: 078 170 170, "
            "dann 101.",
        ),
    },
)
NOISE_AT_NIGHT = DemoMessage(
    "alarm",
    "threat",
    {
        "fr": (
            "Voitures forcées cette nuit",
            "Cette nuit, des voitures ont été forcées ({street}). La police est sur place. Restez à l'intérieur. "
            "Vous entendez du bruit ? Appelez le 101.",
            "",
        ),
        "nl": (
            "Auto's opengebroken",
            "Vannacht werden auto's opengebroken: {street}. De politie is ter plaatse. Blijf binnen. "
            "Hoort u lawaai? Bel 101.",
            "",
        ),
        "de": (
            "Autos aufgebrochen",
            "Heute Nacht wurden Autos aufgebrochen: {street}. Die Polizei ist vor Ort. Bleiben Sie im Haus. "
            "Sie hören Lärm? Rufen Sie 101 an.",
            "",
        ),
    },
)
CALMED_DOWN = DemoMessage(
    "feedback",
    "information",
    {
        "fr": (
            "Suite de notre alerte",
            "Merci à tous ceux qui ont appelé. Des patrouilles sont passées. Il n'y a pas eu de nouveau fait.",
            "L'enquête continue. Nous ne pouvons pas en dire plus aujourd'hui.",
        ),
        "nl": (
            "Vervolg op onze waarschuwing",
            "Dank aan iedereen die belde. Politiepatrouilles kwamen langs. Er waren geen nieuwe feiten.",
            "Het onderzoek loopt. Vandaag kunnen we niet meer zeggen.",
        ),
        "de": (
            "Rückmeldung zu unserer Warnung",
            "Danke an alle, die angerufen haben. Streifen der Polizei waren vor Ort. Es gab keinen neuen Vorfall.",
            "Die Ermittlungen laufen. Heute können wir nicht mehr sagen.",
        ),
    },
)
CALLS_HELPED = DemoMessage(
    "feedback",
    "information",
    {
        "fr": (
            "Vos appels ont aidé",
            "Plusieurs voisins ont appelé tout de suite le 101. La police a pu intervenir. Merci.",
            "Pensez à faire contrôler portes et fenêtres : c'est gratuit, demandez un rendez-vous à la police.",
        ),
        "nl": (
            "Uw oproepen hielpen",
            "Verschillende buren belden meteen 101. De politie kon optreden. Dank u.",
            "Laat uw deuren en ramen nakijken: dat is gratis, vraag een afspraak bij de politie.",
        ),
        "de": (
            "Ihre Anrufe haben geholfen",
            "Mehrere Nachbarn haben sofort 101 angerufen. Die Polizei konnte eingreifen. Danke.",
            "Lassen Sie Türen und Fenster prüfen: Das ist kostenlos, fragen Sie die Polizei nach einem Termin.",
        ),
    },
)
FALSE_MESSAGES = DemoMessage(
    "advice",
    "phenomenon",
    {
        "fr": (
            "Faux messages de livraison",
            "Un SMS annonce un colis et demande de payer des frais ? Ne touchez pas le lien. Effacez le message.",
            "Envoyez les messages douteux à suspect@safeonweb.be. Vous avez donné vos données ? Appelez votre banque.",
        ),
        "nl": (
            "Valse berichten over pakjes",
            "Een sms meldt een pakje en vraagt kosten te betalen? Tik niet op de link. Wis het bericht.",
            "Stuur verdachte berichten naar verdacht@safeonweb.be. Gaf u gegevens door? Bel uw bank.",
        ),
        "de": (
            "Falsche Nachrichten über Pakete",
            "Eine SMS meldet ein Paket und verlangt eine Gebühr? Tippen Sie nicht auf den Link. Löschen Sie sie.",
            "Leiten Sie verdächtige Nachrichten an verdaechtig@safeonweb.be weiter. Daten genannt? Rufen Sie Ihre "
            "Bank an.",
        ),
    },
)
BICYCLES = DemoMessage(
    "advice",
    "prevention",
    {
        "fr": (
            "Un vélo bien attaché",
            "Attachez le cadre et une roue à un point fixe, même pour cinq minutes. Prenez deux cadenas différents.",
            "Enregistrez votre vélo sur mybike.belgium.be : un vélo retrouvé revient ainsi chez vous.",
        ),
        "nl": (
            "Een fiets goed vastmaken",
            "Maak kader en een wiel vast aan een vast punt, ook voor vijf minuten. Gebruik twee verschillende sloten.",
            "Registreer uw fiets op mybike.belgium.be: zo komt een gevonden fiets bij u terug.",
        ),
        "de": (
            "Das Fahrrad gut anschließen",
            "Schließen Sie Rahmen und ein Rad an etwas Festem an, auch für fünf Minuten. Nehmen Sie zwei Schlösser.",
            "Melden Sie Ihr Rad bei mybike.belgium.be an: Ein gefundenes Rad kommt so zu Ihnen zurück.",
        ),
    },
)
OPEN_WINDOWS = DemoMessage(
    "advice",
    "prevention",
    {
        "fr": (
            "Fenêtres ouvertes en été",
            "Une fenêtre basculante est une fenêtre ouverte. Fermez-la avant de sortir, même un quart d'heure.",
            "Ne laissez pas d'échelle ni de poubelle sous une fenêtre. Fermez la porte de devant quand vous êtes au "
            "jardin.",
        ),
        "nl": (
            "Open ramen in de zomer",
            "Een raam op kip is een open raam. Sluit het voor u buitengaat, ook voor een kwartier.",
            "Zet geen ladder of vuilnisbak onder een raam. Sluit de voordeur als u in de tuin bent.",
        ),
        "de": (
            "Offene Fenster im Sommer",
            "Ein gekipptes Fenster ist ein offenes Fenster. Schließen Sie es vor dem Ausgehen, auch für kurze Zeit.",
            "Lassen Sie keine Leiter und keine Tonne unter einem Fenster. Schließen Sie die Haustür, wenn Sie im "
            "Garten sind.",
        ),
    },
)
BEFORE_HOLIDAYS = DemoMessage(
    "advice",
    "prevention",
    {
        "fr": (
            "Avant les vacances",
            "Demandez à la police la surveillance gratuite de votre maison. Faites vider la boîte aux lettres.",
            "N'annoncez pas vos dates sur les réseaux sociaux. Rangez vélos et échelles. Une minuterie aide.",
        ),
        "nl": (
            "Voor de vakantie",
            "Vraag de politie om gratis toezicht op uw woning. Laat uw brievenbus leegmaken.",
            "Zet uw data niet op sociale media. Berg fietsen en ladders op. Een tijdschakelaar helpt.",
        ),
        "de": (
            "Vor den Ferien",
            "Bitten Sie die Polizei um die kostenlose Überwachung Ihres Hauses. Lassen Sie den Briefkasten leeren.",
            "Nennen Sie Ihre Reisedaten nicht in sozialen Netzen. Räumen Sie Räder und Leitern weg. Eine Zeitschaltuhr "
            "hilft.",
        ),
    },
)
MARKETS = DemoMessage(
    "infoflash",
    "phenomenon",
    {
        "fr": (
            "Vols à la tire aux marchés de fin d'année",
            "Cinq portefeuilles ont disparu en une semaine dans la foule. Portez votre sac devant vous, bien fermé.",
            "N'emportez que ce qu'il vous faut. Gardez votre code à l'abri des regards.",
        ),
        "nl": (
            "Zakkenrollers op de eindejaarsmarkten",
            "Op een week tijd verdwenen vijf portefeuilles in de drukte. Draag uw tas vooraan en goed gesloten.",
            "Neem alleen mee wat u nodig hebt. Scherm uw code af.",
        ),
        "de": (
            "Taschendiebe auf den Weihnachtsmärkten",
            "In einer Woche verschwanden fünf Geldbeutel im Gedränge. Tragen Sie Ihre Tasche vorne und geschlossen.",
            "Nehmen Sie nur mit, was Sie brauchen. Verdecken Sie Ihren Code.",
        ),
    },
)
PAST_DAYS = DemoMessage(
    "infoflash",
    "information",
    {
        "fr": (
            "Les derniers jours dans le quartier",
            "Deux vélos volés près de la gare, une tentative de cambriolage ({street}), un rétroviseur cassé.",
            "La police contrôlera les cadenas samedi matin et donnera des conseils à qui le souhaite.",
        ),
        "nl": (
            "De voorbije dagen in de wijk",
            "Twee fietsen gestolen aan het station, een poging tot inbraak ({street}), een gebroken spiegel.",
            "De politie kijkt zaterdagmorgen sloten na en geeft advies aan wie dat wil.",
        ),
        "de": (
            "Die letzten Tage im Viertel",
            "Zwei Fahrräder am Bahnhof gestohlen, ein Einbruchsversuch ({street}), ein zerbrochener Spiegel.",
            "Am Samstagmorgen prüft die Polizei Schlösser und berät alle, die es wünschen.",
        ),
    },
)
STORM = DemoMessage(
    "calamity",
    "information",
    {
        "fr": (
            "Tempête : rue barrée",
            "Un arbre est tombé ({street}). La rue est barrée. Restez chez vous tant que le vent souffle. "
            "Danger de mort : 112. Dégâts : 1722.",
            "",
        ),
        "nl": (
            "Storm: straat afgesloten",
            "Er viel een boom: {street}. De straat is afgesloten. Blijf binnen zolang het waait. "
            "Levensgevaar: 112. Schade: 1722.",
            "",
        ),
        "de": (
            "Sturm: Straße gesperrt",
            "Ein Baum ist umgestürzt: {street}. Die Straße ist gesperrt. Bleiben Sie im Haus, solange es stürmt. "
            "Lebensgefahr: 112. Schäden: 1722.",
            "",
        ),
    },
)
MISSING = DemoMessage(
    "missing_person",
    "information",
    {
        "fr": (
            "Disparition inquiétante",
            "Un homme de 81 ans, 1 m 70, veste bleue et casquette, a disparu depuis midi. Vous l'avez vu ? "
            "Appelez le 0800 30 300.",
            "",
        ),
        "nl": (
            "Onrustwekkende verdwijning",
            "Een man van 81, 1,70 m, blauwe jas en pet, wordt sinds de middag vermist. Hebt u hem gezien? "
            "Bel 0800 30 300.",
            "",
        ),
        "de": (
            "Besorgniserregendes Verschwinden",
            "Ein Mann von 81 Jahren, 1,70 m, blaue Jacke und Mütze, wird seit Mittag vermisst. Haben Sie ihn "
            "gesehen? Rufen Sie 0800 30 300 an.",
            "",
        ),
    },
)
