"""The door for a virus scanner: a command of the operator's choice looks at every file that strangers send."""

import shlex
import subprocess

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused

SECONDS = 30


class Infected(Refused):
    """The scanner found something."""

    sentence = _("This file was refused by the virus scanner. Send another one, or none.")


class NotScanned(Refused):
    """The scanner could not look: then nothing is taken (fail closed)."""

    sentence = _("Files cannot be taken at this moment. Go on without the file, or try again later.")


def scan_for_viruses(content: bytes) -> None:
    """Give ``content`` on standard input to ``PLP_SCAN_COMMAND``: 0 is clean, 1 is infected, all else is no answer.

    Without a command nothing is scanned. Raises ``Infected`` or ``NotScanned``.
    """
    command = shlex.split(settings.SCAN_COMMAND)
    if not command:
        return
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - the operator's own setting
    except (OSError, subprocess.TimeoutExpired) as broken:
        raise NotScanned from broken
    if done.returncode == 1:
        raise Infected
    if done.returncode != 0:
        raise NotScanned
