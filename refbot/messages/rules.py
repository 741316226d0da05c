"""Numbers of the policy as fields of a form, and back, with what is wrong at each field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from refbot.errors import InvalidInput
from refbot.messages.blocks import Block, input_block
from refbot.policy import Policy


@dataclass(frozen=True, slots=True)
class Rule:
    """One number of the policy and its bounds; `within` leads to the table that holds it."""

    name: str
    label: str
    low: int
    high: int
    within: tuple[str, ...] = ()
    hint: str | None = None


def number_in(policy: Policy, rule: Rule) -> int:
    """Give the number in force; one that a table does not name weighs nothing."""
    return int(_table(policy.as_dict(), rule).get(rule.name, 0))


def number_field(rule: Rule, number: int) -> Block:
    """Ask for one number."""
    element = {
        "type": "number_input",
        "action_id": rule.name,
        "is_decimal_allowed": False,
        "min_value": str(rule.low),
        "max_value": str(rule.high),
        "initial_value": str(number),
    }
    return input_block(rule.name, rule.label, element, hint=rule.hint)


def numbers_of(rules: Sequence[Rule], typed: Mapping[str, str | None]) -> dict[Rule, int]:
    """Read the fields; InvalidInput names those that hold no such number."""
    wrong: dict[str, str] = {}
    found: dict[Rule, int] = {}
    for rule in rules:
        text = (typed.get(rule.name) or "").strip()
        if not text.isdecimal() or not rule.low <= int(text) <= rule.high:
            wrong[rule.name] = f"Please give a whole number from {rule.low} to {rule.high}."
            continue
        found[rule] = int(text)
    if wrong:
        raise InvalidInput(wrong)
    return found


def with_numbers(policy: Policy, numbers: Mapping[Rule, int]) -> Policy:
    """Put numbers into a policy; InvalidInput when they do not go together."""
    kept = policy.as_dict()
    for rule, number in numbers.items():
        table = _table(kept, rule)
        if number or rule.name in table:  # a table need not name what weighs nothing
            table[rule.name] = number
    return Policy.from_dict(kept)


def _table(kept: dict[str, Any], rule: Rule) -> dict[str, Any]:
    def inner(table: dict[str, Any], name: str) -> dict[str, Any]:
        found: dict[str, Any] = table.setdefault(name, {})
        return found

    return reduce(inner, rule.within, kept)
