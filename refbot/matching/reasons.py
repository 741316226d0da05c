"""A row's points in words: one reason a factor, and the reasons sum to the score."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from refbot.matching.asks import Ask, Query
from refbot.matching.columns import HEALTHS, NAMED, UNKNOWN, day_of
from refbot.matching.criteria import Reason
from refbot.matching.eligibility import activity_words
from refbot.matching.index import Index
from refbot.matching.numbers import whole_years
from refbot.matching.profile import STRENGTHS, Facet
from refbot.matching.restore import is_ask_first
from refbot.matching.scoring import fit, has, quality, rotation, uses
from refbot.matching.shipped import countries_of, parents
from refbot.matching.vocabulary import Vocabulary
from refbot.matching.weights import MatchingPolicy

_HEALTH_WORDS: Mapping[str | None, str] = {
    None: "mood not known",
    "happy": "is happy",
    "needs_attention": "needs attention",
    "challenged": "is challenged",
}
_VERBS = {"product": "uses", "tag": "has", "language": "speaks"}


class Explainer:
    """Says for one query why a row got its points."""

    def __init__(
        self, index: Index, vocabulary: Vocabulary, query: Query, policy: MatchingPolicy
    ) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._query = query
        self._policy = policy

    def reasons(self, asks: Sequence[Ask], places: Sequence[int]) -> list[tuple[Reason, ...]]:
        """Give the reasons of rows; the points of each row's reasons sum to its score."""
        at = np.array(places, np.int64)
        columns, query, policy = self._index.columns, self._query, self._policy
        fits = [(ask, fit(ask, at).tolist()) for ask in asks]
        parts = quality(columns, at, query.activity, query.as_of, policy)
        qualities = [(factor, points.tolist()) for factor, points in parts.items()]
        rotations = rotation(columns, at, query.as_of, policy).tolist()
        found = []
        for row, place in enumerate(places):
            reasons = [
                _reason(ask.factor, points[row], self._fit_words(ask, place, points[row]))
                for ask, points in fits
            ]
            if not asks:
                reasons.append(_reason("fit", policy.fit_points * 10, "nothing else is asked for"))
            reasons += [
                _reason(factor, points[row], self._quality_words(factor, place))
                for factor, points in qualities
            ]
            reasons.append(_reason("rotation", rotations[row], self._rotation_words(place)))
            found.append(tuple(reasons))
        return found

    def _label(self, facet: Facet, value: str | None) -> str:
        return "unknown" if value is None else self._vocabulary.label(facet, value)

    def _fit_words(self, ask: Ask, place: int, tenths: int) -> str:
        columns = self._index.columns
        own = {
            "industry": (Facet.INDUSTRY, columns.industries),
            "country": (Facet.COUNTRY, columns.countries),
            "region": (Facet.COUNTRY, columns.countries),
            "level": (Facet.LEVEL, columns.levels),
            "function": (Facet.FUNCTION, columns.functions),
        }
        if ask.factor in own:
            facet, table = own[ask.factor]
            name = facet.value if ask.factor == "region" else ask.factor
            value = table.values[int(columns[name][place])]
            return self._place_words(ask, facet, value)
        return self._other_words(ask, place, tenths)

    def _place_words(self, ask: Ask, facet: Facet, value: str | None) -> str:
        label = self._label(facet, value)
        if value is None:
            return f"{ask.factor} not known"
        asked = " or ".join(self._label(Facet(ask.factor), v) for v in ask.values)
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

    def _other_words(self, ask: Ask, place: int, tenths: int) -> str:
        at = np.array([place])
        if ask.factor == "company_size":
            employees = int(self._index.columns["employees"][place])
            return "size not known" if employees == UNKNOWN else f"{employees:,} employees"
        if ask.factor == "tenure":
            return self._tenure_words(place)
        asked = " or ".join(self._label(Facet(ask.factor), value) for value in ask.values)
        if ask.factor == "account":
            if tenths and tenths == ask.tenths:
                return "is at the account asked for"
            return "another account of that industry" if tenths else "another account"
        verb = _VERBS[ask.factor]
        own = [v for v in ask.values if has(self._index.bits(Facet(ask.factor), (v,)), at)[0]]
        if not own:
            return f"{asked} is not on record"
        labels = " and ".join(self._label(Facet(ask.factor), value) for value in own)
        return f"{verb} {labels}"

    def _tenure_words(self, place: int) -> str:
        products = self._query.criteria.wanted.get(Facet.PRODUCT, ())
        day = day_of(self._index.live_since(np.array([place]), products)[0])
        return f"live since {day:%B %Y}" if day else "live since an unknown date"

    def _quality_words(self, factor: str, place: int) -> str:
        columns = self._index.columns
        said: Mapping[str, Callable[[], str]] = {
            "strengths": lambda: self._strength_words(place),
            "willing": lambda: self._willing_words(place),
            "results": lambda: _results_words(int(columns["results"][place])),
            "tenure_so_far": lambda: _years_words(
                day_of(columns["since"][place]), self._query.as_of
            ),
            "health": lambda: _HEALTH_WORDS[HEALTHS[int(columns["health"][place])]],
            "acceptance": lambda: (
                f"accepted {int(columns['accepted'][place])} of {int(columns['asked'][place])}"
            ),
            "named": lambda: _named_words(int(columns["flags"][place])),
        }
        return said[factor]()

    def _willing_words(self, place: int) -> str:
        words = activity_words(self._query.activity)
        if is_ask_first(self._index.columns, place, self._query.activity):
            return f"wants to be asked first: {words}"
        return f"willing: {words}"

    def _strength_words(self, place: int) -> str:
        columns = self._index.columns
        emphasis = self._policy.emphasis.get(self._query.activity, {})
        known = [
            f"{name.replace('_', ' ')} {int(columns[f'strength_{name}'][place])}"
            for name in STRENGTHS
            if emphasis.get(name) and columns[f"strength_{name}"][place]
        ]
        return f"strengths of 5: {', '.join(known)}" if known else "strengths not rated"

    def _rotation_words(self, place: int) -> str:
        columns, at = self._index.columns, np.array([place])
        last = day_of(columns["last_asked"][place])
        if last is None:
            return "never asked so far"
        count = int(uses(columns, at, self._query.as_of)[0])
        used = f", {count} this quarter" if count else ""
        return f"last asked on {last:%Y-%m-%d}{used}"


def _results_words(count: int) -> str:
    return f"{count} measured result{'' if count == 1 else 's'}"


def _named_words(flags: int) -> str:
    return "may be named in public" if flags & NAMED else "may not be named in public"


def _reason(factor: str, tenths: int, text: str) -> Reason:
    return Reason(factor=factor, points=tenths / 10, text=text)


def _years_words(since: date | None, as_of: date) -> str:
    if since is None:
        return "live since an unknown date"
    years = max(whole_years(since, as_of), 0)
    return f"customer for {years} year{'' if years == 1 else 's'}"
