"""What is tidied away every day, and what stays."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from stocktake.kernel.accounts import jobs
from stocktake.kernel.accounts.models import SignInLink
from stocktake.kernel.common.models import IdempotencyKey
from stocktake.kernel.jobs import timetable
from tests import factories

pytestmark = pytest.mark.django_db


def test_ended_sessions_go_and_others_stay() -> None:
    now = timezone.now()
    for key, ends in (("old", now - timedelta(hours=1)), ("new", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="x", expire_date=ends)

    jobs.clear_sessions()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_expired_links_go_and_others_stay() -> None:
    now = timezone.now()
    person = factories.user()
    for digest, ends in (("old", now - timedelta(hours=1)), ("new", now + timedelta(hours=1))):
        SignInLink.objects.create(user=person, digest=digest, expires_at=ends)

    jobs.clear_links()

    assert list(SignInLink.objects.values_list("digest", flat=True)) == ["new"]


def test_keys_of_old_requests_go_after_a_week() -> None:
    now = timezone.now()
    for key, days in (("old", 8), ("new", 6)):
        IdempotencyKey.objects.create(
            actor_key="user:U-1", key=key, created_at=now - timedelta(days=days)
        )

    jobs.clear_keys()

    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["new"]


def test_timetable_holds_every_job() -> None:
    assert [job.name for job in timetable.jobs()] == [
        "add periods of recurring asks",
        "clear ended sessions",
        "clear expired sign-in links",
        "clear keys of old requests",
        "drop what old imports replaced",
        "tell of due dates that passed",
    ]
