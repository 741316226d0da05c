"""Criteria as SQL conditions on a row `p` of the flat table, with the points for each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from refbot.matching.columns import SIZE_BOUNDS
from refbot.matching.criteria import CompanySize, Criteria
from refbot.matching.names import cleaned_name
from refbot.matching.profile import Facet
from refbot.matching.shipped import LEVELS, children, countries_of, parents, regions_of
from refbot.matching.weights import MatchingPolicy

_WIDE = frozenset(("europe", "middle_east", "africa", "asia", "apac"))
_TOO_WIDE = frozenset(("emea",))  # to be there says nothing about being near
_EPOCH = date(1970, 1, 1).toordinal()
# The facets that share out the points for fit, in the order in which rounding favours them.
_LISTED = (
    Facet.ACCOUNT, Facet.INDUSTRY, Facet.PRODUCT, Facet.COUNTRY, Facet.REGION, Facet.LEVEL,
    Facet.FUNCTION, Facet.LANGUAGE, Facet.TAG,
)  # fmt: skip
# Parts of a criterion's points, as numerator and denominator.
EXACT, PART_OF, NEAR, FAR = (1, 1), (4, 5), (1, 2), (1, 4)

Share: TypeAlias = tuple[int, int]
Grades: TypeAlias = Iterable[tuple[Share, str]]  # best first


@dataclass(slots=True)
class Values:
    """The values that a statement binds."""

    bound: dict[str, Any] = field(default_factory=dict)

    def put(self, value: Any) -> str:
        """Bind a value; gives what stands for it."""
        name = f"v{len(self.bound)}"
        self.bound[name] = value
        return f":{name}"

    @property
    def day(self) -> int:
        """Give the day that is asked about."""
        return int(self.bound["day"])

    @day.setter
    def day(self, number: int) -> None:
        self.bound["day"] = number


def one_of(column: str, values: Iterable[Any], bound: Values) -> str:
    """Write that a column has one of these values; never unknown."""
    listed = _known_one_of(column, values, bound)
    return listed if listed == "false" else f"coalesce({listed}, false)"


def _known_one_of(column: str, values: Iterable[Any], bound: Values) -> str:
    """Write the same of a column that is never null, so that an index on it can be used."""
    listed = ", ".join(bound.put(value) for value in values)
    return f"{column} IN ({listed})" if listed else "false"


def graded(
    criteria: Criteria,
    wished_level: str | None,
    as_of: date,
    policy: MatchingPolicy,
    bound: Values,
) -> list[tuple[int, str]]:
    """Give each criterion's most tenths, and the CASE that gives a row its own."""
    asked = list(_asked(criteria, wished_level))
    weights = [policy.fit.get(factor, 0) for factor, _ in asked]
    if not sum(weights):
        return []
    shares = _shared_out(10 * policy.fit_points, weights)
    return [
        (tenths, _case(_grades(criteria, factor, values, as_of, bound), tenths))
        for (factor, values), tenths in zip(asked, shares, strict=True)
    ]


