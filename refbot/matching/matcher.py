"""The only door to matching: a line or criteria in, ranked references with reasons out."""

import threading
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Self

from refbot.matching import eligibility
from refbot.matching.asks import Query
from refbot.matching.block import Block, in_blocks
from refbot.matching.criteria import Answer, Candidate, Criteria, NearMiss, Reading, Reason
from refbot.matching.day import Day
from refbot.matching.features import InPlay, in_play
from refbot.matching.index import Index
from refbot.matching.parse import read
from refbot.matching.profile import Facet, Profile
from refbot.matching.ranking import FIRST_SHOWN, Ranked, Ranking, rank
from refbot.matching.reasons import Explainer
from refbot.matching.restore import blocks_of, is_ask_first
from refbot.matching.title import highest_level
from refbot.matching.vocabulary import Vocabulary
from refbot.matching.weights import MatchingPolicy
from refbot.matching.willing import ACTIVITIES

ASSUMED_ACTIVITY = "sales_call"
DAYS_KEPT = len(ACTIVITIES)


class Matcher:
    """The pool in memory. Threads may match while another refreshes: a lock parts them."""

    def __init__(self, index: Index, vocabulary: Vocabulary, policy: MatchingPolicy) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._days: dict[tuple[str, date], Day] = {}
        self.vocabulary = vocabulary
        self.policy = policy

    @classmethod
    def of(
        cls, profiles: Iterable[Profile], vocabulary: Vocabulary, policy: MatchingPolicy
    ) -> Self:
        """Build the index over all references, taking them one at a time."""
        return cls.built(in_blocks(profiles), vocabulary, policy)

    @classmethod
    def built(
        cls,
        blocks: Iterable[Block],
        vocabulary: Vocabulary,
        policy: MatchingPolicy,
        *,
        expected: int = 0,
    ) -> Self:
        """Build the index over all references, taking them a block at a time."""
        index = Index()
        index.fill(blocks, expected)
        return cls(index, vocabulary, policy)

    def __len__(self) -> int:
        """Count the references."""
        return len(self._index)

    def read(self, text: str, *, as_of: date) -> Reading:
        """Read a line into criteria."""
        return read(text, self.vocabulary, as_of=as_of)

    def match(
        self,
        text_or_criteria: str | Criteria,
        *,
        as_of: date,
        prospect: str | None = None,
        attendees: str = "",
        limit: int = FIRST_SHOWN,
    ) -> Answer:
        """Give the best references for a line or for criteria, with reasons and near misses."""
        if isinstance(text_or_criteria, str):
            reading = self.read(text_or_criteria, as_of=as_of)
        else:
            reading = Reading(text="", criteria=text_or_criteria)
        query = self._query(reading.criteria, as_of, prospect, attendees)
        with self._lock:
            ranking, day = self._ranked(query, limit)
            return self._answer(reading, query, ranking, day)

    def in_play(
        self,
        criteria: Criteria,
        *,
        as_of: date,
        prospect: str | None = None,
        attendees: str = "",
        also: Sequence[int] = (),
        limit: int,
    ) -> InPlay:
        """Give the best for criteria, and `also` these references, with their shares of factors."""
        query = self._query(criteria, as_of, prospect, attendees)
        with self._lock:
            ranking, _ = self._ranked(query, limit)
            best = [row.place for row in ranking.free]
            return in_play(self._index, query, self.policy, best, also)

    def refreshed(self, changed: Iterable[Profile], removed: Iterable[int] = ()) -> Self:
        """Bring references up to date in place, all at once for every reader; gives itself.

        The cost is that of the changed references, however large the pool is.
        """
        blocks, gone = list(in_blocks(changed)), list(removed)
        with self._lock:
            places = [self._index.remove(reference_id) for reference_id in gone]
            for block in blocks:
                places += self._index.put(block)
            touched = sorted({place for place in places if place is not None})
            for day in self._days.values():
                day.refresh(self._index.columns, touched, self.policy)
        return self

    def prepare(self, as_of: date) -> None:
        """Work out a day for every activity ahead of the first question about it."""
        for activity in ACTIVITIES:
            with self._lock:
                self._day(activity, as_of)

    def reweigh(self, policy: MatchingPolicy) -> None:
        """Rank by other weights and caps from here on."""
        with self._lock:
            self.policy = policy
            self._days.clear()

    def standing(
        self, profile: Profile, activity: str, *, as_of: date, prospect: str | None = None
    ) -> tuple[str | None, tuple[str, ...]]:
        """Say why a reference must not be proposed, or None, and what holds it back."""
        never = eligibility.why_never(profile, activity, as_of=as_of, prospect=prospect)
        held = eligibility.why_held_back(profile, activity, as_of=as_of, policy=self.policy)
        return never, held

    def _query(
        self, criteria: Criteria, as_of: date, prospect: str | None, attendees: str
    ) -> Query:
        activities = criteria.wanted.get(Facet.ACTIVITY, ())
        activity = activities[0] if activities else ASSUMED_ACTIVITY
        wished = None
        if attendees and Facet.LEVEL not in criteria.wanted:
            wished = highest_level(attendees, self.vocabulary)
        return Query(criteria, activity, as_of, prospect, wished)

    def _ranked(self, query: Query, limit: int) -> tuple[Ranking, Day]:
        day = self._day(query.activity, query.as_of)
        return rank(self._index, query, day, self.policy, limit), day

    def _day(self, activity: str, as_of: date) -> Day:
        """Give what the day makes of all rows; the oldest is let go when there are many."""
        key = (activity, as_of)
        if key not in self._days:
            while len(self._days) >= DAYS_KEPT:
                self._days.pop(next(iter(self._days)))
            self._days[key] = Day.of(self._index.columns, activity, as_of, self.policy)
        return self._days[key]

    def _answer(self, reading: Reading, query: Query, ranking: Ranking, day: Day) -> Answer:
        explainer = Explainer(self._index, self.vocabulary, query, self.policy, day.worth)
        reasons = explainer.reasons(ranking.asks, [row.place for row in ranking.free])
        return Answer(
            reading=reading,
            candidates=tuple(map(partial(self._candidate, query), ranking.free, reasons)),
            near_misses=tuple(self._near_miss(row, query) for row in ranking.held),
            assumed=tuple(self._assumed(query)),
        )

    def _candidate(self, query: Query, row: Ranked, reasons: tuple[Reason, ...]) -> Candidate:
        columns, customers = self._index.columns, self._index.customers
        number = columns.at("account", row.place)
        return Candidate(
            reference_id=columns.at("reference_id", row.place),
            account_id=customers.account_id(number),
            name=columns.name(row.place),
            account=customers.name(number),
            mask=customers.mask(number),
            title=columns.title(row.place),
            score=row.tenths / 10,
            reasons=reasons,
            ask_first=is_ask_first(columns, row.place, query.activity),
        )

    def _near_miss(self, row: Ranked, query: Query) -> NearMiss:
        columns, customers = self._index.columns, self._index.customers
        number = columns.at("account", row.place)
        return NearMiss(
            reference_id=columns.at("reference_id", row.place),
            account_id=customers.account_id(number),
            name=columns.name(row.place),
            account=customers.name(number),
            mask=customers.mask(number),
            title=columns.title(row.place),
            score=row.tenths / 10,
            blocked_by=blocks_of(columns, row.place, query, self.policy),
        )

    def _assumed(self, query: Query) -> Iterable[str]:
        if not query.criteria.wanted.get(Facet.ACTIVITY):
            label = self.vocabulary.label(Facet.ACTIVITY, query.activity).lower()
            yield f"{label}, since no activity is named"
        if query.wished_level:
            label = self.vocabulary.label(Facet.LEVEL, query.wished_level)
            yield f"{label}, after the attendees' titles"
