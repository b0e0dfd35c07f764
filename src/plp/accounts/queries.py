"""Reads about sign-ins, and the digest by which one is found."""

from plp.toolbox.crypto import digest


def username_digest_of_email(email: str) -> str:
    """The user name of the account with this e-mail address."""
    return digest(email.strip().lower(), purpose="account")
