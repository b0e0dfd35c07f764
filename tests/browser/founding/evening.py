"""The evening: planned, invited to, led from the chair's telephone, minuted. Printing ballots prepares the votes."""

from datetime import timedelta

from plp.demo import founding_texts as words
from plp.evening.models import Decision, Meeting, Question
from plp.membership.models import Membership
from plp.membership.states import Function
from tests.browser.founding.scene import Scene, codes_in
from tests.browser.founding.steps import STANDING, join, plan_and_convene, tick_if_untranslated

HANDS = {"h__yes": 20, "h__no": 2, "h__abstain": 1}
CODE = r"Code ([a-z0-9]{3}(?: [a-z0-9]{3}){2})(?![a-z0-9])"


def invite(scene: Scene) -> None:
    """Date and place are fixed; a letter goes to each door."""
    phone = plan_and_convene(scene)
    letters = phone.page.locator("main a[href*='letters.pdf']").first.get_attribute("href")
    assert phone.paper(f"{letters}").startswith(b"%PDF")
    while phone.page.locator("button[name=carried]").count():
        phone.send("button[name=carried]")


def register(scene: Scene) -> None:
    """Three neighbours register with their own telephones, and agree to stand for an office."""
    officer = scene.phone("officer")
    for house, function in enumerate(STANDING, start=1):
        mail = join(scene, function, house)
        officer.go(f"/mandates/quarters/{scene.setting.key}/propose/")
        officer.send(function=function, contact=mail, name=STANDING[function], agrees=True)
    assert Membership.objects.count() == len(STANDING)


def _here(scene: Scene) -> str:
    return f"/evening/{scene.setting.key}/{Meeting.objects.get().pk}"


def meet(scene: Scene) -> None:
    """Doors, seven points, votes by hands, on paper and on a telephone together; an opinion; an agreement."""
    scene.later(days=20, hour=19)
    phone, here = scene.phone("officer"), _here(scene)
    phone.go(f"{here}/papers/")
    codes = _ballots(scene)
    phone.go(f"{here}/chair/")
    phone.send("button[name=open_doors]")
    phone.go(f"{here}/presence/")
    phone.send("form:has([name=persons]) button", persons=30)
    phone.go(f"{here}/chair/")
    phone.send("button[name=show]")
    for _question in Question.objects.all():
        phone.send("button[name=open_vote]")
    _votes_by_telephone(scene)
    _count(scene, codes[:2])
    phone.go(f"{here}/chair/")
    for _point in range(7):
        phone.send("button[name=next]", record=words.SAID[scene.setting.reads])
    _answer_and_agree(scene)
    phone.go(f"{here}/end/")
    phone.send()
    assert {(one.yes, one.no, one.abstain) for one in Question.objects.all()} == {(23, 2, 1)}


def _count(scene: Scene, codes: list[str]) -> None:
    """Hands and torn-off codes of two ballots are entered for every question, and the vote is closed."""
    phone, here = scene.phone("officer"), _here(scene)
    for question in Question.objects.all():
        phone.go(f"{here}/votes/{question.pk}/")
        phone.send("button[name=hands]", **HANDS)
        phone.send("button[name=paper]", p__yes=2, p__no=0, p__abstain=0, p__codes="\n".join(codes))
        phone.press("main a[href$='/close/']")
        phone.send()


def _ballots(scene: Scene) -> list[str]:
    """Print six ballots and read their codes from the paper."""
    phone = scene.phones["officer"]
    phone.give(number=6)
    with phone.page.expect_download() as printed:
        phone.hands.strike(phone.page.locator("button[name=ballots]"))
    return codes_in(printed.value.path().read_bytes(), CODE)


def _votes_by_telephone(scene: Scene) -> None:
    """A neighbour says that two came, takes a code at the door, and votes."""
    chair, phone, here = scene.phone("officer"), scene.visitor("visitor"), _here(scene)
    door = f"/evening/p/{Meeting.objects.get().token}"
    phone.go(f"{door}/")
    phone.go(f"{door}/here/")
    phone.send(persons=2)
    chair.go(f"{here}/door/")
    chair.send()
    link = chair.page.url.rstrip("/").rpartition("/")[2]
    phone.go(f"{door}/door/{link}/")
    phone.send()  # yes, take the code
    phone.press("main .actions a")  # to the ballot
    for question in Question.objects.all():
        phone.give(**{str(question.pk): "yes"})
    phone.send("button[name=choose]")


def _answer_and_agree(scene: Scene) -> None:
    """An opinion given aloud is noted and gets its answer; something is agreed, with owner and day."""
    phone, here, reads = scene.phone("officer"), _here(scene), scene.setting.reads
    phone.go(f"{here}/voices/")
    phone.send("button[name=opinion]", opinion__about="messages", opinion__view="doubts")
    phone.press("main a[href$='/answer/']")
    phone.send(answer=words.ANSWER[reads])
    agreed, owner = words.AGREED[reads], STANDING[Function.COORDINATOR]
    phone.go(f"{here}/agreements/")
    due = scene.today + timedelta(days=60)
    phone.send("button[name=add]", about=Decision.About.IMPLEMENTATION, words=agreed, owner=owner, due=due)


def minute(scene: Scene) -> None:
    """The minutes are written from what was noted, corrected, approved and sent by another; a neighbour reads them."""
    scene.later(days=3)
    phone, here = scene.phone("officer"), _here(scene)
    phone.go(f"{here}/minutes/")
    phone.send()
    phone.press(f"main a[href$='/minutes/{scene.setting.languages[0]}/']")
    phone.send()
    second = scene.phone("second")
    second.go(f"{here}/minutes/")
    second.press("main a[href$='/minutes/approve/']")
    tick_if_untranslated(second)
    second.send()
    scene.visitor("visitor").go(f"/evening/p/{Meeting.objects.get().token}/")
