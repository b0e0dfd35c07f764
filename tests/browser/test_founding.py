"""From the public idea to the first relayed message, on old telephones of 320 pixels, by those who do it.

A PLP in Malmedy in three languages, a BIN in Lembeek, and a shopping street with residents in Malmedy, whose evenings
are entered from the sheet of paper; and a bilingual one in Haren, whose evening is led from a telephone.
"""

import time

import pytest
import time_machine

from tests.browser.conftest import Opened
from tests.browser.founding import evening, ground, opening, papers, sheet
from tests.browser.founding.counts import SentForms, form_counts, keep
from tests.browser.founding.scene import Scene, Setting, leads_on

pytestmark = [
    *(pytest.mark.browser, pytest.mark.journey, pytest.mark.long, pytest.mark.timeout(900)),
    pytest.mark.django_db(transaction=True),
]

SETTINGS = (
    Setting(
        key="malmedy",
        nis="63049",
        postcode="4960",
        town="Malmedy",
        kind="plp",
        languages=("fr", "nl", "de"),
        reads="fr",
        beside="de",
        script=False,
        streets=({"fr": "Chemin-Rue"}, {"fr": "Rue Neuve"}),
    ),
    Setting(
        key="lembeek",
        nis="23027",
        postcode="1502",
        town="Lembeek",
        kind="plp",
        languages=("nl",),
        reads="nl",
        beside="nl",
        script=True,
        streets=({"nl": "Stevens Dewaelplein"},),
    ),
    Setting(
        key="haren",
        nis="21004",
        postcode="1130",
        town="Haren",
        kind="plp",
        languages=("fr", "nl"),
        reads="fr",
        beside="nl",
        script=False,
        streets=({"fr": "Rue du Pré aux Oies", "nl": "Ganzenweidestraat"},),
        is_live=True,
    ),
    Setting(
        key="malmedy-commerces",
        nis="63049",
        postcode="4960",
        town="Malmedy",
        kind="plp_i",
        languages=("de", "fr"),
        reads="de",
        beside="de",
        script=True,
        streets=({"fr": "Place Albert Ier"},),
    ),
)
BEFORE = (ground.tell, ground.take_up, ground.consult, ground.draw, ground.state, ground.inform, ground.ask)
ON_PAPER = (sheet.invite, sheet.register, sheet.enter, sheet.approve)
LIVE = (evening.invite, evening.register, evening.meet, evening.minute)
AFTER = (
    *(papers.appoint, papers.take_office, papers.plan, papers.finance, papers.write, papers.sign),
    *(opening.recognise, opening.launch, opening.relay, opening.arrive),
)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.key)
def test_a_partnership_is_founded_by_its_pages(open_page: Opened, setting: Setting) -> None:
    """Half a minute alone on a machine: two hundred pages of a real browser, and every form that is sent is counted."""
    forms: list[SentForms] = []
    with time_machine.travel(time.time() // 30 * 30 + 1) as clock:
        scene = Scene(setting, open_page, clock)
        for act in (*BEFORE, *(LIVE if setting.is_live else ON_PAPER), *AFTER):
            before = scene.forms()
            act(scene)
            forms += [SentForms(act.__name__, *sender, count) for sender, count in (scene.forms() - before).items()]
            if act is not ground.tell:
                leads_on(scene)

    keep(setting.key, form_counts(forms))
    assert scene.poor == []
