"""Which addresses a line of ours may lead to: those of the open Internet (T44)."""

import ipaddress

TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet, also when it wears IPv6 clothes."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None or ip in TRANSLATED:
            return False  # nobody is reached through a tunnel
    return ip.is_global and not ip.is_multicast
