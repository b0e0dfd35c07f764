"""The secret link by which a party says itself what it wants of a partnership (R14): signed, stored nowhere; and that
by which its own words come from the mail of the police to the page that takes them over.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag

from plp.charter.models import Deed
from plp.charter.queries import deed_in_preparation_or_signed
from plp.partnership.models import Partnership, Statement
from plp.partnership.translations import TranslatedText
from plp.toolbox.crypto import is_valid_signature, seal, sign, unseal

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


def sealed_party_words(partnership: Partnership, party: str, words: TranslatedText) -> str:
    """The own ``words`` of ``party`` on one line, for an address that tells nobody what they are."""
    content = json.dumps([party, words.language, " ".join(words.words.split())], ensure_ascii=False)
    return urlsafe_b64encode(seal(content, context=_sealing_context(partnership))).decode()


def unsealed_party_words(partnership: Partnership, sealed: str) -> tuple[str, TranslatedText] | None:
    """The party and its words as ``sealed_party_words`` put them away; ``None`` for anything else."""
    try:
        content = unseal(urlsafe_b64decode(sealed), context=_sealing_context(partnership))
    except (InvalidTag, ValueError):
        return None
    party, language, words = json.loads(content)
    return party, TranslatedText(words, language)


def _sealing_context(partnership: Partnership) -> str:
    return f"{PURPOSE}.words:{partnership.pk}"


def _text_to_sign(partnership: Partnership, party: str) -> str:
    return f"{partnership.pk}:{party}"
