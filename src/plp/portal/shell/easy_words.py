"""What the pages of members are for, in easy words, at their head; and a film, where an installation has one.

One idea a sentence, short words, no clause beside another: as easy language asks (FALC, Leichte Sprache, eenvoudige
taal).
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

register = template.Library()
EASY_WORDS: Mapping[str, Any] = {  # the name of a page -> a sentence a line
    "home:start": _(
        "Neighbours and the police work together here.\nThe police write messages. You read them.\n"
        "Does your street take part? Press the first button.\nAre you in danger? Phone 101 or 112."
    ),
    "partnership:partnership": _(
        "This page is about one neighbourhood.\nDo you want its messages? Press the button to join.\n"
        "It costs nothing. You can stop at any time.\nDo you have a question? Phone or write to us."
    ),
    "partnership:join": _(
        "You want to join.\nWrite your name, your street and your number.\nSay how we can reach you.\n"
        "Then we send you a code. Type it in."
    ),
    "membership:self_service:ask": _(
        "Here you read your messages.\nType your e-mail address or your mobile number.\nWe send you a code.\n"
        "You need no password."
    ),
    "membership:self_service:code": _(
        "We sent you a code.\nLook in your e-mail or on your telephone.\nType the digits here.\n"
        "Is there no code? Wait some minutes."
    ),
    "membership:self_service:messages": _(
        "These are the messages from the police.\nThe newest comes first.\nPress a title to read the message.\n"
        "Do you want no more messages? Press the button to stop, below."
    ),
    "membership:self_service:settings": _(
        "Say here how we reach you.\nYou can change your name and your language.\nYou can take a break.\n"
        "You can stop at any time."
    ),
    "sightings:start": _(
        "Did you see something strange?\nIs it happening now? Phone 101.\nIs it over? Tell us here.\n"
        "The police read it, your neighbours do not. You need not say who you are."
    ),
    "partnership:check": _(
        "You got a message. Is it real?\nThere is a check code at its end.\nType the code here.\n"
        "We tell you whether the message is ours."
    ),
    "partnership:stop": _(
        "Do you want no more messages?\nPress the button. Then they stop.\n"
        "Did you change your mind? You can take it back."
    ),
}


@register.inclusion_tag("shell/components/easy_words.html", takes_context=True)
def easy_words(context: dict[str, Any]) -> dict[str, Any]:
    """The easy words of this page and the film in its language; nothing for staff, where none are written, and on
    a page that ``hides_easy_words``: that of what has ended is a few sentences and invites to nothing.
    """
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    is_staff = getattr(request, "person", None) is not None
    is_hidden = context.get("bare") or context.get("hides_easy_words") or is_staff
    words = "" if match is None or is_hidden else EASY_WORDS.get(match.view_name, "")
    return {"words": words, "film": settings.FILMS.get(get_language() or "", "")}
