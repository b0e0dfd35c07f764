"""What the pages show of a message: its title in the language of the page, else in the one there is."""

from plp.notices.models import Notice


def title_of(notice: Notice, language: str) -> str:
    """The title of a message; its kind where it has none."""
    titles = {text.language: text.title for text in notice.texts.all()}
    return titles.get(language) or next(iter(titles.values()), "") or str(notice.get_kind_display())
