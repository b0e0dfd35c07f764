"""The envelope sender of each copy: an address that says which copy it was, and that only we can make (VERP).

``PLP_BOUNCES_TO`` names the mailbox with a star where the copy stands: ``plp+*@example.be``. What comes back is known
by the signature alone, wherever the address stands: nobody makes one for a copy that they did not get (T34, T54).
"""

import re
import secrets
from functools import lru_cache
from hashlib import blake2b

from plp.toolbox import keyring

STAR = "*"
TOKEN = re.compile(r"(?<![0-9a-z])([0-9]{1,18})-([0-9a-f]{20})(?![0-9a-z])", re.ASCII)
PURPOSE = "bounce"
MAC_BYTES = 10
MOST = 5  # copies that one mail may speak of


def return_path(reference: str, pattern: str) -> str:
    """The envelope sender of the copy ``p<number>-<message>``: ``plp+1018-0123456789abcdef0123@example.be``."""
    number = reference[1 : reference.index("-")]
    return pattern.replace(STAR, f"{number}-{_mac_of_reference(keyring.current_key(), reference)}")


def copy_numbers_and_macs_in(text: str) -> list[tuple[int, str]]:
    """The copies that ``text`` speaks of, each once: number and signature, neither of them checked."""
    references = dict.fromkeys((int(number), mac) for number, mac in TOKEN.findall(text.lower()))
    return list(references)[:MOST]


def is_signed_by_us(reference: str, mac: str) -> bool:
    """Whether ``mac`` was made here for the copy ``reference``, by a key that is still there."""
    return any(secrets.compare_digest(_mac_of_reference(key, reference), mac) for key in keyring.all_keys())


def _mac_of_reference(key: keyring.Key, reference: str) -> str:
    mac = _keyed_digest(key.secret).copy()
    mac.update(reference.encode())
    return mac.hexdigest()


@lru_cache(maxsize=8)
def _keyed_digest(secret: bytes) -> blake2b:
    """A digest that has its key already: ten thousand copies a second begin from it."""
    return blake2b(key=keyring.Key(secret).derive(PURPOSE), digest_size=MAC_BYTES)
