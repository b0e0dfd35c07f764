"""A tour of ten minutes: a task for each role, ticked by what the journal says was done since it began."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plp.journal.queries import noted_verbs_since
from plp.portal.subjects.demo.records import QUARTER, DemoSignIn, demo_sign_ins


@dataclass(frozen=True)
class TourStop:
    """One task. ``role`` signs in, "" for a visitor; the first of ``verbs`` in the journal ticks it.

    Without verbs nothing in the data tells it: whoever did it ticks it by hand.
    """

    key: str
    role: str
    title: Any
    words: Any
    view: str
    verbs: tuple[str, ...] = ()
    of_quarter: bool = False

    @property
    def url(self) -> str:
        """Where the task begins."""
        return reverse(self.view, args=[QUARTER] if self.of_quarter else [])


STOPS = (
    TourStop(
        "write",
        "officer",
        _("Officer: write an alarm"),
        _(
            "Two false workers rang at doors. Write it for Haren, look at what members will read, "
            "and offer it for release."
        ),
        "notices:write:new",
        ("notice.submitted",),
    ),
    TourStop(
        "release",
        "deputy_officer",
        _("Second officer: release it"),
        _("Read the message in each language. You are the second person: nothing leaves without you."),
        "notices:desk:desk",
        ("notice.released",),
    ),
    TourStop(
        "relay",
        "coordinator",
        _("Coordinator: pass it on"),
        _(
            "Read it, see how many people it reaches, and relay it. Then look at the outbox: e-mail, SMS, "
            "letters and calls."
        ),
        "notices:relay:inbox",
        ("notice.relayed", "notice.relayed_by_answer"),
    ),
    TourStop(
        "join",
        "",
        _("Neighbour: join"),
        _("Without signing in, ask to join Haren. The code that we send is in the outbox."),
        "partnership:join",
        ("membership.asked",),
        of_quarter=True,
    ),
    TourStop(
        "quiet",
        "",
        _("Member: choose quiet hours"),
        _("Take the address of a member from the outbox, ask for a code, and set hours without messages."),
        "membership:self_service:ask",
        ("person.quiet_set",),
    ),
    TourStop(
        "evening",
        "committee",
        _("Steering committee: plan a meeting"),
        _("Choose day, hour and place of the next meeting of Haren, and see the letters to every door."),
        "evening:home",
        ("evening.planned",),
        of_quarter=True,
    ),
    TourStop(
        "designate",
        "chief",
        _("Chief of corps: designate an officer"),
        _("Invent a name and an address, and designate a new mandated officer. The link to sign in is in the outbox."),
        "mandates:zone",
        ("mandate.appointed",),
    ),
    TourStop(
        "report",
        "municipality",
        _("Municipality: read a yearly report"),
        _("Open the evaluation of Haren and read what was filed. Nowhere do you see a list of members."),
        "evaluation:home",
        of_quarter=True,
    ),
    TourStop(
        "outbox",
        "administrator",
        _("Administrator: shut the outbox, and open it"),
        _("See what waits, stop everything that leaves, and let it go again. You read no message."),
        "delivery:overview",
        ("delivery.resumed",),
    ),
)
BY_HAND = frozenset(stop.key for stop in STOPS if not stop.verbs)


@dataclass(frozen=True)
class TourProgress:
    """Since when the tour is walked, and what was ticked by hand."""

    since: datetime
    ticked: tuple[str, ...] = ()


def load_tour_progress() -> TourProgress:
    """How far the tour is. It began when the demonstration was built, or when somebody began it again."""
    built, kept = settings.HOME / "demo.json", settings.HOME / "tour.json"
    if kept.exists():
        read = json.loads(kept.read_text(encoding="utf-8"))
        return TourProgress(datetime.fromisoformat(read["since"]), tuple(read["ticked"]))
    return TourProgress(datetime.fromtimestamp(built.stat().st_mtime if built.exists() else 0, UTC))


def save_tour_progress(progress: TourProgress) -> None:
    """Write down how far the tour is: beside the data, since each stop signs in anew."""
    kept = {"since": progress.since.isoformat(), "ticked": sorted(set(progress.ticked))}
    (settings.HOME / "tour.json").write_text(json.dumps(kept), encoding="utf-8")


def save_tour_stop_ticked(stop_key: str) -> None:
    """Note that a stop was done of which no data tells."""
    progress = load_tour_progress()
    save_tour_progress(TourProgress(progress.since, (*progress.ticked, stop_key)))


@dataclass(frozen=True)
class TourCard:
    """A stop as it is shown: done or not, and who signs in for it."""

    stop: TourStop
    is_done: bool
    who: DemoSignIn | None


def tour_cards() -> list[TourCard]:
    """Every stop, in the order of the tour."""
    progress = load_tour_progress()
    done = noted_verbs_since({verb for stop in STOPS for verb in stop.verbs}, progress.since)
    people = {(one.key, one.area): one for one in demo_sign_ins()}
    return [
        TourCard(stop, _is_stop_done(stop, done, progress.ticked), people.get((stop.role, QUARTER))) for stop in STOPS
    ]


def _is_stop_done(stop: TourStop, done: Iterable[str], ticked: Iterable[str]) -> bool:
    return bool({*stop.verbs} & {*done}) or stop.key in ticked
