"""A released message as a file for another platform of warnings (R132)."""

import json
import re
from uuid import uuid4

import pytest
from django.utils.translation import override

from plp.documents.dates import date_format
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.toolbox.clock import local
from tests.alerts.test_publishing import relayed
from tests.factories.cast import Cast
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
DANGER_NL = "In gevaar? Bel 101/112."
SPOKEN = {
    "fr": (
        "Bonjour. Voici un message du partenariat local de prévention «\u00a0Haren\u00a0». La police l’a vérifié.\n\n"
        "Fermez les fenêtres.\n\n"
        "C’est urgent ? N’intervenez jamais vous-même. Téléphonez au cent un pour la police ou au cent douze pour"
        " les secours.\n\nLa police locale peut vous dire si ce message est vrai. Merci et au revoir."
    ),
    "nl": (
        "Dag. Dit is een bericht van het buurtinformatienetwerk “Haren”. De politie heeft het nagekeken.\n\n"
        "Sluit de ramen.\n\n"
        "Is het dringend? Grijp nooit zelf in. Bel honderd en een voor de politie of honderdtwaalf voor hulp.\n\n"
        "De lokale politie kan u zeggen of dit bericht klopt. Dank u en tot ziens."
    ),
}


def address(notice: Notice, form: str = "json") -> str:
    return f"/police/{notice.pk}/hand-over.{form}"


def test_a_released_message_is_handed_over_with_its_words_and_its_place(cast: Cast) -> None:
    notice = relayed(cast)
    officer = signed_in(cast.officer)

    told = json.loads(officer.get(address(notice)).content)
    text = officer.get(address(notice, "txt")).text

    assert {"id": told["id"], "kind": told["kind"], "area": told["area"]} == {
        "id": str(notice.pk),
        "kind": "calamity",
        "area": {"name": {"fr": "Haren", "nl": "Haren"}, "part": None, "municipality_nis": "21004", "shape": None},
    }
    ends = notice.relay.message.expires_at
    assert ends is not None
    assert told["expires_at"] == local(ends).isoformat(timespec="seconds")
    assert told["texts"] == [
        {
            "language": "fr", "title": "Fumée & odeur", "sms_parts": 1,
            "short": "Fermez les fenêtres. En cas de danger, appelez le 101/112.",
            "long": "", "speech": SPOKEN["fr"],
        },
        {
            "language": "nl", "title": "Rook", "short": f"Sluit de ramen. {DANGER_NL}", "sms_parts": 1, "long": "",
            "speech": SPOKEN["nl"],
        },
    ]  # fmt: skip
    with override("fr"):
        moment = date_format(local(ends), "DATETIME_FORMAT")
    assert text.startswith(f"[French]\nHaren\nNe plus envoyer après le {moment}.\n\n[French, SMS: 1 SMS part]")
    words = f"Sluit de ramen. {DANGER_NL}"
    assert f"[Dutch, SMS: 1 SMS part]\n{words}\n\n[Dutch, e-mail]\nRook\n\n{words}" in text
    assert cast.officer.name not in json.dumps(told)


def test_the_words_to_copy_say_in_the_language_of_their_reader_what_they_are(cast: Cast) -> None:
    notice, officer = relayed(cast), signed_in(cast.officer)
    officer.post("/language/", {"language": "fr"})

    text = officer.get(address(notice, "txt")).text

    assert re.findall(r"^\[.*\]$", text, re.MULTILINE) == [
        "[Français]",
        "[Français, SMS\u00a0: compte pour 1 SMS]",
        "[Français, e-mail]",
        "[Néerlandais]",
        "[Néerlandais, SMS\u00a0: compte pour 1 SMS]",
        "[Néerlandais, e-mail]",
    ]


def test_what_nobody_released_and_what_was_stopped_stays_here(cast: Cast) -> None:
    draft = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="advice", reason="threat", by=cast.officer, at=AT
    )
    sent = relayed(cast)
    officer = signed_in(cast.officer)
    offered = "hand-over.json" in officer.get(f"/police/{sent.pk}/").text
    notices.retract_notice_everywhere(notice=sent, by=cast.officer, at=AT)

    answers = [officer.get(address(draft)), officer.get(address(sent)), officer.get(f"/police/{uuid4()}/hand-over.txt")]

    assert offered
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_nobody_else_takes_it(cast: Cast) -> None:
    notice = relayed(cast)

    answers = [signed_in(one).get(address(notice)) for one in (cast.foreign_officer, cast.here.coordinator)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert signed_in(cast.officer).get(address(notice, "exe")).status_code == 404
