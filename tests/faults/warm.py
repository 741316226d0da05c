"""Imported once by the server that RefBots are born from: reads for all what each would read.

A birth then takes a tenth of a second and not three: words, holidays and time zones are there.
"""

from datetime import UTC, date, datetime

from refbot.matching.matcher import Matcher
from refbot.matching.vocabulary import Vocabulary
from refbot.matching.weights import MatchingPolicy
from refbot.policy import Policy
from refbot.worktime import WorkCalendar

Matcher.of([], Vocabulary.of([]), MatchingPolicy()).match(
    "healthcare product-A director", as_of=date(2027, 2, 1)
)
for zone in ("Europe/Berlin", "America/New_York", "America/Chicago"):
    WorkCalendar.of(zone, None, Policy()).is_open(datetime(2027, 2, 1, tzinfo=UTC))
