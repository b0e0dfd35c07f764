"""Looks at a page as it stands in a browser: what axe finds, what is cut, what is in another language, what lacks.

A page is loaded once and then looked at in four ways: wide and narrow, light and dark.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from plp.ops.catalogues.files import (
    CATALOGUES,
    originals_of,
    path_of_language_catalogue,
    read_catalogue,
    translations_of,
)
from plp.ops.environment import PACKAGE
from proof.probes.language_detection import texts_in_other_languages

COMMON = {"resultTypes": ["violations"], "preload": False, "rules": {"label-content-name-mismatch": {"enabled": True}}}
RULES = COMMON | {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = COMMON | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SIZES = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 320, "height": 640}}
SCHEMES = ("light", "dark")
WORDS = 3  # an English phrase of fewer words may be a name or a word of another language, too
FRAME = """() => ({
    language: document.documentElement.lang,
    title: document.title.replace(/\\s*– PLP$/, ''),
    headings: document.querySelectorAll('h1:not(.specimen h1)').length,  // a component on show is no heading
    landmarks: ['header', 'main', 'footer'].filter((one) => !document.querySelector(`body > ${one}`)),
    words: (() => {
        const body = document.body.cloneNode(true);
        const own = document.documentElement.lang;
        body.querySelectorAll(`[lang]:not([lang='${own}']), script`).forEach((one) => one.remove());
        return (document.title + ' ' + body.textContent).replace(/\\s+/g, ' ');
    })(),
})"""
BLOCKS = """() => {
    const own = document.documentElement.lang;
    const places = '.map title, .map text';
    const quoted = 'script, noscript, style, pre, code, textarea';
    const other = `[lang]:not([lang='${own}']), [translate='no'], ${places}, ${quoted}`;
    const found = new Map();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        let block = walk.currentNode.parentElement;
        if (block.closest(other)) continue;
        while (/^(inline|contents)/.test(getComputedStyle(block).display)) block = block.parentElement;
        found.set(block, `${found.get(block) || ''} ${walk.currentNode.data}`);
    }
    const said = ['alt', 'aria-label', 'placeholder', 'title'].flatMap((name) =>
        [...document.querySelectorAll(`body [${name}]`)].filter((one) => !one.closest(other))
            .map((one) => one.getAttribute(name)));
    return [...new Set([...found.values(), ...said].map((one) => one.replace(/\\s+/g, ' ').trim()))];
}"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """() => [...document.querySelectorAll('main *')]
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 100)).slice(0, 3)"""

TWICE, ONCE = {"standard": 32, "fixed": 26}, {"standard": 16, "fixed": 13}  # pixels of letters, asked of the browser
# What sticks out to the right of the window, and words that are cut off: the start of their text.
STICKING_OUT = """() => {
  const beyond = document.documentElement.scrollWidth - window.innerWidth;
  const parts = [...document.querySelectorAll("body *")].filter(element => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    const hidden = style.visibility === "hidden" || element.closest(".hidden-words, thead, svg, [hidden]");
    return box.width && !hidden && style.position !== "absolute" && box.right > window.innerWidth + 1;
  });
  const words = part => part.textContent.trim().slice(0, 30);
  const named = parts.slice(0, 5).map(part => `${part.tagName}.${part.className} ${words(part)}`);
  return [...(beyond > 1 ? [`page ${beyond} too wide`] : []), ...named];
}"""

SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; }
        * { word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
    const found = [...document.querySelectorAll('body *')].filter((one) => {
        const hides = ['hidden', 'clip'].includes(getComputedStyle(one).overflowY) && one.clientHeight > 1;
        return hides && !one.closest('svg, .hidden-words') && one.scrollHeight > one.clientHeight + 2;
    }).map((one) => `cut: ${one.outerHTML.slice(0, 100)}`);
    const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    document.adoptedStyleSheets = [];
    return wider > 0 ? [...found, `${wider} px wider`] : found;
}"""


@dataclass(frozen=True)
class PageFault:
    """One thing that is not as it should be. ``view``: in which of the four ways, or in all."""

    kind: str
    words: str
    view: str = "all"

    def as_json(self) -> dict[str, str]:
        """For the table."""
        return asdict(self)


