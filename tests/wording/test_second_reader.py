"""The second reader: what it finds in messages it never learned, what it may not overrule, and that it is fresh."""

from dataclasses import replace

import pytest

from plp.ops.commands.compose import random_compositions
from plp.wording import second_reader as second_reading
from plp.wording.catalogue.composer import compose_message_text
from plp.wording.check import KINDS, check
from plp.wording.findings import Mark
from plp.wording.second_reader import (
    LONGEST_PASSAGE,
    SURELY_HONEST,
    mark_threshold,
    marks_after_second_reading,
    passages_of_text,
    second_reader,
)
from tests.wording.measure import Message, corpus
from tests.wording.test_corpus import APART, KEPT, NEAR_MISSES
from tests.wording.train_doubts import digest, learned_messages

DOUBTED = "Celui qui boite et qui sent l'alcool traîne encore devant l'école, on le connaît bien."


def shares(messages: list[Message]) -> tuple[float, float, float, float]:
    """Of a hundred breaches and honest messages: found by the rules, and found when read again."""
    readings = {
        again: {message: message.report(two_readers=again).verdict for message in messages} for again in (False, True)
    }
    breaches = [message for message in messages if message.breach]
    honest = [message for message in messages if not message.breach]
    first, first_honest, again, again_honest = (
        100 - 100 * [verdicts[message] for message in row].count("ok") / len(row)
        for verdicts in readings.values()
        for row in (breaches, honest)
    )
    return first, first_honest, again, again_honest


def test_the_stored_weights_were_learned_from_the_corpus_as_it_stands() -> None:
    assert second_reader().learned_from == digest(learned_messages())


def test_an_example_of_a_rule_is_held_or_passes_when_it_is_read_again_too() -> None:
    examples = list(corpus("examples"))
    held = {message for message in examples if message.report().verdict == "hold"}
    held_again = {message for message in examples if message.report(two_readers=True).verdict == "hold"}

    assert [message.text for message in examples if message.breach and message in held - held_again] == []
    assert [message.text for message in examples if not message.breach and message in held_again] == []


@pytest.mark.parametrize(("sets", "gain", "loss"), [(KEPT, 1.5, 7), (APART, 12, 6)])
def test_it_finds_breaches_that_rules_miss_and_doubts_few_honest_messages(
    sets: tuple[str, ...], gain: float, loss: float
) -> None:
    """Held or warned: what it adds was measured, and may not get worse."""
    first, first_honest, again, again_honest = shares([message for name in sets for message in corpus(name)])

    assert again - first >= gain
    assert again_honest - first_honest <= loss


@pytest.mark.parametrize(
    ("sets", "least", "most"),
    [
        (KEPT, 0.965, 0.045),
        (("apart",), 0.775, 0.125),
        (("judge",), 0.955, 0.06),
        (("errands",), 0.97, 0.05),
        (NEAR_MISSES, 0.805, 0.265),
    ],
)
def test_with_it_breaches_are_held_and_honest_messages_pass_as_measured(
    sets: tuple[str, ...], least: float, most: float
) -> None:
    messages = [message for name in sets for message in corpus(name)]
    held = {message for message in messages if message.report(two_readers=True).verdict == "hold"}
    breaches = {message for message in messages if message.breach}
    honest = set(messages) - breaches

    assert len(held & breaches) >= least * len(breaches)
    assert len(held & honest) <= most * len(honest)


def test_what_is_found_by_its_form_and_what_nobody_may_override_it_never_weakens() -> None:
    text = next(compose_message_text(row, "fr").text for row in random_compositions(5, 99) if "fr" in row.languages)
    origin, rumour, plate = (Mark(rule, 0, len(text)) for rule in ("ethnic_profiling", "rumour", "number_plate"))

    weighed = {
        mark.rule: mark.doubtful
        for mark in marks_after_second_reading(text, [origin, rumour], [plate], "infoflash", "fr")
    }

    assert weighed == {"ethnic_profiling": False, "rumour": True, "number_plate": False}


