"""In which order a place with several names shows them: that of its region, as on the plates of its streets."""

GERMAN = frozenset("63001 63012 63013 63023 63040 63048 63061 63067 63087".split())  # the German-speaking Community
DUTCH = ("1", "23", "24", "3", "4", "7")  # beginnings of the NIS codes of Flanders


def order_of(nis: str) -> tuple[str, str, str]:
    """The languages of a municipality, its own first: ``fr`` and then ``nl`` in Brussels."""
    if nis in GERMAN:
        return "de", "fr", "nl"
    if nis.startswith(DUTCH):
        return "nl", "fr", "de"
    return "fr", "nl", "de"
