"""What both ways to hold an evening begin with: its plan, and neighbours who register."""

from datetime import timedelta

from plp.demo import founding_texts as words
from tests.browser.founding.scene import Scene
from tests.browser.walking import Telephone
from tests.portal.membership.self_service.test_members import code_of

STANDING = {"coordinator": "Clara Muster", "deputy": "Denis Muster", "committee": "Emma Muster"}
DECLARED = {"is_adult": True, "accepts_rules": True}


def plan_and_convene(scene: Scene) -> Telephone:
    """Date and place are fixed and everybody is invited; answers the officer's telephone."""
    setting, phone = scene.setting, scene.phone("officer")
    phone.go(scene.at_home("evening", ""))
    phone.press("main a[href$='/plan/']")
    day = scene.today + timedelta(days=20)
    where = {"place": words.HALL, "street": f"Grand-Place 1, {setting.town}"}
    phone.send(day=day, begins="19:00", until="21:00", capacity=120, **where)
    phone.press("main a[href$='/convene/']")
    phone.send()
    return phone


def join(scene: Scene, function: str, house: int) -> str:
    """Whoever stands for ``function`` registers with a telephone of their own; answers their address."""
    address, mail = f"/p/{scene.setting.key}", mail_of(scene, function)
    phone = scene.visitor(function, scene.setting.reads if function == "coordinator" else "")
    phone.go(f"{address}/")
    phone.go(f"{address}/join/")
    firm = _firm_at(house) if scene.setting.kind == "plp_i" else {}
    who = {"name": STANDING[function], "street": None, "house": str(house)}
    phone.send(**firm, **who, use_email=True, address_email=mail, **DECLARED)
    phone.send(code=code_of())
    return mail


def _firm_at(house: int) -> dict[str, str | None]:
    """The firm of a trader, with an enterprise number of its own."""
    digits = 1234000 + house
    return {"firm_name": f"Laden {house}", "firm_number": f"0{digits}{97 - digits % 97:02}", "firm_sector": None}


def tick_if_untranslated(phone: Telephone) -> None:
    """What was noted in one language alone is approved knowingly."""
    if phone.page.locator("main [name='untranslated']").count():
        phone.give(untranslated=True)


def mail_of(scene: Scene, function: str) -> str:
    """The address of whoever stands for ``function``."""
    return f"{function}.{scene.setting.key}@plp.test"
