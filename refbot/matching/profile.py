"""What the matcher knows of a reference and of the company's own words; storage makes both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Facet(StrEnum):
    """The kinds of criteria (SPEC §4)."""

    INDUSTRY = "industry"
    PRODUCT = "product"
    LEVEL = "level"
    COUNTRY = "country"
    REGION = "region"
    FUNCTION = "function"
    ACTIVITY = "activity"
    LANGUAGE = "language"
    TAG = "tag"
    ACCOUNT = "account"
    COMPANY_SIZE = "company_size"
    TENURE = "tenure_min_years"


class Willingness(StrEnum):
    """A reference's own answer for one activity."""

    YES = "yes"
    ASK_FIRST = "ask_first"
    NO = "no"


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One of the company's own words: `text` means `value` of `facet`, or nothing without one."""

    facet: Facet | None
    value: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """One reference as the matcher sees it; dates are compared when a query is answered.

    `status` is the stored status of the reference; `blocking_issue` is true while a blocking issue
    is open at the person or the account. Counts are of the calendar quarter `quarter` (its first
    day); an engagement that counts is defined in SPEC §6.
    """

    reference_id: int
    account_id: int
    name: str
    account: str
    mask: str | None = None  # set when the account may not be named to a prospect
    named_in_public: bool = False
    industry: str | None = None
    country: str | None = None  # ISO 3166 alpha-2
    title: str = ""
    level: str | None = None
    function: str | None = None
    products: Mapping[str, date | None] = field(default_factory=dict)  # name -> live since
    tags: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()  # ISO 639-1
    willingness: Mapping[str, Willingness] = field(default_factory=dict)  # absent: ask first
    employees: int | None = None
    strengths: Mapping[str, int] = field(default_factory=dict)  # 1-5, see STRENGTHS
    measured_results: int = 0
    status: str = "active"
    health: str | None = None  # happy, needs_attention, challenged
    consent_until: date | None = None  # None: no end; compare with `has_consent`
    has_consent: bool = True
    resting_until: date | None = None  # the person's or the account's, whichever is later
    quarter: date | None = None
    used_this_quarter: int = 0
    account_used_this_quarter: int = 0
    own_limit_per_quarter: int | None = None
    months_out: frozenset[int] = frozenset()  # 1-12
    blocking_issue: bool = False
    renewal_date: date | None = None
    never_shown_to: tuple[str, ...] = ()  # prospects' names, as typed by the company
    last_asked: date | None = None
    times_asked: int = 0
    times_accepted: int = 0
    advisory_board: bool = False


STRENGTHS = ("business_value", "technical_depth", "public_speaking", "one_to_one", "passion")
