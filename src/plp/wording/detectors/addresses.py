"""House numbers in the three orders a Belgian writes them; a street alone may be named."""

import re
from collections.abc import Iterator

from plp.wording.detectors.numerals import numerals
from plp.wording.detectors.surface import Surface
from plp.wording.findings import Mark

RULE = "exact_address"
FR_STREET = (
    r"(?:rue|r\.|avenue|av\.?|ave\.?|boulevard|bd\.?|bld\.?|chaussee|chee\.?|place|pl\.|allee|impasse|chemin|ch\.|clos|"
    r"square|quai|sentier|venelle|ruelle|drève|dreve|route|cour|cite|residence|esplanade|parvis|galerie|montagne|"
    r"voie|rond-point|champ|lotissement|passage|faubourg|thier|tienne|vinave)"
)
NL_STREET = (
    r"(?:[a-z'-]{2,30}(?:straat|laan|weg|steenweg|plein|dreef|lei|baan|kaai|dijk|hof|pad|markt|plaats|veld|berg|"
    r"bos|str\.|stwg|hoek|wijk|dries|erf|akker|vest|singel|kouter|straatje|steegje|pleintje|weggetje|gang|brug|ring|rei|kade|laantje|gracht)|grote markt|markt|kerkplein|dorp|kouter|(?:oude |nieuwe )?gracht|"
    r"oude baan|steenweg op [a-z-]+)"
)
DAYS = (
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|wochenende|beispiel|morgen|abend|nachmittag|januar|februar|marz|"
    r"april|mai|juni|juli|august|september|oktober|november|dezember|alter|jahr|monat|nacht|zeitraum|schnitt|durchschnitt|"
    r"vergangenen|kommenden|nachsten|letzten|ganzen|um|ab|den|dem|der|woche|uhr|ausfahrt|auffahrt|linie|haltestelle|schalter|grenze|autobahn|nachthemd|schlafanzug|rollstuhl|mantel|anzug|altenheim|seniorenheim|bus|zug|tram|notfall|vorjahr|"
    r"hat|hatte|hatten|haben|war|waren|sind|sei|gibt|gab|wurden|kommt|kamen|fehlen|mit|bei|fur|rund|etwa|circa|ca|uber|infoversammlung|versammlung|zeugenaufruf)\b"
)
DE_STREET = (
    r"(?:[a-z'-]{2,30}(?:strasse|stra(?:ss|ß)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|steig|pfad|markt|berg|hof|feld|park)|"
    r"[a-z-]{3,20}er (?:strasse|straße|str\.|weg|platz|allee|damm)|"
    r"(?:kurz|lang|breit|hoh|alt|neu|gross|groß|klein|schmal|krumm|ober|unter)e[nr]? (?:strasse|straße|gasse)"
    rf"|(?:am|im|an der|in der|auf der|zum|zur|auf dem|unter den|hinter der) (?!{DAYS})[a-z'-]{{3,25}}(?: (?!{DAYS})[a-z'-]{{3,20}})?)"
)
FR_MAIN_STREET = r"(?:grand[- ']?place|grand[- ']?rue)"
STREET_BY_ITS_END = (  # clear enough to follow a number without a comma: "46 Kasteeldreef"
    r"(?:(?!snel|fiets|auto|om|um|rad|geh|heim|schul|park|arbeits|schlaf|sitz|steh|stell|studien|speel|school|unter)"
    r"[a-z'-]{2,30}(?:straat|straatje|laan|laantje|steenweg|stwg|dreef|plein|weg|strasse|straße|str\.|allee|gasse|platz))"
)
EN_STREET = r"(?:[a-z'-]{3,30} (?:street|road|avenue|lane|square|drive|close|st\.|rd\.))"
LETTER = r"(?: ?(?![hmu])[a-z](?![a-z']|\.m\b)| ?(?:bis|ter|quater)(?![a-z]))?"
NUMBER = (
    rf"(?P<number>\d{{1,4}}{LETTER}(?: ?[-/–] ?\d{{1,4}}{LETTER})?)(?![\w%€°]|[.,:]\d|h\d)"
    r"(?! ?[-–] ?\d{1,2} ?(?:h|u|uhr|am|pm)\b)(?! ?(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b)"
)
SIGN = r"(?:,? ?(?:n°|n\.°|no\.?|nr\.?|n|num(?:e|é)ro|nummer|number|huisnummer|hausnummer|house|huis|haus|#) ?)"
NOT_IN_A_NAME = (
    r"(?:jusqu|depuis|vers|entre|avec|pour|est|sont|etait|hier|homme|femme|tentative|vol|cambriolage|ce|cette|dans|qui|"
    r"ou|mais|des que|deux|trois|environ|a hauteur|pendant|samedi|dimanche|lundi|mardi|mercredi|jeudi|vendredi|passe|passent|devient|sera|zone)(?![a-z-])"
)
NAME = (
    rf"(?: (?!{NOT_IN_A_NAME})(?:[a-z'-]{{2,25}}|[a-z]{{1,3}}\.|[a-z]|"
    r"\d{1,2}(?= ?(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"bonniers|mei|maart|juni|juli)))){1,6}?"
)
FORMS = (
    re.compile(rf"(?<![\w]){FR_STREET}{NAME}(?:,? {SIGN}?|{SIGN}){NUMBER}"),
    re.compile(rf"(?<![\w-])(?:{NL_STREET}|{DE_STREET}|{EN_STREET})(?:,? {SIGN}?|{SIGN}){NUMBER}"),
    re.compile(rf"(?<![\w.,/:-]){NUMBER} ?,? ?(?:de la |de l'|du )?{FR_STREET} (?=[a-z'd])"),
    re.compile(rf"(?<![\w.,/:-]){NUMBER} ?,? ?(?:[a-z]{{3,25}} )?{EN_STREET}(?!\w)"),
    re.compile(rf"(?<![\w.,/:-]){NUMBER}, ?(?:{NL_STREET}|{DE_STREET})(?!\w)"),
    re.compile(rf"(?<![\w.,/:-])(?!1 ){NUMBER} {STREET_BY_ITS_END}(?!\w)"),
    re.compile(rf"(?<!\w){FR_MAIN_STREET}(?:,? {SIGN}?|{SIGN}){NUMBER}"),
    re.compile(rf"(?<![\w.,/:-]){NUMBER},? {FR_MAIN_STREET}(?!\w)"),
)
MARKED = re.compile(
    r"\b(?:(?:au|du|le|les|numeros?|num|n°s?|n°|huisnummers?|huisnr\.?|huis|woning|maison|habitation|villa|appartement|"
    r"appart\.?|app\.?|apt\.?|appartment|appartementnr|wohnung|haus|hausnummern?|hausnr\.?|hausnr|house|house number|flat|"
    r"home|nummers?|nr\.?|nrs|number|no\.|op|im haus|studio|kot)(?: |(?<=°)|(?<=\.)))"
    r"(?:(?:numeros?|n°s?|no\.?|nr\.?|nummer|number|num\.?) ?)?" + NUMBER
)
STRONG = re.compile(
    r"^(?:huisnummer|huisnr|hausnummer|hausnr|house number|maison|appartement|appart|app\.?|apt|wohnung|haus|house|flat|"
    r"huis|woning|villa|habitation|studio|kot)|n°|numero|nummer|number|\bnr|no\.|num\.?\b"
)
OTHER_NUMBERS = re.compile(
    r"(?:quai|local|salle|guichet|bureau|caisse|zaal|lokaal|loket|schalter|saal|raum|room|desk|bus|lijn|ligne|linie|line|tram|train|trein|zug|sortie|afrit|exit|ausfahrt|perron|gleis|article|artikel|art\.?|arret|halte|"
    r"edition|editie|ausgabe|infoflash|newsletter|nieuwsbrief|bulletin|lettre|brief|message|bericht|meldung|conseil|tip|tipp|advies|point|punt|punkt|"
    r"appelez|appeler|composez|composer|formez|former|contactez|contacter|via|bel|bellen|belt|telefon\w*|phone|call|dial|ring|"
    r"anrufen|rufen sie|rufen|ruf|wahlen|wahlen sie|wahlt|tel\.?|telephone\w*|telefoneer|urgence|noodnummer|notruf\w*|notrufnummer|gratuit|vert|gratis|"
    r"gratis nummer|telefoonnummer|het|borne|paal|km|etage|verdieping|stock|floor|chapitre|page|pagina|seite|step|stap|etape|lot|fiche|joignable|bereikbaar|"
    r"erreichbar|service|polizei|politie|police|appel|secours|dienst)(?: (?:le|la|les|au|aux|het|de|den|die|der|the|on|op|via|to|direct|onmiddellijk|meteen|sofort|immediately|"
    r"immediatement|tout de suite|directement|unter|auf|per|naar|numero|nummer|number|nr\.?|n°|no\.?))*\s*$"
)
NUMBERED = re.compile(  # "start numbers are ready. Number 13": what carries the number was named before
    r"\b(?:startnummern?|startnummers?|rugnummers?|dossards?|bib numbers?|huurfiets\w*|leihrad\w*|leihrader|hire bikes?|velos? de location|"
    r"tombola\w*|loterij|lotterie|raffle|loterie|kraam|kraampjes|marktstand\w*|stand|stands|stalls?|emplacements?)\b[^!?]{0,80}$"
    r"|\b\w*(?:blatt|blad|zeitung|krant|gazette|magazine|journal)(?: (?:nr|no|n°))?\.? ?$"
)
SHORT_NUMBERS = frozenset({"100", "101", "110", "112", "1722", "1700", "1733", "105", "1207", "107", "106", "103"})
COUNTED = (
    "personne persoon person blesse blesses gewonde gewonden verletzter verletzte injured hommes femmes jeunes personnes individus suspects inconnus auteurs voleurs cambrioleurs mineurs enfants agents policiers "
    "cambriolages cambriolage vol vols tentatives tentative agressions incendies accidents faits plaintes signalements appels "
    "effractions degradations voitures vehicules velos camionnettes maisons habitations caves garages fenetres portes jours mois "
    "semaines fois minutes minute min mins metres metre km m h heure heures euro euros eur ans places membres coups sacs "
    "mannen vrouwen personen jongeren verdachten daders dieven inbrekers inbraken inbraak diefstallen diefstal pogingen poging "
    "overvallen feiten meldingen oproepen auto's autos wagens voertuigen fietsen bestelwagens woningen huizen ramen deuren dagen "
    "weken maanden keer maal uur u uren minuten meter jaar plaatsen leden inwoners onbekenden man "
    "manner frauen jugendliche verdachtige tater diebe einbrecher einbruche einbruch diebstahle diebstahl versuche versuch "
    "taten falle meldungen anrufe autos fahrzeuge fahrrader lieferwagen wohnungen hauser fenster turen keller garagen tage "
    "wochen monate mal uhr stunden stunde jahre mitglieder unbekannte platze "
    "men women people persons youths suspects burglars thieves burglaries burglary thefts theft attempts attempt incidents "
    "reports calls cars vans vehicles bikes houses homes windows doors days weeks months times hours hour years members am pm "
    "percent procent prozent pourcent"
).split()
MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre januari februari maart april mei juni "
    "juli augustus september oktober november december januar februar marz august dezember january february march may june july "
    "october"
).split()
QUANTITY = re.compile(
    rf"^(?:\s?(?:{'|'.join(COUNTED + MONTHS)}|[ap]\.m|%|an hour|(?:per|a) (?:hour|day|uur|dag)|pro (?:stunde|tag)|(?:par|a l') ?(?:heure|jour))|\. (?:{'|'.join(MONTHS)}))(?![a-z])"
)
RANGE = re.compile(r"^ ?(?:au|a|et|bis|und|tot|en|to|till|and|-) ?\d{1,2}(?!\d)")
NOT_TO_DIAL = re.compile(
    r"^, (?:le |la |l'|les |de |het |der |die |das |the |postal|\d{4} )"
)  # "Kerkstraat 112, the owner"
ROAD_NUMBER = re.compile(r"^(?:rijbaan|rijweg|\w*expresweg|gewestweg|(?:zum|am|im) (?:zeugenaufruf )?unfall) n\d{1,3}$")
IN_A_NAME = re.compile(r"\b(?:des|aux|de|du) $")  # "avenue des 7 Bonniers"
RANGE_OPENS = re.compile(
    r"\b(?:du|des|le|les|au|entre|vom|von|zwischen|ab|van|vanaf|tussen|from|between|on|am|op)(?: nummern?| numeros?| nummers?| numbers?| no)? $"
)

