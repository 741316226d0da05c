"""The buttons of cards, briefs and reminders that act at once."""

from collections.abc import Callable
from datetime import UTC, datetime

from refbot.handlers.desk import DONE, Desk, Handler, Incoming, Reply
from refbot.handlers.owners import find_owner_of_engagement
from refbot.workflow import approvals, choices, engagements
from refbot.workflow.acts import Act


def at_once(does: Callable[[Act, int], object]) -> Handler:
    """Make the handler of a button that does one thing to the row it carries."""

    def press(desk: Desk, incoming: Incoming) -> Reply:
        with desk.acting(incoming) as act:
            does(act, incoming.id)
        return DONE

    return press


def approve(desk: Desk, incoming: Incoming) -> Reply:
    """The champion's yes."""
    find_owner_of_engagement(desk, incoming.id)
    seen = choices.in_play_at(desk.world, incoming.id)
    with desk.acting(incoming) as act:
        approvals.approve(act, incoming.id, seen)
    return DONE


def schedule(desk: Desk, incoming: Incoming) -> Reply:
    """The date of the conversation was picked."""
    clicked = incoming.body["actions"][0]
    engagement_id = int(clicked["block_id"].removeprefix("engagement-"))
    at = datetime.fromtimestamp(clicked["selected_date_time"], UTC)
    with desk.acting(incoming) as act:
        engagements.schedule(act, engagement_id, at)
    return DONE


def link(desk: Desk, incoming: Incoming) -> Reply:
    """A link was opened; Slack wants it acknowledged."""
    del desk, incoming
    return DONE
