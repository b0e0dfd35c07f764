"""Every clause stands in four languages with the same places, for every kind of partnership."""

import re

import pytest

from plp.charter.clauses import KEYS, OTHERWISE, TEXTS, standard_clause_title_and_text
from plp.mandates.grants import COVERING, Permission, Role, Task, roles_with, tasks_with
from plp.toolbox.texts import LANGUAGES, PLACE

KINDS = ("plp", "plp_i", "sectoral")
PLACES = dict.fromkeys(
    "area municipality zone streets whole_streets map motives expectations objectives circular valid_version".split(),
    "–",
)
ALL = [key for keys in KEYS.values() for key in keys]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", ALL)
def test_a_clause_has_title_and_text_in_every_language(key: str, kind: str) -> None:
    found = {language: standard_clause_title_and_text(key, kind, language, **PLACES) for language in LANGUAGES}

    assert all(title and text and "{" not in text for title, text in found.values())
    name = f"{key}_{kind}" if (key, kind) in OTHERWISE else key
    places = {language: sorted(PLACE.findall((TEXTS / f"{name}.{language}.md").read_text())) for language in LANGUAGES}
    assert places == dict.fromkeys(LANGUAGES, places["fr"])


def test_no_text_stands_there_unused() -> None:
    names = set(ALL) | {f"{key}_{kind}" for key, kind in OTHERWISE}

    assert {path.name.split(".")[0] for path in TEXTS.iterdir()} == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tasks_are_those_of_the_founding_text(language: str) -> None:
    counts = {
        key: len(re.findall(r"(?m)^\d\. ", standard_clause_title_and_text(key, "plp", language)[1]))
        for key in ("coordinator", "officer")
    }

    assert counts == {"coordinator": 9, "officer": 7}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fr", ("milices privées", "RGPD", "discrimination", "langues")),
        ("nl", ("private milities", "AVG", "discriminatie", "talen")),
        ("de", ("Privatmilizen", "DSGVO", "Diskriminierung", "Sprachengebrauch")),
        ("en", ("militias", "GDPR", "discrimination", "languages")),
    ],
)
def test_the_internal_rules_name_the_four_laws(language: str, names: tuple[str, ...]) -> None:
    _title, law = standard_clause_title_and_text("rules-law", "plp", language)

    assert [name for name in names if name not in law] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("la remplace", "l’aident à la tenir", "s’il l’accepte, ou si elle doit décider d’une mesure")),
        ("nl", ("de adjunct", "mee bijhoudt", "toestaat, of als zij over een maatregel moet beslissen")),
        (
            "de",
            (
                "ihre Vertretung",
                "mit ihr führt",
                "wenn es das erlaubt oder wenn sie über eine Maßnahme entscheiden muss",
            ),
        ),
        (
            "en",
            (
                "whoever stands in",
                "helps to keep it",
                "if the member agrees, or where they have to decide on a measure",
            ),
        ),
    ],
)
def test_charter_and_rules_say_who_may_see_the_list_of_members(language: str, words: tuple[str, ...]) -> None:
    """As the grants have it: the coordinator, a deputy in an absence, a committee member with that task."""
    texts = [standard_clause_title_and_text(key, "plp", language, **PLACES)[1] for key in ("privacy", "rules-privacy")]

    assert [(text[:20], missing) for text in texts for missing in words if missing not in text] == []
    assert roles_with(Permission.MEMBERS_MANAGE) == [Role.COORDINATOR]
    assert Permission.MEMBERS_MANAGE in COVERING
    assert tasks_with(Permission.MEMBERS_MANAGE) == [Task.MEMBERS]
