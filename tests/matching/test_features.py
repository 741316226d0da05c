"""Shares of factors: with them, candidates can be ranked again as the matcher ranked them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from refbot.matching.criteria import Criteria
from refbot.matching.matcher import Matcher
from refbot.matching.profile import Facet, Profile
from refbot.matching.vocabulary import Vocabulary
from refbot.matching.weights import MatchingPolicy
from tests.matching.conftest import AS_OF

LINES = (
    "banking germany cfo investor call",
    "healthcare product-a director 2+ years",
    "manufacturing, 5000+ employees, it, speaking",
    "europe, english, case study",
    "",
)


def criteria_of(matcher: Matcher, line: str) -> Criteria:
    return matcher.read(line, as_of=AS_OF).criteria


@pytest.mark.parametrize("line", LINES)
def test_the_shares_times_the_points_are_the_scores(matcher: Matcher, line: str) -> None:
    criteria = criteria_of(matcher, line)
    found = matcher.match(criteria, as_of=AS_OF, limit=25)
    shown = matcher.in_play(criteria, as_of=AS_OF, limit=25)
    assert {c.reference_id for c in shown.candidates} == {c.reference_id for c in found.candidates}
    shares = {c.reference_id: dict(zip(shown.factors, c.shares, strict=True))
              for c in shown.candidates}  # fmt: skip
    assert found.candidates
    for candidate in found.candidates:
        best = {reason.factor: reason.points for reason in candidate.reasons}
        for factor, share in shares[candidate.reference_id].items():
            most = _most(matcher, shown.factors, factor)
            assert best[factor] == pytest.approx(most * share, abs=0.15), factor


def _most(matcher: Matcher, factors: tuple[str, ...], factor: str) -> float:
    """Give the points that a factor can make, worked out from the policy alone."""
    policy = matcher.policy
    if factor == "rotation":
        return policy.rotation_points
    if factor in policy.quality:
        return policy.quality[factor]
    asked = sum(policy.fit.get(name, 0) for name in factors)
    return policy.fit_points * policy.fit[factor] / asked


def test_a_reference_that_nobody_would_propose_is_shown_when_named(matcher: Matcher) -> None:
    criteria = criteria_of(matcher, "banking germany cfo")
    best = {c.reference_id for c in matcher.in_play(criteria, as_of=AS_OF, limit=3).candidates}
    other = next(number for number in range(1, len(matcher) + 1) if number not in best)
    shown = matcher.in_play(criteria, as_of=AS_OF, also=[other, 987_654, 0], limit=3)
    assert {c.reference_id for c in shown.candidates} == best | {other}


def test_a_factor_stands_once_for_each_tag(matcher: Matcher) -> None:
    criteria = Criteria(wanted={Facet.TAG: ("SAP", "F500")})
    shown = matcher.in_play(criteria, as_of=date(2026, 11, 22), also=[1], limit=1)
    assert [factor for factor in shown.factors if factor == "tag"] == ["tag", "tag"]
    assert all(len(c.shares) == len(shown.factors) for c in shown.candidates)


def test_equals_stand_in_the_order_in_which_the_matcher_tells_them_apart(
    vocabulary: Vocabulary,
) -> None:
    used = [(2, 1), (1, 9), (1, 3), (0, 5), (0, 5)]  # uses this quarter, days since the last
    profiles = [
        Profile(
            reference_id=10 - at, account_id=at, name="x", account=f"A{at}",
            quarter=date(2026, 10, 1), used_this_quarter=uses,
            last_asked=AS_OF - timedelta(days=days),
        )
        for at, (uses, days) in enumerate(used)
    ]  # fmt: skip
    policy = replace(MatchingPolicy(), rotation_points=0, person_per_quarter=9)
    matcher = Matcher.of(profiles, vocabulary, policy)
    found = matcher.match(Criteria(), as_of=AS_OF, limit=9).candidates
    shown = matcher.in_play(Criteria(), as_of=AS_OF, limit=9).candidates
    assert [c.reference_id for c in shown] == [c.reference_id for c in found] == [6, 7, 9, 8, 10]


def test_attendees_and_prospect_count_as_they_do_when_matching(matcher: Matcher) -> None:
    shown = matcher.in_play(Criteria(), as_of=AS_OF, attendees="their CFO", limit=5)
    assert "level" in shown.factors
    account = matcher.match(Criteria(), as_of=AS_OF, limit=1).candidates[0]
    kept = matcher.in_play(Criteria(), as_of=AS_OF, prospect=account.account, limit=5)
    assert account.account_id not in {c.account_id for c in kept.candidates}
