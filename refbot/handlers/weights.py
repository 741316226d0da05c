"""The champion's policy and weights: shown, tried, changed, set back."""

from refbot.errors import InvalidInput
from refbot.handlers.desk import Desk, Incoming, Reply
from refbot.handlers.fields import fields
from refbot.messages.blocks import Block
from refbot.messages.policy_form import changed_policy, policy_form
from refbot.messages.rules import numbers_of, with_numbers
from refbot.messages.weights import group_of, in_trial, weights, weights_form
from refbot.policy import Policy
from refbot.storage import settings
from refbot.workflow import policies
from refbot.workflow.people import must_lead

SAVED = ":white_check_mark: Saved. The next search is ranked like this."


def edit_policy(desk: Desk, incoming: Incoming) -> Reply:
    """Open the policy."""
    must_lead(incoming.actor)
    with desk.world.database.read() as session:
        return Reply(pushed=policy_form(settings.policy(session)))


def save_policy(desk: Desk, incoming: Incoming) -> Reply:
    """Put a changed policy in force."""
    with desk.acting(incoming) as act:
        policies.change_policy(act, lambda policy: changed_policy(policy, fields(incoming.view)))
    return _saved(desk, incoming)


def open_weights(desk: Desk, incoming: Incoming) -> Reply:
    """Open the weights."""
    must_lead(incoming.actor)
    return Reply(view=_shown(desk, incoming))


def change(desk: Desk, incoming: Incoming) -> Reply:
    """Open the form of one group of numbers."""
    must_lead(incoming.actor)
    with desk.world.database.read() as session:
        return Reply(pushed=weights_form(incoming.value, settings.policy(session)))


def try_on(desk: Desk, incoming: Incoming) -> Reply:
    """Show what the numbers as typed make of the last search; nothing is saved."""
    must_lead(incoming.actor)
    with desk.world.database.read() as session:
        policy = settings.policy(session)
        try:
            other = _typed(policy, incoming, incoming.value)
        except InvalidInput as error:
            told = f":warning: {error}"
        else:
            told = in_trial(policies.tried(desk.world, session, incoming.actor, other))
    return Reply(view=weights_form(incoming.value, policy, told))


def save(desk: Desk, incoming: Incoming) -> Reply:
    """Put changed weights in force."""
    with desk.acting(incoming) as act:
        policies.change_policy(
            act, lambda policy: _typed(policy, incoming, incoming.value), what=policies.WEIGHED
        )
    return _saved(desk, incoming)


def reset(desk: Desk, incoming: Incoming) -> Reply:
    """Put the shipped weights in force again."""
    with desk.acting(incoming) as act:
        policies.reset_weights(act)
    return Reply(view=_shown(desk, incoming, notice=SAVED))


def _typed(policy: Policy, incoming: Incoming, group: str) -> Policy:
    return with_numbers(policy, numbers_of(group_of(group).rules, fields(incoming.view)))


def _saved(desk: Desk, incoming: Incoming) -> Reply:
    """Draw the weights anew where the form was opened over them."""
    over = incoming.view.get("previous_view_id")
    return Reply(below=_shown(desk, incoming, notice=SAVED)) if over else Reply()


def _shown(desk: Desk, incoming: Incoming, *, notice: str | None = None) -> Block:
    with desk.world.database.read() as session:
        policy = settings.policy(session)
        last = policies.last_change(session)
        trial = policies.tried(desk.world, session, incoming.actor, policy)
    return weights(policy, last, trial, notice=notice)