HOUR_BEFORE = re.compile(
    r"\b(?:(?:from|until|till|vanaf|tot|bis|jusqu'a|at \d{1,2} and) )$"
)  # "closed from 9, Rue de la Loi"
PUBLIC = re.compile(
    r"\b(?:nos bureaux|ons kantoor|onze kantoren|unser buro|unsere buros|our offices?|\w*kommissariat|buro des bezirks\w*|officer's office|die wache|das revier|polizeiposten|police desk|police post|"
    r"reunions?|assemblee|salle|maison communale|hotel de ville|maison de quartier|bibliotheque|commissariat|permanence|guichet|"
    r"rendez-vous|vergadering|bijeenkomst|ledenvergadering|zaal|gemeentehuis|stadhuis|buurthuis|bibliotheek|politiekantoor|"
    r"commissariaat|zitdag|loket|cultuurcentrum|parochiezaal|versammlung|treffen|saal|gemeindehaus|rathaus|bibliothek|"
    r"polizeiwache|polizeidienststelle|dienststelle|sprechstunde|pfarrsaal|polizeiburo|neue wache|unsere wache|sporthalle|fundburo|apotheke|praventionsdienst|praventionsberat\w*|meeting|(?<!his )(?<!her )(?<!their )hall|town hall|library|police station|surgery|"
    r"community centre|information evening|soiree d'information|infoavond|infoabend|informatieavond|informationsabend|"
    r"recyclagepark|containerpark|parc a conteneurs|recyparc|wijkkantoor|bureau de quartier|feestzaal|salle des fetes|"
    r"ecole communale|gemeenteschool|centre culturel|cultureel centrum|service population|dienst bevolking|"
    r"pfarrheim|kurs|vortrag\w*|(?<!en )(?<!au )cours|conference|lezing|infosessie|(?:un |l'|een |de |a |the |ein |der )(?:atelier|workshop) (?:de|sur|on|over|uber)|opleiding|cursus|(?<!of )course(?! of\b|[- ]poursuite)|opening hours|station's hours|"
    r"openingsuren|heures d'ouverture|offnungszeiten|spreekuur|permanentie|zitting|onthaal|uitnodiging|einladung|invitation|gemeenteraad|stadsraad|gemeinderat\w*|stadtrat\w*|conseil communal|desk|"
    r"point de contact|aanspreekpunt|balie|stadsfeestzaal|cultural centre|(?:kultur|gemeinde|jugend|junglings|burger|gerate)(?:haus|zentrum)|"
    r"accueil de la police|la police (?:s'installe|demenage)|de politie verhuist|police locale|lokale politie|lokale polizei|local police|zone de police|politiezone|polizeizone)\b"
)
OPEN_TO_ALL = re.compile(  # a house for everybody, where the sentence tells of nobody's home
    r"\b(?:(?:the|die|der|les?|het|de) (?:investigators|ermittlern?|enqueteurs|speurders|rechercheurs)(?= at\b|,| \w+strasse)|"
    r"(?:handed|remis\w*|a remettre|bezorgd|ubergeben) (?:to |aux |an (?:die )?|aan de )?(?:investigators|enqueteurs|speurders|ermittler)|"
    r"aupres du service|(?:beim|bei der|vom) \w*amt|bij de dienst|with the [a-z]+ department|offices? of the zone|"
    r"(?:bureaux|kantoren|buros) (?:de la|van de|der) zone|the counter at|viertelinspektor empfangt|wijkinspecteur ontvangt|"
    r"inspecteur de quartier recoit|neighbourhood inspector receives|"
    r"jusqu'a epuisement du stock|zolang de voorraad strekt|solange der vorrat reicht|while stocks last|"
    r"blutspende\w*|bloed(?:inzameling|geven|donatie)|(?:don|dons|collecte\w*)(?: de| le)? sang|blood donation|elternabend|oudercontact|reunion de parents|\w*codierung|fietsgraver\w*|gravure de velos|bike marking|bin-avond|dorpsontbijt|treffpunkt|"
    r"stadthaus|\w*depot|bib|babbelbank|\w*stammtisch|gasthof|gasthaus|taverne|brasserie|rollstuhl(?:rampe|gerecht\w*)|"
    r"barrierefrei\w*|rolstoel(?:toegankelijk|helling)|acces pmr|wheelchair (?:access|ramp)|step-free|"
    r"heures? d'ouverture|ouvert(?:e|s)? (?:du|de|le)|geopend (?:van|op|tot)|open (?:van|op|weekdays|daily|from)|geoffnet|"
    r"(?:weekdays|werktags|en semaine|op werkdagen))\b"
)
OFFICES = (
    r"(?:commissariat\w*|commissariaat|poste de police|hotel de police|politiekantoor|politiepost|police station|"
    r"front office|polizeiwache|die wache|kommissariat|dienststelle)"
)
OFFICE_BEFORE = re.compile(
    rf"\b{OFFICES}(?: (?:st\. )?[a-z-]+)?(?:,| a la| au| a| de la| in de| in der| in| at| on| op)?,? ?(?:la |the |der )?$"
)
RECEIVES = re.compile(  # "the police station of Namur receives you at"
    rf"\b(?:{OFFICES}|bureau de police|(?:at|to) the station)(?: [a-z'-]+){{0,4}},?"
    r"(?: (?:vous (?:recoit|accueille|attend)|se trouve|est (?:situee?|ouverte?|installee?)|ontvangt u|bevindt zich|ligt|"
    r"verhuist naar|empfangt sie|befindet sich|is open|is (?:located )?(?:at|on)|receives you)(?: [a-z'-]+){0,3}| on| at),? ?$"
)
VENUES = (  # where nobody lives: halls, barracks, counters
    r"(?:maison (?:de (?:la )?jeunes(?:se)?|des jeunes|de village|citoyenne)|depot communal|espace|athenee|salle (?:communale|polyvalente|des fetes|paroissiale)|centre (?:culturel|sportif|communal|administratif)|ecole (?:du|de|des) [a-z]+|antenne de police|caserne|maison communale|"
    r"bibliotheque|hall omnisports|service (?:communal|travaux|population)|poste de police|"
    r"\w*zaal|sporthal|kazerne|gemeentehuis|cultuurcentrum|(?:oc|gc|cc|ldc) [a-z]+|gemeentemagazijn|kinderopvang|jeugdhuis|ontmoetingscentrum|dienstencentrum|bibliotheek|politiehuis|"
    r"politiepost|wijkpost|wijkwerking|gemeentelijk depot|buurthuis|basisschool|atheneum|werkhof|recyclagepark|"
    r"saal|halle|turnhalle|mehrzweckhalle|sporthalle|schutzenhalle|burgerhaus|pfarrheim|kaserne|\w*(?:kultur|animations|jugend|gemeinde)zentrum|kolpinghaus|bibliothek|fundburo|"
    r"polizeiposten|wache|aula|bauhof|werkhof|recyclinghof|gemeindeschule|grundschule|jugendtreff|athenaum\w*|triangel|rathaus|gemeindehaus|"
    r"(?:community|village|parish|sports) (?:hall|centre)|primary school|youth club|municipal depot|day centre|cultural centre|town hall|council office|fire station|"
    r"police (?:reception|desk|office|station)|neighbourhood office|library)"
)
VENUE_BEFORE = re.compile(rf"\b{VENUES}(?: (?:st\.|[a-z'-]+)){{0,2}},? ?(?:at |in der |in de |aan de |a la |au )?$")
BESIDE = re.compile(  # "en face du commissariat": that is no office
    r"\b(?:en face|a cote|pres|proche|derriere|devant|naast|tegenover|vlakbij|dichtbij|achter|opposite|next(?: door)? to|"
    r"near|beside|behind|across from|past|by|apres|voorbij|langs|neben|gegenuber|hinter|nahe|unweit|nach)"
    r"(?: (?:de la|de l(?=')|du|de|des|la|le|les|l(?=')|van het|van de|het|de|the|der|dem|das|die|vom|von der|aan)\b)*+[ ']?[a-z-]+"
)
OFFICE_AFTER = re.compile(rf"^,? ?\(?(?:au |the |das |die |het |le )?{OFFICES}\b")  # "rue Natalis 60, le commissariat"
SENTENCE_END = re.compile(  # behind a number too, but for "am 6. Mai" and "im 3. Stock"
    r"(?<!\d)(?<!\bst)(?<!\bste)(?<!\bdr)[.!?\n] |(?<=\d)[!?\n] "
    rf"|(?<=\d)\. (?!(?:{'|'.join(MONTHS)}|stock\w*|etage|klasse|mal|tag|woche|jahr\w*|haus|tur|geburtstag|und|bis)\b)"
)
PRIVATE = re.compile(
    r"\b(?:vol|vole\w*|cambriol\w*|effraction|victime|agress\w*|suspect\w*|voleur\w*|habit\w*|incendie|chez|tentative|auteur\w*|"
    r"inbr\w*|ingebroken|diefstal\w*|gestolen|slachtoffer\w*|overval\w*|verdacht\w*|dader\w*|dief|dieven|woon\w*|poging|brand|"
    r"einbr(?!uchschutz)\w*|eingebrochen|diebstahl\w*|gestohlen|opfer\w*|uberfall(?!pravention|schutz)\w*|verdachtig\w*|tater\w*|dieb\w*|wohn\w*|versuch\w*|feuer|"
    r"burgl\w*|theft|stolen|victim\w*|mugg\w*|thie\w*|lives?|living|offender\w*|attempt\w*|break-in|broke\w*|fire)\b"
)

