"""The plan in plain language: one sentence an idea, the same on the page and on paper (R94, R104)."""

import re
from collections.abc import Iterable
from datetime import time

from django.utils.text import get_text_list
from django.utils.translation import get_language, get_language_info, ngettext, npgettext
from django.utils.translation import gettext as _

from plp.charter.kinds import KINDS, Office
from plp.charter.rules import MessageRule
from plp.delivery.installed import channels
from plp.documents.dates import hour_text
from plp.mandates.grants import Role

HOUR, DAY = 60, 24 * 60  # minutes


def roles_in_words(keys: Iterable[str]) -> str:
    """The names of roles, as a choice: "coordinator or deputy coordinator"."""
    names = [str(Role(key).label) for key in keys]
    return _(" or ").join(names)


def channels_in_words(keys: Iterable[str]) -> str:
    """The names of channels in their order, within a sentence: "SMS, then e-mail"."""
    known = channels()
    return _(", then ").join(
        lower_case_name_unless_acronym_or_german(str(known[key].label)) for key in keys if key in known
    )


def kinds_in_words(keys: Iterable[str]) -> str:
    """The names of kinds of message as a list: "Alarm, digest, newsletter"."""
    first, *others = (str(KINDS[key].label) for key in keys)
    return ", ".join([first, *map(lower_case_name_unless_acronym_or_german, others)])


def lower_case_name_unless_acronym_or_german(name: str) -> str:
    """A name within a sentence: a small letter, but not for an abbreviation, nor for a German noun."""
    is_german_noun = get_language() == "de" and not re.match(r"\w+e [A-ZÄÖÜ]", name)  # an adjective stands first
    return name if is_german_noun or name[1:2].isupper() else name[:1].lower() + name[1:]


def duration_in_words(minutes: int) -> str:
    """A length of time: whole days as "2 days", any other as "4 hours 30 minutes"."""
    days, rest = divmod(minutes, DAY)
    if rest == 0:
        return npgettext("within, after", "%d day", "%d days", days) % days  # German: the dative
    return hours_and_minutes_in_words(minutes)


def hours_and_minutes_in_words(minutes: int) -> str:
    """``75`` as "1 hour 15 minutes", in the active language."""
    hours, rest = divmod(minutes, HOUR)
    words = [ngettext("%d hour", "%d hours", hours) % hours] if hours else []
    words += [ngettext("%d minute", "%d minutes", rest) % rest] if rest or not hours else []
    return " ".join(words)


def sending_hours_in_words(first: time | None, last: time | None) -> str:
    """Between which hours messages leave: "at any hour", "from 08:00 to 21:00"."""
    if first is None or last is None:
        return _("at any hour")
    return _("from %(first)s to %(last)s") % {
        "first": hour_text(first),
        "last": hour_text(last),
    }


def urgent_hours_in_words() -> str:
    """When urgent messages leave: the quiet hours that members chose hold them back, unless they accept alarms then."""
    return _("at any hour; not in the quiet hours of a member, unless the member accepts alarms then")


def silence_in_words(days: int) -> str:
    """After how long without a message both sides are told (R130)."""
    words = _("The police send at least one message within %s. If not, the coordinator and the police are told.")
    return words % duration_in_words(days * DAY)


def _who_reads_answers_sentence(rule: MessageRule) -> str:
    """Who reads what a member writes back (R127)."""
    if rule.office_for_answers == Office.POLICE:
        return _("Whoever answers it writes to the police alone.")
    return _("Whoever answers it writes to the coordinator; the police read it first.")


def supralocal_in_words(takes: bool) -> str:
    """What happens to messages of the police of other zones (R120)."""
    if takes:
        return _(
            "The police of other zones may offer a message. The police here read it first: they accept or refuse it."
        )
    return _("No message of the police of other zones is taken over.")


def escalation_in_words(rule: MessageRule) -> list[str]:
    """Who gets a message after how long without release, and without relay."""
    release, relay = (
        deadline_or_working_day_in_words(minutes or rule.default_term_minutes)
        for minutes in (rule.release_minutes, rule.relay_minutes)
    )
    sentences = [_("If nobody releases it within %s, the chief of corps is told.") % release]
    if rule.route != "direct":
        words = _("If nobody relays it within %s, it goes to the next one: deputy, committee, at last the police.")
        sentences.append(words % relay)
    return sentences


def deadline_or_working_day_in_words(minutes: int | None) -> str:
    """A length of time, or to the next working day."""
    return duration_in_words(minutes) if minutes else _("one working day")


def languages_in_words(codes: Iterable[str]) -> str:
    """``French and Dutch``, in the active language."""
    names = [str(get_language_info(code)["name_translated"]) for code in codes]
    return get_text_list(names, _("and"))


def rule_sentences(rule: MessageRule) -> list[str]:
    """How messages of this kind travel, in short sentences."""
    told = [
        _("It is written by: %s.") % roles_in_words(rule.writers),
        _("A second person releases it: %s.") % roles_in_words(rule.releasers),
    ]
    if rule.route == "direct":
        told.append(_("It goes directly to the members."))
    else:
        told.append(_("It is then relayed by: %s.") % roles_in_words(rule.relayers))
    told.append(_("It goes by %s, as each member chose.") % channels_in_words(rule.channels))
    urgent = KINDS[rule.kind].urgent
    told.append(
        _("It leaves %s.") % (_("at any hour") if urgent else sending_hours_in_words(rule.hours_from, rule.hours_until))
    )
    if rule.expiry_minutes:
        told.append(_("What has not left after %s is not sent any more.") % duration_in_words(rule.expiry_minutes))
    if rule.feedback_hours:
        told.append(_("Feedback follows within %s.") % duration_in_words(rule.feedback_hours * HOUR))
    if rule.required_languages:
        told.append(_("It leaves only once it is written in: %s.") % languages_in_words(rule.required_languages))
    told += escalation_in_words(rule)
    told.append(_who_reads_answers_sentence(rule))
    if rule.acknowledged:
        told.append(_("Members can say in one touch that they read it."))
    return told
