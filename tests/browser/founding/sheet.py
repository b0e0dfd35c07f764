"""The evening on paper: planned, convened and invited to, its sheet entered the next morning, its minutes approved."""

from datetime import timedelta

from plp.demo import founding_texts as words
from plp.evening.models import Decision, Meeting, Question
from plp.membership.models import Candidate, Membership
from plp.membership.states import Candidacy
from tests.browser.founding.scene import Scene
from tests.portal.membership.self_service.test_members import code_of

STANDING = {"coordinator": "Clara Muster", "deputy": "Denis Muster", "committee": "Emma Muster"}
YES, NO, ABSTAIN = 23, 2, 1


def invite(scene: Scene) -> None:
    """Date and place are fixed; the votes are prepared and a letter goes to each door."""
    setting, phone = scene.setting, scene.phone("officer")
    place, street = words.HALL[setting.reads]
    phone.go(scene.at_home("evening", ""))
    phone.press("main a[href$='/plan/']")
    day = scene.today + timedelta(days=20)
    phone.send(day=day, begins="19:00", until="21:00", place=place, street=f"{street}, {setting.town}", capacity=120)
    phone.press("main a[href$='/convene/']")
    phone.send()
    assert Meeting.objects.get().invited_at is not None


def register(scene: Scene) -> None:
    """Three neighbours register with their own telephones."""
    address = f"/p/{scene.setting.key}"
    for number, (function, name) in enumerate(STANDING.items(), start=1):
        phone = scene.visitor(function, scene.setting.reads if function == "coordinator" else "")
        phone.go(f"{address}/")
        phone.go(f"{address}/join/")
        phone.send(street=None, name=name, house=str(number))
        phone.send(use_email=True, address_email=_mail(scene, function))
        declared = ("is_adult", "lives_or_works_here", "accepts_conduct", "accepts_rules", "joins")
        phone.send(**dict.fromkeys(declared, True))
        phone.send(code=code_of())
    assert Membership.objects.count() == len(STANDING)


def _mail(scene: Scene, function: str) -> str:
    return f"{function}.{scene.setting.key}@plp.test"


def enter(scene: Scene) -> None:
    """The morning after: presence, points, four votes, an agreement, an opinion."""
    scene.later(days=21)
    phone, reads = scene.phone("officer"), scene.setting.reads
    meeting = Meeting.objects.get()
    phone.go(f"/evening/{scene.setting.key}/{meeting.pk}/sheet/")
    phone.give(persons=YES + NO + ABSTAIN)
    for point in meeting.points.all():
        phone.give(**{f"ticked-{point.position}": True})
    approval = Question.objects.get()
    phone.give(**{f"vote-{approval.pk}-{name}": count for name, count in _counts().items()})
    for number, (function, name) in enumerate(STANDING.items()):
        line = {"name": name, "function": function, "reach": _mail(scene, function), **_counts()}
        phone.give(**{f"candidate-{number}-{field}": value for field, value in line.items()})
    agreed, owner = words.AGREED[reads]
    due = scene.today + timedelta(days=60)
    agreement = {"about": Decision.About.IMPLEMENTATION, "words": agreed, "owner": owner, "due": due}
    phone.give(**{f"agreement-0-{field}": value for field, value in agreement.items()})
    phone.send(**{"opinion-0-words": words.OPINION[reads]})
    assert {candidate.state for candidate in Candidate.objects.all()} == {Candidacy.APPROVED}


def _counts() -> dict[str, int]:
    return {"yes": YES, "no": NO, "abstain": ABSTAIN}


def approve(scene: Scene) -> None:
    """The minutes are read, approved and sent; a neighbour reads them."""
    phone, meeting = scene.phone("officer"), Meeting.objects.get()
    phone.go(f"/evening/{scene.setting.key}/{meeting.pk}/minutes/")
    phone.press("main a[href$='/minutes/approve/']")
    phone.send()
    scene.visitor("visitor").go(f"/evening/p/{meeting.token}/")
