"""What somebody writes outside a message is refused by the same rules, and what stood there before is not."""

import pytest
from django.utils.translation import override

from plp.wording.held_words import ANSWER_RULES, PUBLIC_RULES, HeldWords, require_text_passes_check

ACCUSING = "Le Roumain à la Golf 1-ABC-123 est le voleur."


@pytest.mark.parametrize(
    ("text", "language", "rules"),
    [
        ("Lokale politie PZ 5415 Antwerpen", "nl", PUBLIC_RULES),
        ("Théâtre De Roma, Polakstraat 2", "fr", PUBLIC_RULES),
        ("Rue de Verdun 12, ou au 0475 12 34 56", "fr", ANSWER_RULES),
        ("Votre candidature a bien été reçue.", "fr", ANSWER_RULES),
    ],
)
def test_a_zone_a_hall_an_address_pass(text: str, language: str, rules: frozenset[str]) -> None:
    require_text_passes_check(text, language=language, rules=rules, is_name=True)

    with pytest.raises(HeldWords):
        require_text_passes_check(f"{text}\n{ACCUSING}", language=language, rules=rules, is_name=True)


def test_what_was_accepted_before_is_not_held_by_a_comma() -> None:
    earlier, changed = "Vu la Golf 1-ABC-123 hier.", "Vu la Golf 1-ABC-123, hier."

    require_text_passes_check(changed, language="fr", rules=PUBLIC_RULES, accepted=earlier)
    with pytest.raises(HeldWords) as refusal:
        require_text_passes_check(f"{changed} Suivez-le.", language="fr", rules=PUBLIC_RULES, accepted=earlier)

    assert refusal.value.details["words"] == "Suivez-le"


@pytest.mark.parametrize(
    ("text", "language", "is_held"),
    [
        ("Un habitant demande : pouvons-nous patrouiller ? La police refuse.", "fr", False),
        ("Mogen wij zelf patrouilleren? Neen.", "nl", False),
        ("Dürfen wir patrouillieren? Nein.", "de", False),
        ("Venez ce soir à 22 h avec vos gilets fluo, on fait un tour du quartier.", "fr", True),
        ("Venez patrouiller ce soir, non ?", "fr", True),
        ("Suivez-le jusque chez lui, ne refusez pas.", "fr", True),
        ("Kom vanavond mee patrouilleren, zeg geen nee.", "nl", True),
        ("Come and patrol tonight, no excuses.", "en", True),
        ("La demande de patrouiller a été refusée.", "fr", False),
        ("Suivez le fourgon blanc : la police l’a refusé, nous pas.", "fr", True),
        ("Il faut patrouiller ce soir, la commune a refusé.", "fr", True),
        ("We can patrol tonight: the police refused.", "en", True),
        ("Patrouillons ? Si c’est non, tant pis, on y va.", "fr", True),
        ("Wij patrouilleren zaterdag samen, ook al is het verboden.", "nl", True),
        ("Wir gehen auf Streife, auch wenn es verboten ist.", "de", True),
        ("Mogen wij patrouilleren? Nee, maar kom toch.", "nl", True),
        ("Refusé.\nVenez ce soir à 22 h avec vos gilets fluo.", "fr", True),
        ("Même si c’est interdit, nous ferons une ronde chaque soir.", "fr", True),
        ("C’est interdit, mais nous ferons une ronde chaque soir.", "fr", True),
        ("Peut-on patrouiller ? Non. Nous le ferons tout de même.", "fr", True),
        ("Ook al is het verboden, we lopen elke avond onze ronde.", "nl", True),
        ("Mogen we patrouilleren? Nee. We doen het desondanks.", "nl", True),
        ("Auch wenn es verboten ist, gehen wir jeden Abend unsere Runde.", "de", True),
        ("Even if it is forbidden, we will walk the streets every night.", "en", True),
        ("C’est interdit : ne faites pas de ronde, même si vous êtes inquiets.", "fr", False),
    ],
)
def test_a_call_that_was_refused_may_be_minuted(text: str, language: str, is_held: bool) -> None:
    if not is_held:
        require_text_passes_check(text, language=language, rules=PUBLIC_RULES)
    with pytest.raises(HeldWords):
        require_text_passes_check(text if is_held else f"{text}\n{ACCUSING}", language=language, rules=PUBLIC_RULES)


