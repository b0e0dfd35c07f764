"""Whole texts stand in four languages with the same places, are used, and fit their channel."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from plp.ops.catalogues.files import (
    CATALOGUES,
    originals_of,
    path_of_language_catalogue,
    read_catalogue,
    translations_of,
)
from plp.ops.environment import PACKAGE
from plp.toolbox.texts import LANGUAGES, PLACE
from plp.toolbox.words import french_nbsp
from plp.wording.length import count_segments
from tests.guards.tree import sources, tracked

MOST_SEGMENTS = 3  # of a text of our own with every place filled by twelve letters
SHORTEST_STEM = 4
GREETING = re.compile(r"^(Bonjour|Dag|Goedendag|Goeiedag|Hallo|Guten Tag|Hello|Good day)\b", re.MULTILINE)
GREETINGS = {"fr": "Bonjour", "nl": "Dag", "de": "Guten Tag", "en": "Hello"}
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def families(package: Path) -> dict[tuple[Path, str], dict[str, str]]:
    """Texts by folder and name: language to content."""
    found: dict[tuple[Path, str], dict[str, str]] = defaultdict(dict)
    for path in sorted(package.glob("**/texts/*.md")):
        name, _, language = path.stem.rpartition(".")
        found[path.parent, name][language] = path.read_text(encoding="utf-8").strip()
    return found


def words_of(package: Path) -> set[str]:
    """Every short string in the source, docstrings included: a text nobody names is not used."""
    return {
        node.value
        for _, tree in sources(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 60
    }


def is_named(name: str, words: Iterable[str]) -> bool:
    """Whether the source holds the name, or the stem to which it adds ``_sms`` or the like."""
    return any(name == word or (len(word) >= SHORTEST_STEM and name.startswith(f"{word}_")) for word in words)


def faults(package: Path) -> list[str]:
    """What is wrong with the texts below ``package``."""
    found, words = [], words_of(package)
    for (folder, name), versions in families(package).items():
        where = f"{folder.relative_to(package)}/{name}"
        found += [f"{where}: no {language}" for language in LANGUAGES if not versions.get(language)]
        found += [f"{where}: {language} is no language of ours" for language in versions if language not in LANGUAGES]
        places = {language: sorted(set(PLACE.findall(version))) for language, version in versions.items()}
        found += [
            f"{where}: {language} has {own}, fr has {places.get('fr')}"
            for language, own in places.items()
            if own != places.get("fr")
        ]
        if not is_named(name, words):
            found.append(f"{where}: nobody uses it")
        if name.endswith("_sms"):
            found += [f"{where}: {language} is too long" for language, version in versions.items() if is_long(version)]
    return found


def is_long(version: str) -> bool:
    """Whether a text takes more SMS segments than we allow."""
    return count_segments(PLACE.sub("x" * 12, version)).segments > MOST_SEGMENTS


def test_texts_are_complete_equal_used_and_short_enough() -> None:
    assert faults(PACKAGE) == []
    assert families(PACKAGE)


def test_a_text_greets_as_all_others_do_in_its_language() -> None:
    greetings = {
        (language, greeting)
        for versions in families(PACKAGE).values()
        for language, version in versions.items()
        for greeting in GREETING.findall(version)
    }

    assert greetings == set(GREETINGS.items())


def test_bad_texts_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "room" / "texts"
    folder.mkdir(parents=True)
    (tmp_path / "room" / "letters.py").write_text('NAME = "code"\n')
    for language in ("fr", "nl", "de"):
        (folder / f"code_sms.{language}.md").write_text("{code}" if language != "nl" else "{cod}")
    (folder / "orphan.fr.md").write_text("x" * 700)

    assert faults(tmp_path) == [
        "room/texts/code_sms: no en",
        "room/texts/code_sms: nl has ['cod'], fr has ['code']",
        "room/texts/orphan: no nl",
        "room/texts/orphan: no de",
        "room/texts/orphan: no en",
        "room/texts/orphan: nobody uses it",
    ]
    assert is_long("é" * 300) is False
    assert is_long("ê" * 300) is True


def translations(language: str) -> dict[str, str]:
    """Every translation into ``language``, and what it translates."""
    return {
        translation: original
        for message in read_catalogue(path_of_language_catalogue(PACKAGE, language), language)
        for original, translation in zip(originals_of(message), translations_of(message), strict=True)
    }


def test_no_compiled_catalogue_is_in_git() -> None:
    """It would be stale one day: it is made from its source when that changed."""
    assert [path for path in tracked() if path.suffix == ".mo"] == []


def test_no_translation_holds_a_sign_that_nobody_sees() -> None:
    """A script that wrote a catalogue may have left a control character where a sign should stand."""
    catalogues = [path_of_language_catalogue(PACKAGE, language) for language in CATALOGUES]

    assert [path for path in catalogues if HIDDEN.search(path.read_text("utf-8"))] == []


STRAIGHT = re.compile(r"\w'\w")


def test_french_has_round_apostrophes() -> None:
    """Write ``’``, not ``'``: an SMS spells it straight by itself where that is shorter."""
    assert sorted(words for words in translations("fr") if STRAIGHT.search(words)) == []


PAGES_AND_PAPER = ("charter/texts", "evening/texts", "launch/pack", "portal/subjects")  # an SMS has no such space


def test_french_sets_signs_apart_without_a_break() -> None:
    """Write a space that does not break (U+00A0) before ``: ; ? ! »`` and after ``«``: ``words.french_nbsp``."""
    found = dict(translations("fr"))
    for folder in PAGES_AND_PAPER:
        texts = [path for path in (PACKAGE / folder).rglob("*.fr.md") if not path.stem.endswith("_sms.fr")]
        found |= {path.read_text(encoding="utf-8"): str(path) for path in texts}

    assert sorted(place for words, place in found.items() if words != french_nbsp(words)) == []


BLOCK = re.compile(r"\{% blocktranslate.*?endblocktranslate %\}", re.DOTALL)
BARE_COLON = re.compile(r"(?:\}\}|%\}): (?:\{\{|\{%|<)")


def test_no_page_sets_a_colon_by_itself() -> None:
    """Write ``{% colon %}`` between two words that come from elsewhere: French sets it apart."""
    pages = sorted(PACKAGE.rglob("templates/**/*.html"))

    assert [
        str(page) for page in pages if BARE_COLON.search(BLOCK.sub("{{ words }}", page.read_text(encoding="utf-8")))
    ] == []
