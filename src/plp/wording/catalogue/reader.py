"""What the files of the catalogue hold: sentences, situations, and the values of their slots in every form."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plp.toolbox.texts import LANGUAGES

DATA = Path(__file__).parent
SLOT = re.compile(r"\{(([a-z_]+)\d?)(?:\.([a-z]+))?\}")  # {object.pl}, {hour2}: the slot, its type, the form
REQUEST = re.compile(r"(?:^|[.:!?] |, (?:so )?| und )(?:Bitte )?[A-Za-zÄÖÜäöü][a-zäöüß]+n Sie\b(?!.*\?$)")
CHECKED = ("place", "hour", "later", "span", "date", "number")  # types whose values are checked, not listed
SHARED = "shared"

type Forms = Mapping[str, str]  # a form in one language by name; ``""`` is the one that a slot without form takes


class CatalogueError(Exception):
    """A file of the catalogue is not complete. Its text names the place."""


@dataclass(frozen=True)
class SlotValue:
    """One entry of a closed list, in the forms that sentences ask for, by language."""

    key: str
    forms: Mapping[str, Forms]


@dataclass(frozen=True)
class CatalogueSentence:
    """One sentence in four languages. ``core``: it belongs to the SMS.

    ``sms``, ``spoken`` and ``easy`` hold the languages in which that form is not the sentence itself.
    """

    key: str
    core: bool
    texts: Mapping[str, str]
    sms: Mapping[str, str]
    spoken: Mapping[str, str]
    easy: Mapping[str, str]

    @property
    def is_request(self) -> bool:
        """Whether it says what people should do: in German a request begins with its verb, *Rufen Sie …*.

        A sentence of a zone that lacks German is none.
        """
        return bool(REQUEST.search(self.texts.get("de", "")))

    @property
    def slots(self) -> dict[str, str]:
        """The slots to fill, in reading order of its first language, each with its type."""
        first = next(language for language in LANGUAGES if language in self.texts)
        return {found[1]: found[2] for found in SLOT.finditer(self.texts[first])}


@dataclass(frozen=True)
class Situation:
    """What a message is about: its title, the words that find it, and the sentences it starts with.

    ``opens`` are those that say what it is about: one of them stands first. ``ends`` say that it is over.
    ``kind`` and ``reason`` are those that the notice begins with. ``months`` are those in which the preventive word
    helps most; ``for_traders``: it speaks to shops; one that is not ``in_aid`` is no fact that happened.
    """

    key: str
    kind: str
    reason: str
    labels: Mapping[str, str]
    titles: Mapping[str, str]
    words: Mapping[str, str]
    opens: tuple[str, ...]
    ends: tuple[str, ...]
    start: tuple[str, ...]
    sentences: tuple[str, ...]
    months: tuple[int, ...]
    for_traders: bool
    in_aid: bool


@cache
def slot_values(slot_type: str) -> dict[str, SlotValue]:
    """The closed list of a type, by key. Raises ``KeyError`` for a type without one."""
    table = tomllib.loads((DATA / "slots.toml").read_text(encoding="utf-8"))[slot_type]
    return {key: SlotValue(key, {lang: _forms_of_entry(row[lang]) for lang in LANGUAGES}) for key, row in table.items()}


def _forms_of_entry(entry: str | dict[str, str]) -> Forms:
    return {"": entry} if isinstance(entry, str) else entry


@cache
def slot_labels() -> dict[str, dict[str, str]]:
    """What each type of slot is called, by language."""
    return tomllib.loads((DATA / "labels.toml").read_text(encoding="utf-8"))


@cache
def _sentence_files() -> dict[str, dict[str, Any]]:
    paths = sorted((DATA / "sentences").glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}


@cache
def sentences() -> dict[str, CatalogueSentence]:
    """Every sentence by its key, ``file.name``. Raises ``CatalogueError`` for one that is not complete."""
    rows = [
        _build_sentence(f"{stem}.{name}", row)
        for stem, table in _sentence_files().items()
        for name, row in _sentence_rows(table).items()
    ]
    return {sentence.key: sentence for sentence in rows}


def _sentence_rows(table: dict[str, Any]) -> dict[str, Any]:
    rows: dict[str, Any] = table.get("sentence", {})
    return rows


def _build_sentence(key: str, row: dict[str, Any]) -> CatalogueSentence:
    if missing := [language for language in LANGUAGES if language not in row]:
        raise CatalogueError(f"{key}: no words in {', '.join(missing)}")
    texts = {language: row[language] for language in LANGUAGES}
    variants = {name: row.get(name, {}) for name in ("sms", "spoken", "easy")}
    return CatalogueSentence(key=key, core=row.get("core", False), texts=texts, **variants)


@cache
def situations() -> dict[str, Situation]:
    """Every situation by its key, in the order of their files' ``order``."""
    tables = {stem: table for stem, table in _sentence_files().items() if stem != SHARED}
    ordered = sorted(tables.items(), key=lambda pair: (pair[1]["order"], pair[0]))
    return {stem: _build_situation(stem, table) for stem, table in ordered}


def _build_situation(stem: str, table: dict[str, Any]) -> Situation:
    own = [f"{stem}.{name}" for name in _sentence_rows(table)]
    chosen = _full_sentence_keys(stem, table["start"])
    others = [name for name in table.get("also", []) if name not in chosen]
    return Situation(
        key=stem,
        kind=table["kind"],
        reason=table["reason"],
        labels=table["label"],
        titles=table["title"],
        words=table["words"],
        opens=_full_sentence_keys(stem, table["opens"]),
        ends=_full_sentence_keys(stem, table.get("ends", [])),
        start=chosen,
        sentences=tuple(dict.fromkeys([*own, *chosen, *others])),
        months=tuple(table.get("months", ())),
        for_traders=table.get("for_traders", False),
        in_aid=table.get("in_aid", True),
    )


def _full_sentence_keys(stem: str, names: list[str]) -> tuple[str, ...]:
    return tuple(name if "." in name else f"{stem}.{name}" for name in names)
