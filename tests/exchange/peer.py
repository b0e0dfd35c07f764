"""The other installation, as far as a test needs one: its keys, its numbers, its letters as bytes."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from plp.exchange import actions as exchange
from plp.exchange import outbox
from plp.exchange.letter_format import (
    KeyPair,
    base64_signature,
    invitation_bytes,
    invitation_text,
    key_statement,
    new_key_pair,
    opened_letter,
    sealed_letter,
)
from plp.exchange.models import OwnKey, PartnerInstallation
from plp.exchange.queries import letters_not_taken_by_partner
from plp.exchange.states import LetterOutcome
from tests.factories.cast import NOW, Cast

ORIGIN = "https://plp.elders.example"
TEXTS = {"fr": {"title": "Vols", "core": "Fermez vos portes.", "more": "Merci."}}


@dataclass
class Peer:
    """Another installation that met ours. ``number`` is that of its last letter."""

    pairing: UUID = field(default_factory=uuid4)
    keys: KeyPair = field(default_factory=new_key_pair)
    number: int = 0
    read: int = 0  # how many letters of ours it has

    def invitation(self, **changes: str) -> str:
        """An invitation of theirs."""
        fields = {
            "version": "1",
            "meeting": str(self.pairing),
            "name": "Zone Elders",
            "origin": ORIGIN,
            "purpose": "messages",
            "signing_key": self.keys.signing_key,
            "recipient": self.keys.recipient,
            "ends_at": "2026-12-02T09:00:00+00:00",
        }
        return invitation_text(fields | changes)

    def hello(self, **changes: str) -> dict[str, str]:
        """What they answer to an invitation of ours."""
        own = {"signing_key": self.keys.signing_key, "recipient": self.keys.recipient}
        return {"name": "Zone Elders", "origin": ORIGIN, "purpose": "messages"} | own | changes

    def letter(
        self,
        kind: str,
        content: dict[str, Any] | None = None,
        *,
        number: int | None = None,
        sent_at: datetime = NOW,
        signing_secret: str = "",
        **envelope: Any,
    ) -> bytes:
        """A letter to us, by default the next one."""
        if number is None:
            self.number += 1
        body = {
            "version": 1,
            "number": number or self.number,
            "seen": self.read,
            "sent_at": sent_at.isoformat(),
            "kind": kind,
            "content": content or {},
        }
        ours = OwnKey.objects.filter(retired_at=None).get()
        secret = signing_secret or self.keys.signing_secret
        return sealed_letter(self.pairing, body | envelope, signing_secret=secret, recipient=ours.recipient)

    def send(self, kind: str, content: dict[str, Any] | None = None, **changes: Any) -> LetterOutcome:
        """Let a letter arrive."""
        at = changes.pop("at", NOW)
        return exchange.receive_partner_letter(content=self.letter(kind, content, **changes), by=None, at=at)

    def offer(self, **changes: Any) -> dict[str, Any]:
        """The content of an offer."""
        content = {
            "offer": str(uuid4()),
            "corrects": None,
            "message_kind": "alarm",
            "reason": "threat",
            "expires_at": "2026-11-26T09:00:00+00:00",
            "official_reference": "",
            "texts": TEXTS,
        }
        return content | changes

    def new_keys(self) -> dict[str, str]:
        """Other keys from now on; what the letter says that announces them."""
        self.keys = new_key_pair()
        statement = key_statement(self.pairing, self.keys.signing_key, self.keys.recipient)
        proof = base64_signature(statement, self.keys.signing_secret)
        return {"signing_key": self.keys.signing_key, "recipient": self.keys.recipient, "proof": proof}

    def inbox(self) -> list[dict[str, Any]]:
        """The bodies of the letters that we have for them, opened with their key."""
        partner = PartnerInstallation.objects.get(pk=self.pairing)
        letters = [
            opened_letter(outbox.seal_letter(row, at=NOW), [self.keys.identity])
            for row in letters_not_taken_by_partner(partner)
        ]
        return [json.loads(letter.body) for letter in letters if letter is not None]

    def kinds(self) -> list[str]:
        """What the letters say that we have for them."""
        return [body["kind"] for body in self.inbox()]


def met(cast: Cast) -> tuple[Peer, PartnerInstallation]:
    """They invited us and we answered: the words are not compared yet."""
    peer = Peer()
    partner = exchange.accept_invitation(invitation=peer.invitation(), area=cast.zone, by=cast.chief, at=NOW)
    return peer, partner


def connected(cast: Cast) -> tuple[Peer, PartnerInstallation]:
    """Both chiefs confirmed; no letter of ours waits."""
    peer, partner = met(cast)
    exchange.confirm_partner(partner=partner, words_agree=True, by=cast.chief, at=NOW)
    peer.send("confirmed")
    partner.refresh_from_db()
    partner.letters.update(taken_at=NOW)
    return peer, partner


def fields_of(invitation: str) -> dict[str, str]:
    """What stands in an invitation of ours."""
    return dict(json.loads(invitation_bytes(invitation) or b"{}"))
