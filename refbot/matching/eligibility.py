"""Why a reference may not be proposed, in the words its reader sees; pure, a profile at a time."""

from datetime import date, timedelta
from typing import NamedTuple

from refbot.matching.names import same_company, similar_company
from refbot.matching.profile import Facet, Profile, Willingness
from refbot.matching.shipped import labels
from refbot.matching.weights import MatchingPolicy

_ACTIVE = "active"
_STATUS_WORDS = {
    "nominated": "is only a potential reference so far",
    "interviewing": "is being interviewed",
    "coaching": "is in coaching",
    "declined": "was found not suitable",
    "paused": "is paused",
    "retired": "has retired from the program",
    "opted_out": "opted out",
}


class Standing(NamedTuple):
    """What of a reference may hold it back, as a row of the index has it."""

    resting_until: date | None
    quarter: date | None
    used_this_quarter: int
    account_used_this_quarter: int
    blocking_issue: bool
    health: str | None
    renewal_date: date | None


def why_never(profile: Profile, activity: str, *, as_of: date, prospect: str | None) -> str | None:
    """Say why this reference must not be proposed, which nobody can override; None when it may."""
    if profile.status != _ACTIVE:
        return _STATUS_WORDS[profile.status]
    if not profile.has_consent:
        return "gave no consent or withdrew it"
    if profile.consent_until is not None and profile.consent_until < as_of:
        return f"consent expired on {profile.consent_until:%Y-%m-%d}"
    if profile.willingness.get(activity) is Willingness.NO:
        return f"has said no to {activity_words(activity)}"
    if as_of.month in profile.months_out:
        return f"is not to be asked in {as_of:%B}"
    return _own_limit(profile, as_of) or _prospect(profile, prospect)


def _own_limit(profile: Profile, as_of: date) -> str | None:
    limit = profile.own_limit_per_quarter
    used = used_this_quarter(profile, as_of)
    if limit is None or used < limit:
        return None
    return f"own limit reached: {used} of {limit} requests this quarter"


def _prospect(profile: Profile, prospect: str | None) -> str | None:
    if not prospect:
        return None
    if same_company(prospect, profile.account):
        return "is the prospect itself"
    if any(same_company(prospect, name) for name in profile.never_shown_to):
        return "must never be shown to this prospect"
    return None


def why_held_back(
    profile: Profile | Standing, activity: str, *, as_of: date, policy: MatchingPolicy
) -> tuple[str, ...]:
    """Say what holds this reference back; a champion can override it with a reason."""
    del activity  # what holds back is the same for all of them today
    reasons = []
    if profile.resting_until is not None and profile.resting_until > as_of:
        reasons.append(f"rests until {profile.resting_until:%Y-%m-%d}")
    used = used_this_quarter(profile, as_of)
    if used >= policy.person_per_quarter:
        reasons.append(f"{used} of {policy.person_per_quarter} requests this quarter")
    used = account_used_this_quarter(profile, as_of)
    if used >= policy.account_per_quarter:
        reasons.append(
            f"the account has had {used} of {policy.account_per_quarter} requests this quarter"
        )
    if profile.blocking_issue:
        reasons.append("has a blocking issue open")
    if profile.health == "challenged":
        reasons.append("is challenged")
    if _renewal_is_near(profile, as_of, policy):
        reasons.append(f"renewal is near: {profile.renewal_date:%Y-%m-%d}")
    return tuple(reasons)


def _renewal_is_near(profile: Profile | Standing, as_of: date, policy: MatchingPolicy) -> bool:
    if profile.renewal_date is None:
        return False
    margin = timedelta(days=policy.near_renewal_days)
    return as_of <= profile.renewal_date <= as_of + margin


def quarter_of(day: date) -> date:
    """Give the first day of a day's calendar quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def used_this_quarter(profile: Profile | Standing, as_of: date) -> int:
    """Count the person's uses in the quarter of a day; those of another quarter are over."""
    return profile.used_this_quarter if _counts_hold(profile, as_of) else 0


def account_used_this_quarter(profile: Profile | Standing, as_of: date) -> int:
    """Count the account's uses in the quarter of a day."""
    return profile.account_used_this_quarter if _counts_hold(profile, as_of) else 0


def _counts_hold(profile: Profile | Standing, as_of: date) -> bool:
    return profile.quarter is None or profile.quarter == quarter_of(as_of)


def similar_prospect(profile: Profile, prospect: str | None) -> str | None:
    """Warn that the account, or a name it must not be shown to, resembles the prospect's."""
    if not prospect:
        return None
    if similar_company(prospect, profile.account):
        return f"{profile.account} may be the prospect itself ({prospect})"
    for name in profile.never_shown_to:
        if similar_company(prospect, name):
            return f"{profile.account} must never be shown to {name}, which resembles {prospect}"
    return None


def activity_words(activity: str) -> str:
    """Give an activity as part of a sentence: "a sales call" is "sales call"."""
    return labels().get((Facet.ACTIVITY, activity), activity).lower()
