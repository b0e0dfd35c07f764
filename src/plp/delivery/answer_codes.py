"""The code by which one copy is answered: short enough for an SMS, read aloud from a letter, stored nowhere.

It names the copy and proves itself: the number of the dispatch, then eight signs of a keyed digest (39 bits).
"""

import secrets

from plp.toolbox.crypto import all_digests, digest
from plp.toolbox.ids import READABLE

PURPOSE, PROOF = "answer-code", 8
BASE = len(READABLE)
SAMPLE = READABLE[: PROOF + 4]  # as long as most codes; it proves nothing


def answer_code(dispatch_id: int) -> str:
    """The code of dispatch ``dispatch_id``: some twelve readable signs."""
    return _encode_number(dispatch_id) + _check_characters_of_digest(digest(str(dispatch_id), purpose=PURPOSE))


def dispatch_id_of_code(code: str) -> int | None:
    """The number of the dispatch behind a code, however it was typed; None for a forged one."""
    signs = "".join(sign for sign in code.casefold() if sign.isalnum())
    head, proof = signs[:-PROOF], signs[-PROOF:]
    if not head or len(head) > PROOF + 4 or any(sign not in READABLE for sign in signs):
        return None
    number = 0
    for sign in head:
        number = number * BASE + READABLE.index(sign)
    proofs = [_check_characters_of_digest(value) for value in all_digests(str(number), purpose=PURPOSE)]
    return number if any(secrets.compare_digest(proof, own) for own in proofs) else None


def _check_characters_of_digest(digest_hex: str) -> str:
    return _encode_number(int(digest_hex[:15], 16)).rjust(PROOF, READABLE[0])[-PROOF:]


def _encode_number(number: int) -> str:
    signs = ""
    while number:
        number, place = divmod(number, BASE)
        signs = READABLE[place] + signs
    return signs or READABLE[0]