DWELLERS = (
    r"voisine?s?|habitante?s?|occupante?s?|locataires?|habite\w*|proprietaires?|chez|famille|dame|"
    r"victimes?|buur(?:man|vrouw|lui|en|jongen|meisje)?|bewon\w*|woont|bewohner\w*|wohnt|nachbar\w*|familie|cambriole\w*|loge"
)
DWELLER = re.compile(rf"\b(?:{DWELLERS})\b")
AT_HOME = re.compile(
    rf"\b(?:{DWELLERS}|woon\w*|woning\w*|wohn\w*|habitations?|maisons?|huis|huizen|haus|hauser|lives?|living|houses?|homes?|flats?|"
    r"neighbours?|residents?|owners?|victims?|suspects?|verdacht\w*|dader\w*|tater\w*|auteurs?|opfer\w*|slachtoffers?)\b"
)
ALL_OF_A_RANGE = re.compile(
    r"\b(?:habitants|riverains|bewoners|bewohner|bewohnerinnen|anwohner|residents)"
    r"(?= (?:(?:du|des|de|van|der|von|aus|at|of|in|les|le|nummern?|nummers?|numeros?|numbers?|huisnummers|hausnummern?|no) ){1,3}"
    r"\d{1,3} (?:a|au|tot|t/m|tot en met|bis|to) (?:nummer )?\d{1,3}\b)"
)  # many homes: an evacuation, and nobody in particular
WARNINGS = frozenset({"alarm", "calamity", "supralocal", "infoflash", "feedback"})
HAZARD = re.compile(
    r"\b(?:incendie|feu|fumees?|fuite|gaz|explosion|inondation|effondr\w*|evacu\w*|pollution|amiante|degats? d'eau|coupure|"
    r"\w*brand|rook\w*|\w*lek|gas\w*|explosie|overstrom\w*|instort\w*|ontploffing|stroompanne|wateroverlast|asbest|"
    r"\w*feuer|rauch\w*|\w*leck|uberschwemm\w*|hochwasser|einsturz\w*|\w*rohrbruch|stromausfall|"
    r"fire|smoke|leak\w*|flood\w*|collaps\w*|burst|power cut|chemical|asbestos|bombe|bom|bomb|wwii|gevaarlijke stof\w*)\b"
)
KEEP_AWAY = re.compile(
    r"\b(?:evit\w*|rest(?:ez|er)|ferm(?:ez|er|ee)|ne (?:pas )?(?:s')?approcher|pompiers sur (?:place|les lieux)|contourn\w*|eloignez|ecartez|n'approchez|quittez|evacu\w*|confin\w*|deviation|barree?|coupee?|gardez|"
    r"vermijd\w*|blijf\w*|sluit|sluiten|dicht|brandweer (?:is )?(?:pp|ter plaatse|aan het werk)|mijd\w*|omleiding|afgesloten|afstand|verlaat|rij om|houd|hou|"
    r"meid\w*|bleib\w*|schliess\w*|schließ\w*|umleitung|gesperrt|feuerwehr (?:ist )?(?:vor ort|im einsatz)|abstand|verlass\w*|umfahr\w*|halten|"
    r"avoid\w*|stay\w*|fire (?:brigade|service|crews?) (?:is |are )?(?:on (?:scene|site)|at work|in attendance)|close\w*|keep|diversion|detour|leave|shut|evacuat\w*|go round|move away|get away|"
    r"partez|sortez|ga (?:daar |er |van daar )?weg|kom niet|uit de buurt|weg van|gehen sie weg|geht weg|fern|entfern\w*|nahern)\b"
)
CRIME = re.compile(
    r"\b(?:vols?|vole\w*|cambriol\w*|effraction|victimes?|agress\w*|suspect\w*|voleur\w*|auteurs?|volontaire|criminel\w*|"
    r"inbr\w*|ingebroken|diefstal\w*|gestolen|slachtoffer\w*|overval\w*|verdacht\w*|dader\w*|brandsticht\w*|"
    r"einbr\w*|eingebrochen|diebstahl\w*|gestohlen|opfer\w*|uberfall\w*|verdachtig\w*|tater\w*|brandstift\w*|"
    r"burgl\w*|theft|stolen|victim\w*|mugg\w*|thie\w*|offender\w*|break-in|arson\w*)\b"
)
IN_WORDS = (
    r"(?:au |op |auf |at |numero |nummer |number |huisnummer |hausnummer )?(?P<words>[a-zß]+(?:[ -][a-zß]+){0,3})"
    r"(?=[,.;:)]|$| (?:boite|bus|box|briefkasten|bte|apt))"
)
SPELT = (
    re.compile(rf"(?<![\w-]){FR_STREET}{NAME}(?:,|(?= au | numero )) {IN_WORDS}"),
    re.compile(
        r"\b(?:numero|nummer|number|huisnummer|hausnummer),? (?P<words>[a-zß]+(?:[ -][a-zß]+){0,3}?)"
        r"(?=,| (?:de la|du|de|van|der|des|in|of|on|rue|avenue|chaussee|in der)\b)"
    ),
    re.compile(rf"(?<![\w-])(?:{NL_STREET}|{DE_STREET}|{EN_STREET}),? {IN_WORDS}"),
)
MARKED_IN_WORDS = re.compile(
    r"\b(?:(?P<door>(?:huis|haus|house) ?(?:nummers?|nummern|numbers?|nr\.?)|(?:maison|habitation|appartement|wohnung|flat|apartment) "
    r"(?:numero|nummer|number))|(?P<dwelling>maison|habitation|appartement|wohnung|haus|huis|house|flat)|"
    r"(?P<number>numeros?|nummers?|number)|(?P<at>au|du|(?<!een bewoner )(?<!een gezin )op)(?! nu)) (?:a (?=hundred))?(?P<words>[a-zß]+(?:[ -][a-zß]+){0,5})"
)
DWELLS_OR_STOLEN_AT = re.compile(
    rf"\b(?:{DWELLERS}|residents?|neighbours?|owners?|family|lives?|living|woon\w*|wohn\w*|vols?|cambriolages?|effractions?|"
    r"inbra\w*|diefstal\w*|ingebroken|gestolen|einbr\w*|eingebrochen|diebstahl\w*|gestohlen|burglar\w*|thefts?|break-ins?|"
    r"stolen|man|vrouw|mann|frau|monsieur|homme|femme|woman|lady|couple|koppel|paar|gezin)\b(?: [a-z']+){0,3} ?$"
)
RANGE_IN_WORDS = re.compile(r"^ (?:tot|bis|to|a|au) (?P<last>[a-zß]+)")
CLAUSE_ENDS = re.compile(
    r"^(?:[,.;:!?)]|$| (?:est|sont|a|ont|etait|se|cache|is|are|was|were|has|have|will|ist|sind|hat|haben|war|wird|werden|wurden?|"
    r"werd|wordt|heeft|hebben|zijn|waren)\b)"
)
BEHIND = re.compile(
    rf"(?<![\w-])(?:{FR_STREET}{NAME},? au|(?:{NL_STREET}|{EN_STREET}),? (?:op|at)|{DE_STREET},? auf(?: der)?) "
    r"(?P<number>\d{1,3})(?![\w%€°/]|[.,:]\d|h\d| ?(?:e|eme|ste|de|er)\b)"
)

