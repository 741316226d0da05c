"""The buttons of cards, briefs and reminders that act at once."""

from datetime import UTC, datetime

from refbot.handlers.desk import DONE, Desk, Incoming, Reply
from refbot.handlers.owners import find_owner_of_engagement
from refbot.workflow import approvals, engagements, requests


def approve(desk: Desk, incoming: Incoming) -> Reply:
    """The champion's yes."""
    find_owner_of_engagement(desk, incoming.id)
    with desk.acting(incoming) as act:
        approvals.approve(act, incoming.id)
    return DONE


def undo(desk: Desk, incoming: Incoming) -> Reply:
    """Take an approval back."""
    with desk.acting(incoming) as act:
        approvals.undo(act, incoming.id)
    return DONE


def owner_yes(desk: Desk, incoming: Incoming) -> Reply:
    """The account owner's yes."""
    with desk.acting(incoming) as act:
        approvals.owner_yes(act, incoming.id)
    return DONE


def introduced(desk: Desk, incoming: Incoming) -> Reply:
    """The rep has introduced prospect and reference."""
    with desk.acting(incoming) as act:
        engagements.introduce(act, incoming.id)
    return DONE


def mail_introduction(desk: Desk, incoming: Incoming) -> Reply:
    """RefBot sends the introduction."""
    with desk.acting(incoming) as act:
        engagements.mail_introduction(act, incoming.id)
    return DONE


def schedule(desk: Desk, incoming: Incoming) -> Reply:
    """The date of the conversation was picked."""
    clicked = incoming.body["actions"][0]
    engagement_id = int(clicked["block_id"].removeprefix("engagement-"))
    at = datetime.fromtimestamp(clicked["selected_date_time"], UTC)
    with desk.acting(incoming) as act:
        engagements.schedule(act, engagement_id, at)
    return DONE


def thanked(desk: Desk, incoming: Incoming) -> Reply:
    """The rep has thanked the reference."""
    with desk.acting(incoming) as act:
        engagements.thank(act, incoming.id)
    return DONE


def mail_thanks(desk: Desk, incoming: Incoming) -> Reply:
    """RefBot sends the thank-you."""
    with desk.acting(incoming) as act:
        engagements.mail_thanks(act, incoming.id)
    return DONE


def cancel(desk: Desk, incoming: Incoming) -> Reply:
    """An engagement is called off."""
    with desk.acting(incoming) as act:
        engagements.cancel(act, incoming.id)
    return DONE


def withdraw(desk: Desk, incoming: Incoming) -> Reply:
    """A request is taken back."""
    with desk.acting(incoming) as act:
        requests.withdraw(act, incoming.id)
    return DONE


def give_up(desk: Desk, incoming: Incoming) -> Reply:
    """A request is closed without a reference."""
    with desk.acting(incoming) as act:
        requests.give_up(act, incoming.id)
    return DONE


def link(desk: Desk, incoming: Incoming) -> Reply:
    """A link was opened; Slack wants it acknowledged."""
    del desk, incoming
    return DONE
