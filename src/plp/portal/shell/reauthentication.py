"""Who is signed in, and how freshly they proved it: read from what allauth recorded in the session."""

from datetime import UTC, datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

FRESH_MINUTES = 5  # before a message is released, an export made, a right changed (docs/security.md#sessions)
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def second_factor_proven_at(request: HttpRequest) -> datetime | None:
    """When the signed-in person last proved a second factor (code or passkey) since they signed in; aware, in UTC."""
    records = get_authentication_records(request, request.user)
    moments = [record["at"] for record in records if record.get("method") == "mfa"]
    return datetime.fromtimestamp(max(moments), UTC) if moments else None


def has_fresh_proof(request: HttpRequest, *, at: datetime, minutes: int = FRESH_MINUTES) -> bool:
    """Whether the second factor was proved at most ``minutes`` before ``at``."""
    proven = second_factor_proven_at(request)
    return proven is not None and proven >= at - timedelta(minutes=minutes)


def has_second_factor(request: HttpRequest) -> bool:
    """Whether the signed-in account has an authenticator app or a passkey at all."""
    return Authenticator.objects.filter(user_id=request.user.pk, type__in=SECOND_FACTORS).exists()