PLACE_ON_EARTH = re.compile(
    r"(?<![\d.,])(?:49|5[01])[.,]\d{3,8}°? ?n?[ ,;/]{1,3}[2-6][.,]\d{3,8}(?!\d)"
)  # within Belgium


TOPIC = re.compile(  # "an evening on burglary", "advice against theft": spoken about, not committed there
    r"\b(?:sur|contre|over|tegen|rond|uber|gegen|zum|zur|on|about|against)"
    r"(?: (?:la|le|les|l'|de|het|den|die|das|der|the))? ?"
    r"(?:vols?|cambriolages?|fraude|diefstal\w*|inbra\w*|einbr[uo]ch\w*|diebstahl\w*|burglar(?:y|ies)|thefts?|fraud|\w+ (?:theft|fraud))"
    r"(?! (?:au|a la|in der|in de|at|rue|op de)\b)"
)
TALK = re.compile(  # what one may come to, or look at
    r"\b(?:reunion|seance|soiree|conference|exposition|atelier|permanence|conseils?|\w*sessie|\w*avond|vergadering|lezing|tentoonstelling|"
    r"advies|\w*abend|vortrag|ausstellung|versammlung|berat\w*|meeting|session|talk|evening|exhibition|workshop|advice)\b"
)


def find_addresses(surface: Surface, kind: str) -> list[Mark]:
    """Marks where a text points at one house; the place of a hazard may stand in a warning about it."""
    folded = surface.folded
    if _is_place_of_hazard(folded, kind):
        return []
    on_earth = (
        found.span() for found in PLACE_ON_EARTH.finditer(folded) if not _is_meeting_or_office_address(found, folded)
    )
    return [
        Mark(RULE, *span)
        for span in dict.fromkeys(
            [
                *_find_home_addresses(folded),
                *_find_marked_house_numbers(folded),
                *_find_marked_numbers_in_words(folded),
                *_find_spelt_house_numbers(folded),
                *on_earth,
            ]
        )
    ]


