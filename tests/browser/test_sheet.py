"""The lens through which every page is looked at knows a poor page when it sees one."""

import pytest
from playwright.sync_api import Browser

from proof.probes import contact_sheet
from proof.probes.page_faults import (
    SIZES,
    PageFault,
    PageView,
    faults_of_view,
    page_structure_faults,
    untranslated_english_phrases,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
POOR = """<!doctype html><html lang="fr"><title> – PLP</title><main><h3>Skip to the content</h3>
<p style="width: 2000px; color: #ccc; background: #ddd">gris</p><img src="x.png">
<svg class="map"><title>Oude Haachtsesteenweg bij de grote markt van het dorp</title></svg>
<p>Nobody was told what happens now.</p><p lang="en">This text says that it is in English.</p></main></html>"""


def test_a_poor_page_is_found(chromium: Browser) -> None:
    page = chromium.new_page(viewport=SIZES["wide"])
    page.set_content(POOR)

    found = {fault.kind for fault in (*page_structure_faults(page, "nl"), *faults_of_view(page, "wide light"))}
    page.close()

    assert found >= {"landmark", "language", "title", "heading", "English", "sideways"}
    assert found >= {"axe color-contrast", "axe image-alt"}


def test_a_text_in_another_language_is_found_unless_it_says_so(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(POOR)

    found = [fault for fault in page_structure_faults(page, "fr") if fault.kind.startswith("reads")]
    page.close()

    assert found == [PageFault("reads en", "Nobody was told what happens now.")]


def test_a_fault_stands_once_in_the_table() -> None:
    fault = PageFault("axe image-alt", "img | `x`", "wide light")
    seen = [
        PageView("member", language, "/m/", "/m/", [fault, PageFault(fault.kind, fault.words)])
        for language in ("fr", "nl")
    ]

    rows = contact_sheet.faults_as_markdown_table(seen).splitlines()

    assert rows[0] == "2 pages of a person in a language, 1 different faults."
    assert rows[4:] == ["| axe image-alt | `img ¦ ´x´` | 2 | member, fr, `/m/` |"]


def test_a_phrase_is_english_if_no_translation_says_it_so() -> None:
    assert "Skip to the content" in untranslated_english_phrases("nl")
    assert "Naar de inhoud" not in untranslated_english_phrases("nl")
