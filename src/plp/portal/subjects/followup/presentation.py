"""What the pages show of a message: its title in the language of the page, else in the one there is; how it went."""

from django.utils.translation import gettext as _

from plp.documents.dates import MINUTE, duration_text_in_largest_unit
from plp.notices.models import Notice


def notice_title(notice: Notice, language: str) -> str:
    """The title of a message; its kind where it has none."""
    titles = {text.language: text.title for text in notice.texts.all()}
    return titles.get(language) or next(iter(titles.values()), "") or str(notice.get_kind_display())


def relay_delay_text(notice: Notice) -> str:
    """How soon after its release a message went to the members."""
    released, relayed = notice.release.at, notice.relay.at
    if relayed - released < MINUTE:
        return _("Passed on at once")
    return _("Passed on after %(long)s") % {"long": duration_text_in_largest_unit(released, relayed)}
