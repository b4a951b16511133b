"""Account holders, the one place that holds names and addresses of persons, and their grants.

The sign-in library keeps a second row per address (`account_emailaddress`), which says whether it
was confirmed; no other table, payload or export holds an address.
"""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.common.identifiers import new_public_id
from stocktake.kernel.common.records import Record


class UserManager(BaseUserManager["User"]):
    """Makes account holders by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password one signs in by code, link or passkey."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by its address, whatever its case."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """An account holder; `email` and `name` are personal and stand in no other table of ours."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("email", "name")
    kind: ClassVar[str] = "user"

    public_id = models.CharField(max_length=80, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_one_user_per_address"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.public_id:
            self.public_id = new_public_id("U")
        super().save(*args, **kwargs)

    @property
    def actor_key(self) -> str:
        """The key in the log, which says nothing about the person."""
        return f"user:{self.public_id}"


class Grant(Record):
    """One permission of one person: what, where and until when.

    The scope is held as kind and public identifier, since accounts know no organization, country
    or element; without a scope the grant holds everywhere.
    """

    kind: ClassVar[str] = "grant"
    id_prefix: ClassVar[str] = "G"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=GrantedRole.choices)
    scope_kind = models.CharField(max_length=40, blank=True)
    scope_id = models.CharField(max_length=80, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope_kind="", scope_id="")
                | ~models.Q(scope_kind="") & ~models.Q(scope_id=""),
                name="accounts_scope_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("starts")),
                name="accounts_term_in_order",
            ),
        ]

    def __str__(self) -> str:
        where = f" of {self.scope_kind} {self.scope_id}" if self.scope_kind else ""
        return f"{self.role}{where}"


class SignInLink(models.Model):
    """A link that signs one person in, once; only a digest of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link of {self.user_id}"
