"""What a request asks for, what was understood of a line, and the answer: all frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from refbot.matching.profile import Facet


@dataclass(frozen=True, kw_only=True, slots=True)
class CompanySize:
    """Employees; a missing bound is open."""

    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Criteria:
    """What the reference must be like. Values per list facet in the order they were typed."""

    wanted: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    company_size: CompanySize | None = None
    tenure_min_years: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """One reading: `source` is the text it was read from, similarity 0-100."""

    facet: Facet
    value: str
    source: str
    similarity: float
    excluded: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Ambiguous:
    """A word with several readings, offered and not chosen ("Georgia")."""

    source: str
    readings: tuple[tuple[Facet, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A line, read."""

    text: str
    criteria: Criteria
    understood: tuple[Understood, ...] = ()
    not_understood: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One factor of a score; a candidate's points sum to its score."""

    factor: str
    points: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A reference proposed for the criteria. `ask_first` marks a willingness to be asked first."""

    reference_id: int
    account_id: int
    name: str
    account: str
    mask: str | None
    title: str
    score: float
    reasons: tuple[Reason, ...]
    ask_first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class NearMiss:
    """A reference that would fit and is held back; a champion can override with a reason."""

    reference_id: int
    account_id: int
    name: str
    account: str
    mask: str | None
    title: str
    score: float
    blocked_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What `Matcher.match` gives: the reading, the candidates best first, the near misses.

    `assumed` says in words what was taken for granted and stays out of the criteria
    ("sales call, since no activity is named").
    """

    reading: Reading
    candidates: tuple[Candidate, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    assumed: tuple[str, ...] = ()
