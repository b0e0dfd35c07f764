"""What is true of this installation, for the register and the assessment: read from the settings, never typed twice."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from plp.delivery.installed import usable_channels
from plp.mandates.grants import COVERING, GRANTS, Permission, Role

SEES = Permission.MEMBERS_MANAGE  # members by name


def channel_names() -> list[str]:
    """The channels by which members are reached."""
    return [str(channel.label) for channel in usable_channels().values()]


def data_recipient_rows() -> list[list[str]]:
    """Who gets data beside the partnership: who, what for, at which host."""
    named = [
        (_("E-mail supplier"), _("carries addresses and messages by e-mail"), [settings.SMTP_URL, settings.SMTP_URL_2]),
        (
            _("Supplier of text messages"),
            _("carries numbers and short messages"),
            [settings.SMS_URL, settings.SMS_URL_2],
        ),
        (_("Supplier of telephone calls"), _("carries numbers and messages that are read aloud"), [settings.VOICE_URL]),
        (_("Mailbox of answers"), _("keeps what coordinators and members answer"), [settings.IMAP_URL]),
    ]
    rows = [[who, why, _host_or_supplier(url)] for who, why, urls in named for url in urls if url]
    rows += [
        [_("Push service of a browser"), _("carries sealed messages to a telephone"), host]
        for host in settings.PUSH_HOSTS
    ]
    rows.append([_("Police zone and municipality"), _("counts; names only with consent or by the charter"), "–"])
    return rows


def _host_or_supplier(url: str) -> str:
    """The host of a server; of a supplier of SMS over HTTP its name, which stands where others have ``http``."""
    parts = urlsplit(url)
    is_server = parts.scheme.startswith(("http", "smpp", "smtp", "imap", "sip"))
    return (parts.hostname if is_server else parts.scheme) or "–"


def role_member_access_rows() -> list[list[str]]:
    """Each role, and whether it sees members by name."""
    yes, no = _("yes, each look is recorded"), _("no")
    covers = _("only during an absence of the coordinator; each look is recorded")
    return [
        [str(role.label), yes if SEES in GRANTS[role] else covers if role == Role.DEPUTY and SEES in COVERING else no]
        for role in Role
    ]


def protective_measures() -> list[str]:
    """What protects the data here, as it is set."""
    lines = [
        _("Names, addresses, numbers and reports are encrypted in the database; the key lies outside of it."),
        _("Everybody with a role signs in with a second proof; rights end with the role."),
        _("Each act is written to a chained record that cannot be changed unseen."),
        _("What is old is erased every day by the worker; erasures are done again after a backup is brought back."),
        _("Messages from the police need two persons."),
        _("No page asks anything of another site."),
    ]
    if settings.ORIGIN.startswith("https://"):
        lines.append(_("The pages are reached by an encrypted connection alone."))
    if settings.BACKUP_RECIPIENT:
        lines.append(_("Backups are encrypted to a key that is not on this machine."))
    if settings.ALARM_TO:
        lines.append(_("Somebody is told by e-mail when the machine needs help."))
    if not settings.PUSH_HOSTS:
        lines.append(_("No message goes by the push service of a browser."))
    return lines


def missing_safeguards() -> list[str]:
    """What is not set, and what to do."""
    lines = []
    if not settings.ORIGIN.startswith("https://"):
        lines.append(_("The pages are not reached by an encrypted connection: set PLP_ORIGIN to an https address."))
    if not settings.BACKUP_RECIPIENT:
        lines.append(_("Backups are not encrypted to a key: set PLP_BACKUP_RECIPIENT."))
    if not settings.ALARM_TO:
        lines.append(_("Nobody is told when the machine needs help: set PLP_ALARM_TO."))
    if not settings.DPO:
        lines.append(_("No paper names the data protection officer: set PLP_DPO to a name and a contact."))
    if any("starttls=off" in url for url in (settings.SMTP_URL, settings.SMTP_URL_2)):
        lines.append(_("Mail leaves without encryption: take starttls=off out of PLP_SMTP_URL."))
    return lines
