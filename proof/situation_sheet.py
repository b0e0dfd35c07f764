"""``.venv/bin/python -m proof.situation_sheet``: contact sheets of the ten commonest situations, composed.

The officer's page at 320 and 1280 px in each language, and what members read: SMS, mail, letter, call, in all of them.
In a demonstration of its own, which is stopped afterwards; ``--home`` and ``--port`` use one that runs already.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from plp.toolbox.texts import LANGUAGES
from proof.guide_scenes import HAREN, GuideScene
from proof.harness.seeded_data import environment_of_data_folder
from proof.pictures import running_demonstration, signed_in_browser_context, staff_account
from proof.result import print_progress

SITUATIONS = (
    *("burglary", "attempted_burglary", "bicycle_theft", "door_fraud", "phone_fraud", "sms_fraud"),
    *("car_theft", "fire", "smoke", "storm"),
)
OFFICER = GuideScene("officer-situations", "officer", "notices:write:compose")
WIDTHS = (320, 1280)
TALLEST = 9_000  # pixels of a column on a sheet: a taller page goes on in the next one
GAP = 12


def main() -> int:
    """Compose the situations and draw their sheets; 1 if a page answers with a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("situations", nargs="*", metavar="SITUATION", help="only these")
    parser.add_argument("--to", type=Path, required=True, help="the folder for the sheets")
    parser.add_argument("--home", type=Path, help="the data folder of a demonstration that runs")
    parser.add_argument("--port", type=int, help="its port")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    wanted = options.situations or SITUATIONS
    if options.home:
        return draw_sheets(wanted, options.to, options.home, options.port)
    with running_demonstration() as (home, port):
        return draw_sheets(wanted, options.to, home, port)


def draw_sheets(situations: Sequence[str], folder: Path, home: Path, port: int) -> int:
    """Three sheets a situation: the officer's page narrow and wide in each language, and every copy."""
    os.environ.update(environment_of_data_folder(home, PLP_DEMO="1", DJANGO_ALLOW_ASYNC_UNSAFE="true"))
    django.setup()
    with _running_browser() as browser:
        for situation in situations:
            notice = compose_situation(situation)
            for width in WIDTHS:
                pages = [
                    page_picture(browser, f"/police/{notice}/compose/", language, width, port) for language in LANGUAGES
                ]
                join_pictures(pages).save(folder / f"{situation}-officer-{width}.png")
            copies = [page_picture(browser, f"/police/{notice}/submit/", LANGUAGES[0], width, port) for width in WIDTHS]
            join_pictures(copies).save(folder / f"{situation}-copies.png")
            print_progress(situation)
    return 0


@contextmanager
def _running_browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        yield player.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"])


def compose_situation(situation: str) -> str:
    """A draft of the officer with the sentences that the situation begins with, every gap filled; answers its key."""
    from plp.notices import actions as notices  # noqa: PLC0415 - needs the settings
    from plp.notices.compositions import starting_composition_of_subject  # noqa: PLC0415 - needs the settings
    from plp.partnership.models import Partnership  # noqa: PLC0415 - needs the settings
    from plp.toolbox import clock  # noqa: PLC0415 - needs the settings
    from plp.wording.catalogue.composition import Choice, Composition  # noqa: PLC0415 - beside the others
    from plp.wording.catalogue.reader import situations  # noqa: PLC0415 - beside the others

    kind, at = situations()[situation], clock.now()
    officer = staff_account(OFFICER).person
    partnership = Partnership.objects.get(key=HAREN)
    begun = starting_composition_of_subject(situation, at)
    choices = [Choice(choice.sentence, filled_slots(choice)) for choice in begun.choices]
    notice = notices.create_notice_draft(partnership=partnership, kind=kind.kind, reason=kind.reason, by=officer, at=at)
    notices.rewrite_draft_from_composition(
        notice=notice, composition=Composition(situation, choices), by=officer, at=at
    )
    return str(notice.pk)


def filled_slots(choice: Any) -> dict[str, str]:
    """The slots of a sentence with the first value of each list, and a plain hour, span, day or number."""
    from plp.wording.catalogue.reader import sentences, slot_values  # noqa: PLC0415 - beside the others

    plain = {"hour": "14:30", "later": "16:00", "span": "14:00-16:30", "date": "2026-12-03", "number": "3"}
    types = sentences()[choice.sentence].slots
    return {
        slot: choice.slots.get(slot) or plain.get(slot_type) or next(iter(slot_values(slot_type)))
        for slot, slot_type in types.items()
    }


def page_picture(browser: Browser, path: str, language: str, width: int, port: int) -> Image.Image:
    """A whole page as the officer sees it in ``language``, ``width`` points wide."""
    context = signed_in_browser_context(browser, OFFICER, language, port, width=width)
    page = context.new_page()
    answer = page.goto(path)
    if answer is None or not answer.ok:
        raise RuntimeError(f"{path} answers {answer and answer.status}")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    context.close()
    return picture


def join_pictures(pictures: Sequence[Image.Image]) -> Image.Image:
    """Pictures beside each other, from the top, each in as many columns as it is tall."""
    columns = [
        picture.crop((0, top, picture.width, min(top + TALLEST, picture.height)))
        for picture in pictures
        for top in range(0, picture.height, TALLEST)
    ]
    width = sum(column.width + GAP for column in columns) - GAP
    sheet = Image.new("RGB", (width, max(column.height for column in columns)), "#cccccc")
    left = 0
    for picture in columns:
        sheet.paste(picture, (left, 0))
        left += picture.width + GAP
    return sheet


if __name__ == "__main__":
    sys.exit(main())
