"""The easy-to-read letter (R66): the police's own words, a sentence a line, between short fixed parts.

It follows the European rules "Information for all" of Inclusion Europe: 14 points at least, nothing justified or in
columns, a sentence a line, one idea a paragraph, much space, and a pictogram beside each title.
"""

import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide as lucide_icon

from plp.documents.tagged_pdf import PICTURE
from plp.toolbox.texts import text

TEXTS = Path(__file__).parent / "texts"
END = re.compile(r"(?<=[.!?…])(?:\s?[»”\")])*\s+(?=[«“„\"(¿-]*\s?[^\W\d_a-zà-ÿ])")
EMPTY_LINE = re.compile(r"\n\s*\n")
SHORTENED = frozenset(
    {
        *("art", "av", "bd", "bijv", "bv", "bvb", "bzw", "ca", "dhr", "dr", "env", "evtl", "ex", "inkl", "m", "max"),
        *("mevr", "mm", "mme", "mr", "mrs", "nr", "prof", "resp", "st", "str", "tel", "tél", "usw", "vgl"),
    }
)


def split_sentences(line: str, language: str) -> list[str]:
    """The sentences of one line, in order, no word changed; an abbreviation and a German date part none."""
    sentence_list, start = [], 0
    for end in END.finditer(line):
        if not _is_abbreviation(line[start : end.start()], language):
            sentence_list.append(line[start : end.end()].strip())
            start = end.end()
    last = line[start:].strip()
    return [*sentence_list, last] if last else sentence_list


def split_paragraphs(text: str, language: str) -> list[list[str]]:
    """The paragraphs of ``text``, each as its sentences: parted at empty lines, an end of line ends a sentence."""
    parts = (part.splitlines() for part in EMPTY_LINE.split(text))
    read = ([sentence for line in lines for sentence in split_sentences(line, language)] for lines in parts)
    return [part for part in read if part]


def easy_letter_parts(
    body: str, *, opening: str, language: str, coordinator: str, numbers: tuple[str, str], code: str
) -> list[dict[str, Any]]:
    """The parts of the letter in the active language, which is ``language``: title, pictogram and paragraphs each.

    ``opening`` stands above the words of the police.
    """
    contact = {"coordinator_contact": coordinator, "police": numbers[0], "help": numbers[1]}
    introduction = (
        ("message-square-text", opening, body),
        ("hand-helping", _("What you can do"), text(TEXTS, "easy_do", language)),
        ("phone", _("Who to call"), text(TEXTS, "easy_call", language, **contact)),
        ("badge-check", _("Is this letter real?"), text(TEXTS, "easy_check", language, code=code)),
    )
    return [
        {"title": title, PICTURE: pictogram_svg(icon), "paragraphs": split_paragraphs(words, language)}
        for icon, title, words in introduction
    ]


def pictogram_svg(icon_name: str) -> str:
    """A drawing of the Lucide set; decoration beside words, so nothing stands for it."""
    return str(lucide_icon(icon_name, size=48))


def _is_abbreviation(sentence: str, language: str) -> bool:
    """Whether the dot at the end of ``sentence`` shortens a word, or in German numbers one ("24. November")."""
    if not sentence.endswith("."):
        return False
    word = re.split(r"[\s(«“„\"'’]+", sentence.removesuffix("."))[-1]
    is_number = word.isdigit() and language == "de"
    return is_number or len(word) == 1 or "." in word or word.casefold() in SHORTENED
