"""Which addresses a line of ours may lead to: those of the open Internet (T44)."""

import ipaddress

UNICAST = ipaddress.ip_network("2000::/3")  # the only part of IPv6 in which machines of the Internet stand
RELAYS = ipaddress.ip_network("192.88.99.0/24")  # of 6to4: they lead into a tunnel
ISATAP = {0x00005EFE, 0x02005EFE}  # the second half of such an address begins so, and ends with one of IPv4


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet; one of IPv6 that wraps one of IPv4, in whichever way, is not:
    nobody is reached through a tunnel or a translator.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wraps = ip.sixtofour or ip.teredo or (int(ip) >> 32 & 0xFFFFFFFF) in ISATAP
        return ip in UNICAST and not wraps and ip.is_global
    return ip.is_global and not ip.is_multicast and ip not in RELAYS


def is_private_host(host: str) -> bool:
    """Whether ``host`` is this machine or in a private network: such an address, or a name without a dot."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host
