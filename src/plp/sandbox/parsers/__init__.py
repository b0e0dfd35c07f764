"""The parsers: plain functions from bytes to plain data. They know no Django, no settings, no database.

A parser answers with ``bytes`` or with what JSON can say, and raises ``Rejected`` with a key for a file that is not
what it should be. Whatever else happens to it, the process that asked goes on.
"""

OLD_ENCODINGS = ("cp1252", "cp1250", "cp850", "mac_roman")  # of one byte a letter: which one it is can only be guessed


class Rejected(Exception):
    """The file is not taken. ``key`` is a word for the room that asked, which knows the sentence for it.

    ``detail`` is a short text of ours that goes with it, such as the name of a part.
    """

    def __init__(self, key: str, detail: str = "") -> None:
        super().__init__(key)
        self.key = key
        self.detail = detail
