"""The library of sign-ins at a provider, as an application that loads no provider at the start of every program."""

from allauth.socialaccount.apps import SocialAccountConfig


class ProviderSignIn(SocialAccountConfig):
    """What the library is, without its clients of other servers: a tenth of each start.

    They are loaded by whoever goes to a provider (``portal.subjects.account.provider``).
    """

    def ready(self) -> None:
        """Only the checks of settings."""
        from allauth.socialaccount import checks  # noqa: F401, PLC0415 - as the library does
