"""What the message check promises whatever the message."""

import subprocess
import sys

import pytest

from plp.wording import check as wording_check
from plp.wording.check import KINDS, LANGUAGES, RULES, Note, check, rule_advice, rule_reason
from tests.workload import work_of


def rules(text: str, language: str = "fr", kind: str = "infoflash") -> set[str]:
    return {finding.rule for finding in check(text, language=language, kind=kind).findings}


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(ValueError, match=r"^unknown language 'es': choose one of fr, nl, de, en$"):
        check("Hola", language="es", kind="alarm")


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(ValueError, match=rf"^unknown kind 'gossip': choose one of {', '.join(KINDS)}$"):
        check("Bonjour", language="fr", kind="gossip")


def test_a_finding_says_where_it_is_in_the_text_as_written() -> None:
    text = "Vol hier. Appelez-moi au 0475 12 34 56, merci."

    [finding] = check(text, language="fr", kind="alarm").findings

    assert (finding.rule, finding.excerpt) == ("phone_number", "0475 12 34 56")
    assert text[finding.start : finding.end] == finding.excerpt


def test_a_span_counts_invisible_characters_too() -> None:
    text = "Patr\u200bouil\u00adlons ce soir !"

    [finding] = check(text, language="fr", kind="coordinator_note").findings

    assert finding.rule == "patrol_call"
    assert finding.excerpt == text[finding.start : finding.end]
    assert finding.excerpt.startswith("Patr\u200bouil")


def test_spans_are_of_the_text_as_written_whatever_its_signs() -> None:
    text = "Vu : la plaque\u200b 1-A\u200bBC-123, Noe\u0301 !"

    (finding,) = (one for one in check(text, language="fr", kind="alarm").findings if one.rule == "number_plate")

    assert text[finding.start : finding.end] == finding.excerpt == "1-A\u200bBC-123"


FOREIGN = [
    ("Volg de man naar zijn huis en hou hem tegen tot de politie er is.", "confront_search"),
    ("Suivez-le et arrêtez-le devant la maison, nous arrivons dans les cinq minutes.", "confront_search"),
    ("Wir suchen Freiwillige, die nachts mit uns eine Runde durch das Viertel drehen.", "patrol_call"),
    ("If you see him, follow him to the end of the street and stop him.", "confront_search"),
]


@pytest.mark.parametrize("declared", LANGUAGES)
@pytest.mark.parametrize(("text", "rule"), FOREIGN)
def test_a_breach_in_another_language_than_the_declared_one_is_seen(text: str, rule: str, declared: str) -> None:
    assert rule in rules(f"101. {text}", declared, kind="coordinator_note")


@pytest.mark.parametrize("declared", LANGUAGES)
def test_an_honest_message_in_several_languages_passes(declared: str) -> None:
    text = (
        "Une personne en veste noire a été vue dans la rue. N'intervenez pas. "
        "Er werd in de straat een persoon met een zwarte jas gezien. Kom niet tussen. "
        "Eine Person mit schwarzer Jacke wurde in der Straße gesehen. Greifen Sie nicht ein."
    )

    assert check(text, language=declared, kind="alarm").verdict == "ok"


def test_a_short_question_is_read_with_its_answer() -> None:
    assert "privilege" in rules("Membre du PLP ? La police vient d'abord chez vous.")


def test_a_hall_may_be_given_with_its_number_but_not_the_house_of_a_victim() -> None:
    meeting = "La réunion a lieu dans la salle, 12 place communale."
    victim = "Vol chez une dame, 12 place communale."

    assert "exact_address" not in rules(meeting)
    assert "exact_address" in rules(victim)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Les auteurs semblaient musulmans."),
        ("fr", "Les hommes paraissaient juifs."),
        ("de", "Die Täter waren wohl Muslime."),
        ("de", "Die Männer wirkten jüdisch."),
    ],
)
def test_a_religion_seen_in_somebody_is_held(language: str, text: str) -> None:
    report = check(text, language=language, kind="alarm")

    assert "ethnic_profiling" in {finding.rule for finding in report.findings}
    assert report.verdict == "hold"


