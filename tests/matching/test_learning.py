"""Weights learnt from champions' decisions: better for decisions not seen, or none at all."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refbot.matching.judging import Option, PastChoice, measured, ranks_of, wilson
from refbot.matching.learning import FEWEST, ROTATION_FLOOR, Verdict, fitted, learn
from refbot.matching.matcher import Matcher
from refbot.matching.weights import FIT, QUALITY, MatchingPolicy
from tests.matching.champions import HIDDEN, PRESENT, decides
from tests.matching.conftest import AS_OF

LINES = (
    "banking germany cfo investor call",
    "healthcare product-a director",
    "manufacturing, 5000+ employees, it",
    "europe, english, case study",
)


@pytest.mark.parametrize("line", LINES)
def test_the_present_weights_rank_what_was_in_play_as_the_matcher_does(
    matcher: Matcher, line: str
) -> None:
    criteria = matcher.read(line, as_of=AS_OF).criteria
    found = [c.reference_id for c in matcher.match(criteria, as_of=AS_OF, limit=12).candidates]
    shown = matcher.in_play(criteria, as_of=AS_OF, limit=12)
    options = tuple(
        Option(reference_id=c.reference_id, account_id=c.account_id, shares=c.shares)
        for c in shown.candidates
    )
    ranks = ranks_of(
        [
            PastChoice(
                choice_id=at, request_id=at, activity="x", factors=shown.factors, options=options,
                chosen=at,
            )
            for at in range(len(options))
        ],
        matcher.policy,
    )  # fmt: skip
    ordered = sorted(zip(ranks, options, strict=True), key=lambda pair: pair[0])
    assert len(found) > 1
    assert [option.reference_id for _, option in ordered] == found


def choice(*shares: tuple[float, ...], chosen: int) -> PastChoice:
    options = tuple(
        Option(reference_id=at, account_id=at, shares=row) for at, row in enumerate(shares)
    )
    return PastChoice(
        choice_id=1, request_id=1, activity="x", factors=("industry", "results", "rotation"),
        options=options, chosen=chosen,
    )  # fmt: skip


def test_who_fits_too_little_comes_last_and_of_equals_the_one_named_first() -> None:
    options = ((0.25, 1.0, 1.0), (0.5, 0.0, 0.0), (0.5, 0.0, 0.0), (0.8, 0.0, 0.0))
    ranks = ranks_of([choice(*options, chosen=at) for at in range(4)], PRESENT)
    assert ranks == [4, 2, 3, 1]
    all_for_results = replace(PRESENT, fit_points=1, quality={**QUALITY, "results": 80})
    assert ranks_of([choice(*options, chosen=0)], all_for_results) == [4]
    lenient = replace(all_for_results, least_fit_percent=25)
    assert ranks_of([choice(*options, chosen=0)], lenient) == [1]


def test_an_account_stands_among_the_first_three_once_unless_it_was_named() -> None:
    options = ((1.0, 0.0, 0.0), (0.9, 0.0, 0.0), (0.8, 0.0, 0.0), (0.7, 0.0, 0.0))
    chosen = [choice(*options, chosen=at) for at in range(4)]
    of_two = [
        replace(one, options=tuple(
            replace(option, account_id=at // 3) for at, option in enumerate(one.options)
        ))
        for one in chosen
    ]  # fmt: skip
    assert ranks_of(chosen, PRESENT) == [1, 2, 3, 4]
    assert ranks_of(of_two, PRESENT) == [1, 3, 4, 2]
    named = [replace(one, factors=("account", *one.factors[1:])) for one in of_two]
    assert ranks_of(named, PRESENT) == [1, 2, 3, 4]
    erased = [
        replace(one, options=tuple(replace(option, account_id=None) for option in one.options))
        for one in chosen
    ]
    assert ranks_of(erased, PRESENT) == [1, 2, 3, 4]


def test_a_factor_that_this_version_does_not_know_is_passed_by() -> None:
    known = choice((0.5, 0.0, 0.0), (1.0, 0.0, 0.0), chosen=1)
    strange = replace(known, factors=("industry", "charm", "rotation"))
    assert ranks_of([strange], PRESENT) == [1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_hidden_weights_are_found_and_help_with_decisions_not_seen(seed: int) -> None:
    lesson = learn(decides(HIDDEN, 120, seed=seed), PRESENT)
    assert lesson.verdict is Verdict.BETTER
    assert lesson.policy is not None
    unseen = decides(HIDDEN, 200, seed=seed + 100, first_id=1000)
    before = measured(ranks_of(unseen, PRESENT)).first
    after = measured(ranks_of(unseen, lesson.policy)).first
    assert after.value > before.value + 0.1
    assert lesson.policy.fit["function"] > FIT["function"]
    assert lesson.policy.fit["level"] < FIT["level"]
    assert lesson.policy.quality["results"] > QUALITY["results"]


def test_the_share_that_is_told_is_that_of_decisions_not_seen() -> None:
    seen = decides(HIDDEN, 60, seed=4, whim=2.0)
    lesson = learn(seen, PRESENT)
    told = measured(lesson.learnt_ranks).mean_reciprocal_rank
    assert lesson.policy is not None
    flattered = measured(ranks_of(seen, lesson.policy)).mean_reciprocal_rank
    assert told < flattered
    assert lesson.gain == pytest.approx(told - measured(lesson.present_ranks).mean_reciprocal_rank)


@pytest.mark.parametrize("whim", [0.0, 1.0, 4.0])
def test_a_champion_who_agrees_with_the_present_weights_gets_no_proposal(whim: float) -> None:
    lesson = learn(decides(PRESENT, 100, seed=5, whim=whim), PRESENT)
    assert lesson.verdict is Verdict.NOTHING_BETTER
    assert lesson.policy is None
    if not whim:
        assert set(lesson.present_ranks) == {1}


def test_a_champion_who_decides_by_no_weights_gets_no_proposal() -> None:
    for seed in range(4):
        lesson = learn(decides(PRESENT, 80, seed=seed, whim=500.0), PRESENT)
        assert lesson.verdict is Verdict.NOTHING_BETTER


def test_few_decisions_teach_nothing() -> None:
    few = decides(HIDDEN, FEWEST, seed=6, whim=0.0)
    assert learn(few, PRESENT).verdict is Verdict.BETTER
    lesson = learn(few[1:], PRESENT)
    assert lesson.verdict is Verdict.TOO_FEW
    assert lesson.policy is None
    assert len(lesson.present_ranks) == FEWEST - 1
    assert learn([], PRESENT).verdict is Verdict.TOO_FEW


def test_a_choice_that_came_to_nothing_counts_less() -> None:
    """Half of the decisions follow other weights; what they teach fades with what they count."""
    here = decides(PRESENT, 60, seed=7)
    there = decides(HIDDEN, 60, seed=8, first_id=500)
    pulls = []
    for weight in (0.0, 0.5, 1.0):
        counted = [replace(choice, weight=weight) for choice in there]
        pulls.append(fitted([*here, *counted], PRESENT).fit["function"])
    assert all(low < high for low, high in pairwise(pulls)), pulls
    uncounted = [replace(choice, weight=0.0) for choice in there]
    assert fitted([*here, *uncounted], PRESENT) == fitted(here, PRESENT)


def test_one_who_always_asks_the_same_five_does_not_get_rotation_down_to_nothing() -> None:
    tired = replace(PRESENT, rotation_points=0, fit_points=85)
    choices = decides(tired, 150, seed=9)
    worn = [
        replace(c, options=tuple(
            replace(o, shares=(*o.shares[:-1], 1 - float(at == c.chosen)))
            for at, o in enumerate(c.options)
        ))
        for c in choices
    ]  # fmt: skip
    assert fitted(worn, PRESENT).rotation_points == ROTATION_FLOOR
    low = replace(PRESENT, rotation_points=3)
    assert fitted(worn, low).rotation_points == 3


def test_a_factor_that_is_switched_off_stays_off() -> None:
    off = replace(PRESENT, fit={**FIT, "function": 0}, quality={**QUALITY, "results": 0})
    learnt = fitted(decides(HIDDEN, 100, seed=10), off)
    assert (learnt.fit["function"], learnt.quality["results"]) == (0, 0)
    assert learnt != off


weights = st.integers(0, 40)
policies = st.builds(
    lambda fit, quality, rotation: replace(
        PRESENT,
        fit=dict(zip(FIT, fit, strict=True)),
        quality=dict(zip(QUALITY, quality, strict=True)),
        rotation_points=rotation,
        fit_points=60,
    ),
    st.lists(weights, min_size=len(FIT), max_size=len(FIT)),
    st.lists(st.integers(0, 4), min_size=len(QUALITY), max_size=len(QUALITY)),
    st.integers(0, 12),
)


@settings(max_examples=40, deadline=None)
@given(present=policies, seed=st.integers(0, 10_000), count=st.integers(0, 12))
def test_what_is_learnt_is_a_policy_that_a_champion_could_have_typed(
    present: MatchingPolicy, seed: int, count: int
) -> None:
    choices = decides(HIDDEN, count, seed=seed, options=5)
    learnt = fitted(choices, present)
    assert MatchingPolicy.from_dict(learnt.as_dict()) == learnt
    assert learnt.most_points == present.most_points
    assert learnt.rotation_points >= min(present.rotation_points, ROTATION_FLOOR)
    for now, then in ((present.fit, learnt.fit), (present.quality, learnt.quality)):
        assert {name for name in now if now[name]} == {name for name in then if then[name]}
    assert replace(
        learnt, fit=present.fit, quality=present.quality, fit_points=present.fit_points,
        rotation_points=present.rotation_points,
    ) == present  # fmt: skip
    assert fitted(choices, present) == learnt
    assert fitted(choices[::-1], present) == learnt
    if not choices:
        assert learnt == present


def test_wilsons_interval_is_that_of_the_books() -> None:
    share = wilson(8, 10)
    assert (share.low, share.high) == (
        pytest.approx(0.490, abs=1e-3),
        pytest.approx(0.943, abs=1e-3),
    )
    assert wilson(0, 5).low == 0
    assert wilson(5, 5).high == 1
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0, 1)


@given(count=st.integers(1, 200), data=st.data())
def test_the_interval_holds_its_share_and_narrows_with_the_count(
    count: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, count))
    share, larger = wilson(part, count), wilson(part * 10, count * 10)
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert larger.high - larger.low < share.high - share.low
