"""Files given to the browser: never opened as a page of ours (docs/security.md#browser)."""

import re

from django.http import HttpResponse
from django.utils.translation import pgettext_lazy

# The words with which the names of our files begin: as they stand in the code, and for the reader.
STEMS = {
    "annex": pgettext_lazy("file name", "annex"),
    "appeal": pgettext_lazy("file name", "appeal"),
    "ballots": pgettext_lazy("file name", "ballots"),
    "calendar": pgettext_lazy("file name", "calendar"),
    "call-list": pgettext_lazy("file name", "call-list"),
    "card": pgettext_lazy("file name", "card"),
    "charter": pgettext_lazy("file name", "charter"),
    "contacts": pgettext_lazy("file name", "contacts"),
    "deliveries": pgettext_lazy("file name", "deliveries"),
    "evaluation": pgettext_lazy("file name", "evaluation"),
    "evening": pgettext_lazy("file name", "evening"),
    "evening-kit": pgettext_lazy("file name", "evening-kit"),
    "evenings": pgettext_lazy("file name", "evenings"),
    "figures": pgettext_lazy("file name", "figures"),
    "file": pgettext_lazy("file name", "file"),
    "financing": pgettext_lazy("file name", "financing"),
    "guide": pgettext_lazy("file name", "guide"),
    "handover": pgettext_lazy("file name", "handover"),
    "interior": pgettext_lazy("file name", "interior"),
    "letter": pgettext_lazy("file name", "letter"),
    "letters": pgettext_lazy("file name", "letters"),
    "mandates": pgettext_lazy("file name", "mandates"),
    "meeting": pgettext_lazy("file name", "meeting"),
    "meetings": pgettext_lazy("file name", "meetings"),
    "member": pgettext_lazy("file name", "member"),
    "message": pgettext_lazy("file name", "message"),
    "messages": pgettext_lazy("file name", "messages"),
    "minutes": pgettext_lazy("file name", "minutes"),
    "my-data": pgettext_lazy("file name", "my-data"),
    "plan": pgettext_lazy("file name", "plan"),
    "police": pgettext_lazy("file name", "police"),
    "proof": pgettext_lazy("file name", "proof"),
    "question": pgettext_lazy("file name", "question"),
    "register": pgettext_lazy("file name", "register"),
    "rounds": pgettext_lazy("file name", "rounds"),
    "rules": pgettext_lazy("file name", "rules"),
    "sheets": pgettext_lazy("file name", "sheets"),
    "slip": pgettext_lazy("file name", "slip"),
    "step-plan": pgettext_lazy("file name", "step-plan"),
    "survey": pgettext_lazy("file name", "survey"),
    "welcome": pgettext_lazy("file name", "welcome"),
}
BEGINS = re.compile(rf"(?P<ours>plp-)?(?P<stem>{'|'.join(sorted(STEMS, key=len, reverse=True))})(?=[-.])")


def download(content: bytes, *, name: str, content_type: str, inline: bool = False) -> HttpResponse:
    """A file as answer, in a sandbox of its own.

    ``name`` is ours (letters, digits, dash, dot), never a name that somebody typed; a word of ``STEMS`` with which it
    begins is said in the reader's language. ``inline`` shows it in the browser instead of saving it (a PDF to print).
    """
    answer = HttpResponse(content, content_type=content_type)
    answer.headers["Content-Disposition"] = (
        f'{"inline" if inline else "attachment"}; filename="{localised_file_name(name)}"'
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def localised_file_name(name: str) -> str:
    """``name`` as the reader's language says it: ``plp-guide-member.pdf``, ``plp-handleiding-member.pdf``."""
    found = BEGINS.match(name)
    return f"{found['ours'] or ''}{STEMS[found['stem']]}{name[found.end() :]}" if found else name