def _is_place_of_hazard(folded: str, kind: str) -> bool:
    """A calamity is one by its kind: its address is a home only if it is said who lives there (not: all of "20 to 34")."""
    if CRIME.search(folded):
        return False
    if kind == "calamity":
        return not DWELLER.search(ALL_OF_A_RANGE.sub("", folded))
    return kind in WARNINGS and bool(HAZARD.search(folded) and KEEP_AWAY.search(folded))


def _find_home_addresses(folded: str) -> Iterator[tuple[int, int]]:
    for form in (*FORMS, BEHIND):
        for found in form.finditer(folded):
            before = folded[max(0, found.start() - 40) : found.start()]
            if (
                _is_house_number(found, folded)
                and not OTHER_NUMBERS.search(before)
                and not _is_meeting_or_office_address(found, folded)
            ):
                yield found.span()


def _find_spelt_house_numbers(folded: str) -> Iterator[tuple[int, int]]:
    """ "avenue des Cerisiers, quarante-deux": a number in words at the end of a clause, behind a street."""
    for form in SPELT:
        for found in form.finditer(folded):
            run = next(iter(numerals(found["words"])), None)
            if run and run.spelt and run.digits != "1" and run.start == 0 and run.end == len(found["words"].rstrip()):
                yield found.span()