def test_the_police_may_offer_to_watch_the_houses_of_the_absent() -> None:
    assert (
        check("La police surveille gratuitement les maisons des absents.", language="fr", kind="advice").verdict == "ok"
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Fuite de gaz au 27 rue de la Station. Les habitants du 20 au 34 quittent leur maison."),
        ("nl", "Gaslek in de Stationsstraat 27. Bewoners van nummer 20 tot 34 verlaten hun woning."),
        ("de", "Gasleck in der Bahnhofstraße 27. Die Bewohner der Nummern 20 bis 34 müssen ihre Wohnung verlassen."),
        ("en", "Gas leak at 27 Station Street. Residents of numbers 20 to 34 please leave your homes."),
    ],
)
def test_a_calamity_may_say_which_homes_are_cleared(language: str, text: str) -> None:
    """A range of houses is an evacuation; one of them, or who lives there, stays nobody's business."""
    assert check(text, language=language, kind="calamity").verdict == "ok"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Les habitants du 20 sont partis en vacances."),
        ("nl", "De bewoners van nummer 20 verlaten hun huis tot zondag."),
        ("de", "Die Bewohner von Nummer 20 sind bis Sonntag weg."),
        ("en", "The residents of number 20 are away until Sunday."),
    ],
)
def test_a_calamity_names_no_single_home_and_its_people(language: str, text: str) -> None:
    assert check(text, language=language, kind="calamity").verdict == "hold"


def test_thanks_to_a_named_caller_reveals_the_reporter() -> None:
    assert rules("C'est grâce à Nadine que la police est arrivée si vite.") == {"names_person", "reveals_reporter"}


def test_nobody_overrides_ethnic_wording_and_only_the_police_the_rest() -> None:
    text = "Deux individus de type nord-africain. Suivez-les discrètement. Appelez le 0475 12 34 56."

    overrides = {finding.rule: finding.override for finding in check(text, language="fr", kind="alarm").findings}

    assert overrides == {"ethnic_profiling": "none", "confront_search": "police", "phone_number": "police"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mesdames Messieurs, fermez vos portes.", False),
        ("Le chien a couru 5 m. vers le parc.", False),
        ("La place Monsieur Dupont est fermée.", False),
        ("Le boulevard Léopold 1er est fermé.", False),
        ("Un vol chez Louis Delhaize ce matin.", False),
        ("Le suspect est Rue Haute.", False),
        ("Un homme nommé Bourgmestre sonne.", False),
        ("Le voisin est monsieur dupont.", True),
        ("Le voisin est monsieur xyzq.", False),
    ],
)
def test_titles_streets_and_brands_are_no_names_of_persons(text: str, *, named: bool) -> None:
    assert ("names_person" in rules(text)) == named


@pytest.mark.parametrize("gap", ["\n", "\n\n", ". ", ".\n", " "])
@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("fr", "Vol avenue Monbijou"),
        ("de", "Einbruch in der Rue Steinbach"),
        ("nl", "Inbraak Stationsstraat"),
        ("en", "Burglary in Church Street"),
    ],
)
def test_a_street_lends_its_name_to_no_person_behind_it(language: str, place: str, gap: str) -> None:
    text = f"{place}{gap}Marc Dupont"

    assert [found.excerpt for found in check(text, language=language, kind="infoflash").findings] == ["Marc Dupont"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Vol sur le parking de la gare\nMarc Dupont rôde.", True),
        ("Attention à Marc Dupont\nRue Haute, fermez vos portes.", True),
        ("Marc Dupont Kerkstraat 5 est parti.", True),
        ("Travaux avenue du Docteur Marc Dupont.", False),
        ("Travaux av. Marc Dupont, pl. Marc Dupont et rue Gén. Marc Dupont.", False),
        ("Werken in de Jan Peetersstraat en de Albert II laan.", False),
        ("Le suspect est Marc Dupont\nPolice locale Montgomery", True),
        ("Arrestation de Marc Dupont\n\nPolice locale : soyez attentifs.", True),
        ("Bien à vous,\nMarc Dupont\nAgent de quartier", False),
    ],
)
def test_what_stands_on_another_line_makes_no_street_and_no_rank(text: str, *, named: bool) -> None:
    assert ("names_person" in rules(text)) == named


