"""What stands around a name in the four languages: titles, ranks, and the streets and houses that bear one."""

import re

TITLES = frozenset(
    "m. mr mr. mme mme. mlle mlle. monsieur madame mademoiselle dhr dhr. mevr mevr. mw mw. meneer mijnheer mevrouw juffrouw "
    "heer herr herrn hr. frau fr. fraulein mrs mrs. ms ms. miss mister mesdames messieurs maitre meester mvr mvr.".split()
)
CALLED = re.compile(
    r"\b(?:l[ea] (?:nommee?|denommee?|prenommee?|appelee?)|un (?:nomme|certain)|une (?:nommee|certaine)|nommee?s?|denommee?s?|prenommee?s?|s'appelle(?:nt|rait)?|"
    r"repond(?:ant)? au nom de|nom est|nom du suspect est|nom de famille|alias|surnommee?|genaamde?|genoemd|luisterend naar de naam|met de naam|"
    r"(?:zijn|haar|de) naam is|heet|heten|een zekere|ene|bijgenaamd|namens|gewisser?|eine? gewisser?|namens|heisst|hei(?:ß)t|genannt|sein name ist|ihr name ist|mit namen|mit dem namen|der name lautet|"
    r"named|called|goes by|by the name of|nicknamed|a certain|(?:his|her|their) name is|famille|fam\.?|(?:le|du|au|ce) fils|la fille|familie|family|familles|epoux|echtpaar|ehepaar|veuve|vve|weduwe|wwe|witwe|widow|widower)"
    r"[ :]{1,2}[\"«„“' ]{0,2}"
)
STREET = frozenset(
    "rue r. avenue av av. ave boulevard bd bd. bld chaussee place pl. allee impasse chemin clos square quai sentier venelle ruelle dreve "
    "route cour cite residence esplanade parvis pont gare station metro arret halte parc park plaine stade hall salle ecole "
    "college institut instituut lycee athenee universite clinique hopital ziekenhuis spital krankenhaus maison centre center "
    "centrum zentrum eglise kerk kirche chapelle kapel kapelle abbaye abdij kloster fondation stichting stiftung campus home "
    "foyer caserne kazerne kaserne creche basisschool school schule college sint-jozefscollege straat plein laan weg bibliotheque library bibliothek "
    "bibliotheek theatre theater stadion quartier wijk viertel rond-point tunnel brug brucke pharmacie apotheek apotheke cafe "
    "restaurant hotel brasserie boulangerie bakkerij magasin garage musee museum fort tour toren camping sporthal saint sainte "
    "saints saintes st st. ste ste. sint sinte sankt st.- saint- notre-dame roi reine prince princesse koning koningin prins prinses konig "
    "konigin abbe docteur dokter general generaal marechal cardinal kardinaal pater pere soeur frere burgemeester bourgmestre dr dr. "
    "pastoor monseigneur opération operation operatie aktion prix fete foire kermis marche braderie brocante jardin bois bos hof "
    "tempete storm sturm ouragan orkaan commune gemeente gemeinde ville stad stadt zone pz zp basilique ferme hoeve domaine domein "
    "rowe memorial monument denkmal espace auditorium auditoire passerelle complexe complex piscine galerie carrefour lotissement batiment asbl vzw vog patinoire cimetiere "
    "digue ecluse promenade terrain aile mediatheque skatepark repos sportif residentie zwembad kinderdagverblijf atheneum dienstencentrum "
    "jeugdhuis buurthuis ontmoetingscentrum fietspad gebouw begraafplaats rotonde sportpark sluis turnhalle sporthalle kindergarten "
    "athenaum residenz schwimmbad haltestelle bahnhof parkplatz aula gebaude jugendheim klinik kreisverkehr friedhof wohnheim pfarrheim "
    "room institute hospital roundabout stop footbridge building pool "
    "zaal saal zorgcentrum wzc rusthuis woonzorgcentrum seniorenheim crc cpas ocmw parking festival tournoi stade academie academy".split()
)
INSTITUTION_ENDS = (  # "cultuurcentrum", "Mehrzweckhalle", "gemeenschapszaal": a whole name may follow
    "centrum", "zentrum", "halle", "zaal", "saal", "museum", "theater", "bibliothek", "bibliotheek", "stadion", "stadions",
    "gedenkteken", "denkmal", "monument", "huizen", "zwembad", "schwimmbad", "lokaal", "grundschule", "basisschool",
)  # fmt: skip
STREET_ENDS = (
    "platzes", "marktes", "hofes", "weges", "parks",    "straat", "laan", "plein", "weg", "steenweg", "dreef", "lei", "kaai", "strasse", "straße", "platz", "allee", "gasse", "park",
    "college", "school", "schule", "instituut", "kerk", "kirche", "hof", "baan", "square", "street", "avenue", "lane",
    "markt", "ziekenhuis", "kliniek", "stichting", "brug", "tunnel", "hospital", "klinik", "stadion", "wijk", "erf",
)  # fmt: skip
RANK = (
    r"(?:\w*inspect\w*|hoofdinspect\w*|commiss\w*|hoofdcommiss\w*|kommiss\w*|hauptkommiss\w*|agente? de quartier|wijkagente?|wijkinspect\w*|"
    r"revierbeamt\w*|hauptinspekt\w*|superintendent|sergeant|\w*inspekt\w*|bezirksinspekt\w*|cheff?e? de (?:corps|zone|service)|chief|korpschef\w*|zonenchef|bourgmestre|burgemeester|burgermeister\w*|burgermeister|mayor|"
    r"coordinat\w*|coordonnat\w*|koordinat\w*|officier|offizier|officer|conseill\w* en prevention|"
    r"diefstalpreventieadviseur\w*|adviseur\w*|votre plp|uw bin|substitut|procureur\w*|woordvoerder|porte-parole|sprecher\w*|pressesprecher|spokes\w*|premier|minister|ministre|gouverneur|echevin\w*|schepen\w*)"
)
RANKS = re.compile(
    rf"\b{RANK}"
    r"\b(?:[ ,:(]+(?:de|du|des|la|le|les|van|het|der|die|den|des|of|the|l'|en|in|zone|corps|chef|service|quartier|wijk|dorp|gemeente|"
    r"commune|plp|bin|lpp|principale?|adjointe?|locale?|lokale|federale|eerste|premiere?|1er|stad|ville|police|politie|polizei)){0,4}"
    r"[ ,:(]*$"
)
PRESENTED = re.compile(  # "your new inspector for Eupen is ..."
    r"(?:[.!?:;,\n»\"] ?|\b(?:par|avec|et|door|met|en|von|mit|und|by|with|and) )"
    r"(?:(?:le|la|l'|votre|notre|uw|jullie|onze|ons|de|het|ihre?|unsere?|eure?|euer|der|die|your|our|the) ?)?"
    r"(?:(?:nouvel|nouvelle|nouveau|nieuwe|neue[rs]?|new) )?(?:premiere? |eerste |erste[rs]? |first |neighbourhood |local )?"
    rf"(?:{RANK}|schoff\w*|alder\w+|magistrat\w*|prosecutor|staatsanwalt\w*|bezirkspolizist\w*|gemeenschapswacht\w*)"
    r"(?: (?:remplacante?|suppleante?|adjointe?|principale?|locale?))?"
    r"(?: (?:d'|l')?(?:de|du|des|a|au|aux|pour|van|voor|in|te|fur|von|vom|im|der|des|for|of|at)"
    r"(?: (?:la|le|les|het|de|den|dem|the|votre|notre|uw|onze|your|our|ihre?n?))? (?:l'|d')?[\w'-]+){0,3}(?: [\w'-]+,|,)?"
    r"(?: (?:s'appelle|se nomme|est|sera|heet|is|wordt|heisst|hei(?:ß)t|ist|wird|is (?:called|named)|will be))? ?$"
)
ROLE_AFTER = re.compile(
    r"^(?: (?:van|de|du|von|vom|from) [a-z'-]+(?: [a-z'-]+)?)?[ ,\n(\-]{1,4}(?:(?:sinds|seit|depuis|since|ab|des|vanaf) [\w.]+(?: [a-z]+)? )?(?:(?:is|est|ist) (?=votre |uw |ihr|notre |onze |unser|our |your ))?(?:votre |uw |ihr |ihre |euer |eure |jullie |notre |onze |unser |unsere |our |your |de |der |die |the |la |le |l')?(?:second |deuxieme |tweede |zweite[rn]? |autre |andere[rn]? |other |suppleante? |adjunct-|deputy |stellvertretende[rn]? |plaatsvervangend |nouvelle? |nieuwe |neue[rn]? |new )?(?:agente? de quartier|inspect|wijk|coordinat|coordonnat|koordinat|revier|"
    r"cheff?e? de corps|chief|korpschef|zonenchef|commiss|kommiss|conseill|diefstal|bourgmestre|burgemeester|burgermeister|mayor|neighbourhood officer|"
    r"meanwhile|is covering|covers for|stands in for|standing in|is standing in|takes over for me|vertritt mich|vertritt uns|springt ein|police locale|lokale politie|lokale polizei|local police|zone de police|politiezone|polizeizone|pz |zp )"
)
FUNCTIONS = frozenset(
    "kommissar kommissarin hauptkommissar hauptkommissarin inspektor inspektorin hauptinspektor hauptinspektorin "
    "le la les l de der die das het een un une et en und and ou of oder or est is ist a qui die dat que dass coordinateur coordinatrice "
    "coordinator coordinatoren bourgmestre burgemeester burgermeister burgermeisterin directeur directrice president presidente juge rechter commissaire inspecteur "
    "inspectrice koordinator koordinatorin mayor judge officer tout toute toutes tous deux twee zwei two prochain volgende mon ma "
    "votre notre son sa ses leur leurs dans sur avec sans pour par au aux du des vous nous ils elles il elle on ne pas ne n y "
    "was wurde hat haben wird werden mit ohne fur im in an am auf von vom zu zum zur aus bei nach vor sie er es wir ihr ihnen uns "
    "werd wordt heeft hebben zijn met zonder voor op bij van naar uit ze we u uw je jullie hun niet geen ook al nog wel "
    "has have had will would with without for on at from to into by he she it they we you your our their not no also age agee ages "
    "agee oud alt old ayant avait habillee vetu vetue porte portait draagt droeg tragt trug wearing wears blond blonde grand petit "
    "zuckte echte alte oude jonge junge vieille jeune ou si quand als wenn if when mais maar aber but aus der inconnu inconnue "
    "onbekende unbekannte unbekannter unknown police politie polizei plp bin child focus mesdames messieurs madame monsieur "
    "maire echevin echevine schepen schepenen chef ici hier here merci dank danke thanks bonjour goedendag geachte beste cher chere "
    "chers cheres lieber liebe dear sehr geehrte geehrter inspectie agent agente collegue vrouw man frau mann woman s".split()
)
BETWEEN = frozenset(
    "des l' aux à a sur communale communal omnisports primaire secondaire fondamentale libre provinciale gemeentelijke".split()
)
SHORTENED = frozenset(
    "gen. prof. cdt. lt. capt. cap. col. mgr. maj. sgt. not. burg.".split()
)  # a point that ends nothing
FIRM = re.compile(  # a firm bears the name, not a person
    r"\b(?:firm|firme|firma|societe|sa|srl|sprl|nv|bv|bvba|gmbh|ag|ets|etablissements|entreprise|entrepreneur|aannemer|bedrijf|onderneming|"
    r"unternehmen|bauunternehmen|baufirma|company|contractor|builders|groupe|groep|gruppe|group|transport|transports|gebr\.?|gebroeders) $"
)
PRETENDED = re.compile(  # "he says he is called": the name that a swindler gives himself
    r"\b(?:dit|disant|pretend|pretendant|affirme|se presente|presente|se dit|zegt|zeggen|beweert|stelt zich|noemt zich|sagt|behauptet|nennt sich|"
    r"stellt sich|says|claims|saying|claiming|pretends|introduces)\b[^.!?]{0,30}$"
)
TRICK = re.compile(
    r"\b(?:piege|arnaque\w*|escro\w*|fraude\w*|faux|bedrog|oplicht\w*|fraude\w*|valse?|vals|betrug\w*|betruger\w*|masche|falsche\w*|"
    r"trick|tricks|scam\w*|swindl\w*|fraud\w*|con|fake|bogus|raccroche\w*|haak|ophangen|auflegen|legen sie auf|hang up)\b"
)
BRANDS = frozenset(
    {"albert heijn", "louis delhaize", "pierre marcolini", "calvin klein", "thomas cook", "jack wolfskin"}
)
HOUSEHOLD = {"fr": "les", "nl": "de", "de": "die", "en": "the"}  # "the Lamberts"
TURNED_AWAY = re.compile(  # a first name that is another word too, where a person is let in, visited or kept off
    r"\b(?:chez|si|quand|a|de laisser|als|wanneer|laat|bij|voor|lassen sie|lasst|lass|offnen sie|offnet|offne"
    r"|wenn|bei|if|when|let|to|for) $"
)
SHUT_OUT = re.compile(  # "do not open to": whoever stands behind it is a person, in capitals and in small letters too
    r"\b(?:n'ouvr\w+(?: surtout)? (?:pas|jamais|plus)(?: la porte)? a|(?:nooit|niet) open(?:doen)? voor"
    r"|open (?:de deur )?(?:nooit|niet) voor|(?:not|n't|never) (?:open|answer)(?: the door| up)? (?:to|for))"
    r"(?: (?:monsieur|madame|mr|m\.|mme|meneer|mevrouw|mrs?))? $"
)
AT_A_DOOR = re.compile(
    r"^ (?:n'est|il n'y a|(?:re)?sonne|frappe|toque|vient|entrer|nicht|nie|herein|rein|klingelt|lautet|klopft|niet|nooit|binnen"
    r"|aanbelt|belt|aanklopt|klopt|is er niemand|ist niemand|there is nobody|nobody is|in\b|inside|rings|knocks|calls)"
)
OF_A_BODY = re.compile(  # who breaks a hip or recovers is a person
    r"^ (?:s'est (?:casse|fracture|foule)|est (?:hospitalise|malade|a l'hopital|en revalidation|en vacances|en voyage)"
    r"|(?:brak|breekt) (?:zijn|haar)|(?:heeft|had) (?:zijn|haar) \w+ gebroken|revalideert|ligt in|is (?:ziek|op reis|met vakantie)"
    r"|(?:hat|brach) sich|ist (?:krank|verreist|im urlaub|im krankenhaus)|liegt im|broke (?:his|her)|is (?:ill|sick|away|on holiday|in hospital)"
    r"|kommt erst am|komt pas (?:op|de)|(?:revient|rentre) (?:seulement )?le \d|is (?:not )?back on)"
)
PARTICLE = frozenset("de den der van von vande vanden vander du le la el ben al da di dos d' o' ten ter te bin".split())
JOINED = PARTICLE | BETWEEN | SHORTENED  # may stand between a street and the name that it bears
NO_END = STREET | SHORTENED  # words whose point ends no sentence
INITIALLED = re.compile(  # "J.-P. Lambert", "on S. Jousten"
    r"(?P<behind>\b(?i:sur|auf|op|on|of|par|von|door|by|chez|bei|bij|avec|mit|with|pauvre|arme|armer|poor|gegen|wegen|contre|tegen|"
    r"against|et|und|and|hat|heeft|has|was|war|entendu|questioned|arrested) )?"
    r"(?P<name>(?<![\w.])(?:[A-Z]\.-?){1,3} ?)(?P<family>[A-Z][\w'-]{2,})"
)
INITIALS = re.compile(
    r"(?<![\w.])(?-i:[A-Z])\.[ ]?(?-i:[A-Z])\.?(?=[ ,]{1,2}\(?\d\d\b|[ ,]{1,2}\(?(?:âgé|né|geboren|oud|born|aged|domicilié|habitant|woon|wohn|aus|uit|living)|"
    r"[ ,]{0,2}(?:de la|de|du) (?:rue|avenue|place))"
    r"|(?<![\w.'-])(?!St\b)(?-i:[A-Z])\.-?(?:[A-Z]\.)? ?(?-i:[A-Z][a-zéèëïöüç]{3,}s?)(?=[ ,]{1,2}\(?(?:\d\d\b|âgé|né[e ]|geboren|domicilié|habite|woont|wohnt|lives|est|is|ist|a |heeft|hat|has))"
)
POINTED_AT = re.compile(
    r"\b(?i:suspecte?s?|auteure?|victime|voleur|voleuse|voisine?|coupable|interpellée?|locataire|conducteur|conductrice|verdachte|dader|"
    r"slachtoffer|dief|buurman|buurvrouw|opgepakte|bestuurder|inbreker|suspect|victim|thief|offender|burglar|culprit|neighbou?r|driver|"
    r"tenant|arrested)(?:,| :|:)?"
    r"(?: (?i:est|serait|était|un|une|certaine?|is|was|zou|zijn|zou zijn|being|would be|said|to|be|may|might|probably|une?|vermoedelijk|"
    r"wellicht|waarschijnlijk|sans|doute|genaamd|vast|namely)){0,5} "
    r"(?P<first>[A-ZÀ-Þ][a-zà-ÿ]{2,}(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?) (?:(?:de|van|den|der|el|le|la|du|von|ben) ){0,2}(?P<second>[A-ZÀ-Þ][a-zà-ÿ]{2,})"
)