def _find_marked_house_numbers(folded: str) -> Iterator[tuple[int, int]]:
    for found in MARKED.finditer(folded):
        before = folded[max(0, found.start() - 40) : found.start()]
        if (
            not _is_house_number(found, folded)
            or OTHER_NUMBERS.search(before)
            or OTHER_NUMBERS.search(folded[max(0, found.start() - 30) : found.start("number")])
            or _is_numbered_thing(folded[max(0, found.start() - 90) : found.start()])
        ):
            continue
        if STRONG.search(found[0]) or _is_about_dwelling(found, folded):
            yield found.span()


def _find_marked_numbers_in_words(folded: str) -> Iterator[tuple[int, int]]:
    """ "huisnummer twaalf"; "numéro douze" only behind whoever lives or what happened there, "du douze" as a clause ends."""
    for found in MARKED_IN_WORDS.finditer(folded):
        run = next(iter(numerals(found["words"])), None)
        if run is None or run.start or not run.spelt:
            continue
        end = found.start("words") + run.end
        before, after = folded[max(0, found.start() - 60) : found.start()], folded[end : end + 24]
        many = RANGE_IN_WORDS.match(after)
        if QUANTITY.match(after) or OTHER_NUMBERS.search(before) or (many and numerals(many["last"])):
            continue
        dweller, ends = DWELLS_OR_STOLEN_AT.search(before), CLAUSE_ENDS.match(after)
        if (
            found["door"]
            or (found["number"] and dweller)
            or (found["dwelling"] and run.digits != "1" and ends)
            or (found["at"] and run.digits != "1" and dweller and ends)
        ):
            yield found.start(), end


