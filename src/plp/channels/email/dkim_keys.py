"""Where the keys of signed mails stand: TXT records of the DNS, asked of the resolver of this machine."""

PATIENCE = 5.0  # seconds for all tries together
LONGEST = 8_192  # bytes of a record


def look_up_dkim_txt_record(record_name: str) -> bytes | None:
    """The TXT record at ``record_name``; None where there is none, or more than one, or nobody answers in time."""
    from dns.exception import DNSException  # noqa: PLC0415 - heavy, and wanted for mail that comes in alone
    from dns.resolver import Resolver  # noqa: PLC0415 - heavy

    try:
        answer = Resolver().resolve(record_name, "TXT", lifetime=PATIENCE, search=False)
    except DNSException:
        return None
    records = [b"".join(record.strings) for record in answer]
    return records[0] if len(records) == 1 and len(records[0]) <= LONGEST else None
