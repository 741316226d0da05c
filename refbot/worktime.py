"""Working time: when a person is at work, and the instant after so many working hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
from babel.core import get_global

from refbot.policy import Delay, Policy

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
WEEKEND_STARTS = 5  # Saturday, as date.weekday() counts
SUNDAY_TO_THURSDAY = frozenset({"AE", "BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "OM", "QA", "SA"})


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """One person's working time. Times of day are of the zone's wall clock."""

    zone: ZoneInfo
    country: str | None
    starts: int
    ends: int

    @classmethod
    def of(cls, zone: str, country: str | None, policy: Policy) -> "WorkCalendar":
        """Make the calendar of a zone; without a country, the zone's own counts."""
        place = country or country_of_zone(zone)
        return cls(ZoneInfo(zone), place, policy.day_starts, policy.day_ends)

    def is_open(self, instant: datetime) -> bool:
        """Whether the person is at work at an instant."""
        local = instant.astimezone(self.zone)
        return self._works_on(local.date()) and self.starts <= local.hour < self.ends

    def next_open(self, instant: datetime) -> datetime:
        """Give the instant itself when the person is at work, else the next start of a day."""
        if self.is_open(instant):
            return instant
        local = instant.astimezone(self.zone)
        day = local.date()
        if local.hour >= self.starts:
            day += DAY
        while not self._works_on(day):
            day += DAY
        return self._at(day, self.starts)

    def after(self, start: datetime, delay: Delay) -> datetime:
        """Give the instant so much working time after `start`; a day is one of its full hours."""
        left = timedelta(hours=delay.hours + delay.days * (self.ends - self.starts))
        now = self.next_open(start)
        while True:
            closing = self._at(now.astimezone(self.zone).date(), self.ends)
            if now + left <= closing:
                return self.next_open(now + left)
            left -= closing - now
            now = self.next_open(closing)

    def after_real_time(self, start: datetime, delay: Delay) -> datetime:
        """Give the first working instant that lies at least so many hours after `start`."""
        return self.next_open(start + timedelta(hours=delay.hours, days=delay.days))

    def _works_on(self, day: date) -> bool:
        if self.country in SUNDAY_TO_THURSDAY:
            free = day.weekday() in {4, 5}
        else:
            free = day.weekday() >= WEEKEND_STARTS
        return not free and day not in _holidays(self.country, day.year)

    def _at(self, day: date, hour: int) -> datetime:
        if hour == 24:  # noqa: PLR2004 - midnight belongs to the next day
            return first_instant(datetime.combine(day + DAY, time()), self.zone)
        return first_instant(datetime.combine(day, time(hour)), self.zone)


def first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Give the UTC instant of a wall time: in a gap the first that exists, in a fold the first."""
    while True:
        instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) == wall:
            return instant
        wall += MINUTE


def known_zone(name: str | None) -> str | None:
    """Give the zone's name when this machine knows it: Slack may be ahead of us."""
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def country_of_zone(zone: str) -> str | None:
    """Give the country a zone lies in, if it lies in one (CLDR)."""
    place = get_global("zone_territories").get(zone)
    return place if isinstance(place, str) and place != "001" else None


@lru_cache(maxsize=512)
def _holidays(country: str | None, year: int) -> frozenset[date]:
    if country is None or country not in holidays.list_supported_countries():
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year))
