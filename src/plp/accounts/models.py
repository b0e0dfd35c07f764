"""Sign-ins. Label and table names are those of ``people``, for they are stored in journals and backups (ADR 41)."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac

from plp.people.models import Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by the digest of its e-mail address."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account whose e-mail digest is ``username``."""
        return self.get(username=username)


class Account(AbstractBaseUser, PermissionsMixin):
    """The sign-in of somebody with a staff role. Members need none.

    ``username`` is the keyed digest of the e-mail address, so the table of sign-ins names nobody.
    """

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="account")
    username = models.CharField(max_length=64, unique=True)
    email = SealedText()
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    epoch = models.PositiveIntegerField(default=0)  # one higher: every session that is open ends

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        app_label = "people"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session carries of its account: another password, or a new epoch, and it is over (T6)."""
        return salted_hmac(
            "plp.people.session", f"{self.password}:{self.epoch}", secret, algorithm="sha256"
        ).hexdigest()


class Device(models.Model):
    """A browser in which somebody signed in, known again by a secret that it keeps: here only its digest (T4)."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64)
    first_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        app_label = "people"
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="people_device_once")]


class AddressChange(models.Model):
    """A new e-mail address for a sign-in: proven by a link to it, and in force a day later unless cancelled (T4)."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="address_changes")
    email = SealedText()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # done, cancelled, or replaced by another

    class Meta:
        app_label = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(ended_at=None), name="people_address_change_once"
            ),
        ]


class Recovery(models.Model):
    """Somebody lost what they sign in with: one asks for a new start, another agrees (docs/security.md#codes)."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recoveries")
    asked_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # agreed, refused or too old

    class Meta:
        app_label = "people"
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=models.Q(ended_at=None), name="people_recovery_once"),
        ]
