"""Which e-mail addresses are taken.

Of the forms that the standards allow these are refused, because a person who types one has made a mistake or wants to
trick somebody: quoted local parts, comments, display names, bracketed IP addresses, domains without a dot, local parts
that are not ASCII (few servers deliver them), and special-use domains (except ``.test`` in tests by libraries' rules).
International domains are kept in their ASCII form.
"""

LONGEST = 254  # RFC 5321


def normalise_email_address(raw: str) -> str | None:
    """The one form of an address: domain in lower-case ASCII; None when it is refused."""
    typed = raw.strip()
    if not typed or len(typed) > LONGEST or any(ord(letter) < 33 or ord(letter) == 127 for letter in typed):
        return None
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - heavy, and wanted for what is typed

    try:
        validated = validate_email(
            typed,
            check_deliverability=False,
            strict=True,
            allow_smtputf8=False,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
            test_environment=True,
        )
    except EmailNotValidError:
        return None
    address = validated.ascii_email
    if address is None or "." not in address.rpartition("@")[2] or len(address) > LONGEST:
        return None
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"