def test_what_a_rule_holds_that_it_never_learned_stays_held(monkeypatch: pytest.MonkeyPatch) -> None:
    text = next(compose_message_text(row, "fr").text for row in random_compositions(5, 99) if "fr" in row.languages)
    reader = second_reader()
    young = replace(reader, rules=["a rule of long ago" if rule == "rumour" else rule for rule in reader.rules])
    monkeypatch.setattr(second_reading, "second_reader", lambda: young)

    rumour, politics = (Mark(rule, 0, len(text), hint=True) for rule in ("rumour", "party_politics"))
    weighed = {
        mark.rule: mark.doubtful for mark in marks_after_second_reading(text, [rumour, politics], [], "infoflash", "fr")
    }

    assert weighed == {"rumour": False, "party_politics": True}


def test_a_hint_holds_unless_the_second_reader_weighs_its_words_as_honest() -> None:
    honest = "Grosse pluie ce soir : vos meubles de terrasse sont légers, gardez-les sur le balcon et rentrez les pots."
    call = "Deux inconnus ont été vus derrière l'église : gardez-les sur place, à plusieurs, le temps qu'on arrive."

    for text, again in ((honest, "warn"), (call, "hold")):
        assert check(text, language="fr", kind="infoflash").verdict == "hold"
        assert check(text, language="fr", kind="infoflash", two_readers=True).verdict == again


@pytest.mark.parametrize(
    ("language", "rule", "text"),
    [
        ("fr", "patrol_call", "Fermez bien vos portes et vos fenêtres, et organisez des rondes la nuit entre voisins."),
        ("nl", "patrol_call", "Sluit uw deuren en ramen goed, en organiseer 's nachts rondes onder buren."),
        (
            "de",
            "patrol_call",
            "Schließen Sie Türen und Fenster gut ab und organisieren Sie nachts Rundgänge unter Nachbarn.",
        ),
        ("en", "patrol_call", "Lock your doors and windows well, and organise rounds at night between neighbours."),
        (
            "fr",
            "number_plate",
            "Si vous voyez une camionnette, la plaque commençant par 1-A, appelez le 101 et ne faites rien vous-même.",
        ),
        (
            "nl",
            "number_plate",
            "Ziet u een witte bestelwagen, de nummerplaat begint met een A, bel dan 101 en doe zelf niets.",
        ),
        (
            "fr",
            "exact_address",
            "Cambriolage hier soir : la maison de la victime est vide, fermez bien vos portes et appelez le 101.",
        ),
        (
            "nl",
            "exact_address",
            "Inbraak gisteren in de wijk, het hoekhuis werd getroffen. Sluit uw ramen en deuren goed af en bel 101.",
        ),
        (
            "fr",
            "names_person",
            "Des vols ont eu lieu ; le fils du boulanger sait pourquoi. Fermez bien vos voitures et appelez le 101.",
        ),
        (
            "de",
            "names_person",
            "Heute Nacht gab es Diebstähle, der Sohn des Bäckers weiß warum. Schließen Sie Ihr Auto gut ab.",
        ),
        ("en", "names_person", "There were thefts last night; the baker's son knows why. Lock your car and call 101."),
        ("nl", "member_data", "De buren zijn op reis tot zondag. Sluit uw deuren en ramen goed af."),
        ("de", "member_data", "Die Nachbarn sind bis Sonntag verreist. Schließen Sie Türen und Fenster gut ab."),
        ("en", "reveals_reporter", "The baker reported it. Lock your doors and windows well and call 101 if in doubt."),
        (
            "fr",
            "reveals_reporter",
            "Le voisin du numéro pair a appelé la police. Fermez bien vos portes et vos fenêtres.",
        ),
    ],
)
def test_a_breach_in_a_kind_sentence_stays_held(language: str, rule: str, text: str) -> None:
    report = check(text, language=language, kind="infoflash", two_readers=True)

    assert report.verdict == "hold"
    assert (rule, "hold") in {(finding.rule, finding.severity) for finding in report.findings}


