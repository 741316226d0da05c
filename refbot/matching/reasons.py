"""A row's points in words: one reason a factor, and the reasons sum to the score."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache, partial

import numpy as np

from refbot.matching.asks import Ask, Query
from refbot.matching.columns import HEALTHS, NAMED, UNKNOWN, day_of
from refbot.matching.criteria import Reason
from refbot.matching.eligibility import activity_words
from refbot.matching.index import Index
from refbot.matching.marks import marks_of
from refbot.matching.numbers import whole_years
from refbot.matching.priors import Priors
from refbot.matching.profile import Facet
from refbot.matching.restore import is_ask_first
from refbot.matching.scoring import fit_of, uses
from refbot.matching.shipped import countries_of, parents
from refbot.matching.vocabulary import Vocabulary
from refbot.matching.weights import MatchingPolicy

_HEALTH_WORDS: Mapping[str | None, str] = {
    None: "mood not known",
    "happy": "is happy",
    "needs_attention": "needs attention",
    "challenged": "is challenged",
}
_OWN = {  # of these a row has one value at most; the facet it is of, and where it is kept
    "industry": (Facet.INDUSTRY, "industries"),
    "country": (Facet.COUNTRY, "countries"),
    "region": (Facet.COUNTRY, "countries"),
    "level": (Facet.LEVEL, "levels"),
    "function": (Facet.FUNCTION, "functions"),
}
_REMEMBERED = 4_096  # sentences, each much the same for very many rows
_VERBS = {"product": "uses", "tag": "has", "language": "speaks"}


class Explainer:
    """Says for one query why a row got its points."""

    def __init__(
        self,
        index: Index,
        vocabulary: Vocabulary,
        query: Query,
        policy: MatchingPolicy,
        worth: Priors,
    ) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._query = query
        self._policy = policy
        self._worth = worth
        self._used: Mapping[int, int] = {}
        self._live: Mapping[int, int] = {}
        self._said: Mapping[str, Callable[[int], str]] = {
            "strengths": self._strength_words,
            "willing": self._willing_words,
            "results": self._results_words,
            "tenure_so_far": self._years_words,
            "health": self._health_words,
            "acceptance": self._acceptance_words,
            "named": self._named_words,
        }

    def reasons(self, asks: Sequence[Ask], places: Sequence[int]) -> list[tuple[Reason, ...]]:
        """Give the reasons of rows; the points of each row's reasons sum to its score."""
        at = np.array(places, np.int64)
        columns, query, policy = self._index.columns, self._query, self._policy
        self._used = dict(zip(places, uses(columns, at, query.as_of).tolist(), strict=True))
        if query.criteria.tenure_min_years:
            products = query.criteria.wanted.get(Facet.PRODUCT, ())
            since = columns.live_since(at, products).tolist()
            self._live = dict(zip(places, since, strict=True))
        fitting = [
            (ask.factor, [fit_of(ask, place) for place in places], self._fit_words(ask))
            for ask in asks
        ]
        parts = self._worth.quality(columns, at)
        qualities = [(factor, points.tolist()) for factor, points in parts.items()]
        rotations = self._worth.rotation(columns, at).tolist()
        found = []
        for row, place in enumerate(places):
            reasons = [
                _reason(factor, points[row], words(place, points[row]))
                for factor, points, words in fitting
            ]
            if not asks:
                reasons.append(_reason("fit", policy.fit_points * 10, "nothing else is asked for"))
            reasons += [
                _reason(factor, points[row], self._said[factor](place))
                for factor, points in qualities
            ]
            reasons.append(_reason("rotation", rotations[row], self._rotation_words(place)))
            found.append(tuple(reasons))
        return found

    def _label(self, facet: Facet, value: str | None) -> str:
        return "unknown" if value is None else self._vocabulary.label(facet, value)

    def _fit_words(self, ask: Ask) -> Callable[[int, int], str]:
        """Give what says of a row, and the tenths that it got, how it fits a criterion."""
        if ask.factor == "company_size":
            return self._size_words
        if ask.factor == "tenure":
            return self._tenure_words
        asked = " or ".join(self._label(Facet(ask.factor), value) for value in ask.values)
        if ask.factor == "account":
            return partial(_account_words, ask)
        if ask.factor in _OWN:
            facet, kept = _OWN[ask.factor]
            table = getattr(self._index.columns, kept).values
            said = cache(partial(self._place_words, ask, facet, asked))
            return lambda place, _: said(table[self._index.columns.at(facet.value, place)])
        return partial(self._listed_words, ask, asked)

    def _place_words(self, ask: Ask, facet: Facet, asked: str, value: str | None) -> str:
        label = self._label(facet, value)
        if value is None:
            return f"{ask.factor} not known"
        if value in ask.values:
            return {
                "industry": f"works in {label}",
                "country": f"is in {label}",
                "level": f"is {label}",
                "function": f"works in {label}",
            }[ask.factor]
        if ask.factor == "industry" and parents().get(value) in ask.values:
            return f"works in {label}, a part of {asked}"
        if ask.factor == "region" and any(
            value in countries_of().get(region, ()) for region in ask.values
        ):
            return f"is in {label}, {asked}"
        return f"{label}; asked was {asked}"

    def _listed_words(self, ask: Ask, asked: str, place: int, _tenths: int) -> str:
        """Say which of the products, tags or languages asked for the row has."""
        facet = Facet(ask.factor)
        own = [value for value in ask.values if self._index.has(place, facet, value)]
        if not own:
            return f"{asked} is not on record"
        labels = " and ".join(self._label(facet, value) for value in own)
        return f"{_VERBS[ask.factor]} {labels}"

    def _size_words(self, place: int, _tenths: int) -> str:
        employees = self._index.columns.at("employees", place)
        return "size not known" if employees == UNKNOWN else f"{employees:,} employees"

    def _tenure_words(self, place: int, _tenths: int) -> str:
        return _live_words(self._live[place])

    def _acceptance_words(self, place: int) -> str:
        columns = self._index.columns
        return f"accepted {columns.at('accepted', place)} of {columns.at('asked', place)}"

    def _health_words(self, place: int) -> str:
        return _HEALTH_WORDS[HEALTHS[self._index.columns.at("health", place)]]

    def _named_words(self, place: int) -> str:
        named = self._index.columns.at("flags", place) & NAMED
        return "may be named in public" if named else "may not be named in public"

    def _results_words(self, place: int) -> str:
        count = self._index.columns.at("results", place)
        return f"{count} measured result{'' if count == 1 else 's'}"

    def _years_words(self, place: int) -> str:
        return _customer_words(self._index.columns.at("since", place), self._query.as_of)

    def _willing_words(self, place: int) -> str:
        words = activity_words(self._query.activity)
        if is_ask_first(self._index.columns, place, self._query.activity):
            return f"wants to be asked first: {words}"
        return f"willing: {words}"

    def _strength_words(self, place: int) -> str:
        columns = self._index.columns
        emphasis = self._policy.emphasis.get(self._query.activity, {})
        marks = marks_of(columns.at("marks", place))
        known = [
            f"{name.replace('_', ' ')} {mark}"
            for name, mark in marks.items()
            if mark and emphasis.get(name)
        ]
        return f"strengths of 5: {', '.join(known)}" if known else "strengths not rated"

    def _rotation_words(self, place: int) -> str:
        return _asked_words(self._index.columns.at("last_asked", place), self._used[place])


@lru_cache(_REMEMBERED)
def _live_words(since: int) -> str:
    day = day_of(since)
    return f"live since {day:%B %Y}" if day else "live since an unknown date"


@lru_cache(_REMEMBERED)
def _customer_words(since: int, as_of: date) -> str:
    day = day_of(since)
    if day is None:
        return "live since an unknown date"
    years = max(whole_years(day, as_of), 0)
    return f"customer for {years} year{'' if years == 1 else 's'}"


@lru_cache(_REMEMBERED)
def _asked_words(last_asked: int, used: int) -> str:
    day = day_of(last_asked)
    if day is None:
        return "never asked so far"
    return f"last asked on {day:%Y-%m-%d}" + (f", {used} this quarter" if used else "")


def _account_words(ask: Ask, _place: int, tenths: int) -> str:
    if tenths and tenths == ask.tenths:
        return "is at the account asked for"
    return "another account of that industry" if tenths else "another account"


@lru_cache(_REMEMBERED)
def _reason(factor: str, tenths: int, text: str) -> Reason:
    return Reason(factor=factor, points=tenths / 10, text=text)
