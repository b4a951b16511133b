"""What is tidied away every day: sessions that ended, links that expired, keys of old requests."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from stocktake.kernel.accounts.models import SignInLink
from stocktake.kernel.common.idempotency import forget_before
from stocktake.kernel.jobs.timetable import periodic

KEYS_KEPT = timedelta(days=7)


@periodic("clear ended sessions", every=timedelta(days=1))
def clear_sessions() -> None:
    """Drop the sessions that have ended."""
    SessionStore.clear_expired()


@periodic("clear expired sign-in links", every=timedelta(days=1))
def clear_links() -> None:
    """Drop the sign-in links that can no longer be used."""
    SignInLink.objects.filter(expires_at__lt=timezone.now()).delete()


@periodic("clear keys of old requests", every=timedelta(days=1))
def clear_keys() -> None:
    """Drop the keys that kept forms from being saved twice, a week after."""
    forget_before(timezone.now() - KEYS_KEPT)
