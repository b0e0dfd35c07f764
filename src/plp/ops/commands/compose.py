"""Compose a message from the catalogue of sentences in four languages, or random ones to try the catalogue with."""

import argparse
import json
import random
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from plp.ops.cli import Failed, say, write_json
from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.composer import compose_message_text
from plp.wording.catalogue.composition import Choice, Composition, WrongChoice, composition_from_data
from plp.wording.catalogue.faults import sms_with_safety_line, text_faults
from plp.wording.catalogue.own_sentences import own_sentence
from plp.wording.catalogue.reader import CatalogueSentence, sentences, situations, slot_values
from plp.wording.catalogue.streets import QUARTER
from plp.wording.catalogue.values import NUMBERS

NEEDS_DJANGO = False
STDOUT = Path("-")
MOST_SENTENCES = 6
MOST_SHOWN = 20
FIRST_DAY, DAYS = date(2026, 1, 1), 730
STREETS = {  # real names, for random messages
    "gare": {"fr": "Rue de la Gare", "nl": "Stationsstraat", "de": "Bahnhofstraße"},
    "eglise": {"fr": "Rue de l'Église", "nl": "Kerkstraat", "de": "Kirchstraße"},
    "louise": {"fr": "Avenue Louise", "nl": "Louizalaan"},
    "ninove": {"fr": "Chaussée de Ninove", "nl": "Ninoofsesteenweg"},
    "markt": {"nl": "Grote Markt", "fr": "Grand-Place"},
    "flagey": {"fr": "Place Eugène Flagey", "nl": "Eugène Flageyplein"},
    "moulin": {"fr": "Chemin du Moulin"},
    "aachen": {"de": "Aachener Straße"},
    "bloemen": {"nl": "Bloemendreef"},
    "werth": {"de": "Werthplatz"},
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A file, or ``--random N`` with ``--seed``; ``--languages`` and ``--json`` for both."""
    parser.add_argument("file", nargs="?", type=Path, help="the choice, as JSON or TOML (docs/formats.md)")
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="which languages, with commas between")
    parser.add_argument("--random", type=int, default=0, metavar="N", help="compose N random messages and examine them")
    parser.add_argument("--own", type=Path, metavar="FILE", help="sentences of a zone to mix in (docs/formats.md)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same messages")
    parser.add_argument(
        "--json",
        type=Path,
        nargs="?",
        const=STDOUT,
        metavar="OUT",
        help="write the messages into OUT, or to standard output",
    )


def run(options: argparse.Namespace) -> int:
    """Write the messages as JSON; 1 with a sentence if one cannot be composed or a random one has a fault."""
    languages = options.languages.split(",")
    if unknown := set(languages) - set(LANGUAGES):
        raise Failed(f"There is no language {', '.join(sorted(unknown))}: choose among {', '.join(LANGUAGES)}.")
    if bool(options.file) == bool(options.random):
        raise Failed("Name a file with a choice of sentences, or --random N.")
    if options.random:
        own = _read_own_sentences(options.own) if options.own else {}
        compositions = random_compositions(options.random, options.seed, own)
        return _check_and_write_messages(compositions, options, languages)
    message = _message_data(_read_composition(options.file), languages)
    write_json(message, options.json, indent=1)
    return 0


def _read_composition(path: Path) -> Composition:
    text = path.read_text(encoding="utf-8")
    try:
        data = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
        return composition_from_data(data)
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as fault:
        raise Failed(f"{path} is not readable: {fault}.") from fault
    except WrongChoice as fault:
        raise Failed(f"{path} cannot be composed: {fault}.") from fault


def _message_data(composition: Composition, languages: list[str]) -> dict[str, Any]:
    """The message as data: its kind, and each form by language."""
    kind = situations()[composition.situation].kind
    texts = {language: compose_message_text(composition, language, sent_in=languages) for language in languages}
    return {
        "kind": kind,
        "situation": composition.situation,
        "titles": {language: text.title for language, text in texts.items()},
        "texts": {language: text.text for language, text in texts.items()},
        "sms": {language: sms_with_safety_line(text, language, kind) for language, text in texts.items()},
        "spoken": {language: text.spoken for language, text in texts.items()},
        "easy": {language: text.easy for language, text in texts.items()},
    }


def _read_own_sentences(path: Path) -> dict[str, CatalogueSentence]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {key: own_sentence(key, row["texts"], core=row["core"]) for key, row in rows.items()}


def _check_and_write_messages(
    compositions: Iterator[Composition], options: argparse.Namespace, languages: list[str]
) -> int:
    number, seed, path = options.random, options.seed, options.json
    messages, faults = [], []
    for composition in compositions:
        kind = situations()[composition.situation].kind
        for language in [code for code in languages if code in composition.languages]:
            composed = compose_message_text(composition, language, sent_in=languages)
            faults += [f"{language}: {fault}" for fault in text_faults(composed, language, kind)]
        if path:
            messages.append(_message_data(composition, [code for code in languages if code in composition.languages]))
    if path:
        write_json(messages, path, indent=1)
    for fault in list(dict.fromkeys(faults))[:MOST_SHOWN]:
        say(fault)
    say(f"{number} messages in {len(languages)} languages, seed {seed}: {len(faults)} faults.")
    return 1 if faults else 0


def random_compositions(
    number: int, seed: int, own: Mapping[str, CatalogueSentence] = MappingProxyType({})
) -> Iterator[Composition]:
    """``number`` valid compositions, the same for the same ``seed``; half of them with one of ``own``, if any."""
    chance = random.Random(seed)  # noqa: S311 - trial messages, no secret
    for _turn in range(number):
        situation = situations()[chance.choice(list(situations()))]
        others = [key for key in situation.sentences if key not in situation.opens and key not in situation.ends]
        chosen = [chance.choice(situation.opens), *chance.sample(others, chance.randint(0, MOST_SENTENCES - 1))]
        if own and chance.random() < 0.5:
            chosen.insert(chance.randint(1, len(chosen)), chance.choice(list(own)))
        values: dict[str, str] = {}  # one value a type: a message does not contradict itself
        for key in chosen:
            for slot_type in (own.get(key) or sentences()[key]).slots.values():
                values[slot_type] = values.get(slot_type) or _random_value(slot_type, chance)
        choices = [
            Choice(key, {slot: values[type_] for slot, type_ in (own.get(key) or sentences()[key]).slots.items()})
            for key in chosen
        ]
        yield Composition(situation.key, choices, STREETS, own=own)


def _random_value(slot_type: str, chance: random.Random) -> str:
    match slot_type:
        case "hour" | "later":
            return f"{chance.randrange(24):02}:{chance.randrange(0, 60, 5):02}"
        case "span":
            first = chance.randrange(6, 22)
            return f"{first:02}:00-{first + chance.randint(0, 1):02}:30"
        case "date":
            return (FIRST_DAY + timedelta(days=chance.randrange(DAYS))).isoformat()
        case "number":
            return str(chance.choice(NUMBERS))
        case "place":
            return chance.choice([QUARTER, *STREETS])
    return chance.choice(list(slot_values(slot_type)))