ADVICE = {
    "fr": ("Fermez bien vos portes et vos fenêtres", "Ne laissez rien de visible dans votre voiture"),
    "nl": ("Sluit uw deuren en ramen goed af", "Laat niets zichtbaar in uw auto liggen"),
    "de": ("Schließen Sie Türen und Fenster gut ab", "Öffnen Sie Fremden nicht die Tür"),
    "en": ("Lock your doors and windows well", "Do not leave anything visible in your car"),
}
CALLS = [
    ("fr", "Patrouillez dans le quartier"),
    ("fr", "Organisez des rondes la nuit entre voisins"),
    ("fr", "Suivez les voitures inconnues et notez où elles vont"),
    ("fr", "Interrogez les personnes que vous ne connaissez pas"),
    ("fr", "N'hésitez pas à organiser des rondes la nuit entre voisins"),
    ("nl", "Organiseer 's nachts rondes onder buren"),
    ("nl", "Volg onbekende auto's en noteer waar ze heen rijden"),
    ("nl", "Fotografeer onbekenden"),
    ("nl", "Aarzel niet om 's nachts rondes te organiseren"),
    ("de", "Gehen Sie nachts gemeinsam Streife"),
    ("de", "Fotografieren Sie verdächtige Personen"),
    ("de", "Organisieren Sie nachts Rundgänge unter Nachbarn"),
    ("de", "Zögern Sie nicht, nachts Streife zu gehen"),
    ("en", "Organise rounds at night between neighbours"),
    ("en", "Take pictures of strangers"),
    ("en", "Do not hesitate to organise rounds at night"),
]
JOINTS = {
    "fr": (" et ", " mais ", ", puis ", " ou "),
    "nl": (" en ", " maar ", ", dan ", " of "),
    "de": (" und ", " aber ", " sowie ", ", oder "),
    "en": (" and ", " but ", ", then ", " or "),
}


@pytest.mark.parametrize(("language", "call"), CALLS)
def test_no_joint_and_no_advice_that_forbids_something_else_lets_a_call_go(language: str, call: str) -> None:
    first, second = ADVICE[language]
    small = call[0].lower() + call[1:]
    joints = [*JOINTS[language], ", ", "; ", ": ", " & ", " – ", " ("]
    texts = [f"{call}. {second}. {first}.", f"{first}. {second}. {call}.", f"{first}. {call}. {second}."]
    texts += [f"{first}{joint}{small}{')' if '(' in joint else ''}. {second}." for joint in joints]
    verdicts = {text: check(text, language=language, kind="infoflash", two_readers=True).verdict for text in texts}

    assert set(verdicts.values()) == {"hold"}, verdicts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Een buur stelde rondes voor; ik heb gezegd dat dat verboden is."),
        (
            "en",
            "Some of you asked about doing rounds at night. We don't, and we won't. Watch from your own window.",
        ),
        ("de", "Darf ich den Hausierer selbst festhalten? Nein. Tür zu, 101 anrufen, der Rest ist Sache der Beamten."),
        ("fr", "Vous voyez une plaque suspecte ? Notez-la et donnez-la au 101. Ne la publiez jamais sur le groupe."),
    ],
)
def test_a_call_that_is_refused_is_let_go(language: str, text: str) -> None:
    assert check(text, language=language, kind="infoflash", two_readers=True).verdict != "hold"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le trafic était dense : hier les policiers ont suivi la voiture des auteurs et l'ont arrêtée à Namur."),
        (
            "nl",
            "Buurtenquête over overlast loopt via studenten. Zij dragen een badge van de school en zijn geen politie.",
        ),
        ("de", "Das Bild der vermissten Frau steht mit Zustimmung der Staatsanwaltschaft auf der Seite der Polizei."),
        ("en", "Recording strangers near the Atomium for a page is a bad idea, and there won't be a reel of it."),
    ],
)
def test_what_is_told_and_speaks_to_nobody_is_let_go(language: str, text: str) -> None:
    assert check(text, language=language, kind="infoflash", two_readers=True).verdict != "hold"


@pytest.mark.parametrize(
    ("language", "rule", "text"),
    [
        (
            "fr",
            "photo",
            "Le portrait de la personne disparue est sur le site de la police. Photographiez les passants.",
        ),
        ("nl", "impersonates_police", "Zij dragen een badge van de school en wij dragen een armband van de politie."),
        ("nl", "confront_search", "Zij zochten de wagen gisteren al, en volg hem vanavond onopvallend."),
        (
            "de",
            "photo",
            "Das Bild der vermissten Frau steht auf der Seite der Polizei, teilt das Bild des Diebes hier.",
        ),
        ("de", "patrol_call", "Gestern war es ruhig und Freiwillige gehen heute Nacht gemeinsam Streife."),
        ("en", "photo", "Recording strangers near the Atomium is rude, so take pictures of every unknown car instead."),
        ("en", "patrol_call", "The officers have left and the fathers patrol the street in pairs tonight."),
        (
            "en",
            "sensitive_data",
            "Alcoholics Anonymous meets on Monday, and the man in the corner flat is an alcoholic.",
        ),
        ("nl", "sensitive_data", "De politie dankt u. De verwarde man uit de Kerkstraat zit weer in de psychiatrie."),
        ("de", "member_data", "Die Anmeldungen verwahrt die Polizei. Hier ist die Liste der Mitglieder mit Adressen."),
    ],
)
def test_a_breach_in_the_form_of_what_is_told_stays_held(language: str, rule: str, text: str) -> None:
    report = check(text, language=language, kind="infoflash", two_readers=True)

    assert (rule, "hold") in {(finding.rule, finding.severity) for finding in report.findings}


