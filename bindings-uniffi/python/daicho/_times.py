"""Days and instants as Python has them."""

from __future__ import annotations

import datetime

_BEGIN = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
_MILLISECOND = datetime.timedelta(milliseconds=1)


def milliseconds(instant: object) -> int:
    """Milliseconds since 1970 of an aware `datetime`. The zone of one that has none is not guessed (T2)."""
    if not isinstance(instant, datetime.datetime):
        raise TypeError("an instant is an aware datetime.datetime, not {}".format(type(instant).__name__))
    if instant.utcoffset() is None:
        raise TypeError(
            "an instant is an aware datetime.datetime, and this one has no time zone: ask datetime.datetime.now(datetime.timezone.utc), "
            "or say whose time it is, such as .replace(tzinfo=zoneinfo.ZoneInfo('Asia/Tokyo'))"
        )
    return (instant - _BEGIN) // _MILLISECOND


def iso(day: object) -> str:
    """A day as `yyyy-mm-dd`. Which day an instant lies in is the salon's calendar to say (T1)."""
    if not isinstance(day, datetime.date) or isinstance(day, datetime.datetime):
        raise TypeError("a day is a datetime.date, not {}".format(type(day).__name__))
    return day.isoformat()


def of_milliseconds(since: int) -> datetime.datetime:
    """The `datetime`, in UTC, so many milliseconds after 1970 began."""
    return _BEGIN + since * _MILLISECOND