def test_a_missing_person_notice_may_name_the_person_with_a_warning() -> None:
    text = "Disparition de Léa Dumont, 14 ans. Appelez le 116000."

    assert check(text, language="fr", kind="missing_person").verdict == "warn"
    assert check(text, language="fr", kind="infoflash").verdict == "hold"


def test_only_a_coordinator_is_held_for_speaking_as_the_police() -> None:
    text = "Onze patrouilles rijden vanavond rond."

    assert "impersonates_police" in rules(text, language="nl", kind="coordinator_note")
    assert "impersonates_police" not in rules(text, language="nl", kind="alarm")


def test_a_coordinator_is_held_for_it_in_a_sentence_of_another_language_too() -> None:
    text = "Voici les nouvelles du quartier. Onze patrouilles rijden vanavond rond in de wijk en in de straten."

    assert "impersonates_police" in rules(text, kind="coordinator_note")
    assert "impersonates_police" not in rules(text)


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("Patrouillez dans la rue ce soir.", ["hold"]),
        ("Ne patrouillez pas dans la rue.", []),
        ("Surveillance collective du quartier.", ["warn"]),
        ("Méfiez-vous des Roms.", ["hold"]),
        ("Ne vous méfiez pas des Roms.", ["hold"]),
    ],
)
def test_a_no_undoes_a_breach_but_never_one_against_an_origin(text: str, severities: list[str]) -> None:
    found = check(text, language="fr", kind="infoflash").findings

    assert [finding.severity for finding in found] == severities


@pytest.mark.parametrize(
    ("text", "held"),
    [("Thieves took jewellery.", False), ("Burglars look for jewels.", False), ("Jewish men rang the bell.", True)],
)
def test_what_was_stolen_is_nobodys_origin(text: str, *, held: bool) -> None:
    assert ("ethnic_profiling" in rules(text, "en")) is held


def test_a_long_alarm_is_noted_without_a_verdict() -> None:
    report = check("Restez chez vous. " * 20, language="fr", kind="alarm")

    assert report.verdict == "ok"
    assert report.notes == (Note("length", 360, 320),)


@pytest.mark.parametrize(
    ("kind", "length", "is_noted"), [("alarm", 320, False), ("alarm", 321, True), ("advice", 400, False)]
)
def test_an_alarm_may_have_so_many_characters_and_no_more(kind: str, length: int, *, is_noted: bool) -> None:
    report = check("a" * length, language="fr", kind=kind)

    assert bool(report.notes) == is_noted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_reason_and_an_advice_in_every_language(rule: str, language: str) -> None:
    assert rule_reason(rule, language).endswith((".", "!", "»", "“", "”", "'"))
    assert 15 <= len(rule_advice(rule, language)) <= 300


def test_an_unknown_rule_has_no_words() -> None:
    with pytest.raises(ValueError, match="no words for rule 'weather'"):
        rule_advice("weather", "fr")


def test_a_message_of_a_thousand_characters_costs_about_ten_times_one_of_a_hundred() -> None:
    sentences = "Deux personnes en vestes sombres ont été vues près de la gare. Appelez le 101. " * 13
    first, *texts = [f"{number} : {sentences}"[:1000] for number in range(21)]  # one that was just read costs nothing
    check(first, language="fr", kind="infoflash")
    short = work_of(lambda: [check(text[:100], language="fr", kind="infoflash") for text in texts])

    assert work_of(lambda: [check(text, language="fr", kind="infoflash") for text in texts]) < 40 * short


AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from plp.wording.check import RULES, check, rule_reason
from plp.wording.safety import with_safety_line
sys.setswitchinterval(1e-5)
ready = Barrier(9)
TEXT = "Patrouillez ce soir et poursuivez le voleur."
WAYS = (
    lambda: check(TEXT, language="fr", kind="advice"),
    lambda: [rule_reason(rule, "fr") for rule in RULES],
    lambda: with_safety_line(TEXT, language="fr", kind="alarm"),
)
def read(number):
    ready.wait()
    return WAYS[number % 3]()