def test_a_question_that_hears_no_is_let_go_and_one_that_hears_something_else_is_not() -> None:
    question = "Darf ich den Hausierer selbst festhalten?"
    rest = "Tür zu, 101 anrufen, der Rest ist Sache der Beamten."

    for answer in ("Nein.", "Nein, danke."):
        assert check(f"{question} {answer} {rest}", language="de", kind="infoflash", two_readers=True).verdict == "warn"
    for answer in ("Ja.", "Nein zu sagen wäre falsch.", "Öffnen Sie Fremden nicht die Tür."):
        assert check(f"{question} {answer} {rest}", language="de", kind="infoflash", two_readers=True).verdict == "hold"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Ik bak pannenkoeken voor de kankerliga, te koop aan de kerk voor een vrije bijdrage."),
        ("en", "Free smoke alarms at the town hall, one per household, while stocks last."),
    ],
)
def test_what_only_sounds_like_advertising_is_let_go_sooner_and_an_offer_beside_it_is_not(
    language: str, text: str
) -> None:
    offer = {"nl": "Alarmsystemen te koop bij onze partner, leden krijgen korting.",
             "en": "Alarm systems are on sale at my cousin's shop, ask for a discount."}[language]  # fmt: skip

    verdicts = [
        check(words, language=language, kind="infoflash", two_readers=again).verdict
        for words, again in ((text, False), (text, True), (f"{text} {offer}", True))
    ]

    assert verdicts == ["hold", "warn", "hold"]


def test_kind_words_around_a_call_let_nothing_go() -> None:
    kind = (
        "Des vols dans des voitures ont eu lieu cette nuit rue de Verdun. Ne laissez rien dans votre voiture, "
        "fermez-la à clé et garez-la dans un endroit éclairé. Si vous voyez quelque chose, appelez le 101."
    )
    text = f"{kind} Prenez-le en photo."
    beside = Mark("rumour", 0, 63)
    call = Mark("photo", len(kind) + 1, len(text))

    assert second_reader().heaviest_rule_and_score(text).score < SURELY_HONEST
    assert [mark.doubtful for mark in marks_after_second_reading(text, [beside, call], [], "infoflash", "fr")] == [
        True,
        False,
    ]


def test_it_doubts_no_message_of_the_catalogue() -> None:
    reader = second_reader()
    composed = [
        compose_message_text(row, language) for row in random_compositions(100, 99) for language in row.languages
    ]
    texts = [f"{row.title}\n\n{row.text}" for row in composed]

    opinions = {text: [reader.heaviest_rule_and_score(text[a:b]) for a, b in passages_of_text(text)] for text in texts}

    assert len(texts) >= 300
    assert [text for text in texts if any(row.score > mark_threshold(row.rule) for row in opinions[text])] == []


def test_only_who_asks_for_it_is_read_again() -> None:
    assert check(DOUBTED, language="fr", kind="infoflash").verdict == "ok"
    found = check(DOUBTED, language="fr", kind="infoflash", two_readers=True)

    assert found.verdict == "hold"
    assert [finding.excerpt for finding in found.findings] == [DOUBTED]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_text_and_one_of_signs_are_not_doubted(kind: str) -> None:
    assert check("", language="fr", kind=kind, two_readers=True).findings == ()
    assert check("12:00 !", language="fr", kind=kind, two_readers=True).findings == ()


def test_a_long_text_is_read_in_passages_of_whole_sentences() -> None:
    text = " ".join(["Fermez bien vos portes et vos fenêtres ce soir."] * 20)
    spans = passages_of_text(text)

    assert len(spans) > 2
    assert all(end - start <= LONGEST_PASSAGE for start, end in spans)
    assert all(text[end - 1] == "." for _start, end in spans)