def _is_meeting_or_office_address(match: re.Match[str], folded: str) -> bool:
    """A hall, an office or a meeting stands at the address; beside a victim or a crime, only an office right before it.

    What is said of another address, or that something is beside an office, is not said of this one.
    """
    before = BESIDE.sub("-", folded[max(0, match.start() - 120) : match.start()])
    after = BESIDE.sub("-", folded[match.end() : match.end() + 60])
    before = before[max((found.end() for form in FORMS for found in form.finditer(before)), default=0) :]
    after = after[: min((found.start() for form in FORMS for found in form.finditer(after)), default=60)]
    sentence = SENTENCE_END.split(before)[-1] + match[0] + SENTENCE_END.split(after)[0]
    said = TOPIC.sub("-", sentence) if TALK.search(sentence) else sentence
    if PRIVATE.search(said) or CRIME.search(said):
        return any((OFFICE_BEFORE.search(before), RECEIVES.search(before))) or (
            VENUE_BEFORE.search(before) is not None and not AT_HOME.search(sentence)
        )
    return any(
        (
            OFFICE_BEFORE.search(before),
            RECEIVES.search(before),
            VENUE_BEFORE.search(before),
            OFFICE_AFTER.match(after),
            PUBLIC.search(sentence),
            OPEN_TO_ALL.search(sentence) is not None and not AT_HOME.search(sentence),
        )
    )


