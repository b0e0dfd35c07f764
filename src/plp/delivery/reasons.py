"""Why a supplier is not used at the moment, and which one, in words for whoever runs the machine."""

from django.utils.translation import gettext_lazy as _

from plp.delivery.installed import channels

WORDS = {  # how a reason ends, behind the name of what was spoken to
    "unreachable": _("it cannot be reached"),
    "no-answer": _("it does not answer"),
    "cut": _("it breaks off"),
    "certificate": _("its certificate is not trusted"),
    "starttls": _("it does not encrypt"),
    "sign-in": _("it refuses the name or the password"),
    "setting": _("a setting is wrong"),
    "no-server": _("it is not set up"),
    "not-set-up": _("it is not set up"),
    "off": _("it is not set up"),
}


def reason_in_words_with_key(reason: str) -> str:
    """A reason in words, with the key by which the handbook and the log name it; the key alone where none are known."""
    words = next((words for end, words in WORDS.items() if reason.endswith(f"-{end}")), "")
    return f"{words} ({reason})" if words else reason


def outage_in_words_with_substitute(reason: str, substitute: str = "") -> str:
    """A reason in words, and which supplier, ``sms 2``, serves meanwhile."""
    words = reason_in_words_with_key(reason)
    if not substitute:
        return words
    return str(_("%(reason)s; meanwhile %(supplier)s serves")) % {
        "reason": words,
        "supplier": supplier_name(substitute),
    }


def supplier_name(supplier_key: str) -> str:
    """The supplier ``sms 2`` as the second one of its channel, by the name of the channel."""
    name, _space, number = supplier_key.partition(" ")
    channel = channels().get(name)
    return f"{channel.label} {number}".strip() if channel else supplier_key
