"""Writing dates, whole or partial, as the United Nations writes them in each language."""

from datetime import date, datetime, time
from typing import Literal

from babel.dates import format_date, format_skeleton

Precision = Literal["day", "month", "year"]

_ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
"""Both names of each month, as the documents of the United Nations give them."""


def write_date(value: date, language: str, precision: Precision = "day") -> str:
    """Write a date in words, with Latin digits in every language.

    Args:
        precision: how much of the date is known; the rest is left out.
    """
    tag = language.split("-")[0]
    if precision == "year":
        return str(value.year)
    if tag == "ar":
        month = f"{_ARABIC_MONTHS[value.month - 1]} {value.year}"
        return f"{value.day} {month}" if precision == "day" else month
    if precision == "month":
        moment = datetime.combine(value, time())
        return str(format_skeleton("yMMMM", moment, locale=tag))
    if tag == "en":
        return str(format_date(value, "d MMMM y", locale=tag))
    return str(format_date(value, "long", locale=tag))


def write_partial_date(partial: str, language: str) -> str:
    """Write a partial date of ISO 8601: `2007`, `2007-10` or `2007-10-29`."""
    precisions: dict[int, Precision] = {4: "year", 7: "month"}
    precision = precisions.get(len(partial), "day")
    return write_date(date.fromisoformat((partial + "-01-01")[:10]), language, precision)