def _is_numbered_thing(before: str) -> bool:
    """A start number, a hired bike, an issue: it was named before, and nobody who lives somewhere since."""
    match = NUMBERED.search(before)
    return match is not None and not (AT_HOME.search(match[0]) or DWELLER.search(match[0]))


def _is_about_dwelling(match: re.Match[str], folded: str) -> bool:
    """ "du 12", "au 14", "op 7": a house only beside a word of dwelling or a person who lives there."""
    near = folded[max(0, match.start() - 45) : match.start()]
    return re.search(rf"\b(?:{DWELLERS})(?: [a-z']+){{0,3}} ?$", near) is not None


def _is_house_number(match: re.Match[str], folded: str) -> bool:
    number, after = match["number"], folded[match.end() : match.end() + 24]
    digits = re.match(r"\d+", number)
    if (
        digits is None
        or digits[0].startswith("0")
        or ROAD_NUMBER.match(match[0])
        or (number in SHORT_NUMBERS and not NOT_TO_DIAL.match(after))
    ):
        return False
    plain_year = number.isdigit() and 1900 <= int(number) <= 2099
    lettered = re.search(r"[a-z]", number) is not None
    ahead_of_street = match.start("number") == match.start()
    before = folded[max(0, match.start("number") - 24) : match.start("number")]
    if ahead_of_street and HOUR_BEFORE.search(before) and match[0][len(number) :].lstrip().startswith(","):
        return False
    if RANGE.match(after) and RANGE_OPENS.search(before):
        return False
    if IN_A_NAME.search(before) and re.match(r" [a-z]{4}", after) and not ahead_of_street:
        return False
    return not plain_year and (lettered or ahead_of_street or not QUANTITY.match(after) or after.startswith((",", ".")))