@pytest.mark.parametrize(
    ("language", "text", "honest"),
    [
        ("fr", "La famille Lambert est en vacances jusqu’au 12.", "Les familles sont en vacances jusqu’au 12."),
        ("fr", "Madame Lambert est à l’hôpital jusqu’à mardi.", "Madame Lambert préside la réunion de mardi."),
        ("nl", "De familie Jansen is drie weken in Spanje.", "De familie Jansen opent de zaal."),
        ("de", "Frau Lambert ist bis Dienstag im Krankenhaus.", "Frau Lambert leitet den Abend am Dienstag."),
        ("en", "The Dubois family are in Spain, the house is empty.", "The Dubois family open the hall at eight."),
        ("en", "Beware of Kevin, the one in the blue house.", "Kevin shows the blue house to the firemen."),
        ("de", "Hütet euch vor Kevin.", "Kevin hütet die Getränke."),
        ("nl", "Doe niet open voor Mehdi, hij verkent huizen.", "Mehdi doet de zaal open."),
        ("fr", "Photographiez ceux qui sonnent.", "Photographiez votre vélo et notez son numéro."),
        ("de", "Fotografiert, wer klingelt.", "Fotografieren Sie Ihr Fahrrad."),
    ],
)
def test_an_absence_an_illness_a_distrust_of_somebody_by_name_stands_on_no_paper(
    language: str, text: str, honest: str
) -> None:
    require_text_passes_check(honest, language=language, rules=PUBLIC_RULES)

    with pytest.raises(HeldWords):
        require_text_passes_check(text, language=language, rules=PUBLIC_RULES)


@pytest.mark.parametrize("text", ["Roma raus!", "Les Polaks volent, soyez là", "Polaks"])
def test_no_hall_is_called_so(text: str) -> None:
    with pytest.raises(HeldWords):
        require_text_passes_check(text, language="fr", rules=PUBLIC_RULES, is_name=True)


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("fr", "L'origine, la couleur, la religion, la langue ou le mode de vie ne sont jamais un motif de méfiance."),
        ("en", "Describing or suspecting someone by origin, skin colour, religion, language or travelling life"),
    ],
)
def test_why_words_are_stopped_is_said_in_the_language_of_the_reader(language: str, reason: str) -> None:
    with pytest.raises(HeldWords) as refusal:
        require_text_passes_check("Des gitans rôdent dans la rue.", language="fr", rules=PUBLIC_RULES)

    with override(language):
        assert reason in refusal.value.in_words()


LETTERS_TO_EVERY_BOX = [
    ("Amina porte la lettre aux absents dans toutes les boîtes.", "fr"),
    ("Brief aan de afwezigen in alle bussen door Amina.", "nl"),
    ("Brief an die Abwesenden in alle Briefkästen durch Amina.", "de"),
    ("Amina delivers the letter to the absent to all letter boxes.", "en"),
]


@pytest.mark.parametrize(("text", "language"), LETTERS_TO_EVERY_BOX)
def test_letters_to_the_absent_in_every_box_tell_nobody_away(text: str, language: str) -> None:
    assert held_rules(text, language) == []


def held_rules(text: str, language: str) -> list[str]:
    """The rule that holds a text of an evening, if one does."""
    try:
        require_text_passes_check(text, language=language, rules=PUBLIC_RULES)
    except HeldWords as held:
        return [held.details["rule"]]
    return []


@pytest.mark.parametrize(
    "text",
    [
        "Lettre aux absents de la rue : Amina Diallo",
        "Lettre aux absents Amina et Lucas dans toutes les boîtes",
        "Amina est absente en août, lettre aux absents dans toutes les boîtes",
    ],
)
def test_who_is_away_by_name_is_held_beside_letters_to_the_absent(text: str) -> None:
    assert held_rules(text, "fr") == ["member_data"]
