"""The evening on paper: planned, convened and invited to, its sheet entered the next morning, its minutes approved."""

from datetime import timedelta

from plp.demo import founding_texts as words
from plp.evening.models import Decision, Meeting
from plp.membership.models import Candidate, Membership
from plp.membership.states import Candidacy, Function
from tests.browser.founding.scene import Scene
from tests.browser.founding.steps import STANDING, join, mail_of, plan_and_convene, tick_if_untranslated

YES, NO, ABSTAIN = 23, 2, 1


def invite(scene: Scene) -> None:
    """Date and place are fixed; the votes are prepared and everybody is invited."""
    plan_and_convene(scene)
    assert Meeting.objects.get().invited_at is not None


def register(scene: Scene) -> None:
    """Three neighbours register with their own telephones."""
    for house, function in enumerate(STANDING, start=1):
        join(scene, function, house)
    assert Membership.objects.count() == len(STANDING)


def enter(scene: Scene) -> None:
    """The morning after: presence, points, four votes, an agreement, an opinion; by the second officer."""
    scene.later(days=21)
    phone, reads = scene.phone("second"), scene.setting.reads
    meeting = Meeting.objects.get()
    phone.go(f"/evening/{scene.setting.key}/{meeting.pk}/sheet/")
    phone.give(persons=YES + NO + ABSTAIN)
    for point in meeting.points.all():
        phone.give(**{f"ticked-{point.position}": True})
    phone.give(**{f"vote-approval-{name}": count for name, count in _counts().items()})
    for number, (function, name) in enumerate(STANDING.items()):
        line = {"name": name, "function": function, "reach": mail_of(scene, function), **_counts()}
        phone.give(**{f"candidate-{number}-{field}": value for field, value in line.items()})
    agreed, owner = words.AGREED[reads], STANDING[Function.COORDINATOR]
    due = scene.today + timedelta(days=60)
    agreement = {"about": Decision.About.IMPLEMENTATION, "words": agreed, "owner": owner, "due": due}
    phone.give(**{f"agreement-0-{field}": value for field, value in agreement.items()})
    phone.send(**{"opinion-0-about": "messages", "opinion-0-view": "doubts"})
    assert {candidate.state for candidate in Candidate.objects.all()} == {Candidacy.APPROVED}


def _counts() -> dict[str, int]:
    return {"yes": YES, "no": NO, "abstain": ABSTAIN}


def approve(scene: Scene) -> None:
    """The minutes are read, approved and sent by another than who entered the sheet; a neighbour reads them."""
    phone, meeting = scene.phone("officer"), Meeting.objects.get()
    phone.go(f"/evening/{scene.setting.key}/{meeting.pk}/minutes/")
    phone.press("main a[href$='/minutes/approve/']")
    tick_if_untranslated(phone)
    phone.send()
    scene.visitor("visitor").go(f"/evening/p/{meeting.token}/")
