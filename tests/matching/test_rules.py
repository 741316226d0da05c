from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from refbot.errors import InvalidInput
from refbot.matching.answers import as_json, criteria_as_json, criteria_from_json
from refbot.matching.criteria import CompanySize, Criteria
from refbot.matching.eligibility import similar_prospect, why_held_back, why_never
from refbot.matching.matcher import Matcher
from refbot.matching.names import same_company
from refbot.matching.profile import Facet, Profile, Willingness
from refbot.matching.vocabulary import Vocabulary
from refbot.matching.weights import MatchingPolicy
from tests.matching.conftest import AS_OF

POLICY = MatchingPolicy()
DANA = Profile(
    reference_id=1, account_id=1, name="Dana Voss", account="Northwind Health", country="DE"
)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "opted_out"}, "opted out"),
        ({"status": "paused"}, "is paused"),
        ({"has_consent": False}, "gave no consent or withdrew it"),
        ({"consent_until": date(2026, 11, 21)}, "consent expired on 2026-11-21"),
        ({"willingness": {"speaking": Willingness.NO}}, "has said no to speaking"),
        ({"months_out": frozenset({11})}, "is not to be asked in November"),
        (
            {"own_limit_per_quarter": 2, "used_this_quarter": 2},
            "own limit reached: 2 of 2 requests this quarter",
        ),
        ({"never_shown_to": ("Globex",)}, "must never be shown to this prospect"),
        ({"account": "Globex Corp."}, "is the prospect itself"),
    ],
)
def test_what_nobody_can_override_is_said(change: dict[str, Any], sentence: str) -> None:
    profile = replace(DANA, **change)
    assert why_never(profile, "speaking", as_of=AS_OF, prospect="GLOBEX, Inc") == sentence
    assert why_never(DANA, "speaking", as_of=AS_OF, prospect="GLOBEX, Inc") is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"resting_until": date(2026, 12, 12)}, "rests until 2026-12-12"),
        ({"used_this_quarter": 2}, "2 of 2 requests this quarter"),
        (
            {"account_used_this_quarter": 4},
            "the account has had 4 of 4 requests this quarter",
        ),
        ({"blocking_issue": True}, "has a blocking issue open"),
        ({"health": "challenged"}, "is challenged"),
        ({"renewal_date": date(2026, 12, 1)}, "renewal is near: 2026-12-01"),
    ],
)
def test_what_holds_back_is_said(
    change: dict[str, Any], sentence: str, vocabulary: Vocabulary
) -> None:
    profile = replace(DANA, **change)
    assert why_held_back(profile, "quote", as_of=AS_OF, policy=POLICY) == (sentence,)
    answer = Matcher.of([profile], vocabulary, POLICY).match("germany", as_of=AS_OF)
    assert answer.candidates == ()
    assert [miss.blocked_by for miss in answer.near_misses] == [(sentence,)]


def test_the_uses_of_another_quarter_are_over() -> None:
    profile = replace(DANA, used_this_quarter=2, quarter=date(2026, 7, 1))
    assert why_held_back(profile, "quote", as_of=AS_OF, policy=POLICY) == ()


def test_a_company_is_known_by_any_legal_form() -> None:
    assert same_company("The Bluepeak Bank, PLC.", "bluepeak bank")
    assert same_company("Müller & Söhne GmbH", "MULLER UND SOHNE")
    assert not same_company("Bluepeak", "Bluepeak Bank")
    assert not same_company("", "")


def test_a_similar_prospect_warns() -> None:
    assert similar_prospect(DANA, "Northwind Helth") is not None
    assert similar_prospect(replace(DANA, never_shown_to=("Globex Group",)), "Globexx") is not None
    assert similar_prospect(DANA, "Northwind Health Inc") is None
    assert similar_prospect(DANA, None) is None


def test_an_assumed_sales_call_stays_out_of_the_criteria(matcher: Matcher) -> None:
    answer = matcher.match("banking", as_of=AS_OF)
    assert answer.assumed == ("sales call, since no activity is named",)
    assert Facet.ACTIVITY not in answer.reading.criteria.wanted


