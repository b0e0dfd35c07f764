"""What stands around a number plate: words for it, words for vehicles, words for files and lots that look like one."""

import re

CONTEXT = re.compile(
    r"\b(?:plaques?(?: d'immatriculation)?|plak|immatricul\w*|immat|numero d'immatriculation|\w*nummerplaat|\w*nummerplaten|"
    r"plaat|platen|kentekens?|kentekenplaat|nrplaat|\w*kennzeichen\w*|nummernschild\w*|schild|"
    r"(?:nummer|numero|number)(?= (?:fangt|beginnt|endet|begint|eindigt|commence|finit|starts|begins|ends)\b)|number ?plates?|licen[cs]e plates?|tag(?= (?:beginning|starting|ending|begins|starts|ends|with|number)\b)|registration(?: number| plate)?|registered|plates?|reg)\b"
)
VEHICLE = re.compile(
    r"\b(?:drove|parked|garee?s?|stationnee?s?|geparkeerd|wegreed|reed weg|geparkt|fuhr|roulait|voitures?|vehicules?|camionnettes?|fourgon\w*|camions?|motos?|scooters?|caisses?|bagnoles?|berlines?|utilitaire|"
    r"\w*wagen\w*|wagens?|auto'?s?|bestelwagens?|vrachtwagens?|motor\w*|brommers?|bak|bakken|camionett?es?|"
    r"\w*fahrzeug\w*|transporter|karren?|kastenwagen|laster|roller|"
    r"cars?|vans|(?:a|the|white|grey|gray|black|blue|red|green|silver|dark|delivery|old) van|vehicles?|trucks?|lorry|lorries|motorbikes?|motors?|saloon|banger|pickup|suv|"
    r"audi|bmw|mercedes|golf|polo|passat|clio|megane|kangoo|peugeot|renault|citroen|opel|corsa|astra|ford|fiesta|"
    r"fiat|ducato|volvo|skoda|toyota|dacia|nissan|mazda|kia|hyundai|honda|suzuki|tesla|volkswagen|vw|iveco|vito|"
    r"sprinter|berlingo|jumper|caddy|yaris|duster|vespa|porsche|jaguar|jeep|lexus|alfa romeo)\b"
)
REFERENCE = re.compile(
    r"\b(?:chassis|cadre|frame|rahmennummer|framenummer|fahrgestell\w*|\w*nummer ihres|exemple|bijvoorbeeld|beispiel|instance|dossiers?\w*|reference\w*|ref|lots?|tickets?|commandes?|series?|batch|charge\w*|kenmerk\w*|zeichen|aktenzeichen|"
    r"akten?|files?|order|bestelling|bestellung|code\w*|modele?l?s?|types?|articles?|artikel\w*|produits?|products?|produkte?|"
    r"recall\w*|rappel\w*|teruggeroepen|ruckruf\w*|zuruckgerufen|serial|serie\w*|reeks\w*|receipt|colis|pakket|paket|parcel|vol(?=(?: numero| n°)? $)|vlucht|"
    r"flug|flight|formul\w*|bon|bons|nummer van|facture|factuur|rechnung|invoice|casier|locker|kluis\w*|salle|lokaal|raum|room|"
    r"\w*lotnr|lotnummers?|fundnr|fundnummer|property no|werfnr|werfnummer|vergunning\w*|permit)\b"
)
LETTER_AS = re.compile(r"(?<![a-z])[a-z] (?:comme|als|van|wie|for|as in|like|zoals) [a-z]{3,12}\b")  # Z for zebra
COMPARED = re.compile(r" (?:comme|als|van|wie|for|as in|like|zoals) [a-z]{3,12}\b")
DASHES = frozenset({"tiret", "trait", "streepje", "strich", "bindestrich", "dash", "hyphen", "koppelteken", "union"})
DASH_BEHIND_NUMBER = re.compile(  # "eins Strich VDW Strich ...": how a Belgian plate is read out
    r"\b(?:[1-9]|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|een|twee|drie|vier|vijf|zes|zeven|acht|negen|eins|zwei|drei|"
    rf"funf|sechs|sieben|neun|one|two|three|four|five|seven|eight|nine) (?:{'|'.join(sorted(DASHES))})\b"
)
SPELLED_LETTERS = frozenset(
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec romeo "
    "sierra tango uniform victor whiskey whisky xray yankee zulu".split()
)
SMALL_WORDS = frozenset(
    "est is ist et en und and de la le der die das the puis dan dann then avec met mit with numero nummer number lettre lettres "
    "letter letters buchstabe buchstaben chiffre chiffres cijfer cijfers ziffer ziffern digit digits du des van von of d une un "
    "belge belgische belgian :".split()
)
