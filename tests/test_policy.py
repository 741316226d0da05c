"""The policy as values: kept, read again, and older versions' gaps filled."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refbot.errors import InvalidInput
from refbot.messages.policy_form import RULES, changed_policy, policy_form
from refbot.messages.rules import number_in
from refbot.policy import Chain, Delay, Nudging, Policy
from refbot.sandbox.validator import problems

small = st.integers(0, 40)
chains = st.builds(
    Chain,
    first=st.builds(Delay, hours=small, days=small),
    again=st.builds(Delay, hours=small, days=small),
    tries=st.integers(1, 5),
    real_time=st.booleans(),
)
policies = st.builds(
    Policy,
    ask_account_owner=st.booleans(),
    rest_after_held_days=small,
    undo_seconds=small,
    day_starts=st.integers(0, 10),
    day_ends=st.integers(11, 24),
    nudging=st.builds(
        Nudging, decide=chains, owner_check=chains, introduce=chains, debrief=chains,
        thank_you=chains,
    ),
)  # fmt: skip


@settings(deadline=None)
@given(policies)
def test_what_is_kept_as_json_is_read_as_it_was(policy: Policy) -> None:
    assert Policy.from_dict(json.loads(json.dumps(policy.as_dict()))) == policy


def test_what_an_older_version_did_not_know_keeps_its_default_and_what_is_gone_is_passed_over() -> (
    None
):
    kept = {"undo_seconds": 60, "a_rule_of_yesterday": 1, "matching": {"person_per_quarter": 3}}
    policy = Policy.from_dict(kept)
    assert policy.undo_window == timedelta(seconds=60)
    assert policy.matching.person_per_quarter == 3
    assert policy.matching.account_per_quarter == 4
    assert policy.nudging == Nudging()


def test_the_defaults_are_those_that_are_promised() -> None:
    policy = Policy()
    assert (policy.matching.person_per_quarter, policy.matching.account_per_quarter) == (2, 4)
    assert (policy.rest_after_held_days, policy.rest_after_not_now_days) == (30, 45)
    assert (policy.rest_after_no_days, policy.owner_not_now_days) == (180, 30)
    assert (policy.day_starts, policy.day_ends) == (9, 18)
    nudging = policy.nudging
    assert (nudging.decide.first, nudging.decide.again) == (Delay(hours=4), Delay(days=1))
    assert (nudging.owner_check.first, nudging.owner_check.again) == (Delay(days=1), Delay(days=2))
    assert (nudging.introduce.first, nudging.introduce.again) == (Delay(days=1), Delay(days=2))
    assert nudging.introduce.tries == 3
    assert (nudging.debrief.first, nudging.debrief.again) == (Delay(days=1), Delay(days=3))
    assert (nudging.thank_you.first, nudging.thank_you.again) == (Delay(hours=24), Delay(hours=72))


def typed(**values: str | None) -> dict[str, str | None]:
    """What the form gives when nothing but these was changed."""
    policy = Policy()
    known = {rule.name: str(number_in(policy, rule)) for rule in RULES}
    return {"ask_account_owner": "yes", **known, **values}


def test_the_form_gives_back_what_it_showed() -> None:
    assert changed_policy(Policy(), typed()) == Policy()
    assert problems("modal", policy_form(Policy())) == []


@settings(deadline=None)
@given(policies)
def test_the_form_of_every_policy_is_taken_by_slack(policy: Policy) -> None:
    assert problems("modal", policy_form(policy)) == []


WRONG = ["", None, "x", "-1", "1.5", "1e3", "٣x", " ", "9999999", "\uff11\uff12x"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("text", WRONG, ids=repr)
def test_what_is_no_whole_number_in_bounds_is_refused_at_its_field(
    rule: object, text: str | None
) -> None:
    name = rule.name  # type: ignore[attr-defined]
    with pytest.raises(InvalidInput) as refused:
        changed_policy(Policy(), typed(**{name: text}))
    assert list(refused.value.fields) == [name]


def test_both_ends_of_the_bounds_are_taken() -> None:
    for rule in RULES:
        for bound in (rule.low, rule.high):
            around = {"day_starts": "0"} if rule.name == "day_ends" else {}
            if (rule.name, bound) == ("day_starts", 23):
                around = {"day_ends": "24"}
            changed = changed_policy(Policy(), typed(**around, **{rule.name: str(bound)}))
            holder = changed.matching if rule.within else changed
            assert getattr(holder, rule.name) == bound