with ThreadPoolExecutor(9) as pool:
    print(len({str(answer) for answer in pool.map(read, range(9))}))
"""


def test_threads_that_read_their_first_text_at_once_find_the_same() -> None:
    ended = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, check=False)

    assert (ended.stdout.split()[:1], ended.returncode) == (["3"], 0), ended.stderr[-500:]


@pytest.mark.parametrize("page", LANGUAGES)
@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("ethnic_profiling", "Encore des Roumains au parking"),
        ("confront_search", "Volg die bestelwagen"),
        ("patrol_call", "Heute Nacht patrouillieren wir"),
        ("patrol_call", "Let's patrol tonight with torches"),
    ],
)
def test_the_words_of_anybody_are_read_in_every_language(page: str, rule: str, text: str) -> None:
    for report in (
        check(text, language=page, kind="coordinator_note"),
        check(text, language=page, kind="information_request", any_language=True),
    ):
        assert rule in {finding.rule for finding in report.findings}


def test_an_official_page_may_be_named_and_a_picture_may_not() -> None:
    page = "L'avis officiel, avec la photo, est sur https://www.police.be/5998/fr/avis-de-recherche"

    assert rules(page, kind="missing_person") == set()
    assert rules("Son visage : https://imgur.com/abcd.jpg", kind="missing_person") == {"photo"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Cambriolage rue Natalis 60, le commissariat mène l'enquête."),
        ("nl", "Inbraak in de Kerkstraat 12, politiekantoor verwittigd."),
        ("de", "Einbruch in der Bahnhofstraße 12, die Wache ermittelt."),
        ("en", "Burglary at Church Street 12, the police station is informed."),
        ("fr", "Au cours de la soirée, quelqu'un a sonné au 12 rue des Combattants et est parti."),
        ("en", "Of course somebody rang at 12 Church Street in the evening and left."),
        ("en", "In the course of the evening somebody rang at 12 Church Street and left."),
        ("fr", "Après une course-poursuite, il est entré au 12 rue des Combattants."),
        ("fr", "Une lampe brûle dans son atelier au 12 rue des Combattants."),
        ("en", "The bags were carried from 12 Church Street to a van."),
        ("fr", "Cambriolage en face du commissariat, rue Natalis 60. Fermez vos portes."),
        ("fr", "Cambriolage à côté du commissariat, rue Natalis 60."),
        ("nl", "Inbraak tegenover het politiekantoor, Kerkstraat 12."),
        ("de", "Einbruch neben der Polizeiwache, Bahnhofstraße 12."),
        ("en", "Burglary opposite the police station, 12 Church Street. Lock your doors."),
        ("fr", "La maison rue Natalis 60, près du commissariat, reste vide tout le mois."),
        ("fr", "Le commissariat, rue Natalis 60, garde un œil sur le garage de la rue Haute 12."),
        ("nl", "Het politiekantoor in de Kerkstraat 12 let op de garage in de Molenstraat 5."),
        ("de", "Die Dienststelle in der Bahnhofstraße 12 schaut nach der Garage in der Kirchstraße 7."),
        ("en", "The police station at 12 Church Street keeps an eye on the garage at 7 Mill Lane."),
        ("fr", "Vol à côté de la salle communale, rue du Pont 12, la dame est choquée."),
        ("fr", "La victime de la salle communale, rue du Pont 12, va mieux."),
        ("fr", "Cambriolage après la bibliothèque, rue Haute 14."),
        ("nl", "Inbraak voorbij de bibliotheek, Kerkstraat 5, alles weg."),
        ("nl", "Hij werd in de sporthal gezien. Iedereen in de Kerkstraat 5 weet er meer van, daar woont hij."),
        ("de", "Der Dieb wohnt hinter der Turnhalle, Schulstraße 5."),
        ("en", "The burglar lives by the town hall, Rue du Pont 12."),
    ],
)
def test_a_word_like_office_or_course_opens_no_house(language: str, text: str) -> None:
    assert "exact_address" in rules(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Venez rue Natalis 60, le commissariat est ouvert le soir."),
        ("fr", "Un atelier sur les serrures a lieu au 12 rue des Combattants."),
        ("nl", "Een workshop over sloten vindt plaats in de Kerkstraat 12."),
        ("en", "The road is closed from 9, Church Street stays open."),
        ("fr", "Réunion sur les vols à la ruse jeudi à 19h30, salle communale, place du Roi Albert 5 à Fleurus."),
        ("nl", "Brandveiligheid: kom luisteren in het dienstencentrum De Zonnebloem, Zeelaan 22."),
        ("de", "Einbrüche verhindern: Vortrag in der Turnhalle, Schulstraße 5."),
        ("en", "An evening on e-bike theft: community hall, Dorpstraat 9 in Huldenberg."),
    ],
)
def test_an_office_a_workshop_and_an_hour_are_no_homes(language: str, text: str) -> None:
    assert "exact_address" not in rules(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "C'est bien le voleur qui traîne près de l'école."),
        ("nl", "De huurder werd vorig jaar veroordeeld voor diefstal."),
        ("de", "Der Mieter ist der Polizei bestens bekannt."),
        ("en", "The tenant was convicted of theft last year."),
    ],
)
def test_guilt_is_held_in_a_note_of_a_coordinator(language: str, text: str) -> None:
    report = check(text, language=language, kind="coordinator_note")
    assert {mark.rule for mark in report.findings} >= {"asserts_guilt"}
    assert report.verdict == "hold"


def test_a_plate_is_noted_for_the_police_and_no_car_is_followed() -> None:
    assert "confront_search" in rules("Notez la plaque et suivez la voiture inconnue.")
    assert rules("Notez la plaque et appelez le 101.") == set()


def test_a_private_number_stays_one_beside_the_name_of_a_commune() -> None:
    for private in (
        "Appelez la dame volée au 02 345 67 89, commune de Jette.",
        "La voirie est au courant. Téléphonez chez moi au 085 27 44 00.",
        "Le logement communal de Mme: 02 345 67 89.",
        "Appelez la dame volée de notre commune au 02 345 67 89.",
    ):
        assert "phone_number" in rules(private)
    assert "phone_number" in rules("Bel de beroofde buurvrouw van onze gemeente op 02 345 67 89.", "nl")
    assert "phone_number" in rules("Rufen Sie die bestohlene Nachbarin unserer Gemeinde an: 02 345 67 89.", "de")
    assert "phone_number" in rules("Call the robbed lady of our municipality on 02 345 67 89.", "en")
    for private in (
        "Pour le service rendu, appelez-moi au 02 345 67 89.",
        "La famille d’accueil répond au 02 345 67 89.",
    ):
        assert "phone_number" in rules(private)
    assert "phone_number" in rules("Ich wache nachts, ruft mich unter 0473 12 34 56 an.", "de")
    assert "phone_number" in rules("Insgesamt drei Nachbarn, ruft 02 345 67 89 an.", "de")
    assert "phone_number" not in rules("Appelez le 082 66 00 00 au secrétariat de la zone.")
    assert "phone_number" not in rules("Die Wache erreichen Sie unter 087 59 21 00.", "de")
    assert "phone_number" not in rules("Tell the municipality on 02 717 89 00.", "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Un individu vole dans les maisons, dit-on. Supprimez les anciens messages. Voici la photo du voleur, "
            "partagez-la dans vos groupes.",
        ),
        ("fr", "Supprimez les photos. Voici la photo du voleur, partagez-la dans vos groupes."),
        ("nl", "Verwijder de foto's. Hier is de foto van de dief, deel ze in uw groepen."),
        ("de", "Löscht die Fotos. Hier ist das Foto des Diebs, teilt es in euren Gruppen."),
        ("en", "Delete the photos. Here is the photo of the thief, share it in your groups."),
        ("fr", "Supprimez les photos. Voici la photo du voleur, montrez-la à vos voisins."),
        ("nl", "Verwijder de foto's. Hier is een foto van de jongen, toon ze aan uw buren."),
        ("de", "Löscht die Fotos. Hier ist das Foto des Jungen, zeigt es den Nachbarn."),
        ("en", "Delete the photos. Here is a photo of the boy, show it to your neighbours."),
        ("fr", "Supprimez la photo. Affichez le portrait du voleur, imprimez-le pour chaque vitrine."),
        ("nl", "Verwijder de beelden. Dit is de foto van de dief: druk ze af en hang ze aan uw raam."),
        ("de", "Löscht die Bilder. Das Foto des Täters ist unten, druckt es aus und hängt es ans Fenster."),
        ("en", "Delete it. The picture of the man is below, print it and pin it to your door."),
    ],
)
def test_a_word_of_deleting_clears_no_call_to_share(language: str, text: str) -> None:
    assert "photo" in rules(text, language)


@pytest.mark.parametrize(
    ("language", "honest", "warned"),
    [
        (
            "fr",
            "La commune accueille des gens du voyage jusqu'à dimanche.",
            "La commune accueille des gens du voyage. Rentrez vos outils.",
        ),
        (
            "nl",
            "De gemeente laat woonwagenbewoners toe tot zondag.",
            "De gemeente laat woonwagenbewoners toe. Zet uw fietsen binnen.",
        ),
        (
            "de",
            "Der Verein der Kongolesen lädt alle Nachbarn zum Konzert ein.",
            "Der Verein der Kongolesen lädt zum Konzert ein. Passt auf eure Autos auf.",
        ),
        (
            "en",
            "The council allows a camp of travellers until Sunday.",
            "The council allows a camp of travellers, so lock your sheds.",
        ),
    ],
)
def test_a_feast_and_a_camp_pass_and_beside_a_call_to_take_care_are_held(
    language: str, honest: str, warned: str
) -> None:
    verdicts = [check(text, language=language, kind="infoflash").verdict for text in (honest, warned)]

    assert verdicts == ["ok", "hold"]


@pytest.mark.parametrize(
    ("language", "of_the_police", "goes_on"),
    [
        ("fr", "La police patrouille dans le quartier", "et nous faisons des rondes la nuit"),
        ("fr", "La police est en route", "et nous patrouillons ensemble cette nuit"),
        ("nl", "De politie patrouilleert vannacht in de wijk", "en wij patrouilleren 's nachts samen"),
        ("nl", "De politie is onderweg", "en wij patrouilleren 's nachts samen"),
        ("de", "Die Polizei ist nachts unterwegs und fährt Streife", "und wir gehen nachts gemeinsam Streife"),
        ("de", "Die Polizei kommt", "und wir fahren heute Nacht Streife"),
        ("en", "The police will patrol more often tonight", "and we patrol together at night"),
        ("en", "The police are on their way", "and we patrol together at night"),
    ],
)
def test_what_the_police_do_passes_and_what_we_do_beside_them_does_not(
    language: str, of_the_police: str, goes_on: str
) -> None:
    for two_readers in (False, True):
        assert check(f"{of_the_police}.", language=language, kind="infoflash", two_readers=two_readers).verdict == "ok"
        report = check(f"{of_the_police} {goes_on}.", language=language, kind="infoflash", two_readers=two_readers)
        assert ("patrol_call", "hold") in {(finding.rule, finding.severity) for finding in report.findings}


def test_a_text_is_read_once_for_both_readers_and_anew_with_other_official_numbers() -> None:
    text = "Vol hier. Appelez le 02 555 00 01, merci."
    wording_check._marks_of_rules_and_by_form.cache_clear()

    alone, both, official = (
        check(text, language="fr", kind="alarm"),
        check(text, language="fr", kind="alarm", two_readers=True),
        check(text, language="fr", kind="alarm", official_numbers=["02/555 00 01"]),
    )

    assert [finding.rule for finding in (*alone.findings, *both.findings)] == ["phone_number", "phone_number"]
    assert official.findings == ()
    known = wording_check._marks_of_rules_and_by_form.cache_info()
    assert (known.hits, known.misses) == (1, 2)
