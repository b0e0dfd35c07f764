"""One sentence for an error that reached the door of a command: what is wrong, and what to do."""

import errno
import os
import pwd

DATABASE_BUSY = "The database cannot be reached or is busy: ./plp doctor says more."
DATABASE_OLDER = "The database is not set up or is older than this version: run ./plp migrate."
DATABASE_FULL = "The disk is full: free some space where the data folder (PLP_HOME) or the database stands."
DATABASE_OF_OTHERS = (
    "The user {user} may not write the database in the data folder (PLP_HOME): start as the owner of that folder, or "
    "give it to this user (chown -R)."
)
SQLITE_SENTENCES = {  # part of what SQLite says, for it has no numbers
    "no such table": DATABASE_OLDER,
    "disk is full": DATABASE_FULL,
    "disk I/O error": "The disk does not take what is written: look whether it is full (df -h) or broken (dmesg).",
    "readonly database": DATABASE_OF_OTHERS,
    "unable to open database file": DATABASE_OF_OTHERS,
}


def operator_sentence_for_error(error: Exception) -> str:
    """One sentence for an error that reached the door.

    Only errors made for humans are quoted: the text of any other may hold a personal value.
    """
    kind = type(error).__name__
    if is_error_text_for_operator(error):
        return str(error)
    if hasattr(error, "in_words"):  # plp.toolbox.moves.Refused, known only once Django is set up
        return str(error.in_words())
    if isinstance(error, OSError) and error.strerror:
        return _sentence_for_file_error(error)
    if kind in {"OperationalError", "ProgrammingError"}:
        return sentence_for_database_error(error)
    return f"This stopped on an error that nobody foresaw ({kind})."


def is_error_text_for_operator(error: Exception) -> bool:
    """Whether the text of ``error`` is already the sentence for an operator."""
    return type(error).__name__ in {"Failed", "ImproperlyConfigured"}


def is_unforeseen(error: Exception) -> bool:
    """Whether somebody must look where ``error`` happened, for no sentence says what to do."""
    return operator_sentence_for_error(error).startswith("This stopped")


def process_user_name() -> str:
    """Whom this process runs as: a name, or the number where nobody gave one."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def _sentence_for_file_error(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full: free some space{f' where {error.filename} stands' if error.filename else ''}."
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"{place}{error.strerror}: give it to the user {process_user_name()} (chown), or start as its owner."
    if error.errno == errno.EROFS:
        return f"{place}{error.strerror}: name a folder that may be written (PLP_HOME), or mount the disk for writing."
    return f"{place}{error.strerror}."


def database_connection_trouble(error: Exception) -> str:
    """What PostgreSQL says of a connection that it does not give, or nothing for any other error.

    It names its host, its user and its database, and nothing of a person: no statement was sent yet.
    """
    cause = error.__cause__
    if not type(cause).__module__.startswith("psycopg") or getattr(cause, "sqlstate", None) is not None:
        return ""
    lines = str(error).splitlines() or [""]
    return lines[0].removeprefix("connection failed: ").removeprefix("connection is bad: ")


def sentence_for_database_error(error: Exception) -> str:
    """What to do when the database takes no statement, or cannot be reached."""
    if type(error).__name__ == "ProgrammingError":
        return DATABASE_OLDER
    if getattr(error.__cause__, "sqlstate", "") == "53100":  # disk_full of PostgreSQL
        return DATABASE_FULL
    if trouble := database_connection_trouble(error):
        return f"The database cannot be reached ({trouble}): is it running, and is PLP_DATABASE_URL right?"
    sentences = (sentence for words, sentence in SQLITE_SENTENCES.items() if words in str(error))
    return next(sentences, DATABASE_BUSY).format(user=process_user_name())
