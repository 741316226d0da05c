"""The forms behind Home: policy, people of the program, one's own country."""

from collections.abc import Sequence
from dataclasses import replace

from refbot.errors import InvalidInput
from refbot.messages.blocks import Block, input_block, modal, option, plain
from refbot.messages.ids import Form
from refbot.messages.rules import Rule, number_field, number_in, numbers_of, with_numbers
from refbot.policy import Policy
from refbot.storage.colleagues import Colleague, Part

_MATCHING = ("matching",)
RULES = (
    Rule("person_per_quarter", "Most uses of a person in a quarter", 0, 20, _MATCHING),
    Rule("account_per_quarter", "Most uses of an account in a quarter", 0, 50, _MATCHING),
    Rule("near_renewal_days", "Days before a renewal in which nobody is asked", 0, 365, _MATCHING),
    Rule("rest_after_held_days", "Days of rest after a use", 0, 365),
    Rule("rest_after_not_now_days", "Days of rest after a reference's “not now”", 0, 365),
    Rule("rest_after_no_days", "Days of rest after a reference's no", 0, 730),
    Rule("owner_not_now_days", "Days of rest after an owner's “not now” without a date", 0, 365),
    Rule("undo_seconds", "Seconds in which an approval can be undone", 0, 3600),
    Rule("day_starts", "Reminders from (hour of the recipient's day)", 0, 23),
    Rule("day_ends", "Reminders until (hour)", 1, 24),
)


def policy_form(policy: Policy) -> Block:
    """Show the rules in force."""
    owner_options = [option("Ask the owner before every use", "yes"), option("Do not ask", "no")]
    element = {
        "type": "radio_buttons",
        "action_id": "ask_account_owner",
        "options": owner_options,
        "initial_option": owner_options[0 if policy.ask_account_owner else 1],
    }
    blocks = [
        input_block("ask_account_owner", "Account owner", element),
        *(number_field(rule, number_in(policy, rule)) for rule in RULES),
    ]
    return modal(Form.POLICY, "Policy", blocks, submit="Save")


def changed_policy(policy: Policy, typed: dict[str, str | None]) -> Policy:
    """Put what was typed into the policy; InvalidInput names the fields that cannot be."""
    numbers = numbers_of(RULES, typed)
    by_name = {rule.name: number for rule, number in numbers.items()}
    if by_name["day_starts"] >= by_name["day_ends"]:
        raise InvalidInput({"day_ends": "The day must end after it starts."})
    asks = typed.get("ask_account_owner") == "yes"
    return replace(with_numbers(policy, numbers), ask_account_owner=asks)


def people_form(people: Sequence[Colleague]) -> Block:
    """Show who leads the program."""

    def select(part: Part, label: str, *, optional: bool) -> Block:
        named = [p.slack_id for p in people if p.part is part and p.slack_id]
        element: Block = {"type": "multi_users_select", "action_id": part.value}
        if named:
            element["initial_users"] = named
        return input_block(part.value, label, element, optional=optional)

    return modal(
        Form.PEOPLE,
        "People",
        [
            select(Part.CHAMPION, "Champions", optional=False),
            select(Part.DEPUTY, "Deputies", optional=True),
            select(Part.LEADER, "Leaders", optional=True),
        ],
        submit="Save",
    )


def country_form(person: Colleague) -> Block:
    """Ask for the country whose holidays count."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": "country",
        "max_length": 60,
        "placeholder": plain("Germany", 150),
    }
    if person.country:
        element["initial_value"] = person.country
    return modal(
        Form.COUNTRY,
        "Your holidays",
        [
            input_block(
                "country",
                "Country",
                element,
                optional=True,
                hint="Empty: the country of your time zone in Slack.",
            )
        ],
        submit="Save",
    )
