"""The secret link by which a party says itself what it wants of a partnership (R14): signed, stored nowhere."""

from plp.charter.models import Deed
from plp.charter.queries import deed_in_preparation_or_signed
from plp.partnership.models import Partnership, Statement
from plp.toolbox.crypto import is_valid_signature, sign

PURPOSE = "launch.statement"


def statement_link_secret(partnership: Partnership, party: str) -> str:
    """The secret part of the link of ``party``, a value of ``Statement.Party``."""
    return sign(_text_to_sign(partnership, party), purpose=PURPOSE)


def may_parties_still_write(partnership: Partnership) -> bool:
    """Whether a party may still write by its link: until the charter is put up for signature."""
    if partnership.launched_at is not None:
        return False
    charter = deed_in_preparation_or_signed(partnership, Deed.Kind.CHARTER)
    return charter is None or charter.frozen_at is None


def partnership_of_statement_link(partnership_key: str, party: str, secret: str) -> Partnership | None:
    """The partnership of a link; ``None`` for a wrong one, and once the charter is put up for signature."""
    partnership = Partnership.objects.filter(key=partnership_key).select_related("area").first()
    if partnership is None or party not in Statement.Party.values:
        return None
    is_right = is_valid_signature(_text_to_sign(partnership, party), secret, purpose=PURPOSE)
    return partnership if is_right and may_parties_still_write(partnership) else None


def _text_to_sign(partnership: Partnership, party: str) -> str:
    return f"{partnership.pk}:{party}"
