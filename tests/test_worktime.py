"""Working time by tables over zones, weekends, holidays and the clock's own changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refbot.policy import Delay, Policy
from refbot.worktime import WorkCalendar, country_of_zone, first_instant, known_zone

ZONES = (
    "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "Asia/Dubai",
    "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Kiritimati", "Africa/Cairo", "UTC",
)  # fmt: skip


def calendar(zone: str, country: str | None = None, **policy: int) -> WorkCalendar:
    return WorkCalendar.of(zone, country, Policy(**policy))


def at(wall: str, zone: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def wall(instant: datetime, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


# zone, start, delay, due (wall times there)
AFTER = [
    ("Europe/Berlin", "2027-02-01 10:00", Delay(hours=4), "2027-02-01 14:00"),
    # past closing time: the rest on the next morning
    ("Europe/Berlin", "2027-02-01 15:30", Delay(hours=4), "2027-02-02 10:30"),
    # asked at night, counted from the morning
    ("Europe/Berlin", "2027-02-01 03:00", Delay(hours=4), "2027-02-01 13:00"),
    ("Europe/Berlin", "2027-02-01 23:00", Delay(hours=4), "2027-02-02 13:00"),
    # exactly at closing time: the message waits for the morning
    ("Europe/Berlin", "2027-02-01 14:00", Delay(hours=4), "2027-02-02 09:00"),
    # a working day is one of its full hours
    ("Europe/Berlin", "2027-02-01 10:00", Delay(days=1), "2027-02-02 10:00"),
    # over the weekend
    ("Europe/Berlin", "2027-02-05 16:00", Delay(hours=4), "2027-02-08 11:00"),
    ("Europe/Berlin", "2027-02-05 16:00", Delay(days=2), "2027-02-09 16:00"),
    ("Europe/Berlin", "2027-02-06 12:00", Delay(hours=1), "2027-02-08 10:00"),
    # Good Friday and Easter Monday 2027 are 26 and 29 March in Germany …
    ("Europe/Berlin", "2027-03-25 17:00", Delay(hours=2), "2027-03-30 10:00"),
    # … and working days in the United States
    ("America/New_York", "2027-03-25 17:00", Delay(hours=2), "2027-03-26 10:00"),
    # Thanksgiving
    ("America/New_York", "2027-11-24 17:00", Delay(hours=2), "2027-11-26 10:00"),
    # half an hour beside the full zones
    ("Asia/Kolkata", "2027-01-15 17:30", Delay(hours=1), "2027-01-18 09:30"),
    # the weekend of the Gulf is not the Western one; Friday is free, Sunday is not
    ("Asia/Riyadh", "2027-02-04 17:00", Delay(hours=2), "2027-02-07 10:00"),
    # the clock goes back on the Sunday between
    ("Europe/London", "2027-10-29 17:00", Delay(hours=2), "2027-11-01 10:00"),
    ("America/Sao_Paulo", "2027-02-03 17:00", Delay(hours=2), "2027-02-04 10:00"),
    ("Asia/Kathmandu", "2027-02-01 10:15", Delay(hours=4), "2027-02-01 14:15"),
]


@pytest.mark.parametrize(("zone", "start", "delay", "due"), AFTER)
def test_a_delay_counts_the_recipients_working_hours_only(
    zone: str, start: str, delay: Delay, due: str
) -> None:
    assert wall(calendar(zone).after(at(start, zone), delay), zone) == due


# real hours pass by day and night; the message still waits for working time
REAL = [
    ("Europe/Berlin", "2027-02-01 10:00", Delay(hours=24), "2027-02-02 10:00"),
    ("Europe/Berlin", "2027-02-01 19:00", Delay(hours=24), "2027-02-03 09:00"),
    ("Europe/Berlin", "2027-02-05 10:00", Delay(hours=24), "2027-02-08 09:00"),
    ("Europe/Berlin", "2027-02-05 10:00", Delay(hours=72), "2027-02-08 10:00"),
    # 24 hours over the night in which the clock goes forward end an hour later on the wall
    ("America/New_York", "2027-03-13 10:00", Delay(hours=48), "2027-03-15 11:00"),
]


@pytest.mark.parametrize(("zone", "start", "delay", "due"), REAL)
def test_real_hours_pass_by_night_but_no_message_comes_then(
    zone: str, start: str, delay: Delay, due: str
) -> None:
    assert wall(calendar(zone).after_real_time(at(start, zone), delay), zone) == due


# a wall time that a change of the clock swallows or shows twice
EDGES = [
    ("Europe/Berlin", "2027-03-28 02:30", "2027-03-28 01:00"),  # gap: the first that exists, 03:00
    ("Europe/Berlin", "2027-10-31 02:30", "2027-10-31 00:30"),  # fold: the first
    ("Africa/Cairo", "2027-04-30 00:00", "2027-04-29 22:00"),  # a gap at midnight
    ("Australia/Lord_Howe", "2027-10-03 02:10", "2027-10-02 15:30"),  # a gap of half an hour
    ("Europe/Berlin", "2027-02-01 09:00", "2027-02-01 08:00"),
]


@pytest.mark.parametrize(("zone", "wall_time", "utc"), EDGES)
def test_a_wall_time_in_a_gap_moves_on_and_in_a_fold_is_the_first(
    zone: str, wall_time: str, utc: str
) -> None:
    found = first_instant(datetime.fromisoformat(wall_time), ZoneInfo(zone))
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_working_night_across_a_gap_opens_at_the_first_instant_that_exists() -> None:
    night = WorkCalendar(ZoneInfo("Africa/Cairo"), None, 0, 24)
    friday = datetime(2027, 4, 30, tzinfo=UTC) - timedelta(hours=6)
    assert night.is_open(friday)
    assert wall(night.next_open(at("2027-05-01 12:00", "Africa/Cairo")), "Africa/Cairo") == (
        "2027-05-03 00:00"
    )


COUNTRIES = [
    ("Europe/Berlin", "DE"),
    ("America/New_York", "US"),
    ("Asia/Tokyo", "JP"),
    ("UTC", None),
]


@pytest.mark.parametrize(("zone", "country"), COUNTRIES)
def test_a_zone_tells_its_country(zone: str, country: str | None) -> None:
    assert country_of_zone(zone) == country


@pytest.mark.parametrize("name", [None, "", "Mars/Olympus", "../../etc/passwd", "Europe", "a\0b"])
def test_a_zone_that_this_machine_does_not_know_is_none(name: str | None) -> None:
    assert known_zone(name) is None
    assert known_zone("Asia/Tokyo") == "Asia/Tokyo"


def test_a_country_that_was_set_goes_before_the_zones() -> None:
    bastille_day = at("2027-07-14 12:00", "Europe/Berlin")
    assert calendar("Europe/Berlin").is_open(bastille_day)
    assert not calendar("Europe/Berlin", "FR").is_open(bastille_day)


def test_a_country_without_known_holidays_works_on_weekdays() -> None:
    assert calendar("UTC", "ZZ").is_open(datetime(2027, 2, 1, 12, tzinfo=UTC))


minutes_of_2026_to_2029 = st.integers(0, 4 * 365 * 24 * 60)
instants = minutes_of_2026_to_2029.map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
delays = st.builds(Delay, hours=st.integers(0, 30), days=st.integers(0, 6))


@settings(deadline=None)
@given(zone=st.sampled_from(ZONES), start=instants, delay=delays)
def test_due_is_never_early_never_at_night_and_never_before_less(
    zone: str, start: datetime, delay: Delay
) -> None:
    days = calendar(zone)
    due = days.after(start, delay)
    assert due >= start
    assert days.is_open(due)
    assert days.next_open(due) == due
    more = Delay(hours=delay.hours + 1, days=delay.days)
    assert days.after(start, more) > due or delay == Delay()
    assert days.after_real_time(start, delay) - start >= timedelta(
        hours=delay.hours, days=delay.days
    )
    assert days.is_open(days.after_real_time(start, delay))


@settings(deadline=None)
@given(zone=st.sampled_from(ZONES), start=instants)
def test_the_next_working_time_is_the_first_open_instant(zone: str, start: datetime) -> None:
    days = calendar(zone)
    opens = days.next_open(start)
    assert days.is_open(opens)
    before = opens - timedelta(minutes=1)
    assert opens == start or not days.is_open(before) or before < start


@settings(deadline=None)
@given(
    year=st.integers(2020, 2035), zone=st.sampled_from(ZONES), day=st.integers(0, 365),
    minute=st.integers(0, 1439),
)  # fmt: skip
def test_every_wall_time_has_an_instant_not_before_it(
    year: int, zone: str, day: int, minute: int
) -> None:
    midnight = datetime.combine(date(year, 1, 1), datetime.min.time())
    wall_time = midnight + timedelta(days=day, minutes=minute)
    found = first_instant(wall_time, ZoneInfo(zone))
    shown = found.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert timedelta() <= shown - wall_time <= timedelta(hours=1)
    assert found.astimezone(ZoneInfo(zone)).fold == 0
