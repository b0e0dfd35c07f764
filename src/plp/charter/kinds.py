"""The kinds of message (R108) as data: what each needs, how urgent it is, and the plan a new partnership begins with.

Stored keys are for ever. A tenth kind is a new row here, with its texts; nothing else compares a kind.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

WHAT_TO_DO, HOW_TO_PREVENT = _("What should people do?"), _("What can people do against it?")
QUICKEST_FIRST = ("sms", "webpush", "calls", "email", "paper")
CHEAPEST_FIRST = ("email", "webpush", "sms", "paper", "calls")
ENDS, WHEN, NEWCOMERS = "expires_at", "send_at", "reaches_newcomers"
HAPPENED, ABOUT = _("What has happened"), _("What it is about")


class Office(models.TextChoices):
    """Who reads what a member writes back. The police read what a witness says; nobody answers to all (R127)."""

    COORDINATOR = "coordinator", _("the coordinator")
    POLICE = "police", _("the police")


@dataclass(frozen=True)
class MessageKind:
    """What holds for every message of this kind, in every partnership.

    ``short_limit``: characters of the short text (R128). ``expiry_minutes``: the longest life; an alarm ends (R111).
    ``needs_reference``: only from an official source (R125). ``needs_origin``: answers an earlier message.
    ``may_be_direct``: the plan may let it pass without the coordinator (R106).
    ``feedback_hours``: when feedback is due. ``relay_minutes``: how long a relay has in a proposed plan, where the
    usual term is too long. ``opening``: the title above the words of the police in a letter that is easy to read
    (R66). ``answers_to``: who reads what members write back; the plan may only narrow it to the police (R127).
    ``answer_days``: it asks members to answer, so many days unless the police say another. ``question``: what every
    message of the kind should tell people (R109). ``fields``: what its form asks beside the words and what every form
    asks, and nothing else (R108). ``channels``: in which order a proposed plan takes those that are installed.
    """

    key: str
    label: Any
    help: Any
    urgent: bool = False
    short_limit: int = 320
    expiry_minutes: int | None = None
    needs_reference: bool = False
    needs_origin: bool = False
    may_be_direct: bool = False
    feedback_hours: int | None = None
    relay_minutes: int | None = None
    opening: Any = HAPPENED
    answers_to: Office = Office.POLICE
    answer_days: int | None = None
    question: Any = ""
    fields: tuple[str, ...] = ()
    channels: tuple[str, ...] = CHEAPEST_FIRST

    @property
    def may_be_muted(self) -> bool:
        """Whether a member may want none of these: never what is urgent, never the end of what they received (R115)."""
        return not (self.urgent or self.needs_origin)


_KINDS = (
    MessageKind(
        "alarm",
        _("Alarm"),
        _("Something is happening now: what, in which street, when, and what people should do."),
        urgent=True,
        expiry_minutes=240,
        may_be_direct=True,
        feedback_hours=24,
        channels=QUICKEST_FIRST,
        question=WHAT_TO_DO,
        fields=(ENDS, NEWCOMERS),
    ),
    MessageKind(
        "feedback",
        _("Feedback"),
        _("What became of an earlier alarm, as far as the investigation allows, and a word of thanks."),
        needs_origin=True,
        relay_minutes=240,
    ),
    MessageKind(
        "advice",
        _("Preventive advice"),
        _("How offenders work and what one can do about it."),
        opening=ABOUT,
        answers_to=Office.COORDINATOR,
        question=HOW_TO_PREVENT,
        fields=(WHEN, ENDS),
    ),
    MessageKind(
        "infoflash",
        _("Digest"),
        _("Several incidents of the past days together."),
        question=HOW_TO_PREVENT,
        fields=(WHEN,),
    ),
    MessageKind(
        "information_request",
        _("Request for information"),
        _("Who saw or heard something? Answers go to the police alone."),
        expiry_minutes=3 * 24 * 60,
        answer_days=7,
        question=_("What should whoever saw something do?"),
        fields=("answer_by", WHEN, NEWCOMERS),
    ),
    MessageKind(
        "missing_person",
        _("Missing person"),
        _("Only with the reference of the official notice. It is withdrawn when the person is found."),
        urgent=True,
        expiry_minutes=2 * 24 * 60,
        needs_reference=True,
        may_be_direct=True,
        channels=("sms", "webpush", "email", "calls", "paper"),
        question=_("What should whoever sees the person do?"),
        fields=("official_reference", ENDS, NEWCOMERS),
    ),
    MessageKind(
        "calamity",
        _("Disaster"),
        _("Smoke, water, a closed road: what to do now."),
        urgent=True,
        expiry_minutes=720,
        may_be_direct=True,
        relay_minutes=15,  # as soon as an alarm
        channels=QUICKEST_FIRST,
        question=WHAT_TO_DO,
        fields=(ENDS, NEWCOMERS),
    ),
    MessageKind(
        "supralocal",
        _("Message from a wider area"),
        _("From a wider area, by agreement with the police of that area."),
        opening=ABOUT,
        question=WHAT_TO_DO,
        fields=(ENDS, WHEN),
    ),
    MessageKind(
        "newsletter",
        _("Newsletter"),
        _("Measures, an overview of messages, news from the police and solved cases."),
        short_limit=480,
        opening=ABOUT,
        answers_to=Office.COORDINATOR,
        fields=(WHEN,),
    ),
)

KINDS: dict[str, MessageKind] = {kind.key: kind for kind in _KINDS}
MUTABLE = [(kind.key, kind.label, kind.help) for kind in _KINDS if kind.may_be_muted]
CHOICES = [(kind.key, kind.label) for kind in _KINDS]
