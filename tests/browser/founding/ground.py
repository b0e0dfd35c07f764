"""From the idea to the survey: the pages of a neighbour and of the officer."""

from datetime import timedelta

from plp.demo import founding_texts as words
from plp.launch.models import Idea, Stakeholder
from plp.launch.queries.groundwork import PARTIES
from plp.partnership.models import Statement
from plp.partnership.purposes import common_purpose
from tests.browser.founding.scene import Scene, codes_in


def tell(scene: Scene) -> None:
    """Somebody tells the police an idea, without an account, and sees what became of it."""
    setting, phone = scene.setting, scene.visitor("visitor")
    trading = setting.kind == "plp_i"
    phone.go("/")
    phone.go("/idea/")
    phone.send(street=next(iter(setting.streets[0].values())), postcode=setting.postcode)
    scene.wait()
    phone.send(
        origin="traders" if trading else "resident",
        kind=setting.kind,
        words=(words.SHOPS if trading else words.IDEA)[setting.reads],
        email="idee@plp.test",
    )
    assert phone.page.url.endswith("/idea/sent/")
    phone.go("/idea/status/")
    assert Idea.objects.get().kind == setting.kind


def take_up(scene: Scene) -> None:
    """The officer reads it, says how the public reaches the zone, and begins a partnership with it."""
    setting, phone = scene.setting, scene.phone("officer")
    phone.press("main a[href*='/groundwork/ideas/']")
    phone.press("main a[href*='/groundwork/desk/']")
    phone.send(office="Prevention", telephone="080 79 00 00")
    phone.press("main a[href*='/groundwork/ideas/']")
    phone.press("main a[href$='/take-up/']")
    for language in setting.languages:
        phone.give(languages=language)
        phone.give(**{f"name_{language}": setting.town, f"purpose_{language}": common_purpose("plp")[language]})
    phone.send(key=setting.key, words=words.TAKEN_UP[setting.reads])
    scene.visitor("visitor").go("/idea/status/")


def consult(scene: Scene) -> None:
    """Three talks and the decision to go on, on one sheet."""
    phone = scene.phone("officer")
    phone.go(scene.at_home("launch", ""))
    phone.press("main a[href$='/talks/']")
    for authority, (persons, outcome) in words.TALKS.items():
        row = {"persons": persons[scene.setting.reads], "held_on": scene.today}
        row |= {"reference": f"R/{authority}", "outcome": outcome}
        phone.give(**{f"{authority}__{name}": value for name, value in row.items()})
    phone.send(goes_on=True)


def draw(scene: Scene) -> None:
    """Every street, found by a part of its name; where somebody doubts, one door is tried."""
    phone, here = scene.phone("officer"), f"/groundwork/p/{scene.setting.key}"
    for names in scene.setting.streets:
        name = next(iter(names.values()))
        phone.go(f"{here}/area/add/")
        phone.give(q=name)
        phone.press("main form button")
        phone.send(streets=True)
    if scene.setting.is_live:
        phone.send("main form:has([name=number]) button", street=name, number="3")
    assert scene.partnership.area.coverage.count() == len(scene.setting.streets)


def state(scene: Scene) -> None:
    """What each party wants."""
    phone = scene.phone("officer")
    said = words.STATEMENTS | ({} if scene.setting.kind == "plp" else words.STATEMENTS_OF_SHOPS)
    phone.go(f"/groundwork/p/{scene.setting.key}/statements/")
    phone.send(
        **{
            f"{party}_{kind}": texts[scene.setting.reads]
            for party in PARTIES[scene.setting.kind]
            for kind, texts in said[party].items()
        }
    )
    assert Statement.objects.count() == 3 * len(PARTIES[scene.setting.kind])


def inform(scene: Scene) -> None:
    """Who must know is told, with proof; then a letter in every letterbox of the area."""
    phone, here, reads = scene.phone("officer"), f"/groundwork/p/{scene.setting.key}", scene.setting.reads
    phone.go(f"{here}/stakeholders/")
    letter = {"told_on": scene.today, "means": Stakeholder.Means.LETTER, "proof": words.SAID[reads]}
    phone.send(who=words.STAKEHOLDERS[0], **letter)
    phone.go(f"{here}/informing/")
    assert phone.paper(f"{here}/informing/sheets/").startswith(b"%PDF")
    for box in phone.page.locator("[name=streets]").all():
        phone.hands.tick(box)
    phone.send("main form:has([name=means]) button", means="letter", informed_on=scene.today)


def ask(scene: Scene) -> None:
    """The homes are asked: one answers on a telephone with the code of its letter, the others on paper."""
    phone, here = scene.phone("officer"), f"/groundwork/p/{scene.setting.key}"
    phone.go(f"{here}/survey/")
    phone.send(last_day=scene.today + timedelta(days=14))
    letters = phone.page.locator("a[href*='/survey/letters/']").first.get_attribute("href")
    code = codes_in(phone.paper(f"{letters}"), r": ([a-z0-9]{3} [a-z0-9]{3} [a-z0-9]{3})(?![a-z0-9])")[0]
    neighbour = scene.visitor("visitor")
    neighbour.go("/survey/")
    for name in {one.get_attribute("name") for one in neighbour.page.locator("main input[type=radio]").all()}:
        neighbour.give(**{str(name): True})
    neighbour.send(code=code)
    scene.later(days=15)
    phone = scene.phone("officer")
    phone.go(f"{here}/survey/street/")
    phone.send(street=None, yes=5, no=1, unsure=1)
    phone.go(f"{here}/survey/close/")
    phone.send()
