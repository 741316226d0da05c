"""Account owners are stored as an e-mail; before one is to be asked, Slack says who that is."""

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from refbot.handlers.desk import Desk
from refbot.handlers.guard import keep_facts
from refbot.storage.colleagues import by_email
from refbot.storage.engagements import Engagement
from refbot.storage.outbox import real_now
from refbot.storage.references import Reference

log = structlog.get_logger()


def find_owner_of_engagement(desk: Desk, engagement_id: int) -> None:
    """Have fresh facts of the owner of the account that an engagement is with."""
    with desk.world.database.read() as session:
        engagement = session.get(Engagement, engagement_id)
        email = engagement.reference.account.owner_email if engagement else None
    _find(desk, email)


def find_owner_of_reference(desk: Desk, reference_id: int) -> None:
    """Have fresh facts of the owner of a reference's account."""
    with desk.world.database.read() as session:
        reference = session.get(Reference, reference_id)
        email = reference.account.owner_email if reference else None
    _find(desk, email)


def _find(desk: Desk, email: str | None) -> None:
    """Ask Slack; while it is down or knows nobody, what is stored has to do."""
    if not email:
        return
    with desk.world.database.read() as session:
        known = by_email(session, email)
        if known is not None and known.facts_are_fresh(real_now(session)):
            return
    try:
        if known is not None and known.slack_id:
            found = desk.slack.users_info(user=known.slack_id)["user"]
        else:
            found = desk.slack.users_lookupByEmail(email=email)["user"]
    except (SlackClientError, OSError) as error:
        reason = error.response["error"] if isinstance(error, SlackApiError) else type(error)
        log.info("account owner not found in Slack", reason=str(reason))
        return
    keep_facts(desk, found)
