"""Who reads a page, for the scripts on it: a mark that names nobody, the same in each page of one reader."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString

from plp.people.models import Person

register = template.Library()
MEMBER, STAFF = "m", "s"


def pseudonym_of_reader(request: HttpRequest) -> str:
    """``m-…`` for a member, ``s-…`` for staff, empty for nobody. The same person as staff is another reader."""
    person: Person | None = getattr(request, "person", None)
    kind, who = (STAFF, person) if person else (MEMBER, getattr(request, "member", None))
    return (
        f"{kind}-{salted_hmac('plp.reader', f'{kind}{who.pk.hex}', algorithm='sha256').hexdigest()[:24]}" if who else ""
    )


@register.simple_tag(takes_context=True)
def reader_pseudonym_meta(context: dict[str, Any]) -> SafeString | str:
    """The mark, where the browser finds it; nothing on a page that was drawn before it was known who reads."""
    request = context.get("request")
    if request is None or not hasattr(request, "person"):
        return ""
    return format_html(
        '<meta name="reader" content="{}" data-worker="{}">', pseudonym_of_reader(request), reverse("shell:worker")
    )
