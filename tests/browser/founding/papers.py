"""People and papers: screening, appointments, plan, money, charter, internal rules, and the four signatures."""

import re
import time

from plp.charter.models import SLOTS, Deed
from plp.delivery.models import MessageText
from plp.demo import founding_texts as words
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.membership.models import Candidate
from tests.browser.founding.scene import Scene
from tests.browser.founding.steps import STANDING
from tests.browser.walking import Telephone

PASSWORD = "zes rode fietsen zwijgen stil"
SIGNING = ("mayor", "chief", "officer", "coordinator")


def appoint(scene: Scene) -> None:
    """The slips of the screening are entered and all three appointed at once."""
    phone, here = scene.phone("officer"), f"/mandates/quarters/{scene.setting.key}"
    _open(phone, f"{here}/appointments/")
    for candidate in Candidate.objects.all():
        slip = {} if candidate.function == "committee" else {"outcome": "fit", "screened_on": scene.today}
        for name, value in {**slip, "appoints": True}.items():
            phone.give(**{f"{candidate.pk}-{name}": value})
    phone.send()
    assert set(Mandate.objects.values_list("role", flat=True)) >= set(STANDING)


def _open(phone: Telephone, address: str) -> None:
    """A page that asks for a fresh proof of who one is."""
    phone.go(address)
    if "/prove/" in phone.page.url:
        phone.prove()


def take_office(scene: Scene) -> None:
    """The coordinator opens the link of the mail, chooses a password, sets the app up, and finds the tasks."""
    scene.people["coordinator"] = Mandate.objects.get(role=Role.COORDINATOR).person
    to_them = {"message__dispatches__contact__person": scene.people["coordinator"]}
    mail = MessageText.objects.filter(**to_them, body__contains="/account/set-up/").earliest("pk")
    phone = scene.visitor("coordinator")
    phone.password = PASSWORD
    phone.go(re.search(r"/account/set-up/[^\s)>]+", mail.body)[0])
    phone.send(new=PASSWORD)
    phone.go("/account/second-factor/app/")
    phone.secret = re.sub(r"\s", "", phone.page.locator(".secret").text_content() or "")
    phone.prove()
    phone.go("/")
    scene.signed_in["coordinator"] = time.time()


def plan(scene: Scene) -> None:
    """Contacts of the four; the plan drafted by the coordinator and agreed by both sides, tried at night first."""
    phone = scene.phone("officer")
    phone.go(scene.at_home("charter", "contacts/"))
    phone.send(**{f"{role.value}-email": f"{role.value}@plp.test" for role in SLOTS})
    coordinator = scene.phone("coordinator")
    coordinator.go(scene.at_home("charter", "plan/"))
    coordinator.send("form[action$='/plan/draft/'] button")
    coordinator.press("#try summary")
    coordinator.press("#try form button")
    for side in (coordinator, phone):
        side.go(scene.at_home("charter", "plan/agree/"))
        side.send()


def finance(scene: Scene) -> None:
    """What it costs and who pays, written by the coordinator, settled."""
    phone, reads = scene.phone("coordinator"), scene.setting.reads
    phone.go(scene.at_home("charter", "financing/write/"))
    phone.send(
        "main form[method=post] button:not([name])",
        form__0__what=words.COSTS[reads],
        form__0__yearly="350",
        alternative=words.ALTERNATIVE[reads],
        insurer=words.INSURER,
        insured=words.INSURED[reads],
        insured_until="2035-12-31",
    )
    phone.send("form[action$='/settle/'] button")


def write(scene: Scene) -> None:
    """Charter and internal rules: begun by the officer, read and agreed together by each of the three sides."""
    here = scene.at_home("charter", f"text/{Deed.Kind.CHARTER}/")
    officer = scene.phone("officer")
    officer.go(here)
    officer.send("form[action$='/begin/'] button")
    for side in ("officer", "coordinator", "mayor"):
        phone = scene.phone(side)
        phone.go(here)
        phone.press("main a[href$='/agree/']")
        phone.send()
    assert {deed.state for deed in Deed.objects.all()} == {"agreed"}


def sign(scene: Scene) -> None:
    """The text is frozen; each of the four reads it and signs with a fresh code, in their own browser."""
    phone, here = scene.phone("officer"), scene.at_home("charter", "signing/")
    phone.go(here)
    phone.press("main a[href$='/put-up/']")
    phone.send(order="authorities")
    for name in SIGNING:
        phone = scene.phone(name)
        scene.wait(6 * 60)  # the proof of the sign-in is stale by now
        phone.go(here)
        phone.press("main a[href*='/signing/']:not([href$='/paper/']):not([href$='/signing/'])")
        assert "/account/prove/" in phone.page.url
        phone.prove()
        text = phone.page.locator("main a[href*='/files/']").first.get_attribute("href")
        assert phone.paper(f"{text}").startswith(b"%PDF")
        phone.send(has_read=True, **({"quality": "Bourgmestre"} if name == "mayor" else {}))
    assert {deed.state for deed in Deed.objects.all()} == {"signed"}