def _asked(criteria: Criteria, wished_level: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    for facet in _LISTED:
        values = tuple(criteria.wanted.get(facet, ()))
        if facet is Facet.TAG:
            yield from (("tag", (value,)) for value in values)
        elif values:
            yield facet.value, values
    if wished_level and Facet.LEVEL not in criteria.wanted:
        yield "level", (wished_level,)
    size = criteria.company_size
    if size and (size.min is not None or size.max is not None):
        yield "company_size", ()
    if criteria.tenure_min_years:
        yield "tenure", ()


def _shared_out(whole: int, weights: Sequence[int]) -> list[int]:
    """Share out a whole in whole numbers; what rounding leaves goes to the first ones."""
    shares = [whole * weight // sum(weights) for weight in weights]
    for at in range(whole - sum(shares)):
        shares[at % len(shares)] += 1
    return shares


def _case(grades: Grades, tenths: int) -> str:
    whens = [
        f"WHEN {condition} THEN {(2 * tenths * above + below) // (2 * below)}"
        for (above, below), condition in grades
    ]
    return f"CASE {' '.join(whens)} ELSE 0 END"


def _grades(
    criteria: Criteria, factor: str, values: tuple[str, ...], as_of: date, bound: Values
) -> Grades:
    if factor == "company_size":
        return _size(criteria.company_size or CompanySize())
    if factor == "tenure":
        return _tenure(criteria, as_of, bound)
    several = {"account": _account, "industry": _industry, "country": _country, "level": _level}
    if factor in several:
        return several[factor](values, bound)
    if factor == "region":
        return [(EXACT, one_of("p.country", _countries(values), bound))]
    if factor == "function":
        return [(EXACT, one_of("p.function", values, bound))]
    return [(EXACT, _beside(factor, values, bound))]


def _beside(factor: str, values: Iterable[str], bound: Values) -> str:
    return (
        f"p.id IN (SELECT reference_id FROM flat_{factor} "  # noqa: S608 - a facet's name
        f"WHERE {_known_one_of('value', values, bound)})"
    )


def _account(values: Sequence[str], bound: Values) -> Grades:
    own = _known_one_of("p.account_key", map(cleaned_name, values), bound)
    like = (
        "coalesce(p.industry IN (SELECT o.industry FROM flat o "  # noqa: S608 - a column's name
        f"WHERE o.industry IS NOT NULL AND {own.replace('p.', 'o.')}), false)"
    )
    return [(EXACT, own), (NEAR, like)]


def _industry(values: Sequence[str], bound: Values) -> Grades:
    below = sorted(child for value in values for child in children().get(value, ()))
    above = [parents()[value] for value in values if value in parents()]
    return [
        (EXACT, one_of("p.industry", values, bound)),
        (PART_OF, one_of("p.industry", below, bound)),
        (NEAR, one_of("p.industry", above, bound)),
    ]


def _country(values: Sequence[str], bound: Values) -> Grades:
    around = {region for value in values for region in regions_of().get(value, ())}
    close = _countries(around - _WIDE - _TOO_WIDE)
    return [
        (EXACT, one_of("p.country", values, bound)),
        (NEAR, one_of("p.country", close, bound)),
        (FAR, one_of("p.country", _countries(around & _WIDE), bound)),
    ]


def _countries(regions: Iterable[str]) -> list[str]:
    return sorted({code for region in regions for code in countries_of().get(region, ())})


def _level(values: Sequence[str], bound: Values) -> Grades:
    steps = {LEVELS.index(value) for value in values}
    beside = sorted(
        step for step in range(len(LEVELS)) if step not in steps and {step - 1, step + 1} & steps
    )
    return [
        (EXACT, one_of("p.level", values, bound)),
        (NEAR, one_of("p.level", (LEVELS[step] for step in beside), bound)),
    ]


def _size(size: CompanySize) -> Grades:
    """Near is half of the least to twice the most, out to the next round number."""
    exact, near = [], []
    if size.min is not None:
        exact.append(f"p.employees >= {size.min}")
        near.append(
            f"p.employees >= {max((b for b in SIZE_BOUNDS if 2 * b <= size.min), default=0)}"
        )
    if size.max is not None:
        exact.append(f"p.employees <= {size.max}")
        most = min((b for b in SIZE_BOUNDS if b >= 2 * size.max), default=None)
        near += [] if most is None else [f"p.employees <= {most}"]
    return [
        (EXACT, f"coalesce({' AND '.join(exact)}, false)"),
        (NEAR, f"coalesce({' AND '.join(near) or 'p.employees IS NOT NULL'}, false)"),
    ]


def _tenure(criteria: Criteria, as_of: date, bound: Values) -> Grades:
    """Live so many years on a product asked for, or on any when none is."""
    years = criteria.tenure_min_years or 0
    products = criteria.wanted.get(Facet.PRODUCT, ())
    own = (
        "(SELECT min(o.live) FROM flat_product o WHERE o.reference_id = p.id "  # noqa: S608
        f"AND {_known_one_of('o.value', products, bound)})"
    )
    since = own if products else "p.since"
    nearly = max(years - 1, years // 2)
    return [
        (EXACT, f"coalesce({since} <= {_day_before(as_of, years)}, false)"),
        (NEAR, f"coalesce({since} <= {_day_before(as_of, nearly)}, false)"),
    ]


def _day_before(day: date, years: int) -> int:
    if (day.month, day.day) == (2, 29) and years:
        day = date(day.year, 3, 1)
    return date(max(day.year - years, 1), day.month, day.day).toordinal() - _EPOCH


def excluded(criteria: Criteria, bound: Values) -> Iterator[str]:
    """Write what a row must not be: an industry means its children, a region its countries."""
    for facet, values in criteria.excluded.items():
        match facet:
            case Facet.INDUSTRY:
                below = [child for value in values for child in sorted(children().get(value, ()))]
                yield f"NOT {one_of('p.industry', [*values, *below], bound)}"
            case Facet.REGION:
                yield f"NOT {one_of('p.country', _countries(values), bound)}"
            case Facet.ACCOUNT:
                yield f"NOT {one_of('p.account_key', map(cleaned_name, values), bound)}"
            case Facet.PRODUCT | Facet.TAG | Facet.LANGUAGE:
                yield f"NOT {_beside(facet.value, values, bound)}"
            case Facet.COUNTRY | Facet.LEVEL | Facet.FUNCTION:
                yield f"NOT {one_of(f'p.{facet.value}', values, bound)}"


def hidden_from(prospect: str | None, bound: Values) -> Iterator[str]:
    """Write that the prospect itself, and who must never be shown to it, are left out."""
    if prospect:
        name = bound.put(cleaned_name(prospect))
        yield f"p.account_key <> {name}"
        yield (
            f"p.account_id NOT IN (SELECT account_id FROM flat_hidden WHERE name_key = {name})"  # noqa: S608
        )
