"""The providers of sign-ins that an installation trusts (OpenID Connect): of its zone, cities, or an identity card.

The first has the names of its settings without a number; each after it a number behind them.
"""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from plp.server.addresses import read_url
from plp.server.setting_readers import read_matching, read_secret, read_text

ENDINGS = {"": "zone", "_2": "zone-2", "_3": "zone-3"}  # end of the settings: key in the provider's return address


def read_sign_in_providers(*, is_local: bool) -> list[dict[str, Any]]:
    """The providers that are set, as allauth wants them; a plain address only ``is_local``, and of this machine alone.

    ``second_factor`` of their settings: the words of ``acr`` or ``amr`` that stand for a second factor. Raises
    ``ImproperlyConfigured`` for one whose settings are not all there.
    """
    providers = [_read_provider(ending, key, is_local=is_local) for ending, key in ENDINGS.items()]
    return [provider for provider in providers if provider["settings"]["server_url"]]


def _read_provider(setting_ending: str, provider_id: str, *, is_local: bool) -> dict[str, Any]:
    name = f"PLP_OIDC_URL{setting_ending}"
    url = read_url(name, "https http" if is_local else "https", "https://login.example.be", options={}).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme == "http" and parts.hostname != "127.0.0.1":
        raise ImproperlyConfigured(f"{name} must look like https://login.example.be.")
    client = f"PLP_OIDC_CLIENT_ID{setting_ending}", f"PLP_OIDC_CLIENT_SECRET{setting_ending}"
    provider = {
        "provider_id": provider_id,
        "name": read_text(f"PLP_OIDC_NAME{setting_ending}", parts.hostname or ""),
        "client_id": read_matching(client[0], r"\S+", "the name by which the provider knows us"),
        "secret": read_secret(client[1]),
        "settings": {
            "server_url": url,
            "oauth_pkce_enabled": True,
            "second_factor": read_text(f"PLP_OIDC_SECOND_FACTOR{setting_ending}").split(),
        },
    }
    for setting, value in zip(client, (provider["client_id"], provider["secret"]), strict=True):
        if bool(url) != bool(value):
            raise ImproperlyConfigured(f"{name} and {setting} go together: set both or none.")
    return provider
