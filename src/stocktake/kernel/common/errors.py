"""Errors that services raise and that each delivery floor shows in its own way."""

from django.core.exceptions import ValidationError


class StaleVersion(ValidationError):
    """The record was changed by someone else since the writer read it."""

    def __init__(self, *, current: int, given: int) -> None:
        self.current = current
        self.given = given
        super().__init__(
            f"The record is at version {current} now; the change was made from version {given}."
        )


class Conflict(ValidationError):
    """The same thing exists already or was done already in another way."""
