"""The numbers of rows in the index, which rise with the moment of the incident, and severities as numbers."""

from datetime import date, datetime

from facilitator.model.session import Severity

SPARE_BITS = 20
"""The lowest bits of a row's number, by which sessions of the same second differ."""

_SECOND_BITS = 17
_SEVERITIES = tuple(Severity)
_NUMBERS = {severity: number for number, severity in enumerate(Severity, 1)}


def base_of(when: datetime) -> int:
    """Return the number of the row of an incident of this moment: a later moment has a higher one."""
    seconds = when.hour * 3600 + when.minute * 60 + when.second
    return day_of(when.date()) | seconds << SPARE_BITS


def day_of(day: date) -> int:
    """Return the lowest number of a row of this day."""
    return day.toordinal() << (_SECOND_BITS + SPARE_BITS)


def date_of(number: int) -> date:
    """Return the day of a row."""
    return date.fromordinal(number >> (_SECOND_BITS + SPARE_BITS))


def last_of(day: date) -> int:
    """Return the highest number of a row of this day."""
    return (day.toordinal() + 1 << (_SECOND_BITS + SPARE_BITS)) - 1


def severity_of(number: int | None) -> Severity | None:
    """Return the severity that stands in a row as a number."""
    return _SEVERITIES[number - 1] if number is not None else None


def severity_number(severity: Severity | None) -> int | None:
    """Return a severity as it stands in a row."""
    return _NUMBERS[severity] if severity is not None else None