@dataclass
class PageView:
    """One page as one person sees it in one language. ``pictures``: view -> file."""

    who: str
    language: str
    route: str
    address: str
    faults: list[PageFault] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For the table."""
        return asdict(self)


@cache
def untranslated_english_phrases(language: str) -> list[str]:
    """Our English phrases that never stand on a page in ``language``: the sources of its catalogues."""
    catalogue = (
        read_catalogue(path_of_language_catalogue(PACKAGE, language), language) if language in CATALOGUES else ()
    )
    phrases = {original for message in catalogue for original in originals_of(message)[:1]}
    own = "\n".join(translation for message in catalogue for translation in translations_of(message))
    pieces = {piece.strip(" .:\n") for phrase in phrases for piece in re.split(r"%\([a-z_]+\)[sd]|%[sd]|\n", phrase)}
    return sorted(piece for piece in pieces if len(piece.split()) >= WORDS and piece not in own)


def page_structure_faults(page: Page, language: str, given: Collection[str] = ()) -> list[PageFault]:
    """What does not depend on size and colour: language, title, one heading, landmarks, words.

    ``given``: what people wrote, and names of places, in whatever language.
    """
    found = page.evaluate(FRAME)
    faults = [PageFault("landmark", f"no <{one}>") for one in found["landmarks"]]
    if found["language"] != language:
        faults.append(PageFault("language", f"the page says it is in {found['language']}"))
    if not found["title"]:
        faults.append(PageFault("title", "no title"))
    if found["headings"] != 1:
        faults.append(PageFault("heading", f"{found['headings']} headings of the first level"))
    if language != "en":
        faults += [
            PageFault("English", phrase)
            for phrase in untranslated_english_phrases(language)
            if phrase in found["words"]
        ]
    read = texts_in_other_languages(page.evaluate(BLOCKS), language, given)
    return faults + [PageFault(f"reads {other}", text[:160]) for text, other in read.items()]


def show_each_view(page: Page, ways: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Show the page in each of these ways in turn; whether it is the first of its size."""
    for size, viewport in SIZES.items():
        schemes = SCHEMES if size == "wide" else SCHEMES[::-1]  # dark to dark: one change less
        chosen = [scheme for scheme in schemes if f"{size} {scheme}" in ways]
        if chosen:
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
        for scheme in chosen:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            yield f"{size} {scheme}", scheme == chosen[0]


def faults_of_view(page: Page, view: str, *, whole: bool = True) -> list[PageFault]:
    """What axe finds when shown so, what is wider than the page, and what is cut when letters stand apart.

    Not ``whole``: the colours alone, for nothing else changes with them.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    rules = RULES if whole else COLOURS
    found = page.evaluate("(rules) => axe.run(document, rules).then((one) => one.violations)", rules)
    faults = [
        PageFault(f"axe {one['id']}", f"{' '.join(map(str, node['target']))}: {node['html'][:160]}", view)
        for one in found
        for node in one["nodes"]
    ]
    return faults + (_overflow_faults(page, view) if whole else [])


def _overflow_faults(page: Page, view: str) -> list[PageFault]:
    """What needs more room than it has."""
    faults = []
    if view.startswith("wide"):  # on the narrowest page a long word may reach over the edge then
        faults += [PageFault("spacing", words, view) for words in page.evaluate(SPACED)]
    else:
        faults += [PageFault("large text", words, view) for words in _overflow_at_double_font_size(page)]
    wider = page.evaluate(WIDER)
    if wider > 0:
        faults.append(PageFault("sideways", f"{wider} px: {' | '.join(page.evaluate(CUT))}", view))
    return faults


def _overflow_at_double_font_size(page: Page) -> list[str]:
    """What sticks out where the reader asks the browser for letters of twice the size."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": TWICE})
    faults: list[str] = page.evaluate(STICKING_OUT)
    session.send("Page.setFontSizes", {"fontSizes": ONCE})
    session.detach()
    return faults
