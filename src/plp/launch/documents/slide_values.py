"""What only the slides of the evening show: the ways of the messages as pictures, and the costs in three columns."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.charter.kinds import KINDS
from plp.charter.models import FinancingPlan, PlanRule
from plp.charter.plan_in_words import sending_hours_in_words, urgent_hours_in_words
from plp.delivery.installed import channels
from plp.documents import Grid, PictureCard, PictureCards, Value
from plp.launch.documents.channel_choices import typed_channels_quickest_first

WAYS: dict[str, tuple[str, Any]] = {  # the illustration of a way, and a word that is read from the last row
    "sms": ("mobile", gettext_lazy("SMS")),
    "webpush": ("bell", gettext_lazy("Notification")),
    "calls": ("telephone", gettext_lazy("Phone call")),
    "email": ("envelope", gettext_lazy("E-mail")),
    "paper": ("letterbox", gettext_lazy("Letter")),
}
USUAL_COSTS: tuple[tuple[str, Any], ...] = (  # what a partnership may have to pay for, before anything is settled
    ("mobile", gettext_lazy("Messages")),
    ("letterbox", gettext_lazy("Letters")),
    ("pin", gettext_lazy("Signs and stickers")),
    ("meeting", gettext_lazy("Hall")),
)


def picture_cards_of_plan_channels(rules: Sequence[PlanRule]) -> PictureCards | None:
    """Every way by which the plan reaches somebody, those of the alarm first; before a plan, those of the form."""
    ordered = sorted(rules, key=lambda rule: list(KINDS).index(rule.kind))
    installed = channels()
    keys = dict.fromkeys(key for rule in ordered for key in rule.channels)
    planned = [installed[key] for key in keys if key in installed]
    cards = [_channel_card(channel.key, str(channel.label)) for channel in planned or typed_channels_quickest_first()]
    return PictureCards(cards) if cards else None


def _channel_card(key: str, label: str) -> PictureCard:
    illustration, word = WAYS.get(key, ("speech", label))
    return PictureCard(illustration, str(word))


def sending_hours_text(rules: Sequence[PlanRule]) -> str | None:
    """When messages leave: the urgent ones, and within which hours all others; ``None`` without a plan."""
    others = [rule for rule in rules if not KINDS[rule.kind].urgent]
    if not others:
        return None
    begins = [rule.hours_from for rule in others if rule.hours_from]
    ends = [rule.hours_until for rule in others if rule.hours_until]
    have_hours = len(begins) == len(ends) == len(others)
    hours = sending_hours_in_words(min(begins), max(ends)) if have_hours else sending_hours_in_words(None, None)
    always = urgent_hours_in_words()
    return _("Urgent: %(always)s. The rest: %(hours)s.") % {"hours": hours, "always": always}


def costs_for_slide(plan: FinancingPlan | None, language: str, spoken: Sequence[str]) -> Value:
    """The costs in three columns that are read from the last row: what, a year, who pays; while none is settled, what
    may cost something, as pictures.
    """
    lines = plan.lines.all() if plan else ()
    rows = [
        [
            line.text_in("what", language, spoken),
            _euros_text_without_zero_cents(line.yearly),
            capfirst(str(line.get_payer_display())),
        ]
        for line in lines
    ]
    if rows:
        return Grid([_("What"), _("A year"), _("Who pays")], rows)
    if plan and plan.costs_nothing:
        return _("There are no costs.")
    return PictureCards([PictureCard(illustration, str(words)) for illustration, words in USUAL_COSTS])


def _euros_text_without_zero_cents(amount: Decimal) -> str:
    """An amount without cents where there are none, the sign where the language puts it."""
    return _("€\xa0%s") % formats.number_format(amount, 0 if amount == amount.to_integral_value() else 2)