def test_the_attendees_titles_set_a_wished_level(matcher: Matcher) -> None:
    answer = matcher.match("", as_of=AS_OF, attendees="Ann Example, CFO; Ben Example, Head of IT")
    assert answer.assumed[-1] == "C-level, after the attendees' titles"
    assert {c.reasons[0].text for c in answer.candidates} == {"is C-level"}
    named = matcher.match("director", as_of=AS_OF, attendees="CFO")
    assert len(named.assumed) == 1


def test_an_account_appears_once_among_the_first_three(matcher: Matcher) -> None:
    answer = matcher.match("retail", as_of=AS_OF, limit=10)
    assert len({c.account_id for c in answer.candidates[:3]}) == 3
    few = matcher.match("banking", as_of=AS_OF)  # there are but two banks
    assert [c.account for c in few.candidates] == ["Bluepeak Bank", "Banco Altamira"]
    asked = matcher.match("Bluepeak Bank", as_of=AS_OF)
    assert [c.account for c in asked.candidates] == ["Bluepeak Bank"] * 3


def test_a_nearer_industry_and_country_score_higher(matcher: Matcher) -> None:
    def points(text: str, factor: str) -> dict[str, float]:
        answer = matcher.match(text, as_of=AS_OF, limit=150)
        return {
            candidate.account: reason.points
            for candidate in answer.candidates
            for reason in candidate.reasons
            if reason.factor == factor
        }

    industry = points("hospital", "industry")
    assert industry["Calloway Medical Center"] == industry["Klinikum Sonnfeld"] / 2
    country = points("germany", "country")
    assert country["Quillon Insurance"] == country["Klinikum Sonnfeld"] / 2
    assert "Northwind Health" not in country


def test_the_standing_of_a_profile_is_both_kinds_of_blocks(matcher: Matcher) -> None:
    paused = replace(DANA, status="paused", health="challenged")
    assert matcher.standing(paused, "quote", as_of=AS_OF) == ("is paused", ("is challenged",))


def test_criteria_survive_their_json() -> None:
    criteria = Criteria(
        wanted={Facet.INDUSTRY: ("banking",), Facet.TAG: ("SAP", "AWS")},
        excluded={Facet.COUNTRY: ("US",)},
        company_size=CompanySize(min=1000),
        tenure_min_years=2,
    )
    assert criteria_from_json(criteria_as_json(criteria)) == criteria
    assert criteria_from_json(criteria_as_json(Criteria())) == Criteria()


def test_an_answer_has_the_keys_that_scripts_depend_on(matcher: Matcher) -> None:
    found = as_json(matcher.match("helthcare director, asap", as_of=AS_OF))
    assert {
        "text", "criteria", "excluded", "understood", "not_understood", "candidates", "near_misses"
    } <= set(found)  # fmt: skip
    assert found["understood"][0] == {
        "facet": "industry",
        "value": "healthcare",
        "from": "helthcare",
        "similarity": 93.0,
    }
    assert found["not_understood"] == ["asap"]
    assert found["criteria"]["company_size"] is None
    assert {"reference_id", "name", "account", "score", "reasons"} <= set(found["candidates"][0])


def test_a_policy_survives_its_dict_and_says_what_is_wrong() -> None:
    assert MatchingPolicy.from_dict(POLICY.as_dict()) == POLICY
    partial = MatchingPolicy.from_dict({"fit": {"industry": 30}, "of_an_older_version": 1})
    assert partial.fit["industry"] == 30
    assert partial.fit["country"] == POLICY.fit["country"]
    mistakes: tuple[dict[str, Any], ...] = (
        {"person_per_quarter": -1},
        {"fit": {"fame": 3}},
        {"fit": {"industry": 101}},
        {"quality": 7},
        {"emphasis": {"dancing": {}}},
        {"emphasis": {"video": {"beauty": 1}}},
        {"emphasis": 3},
        {"fit_points": 90},
    )
    for wrong in mistakes:
        with pytest.raises(InvalidInput):
            MatchingPolicy.from_dict(wrong)
