"""Who is there: full members only, by facts of Slack that are at most five minutes old."""

from typing import Any

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import IntegrityError

from refbot.errors import NotAllowed
from refbot.handlers.desk import Desk
from refbot.storage.colleagues import Colleague, Standing, by_email, by_slack_id
from refbot.storage.outbox import real_now
from refbot.worktime import known_zone

log = structlog.get_logger()

REFUSALS = {
    Standing.GUEST: "Guests cannot use RefBot. Please ask a full member of the company.",
    Standing.STRANGER: "RefBot works for its own company only, so I cannot help you here.",
    Standing.BOT: "RefBot does not talk to bots.",
    Standing.DEACTIVATED: "This account is deactivated, so RefBot cannot act for it.",
    Standing.UNKNOWN: "Slack does not tell me who you are right now. Please try again in a minute.",
}


def member(desk: Desk, slack_id: str) -> Colleague:
    """Give the person who acts; NotAllowed for anybody but a full member."""
    with desk.world.database.read() as session:
        known = by_slack_id(session, slack_id)
        fresh = known is not None and known.facts_are_fresh(real_now(session))
    if known is None or not fresh:
        known = look_up(desk, slack_id)
    if not known.is_member:
        raise NotAllowed(REFUSALS[known.standing])
    return known


def look_up(desk: Desk, slack_id: str) -> Colleague:
    """Ask Slack who this is and keep the answer."""
    try:
        facts = desk.slack.users_info(user=slack_id)["user"]
    except (SlackClientError, OSError) as error:
        reason = error.response["error"] if isinstance(error, SlackApiError) else type(error)
        log.warning("user not found out", user=slack_id, reason=str(reason))
        raise NotAllowed(REFUSALS[Standing.UNKNOWN]) from error
    return keep_facts(desk, facts)


def keep_facts(desk: Desk, facts: dict[str, Any]) -> Colleague:
    """Write what Slack says of a person; one known by e-mail gets the Slack id."""
    try:
        return _write(desk, facts)
    except IntegrityError:  # somebody else wrote the same new person meanwhile
        return _write(desk, facts)


def _write(desk: Desk, facts: dict[str, Any]) -> Colleague:
    profile = facts.get("profile") or {}
    email = (profile.get("email") or "").lower() or None
    with desk.world.database.write() as session:
        person = by_slack_id(session, facts["id"])
        if person is None:
            person = by_email(session, email)
        if person is None or person.slack_id not in {None, facts["id"]}:
            person = Colleague(name=facts["id"])
            session.add(person)
        taken = by_email(session, email)
        person.slack_id = facts["id"]
        person.email = email if taken in {None, person} else person.email
        person.name = profile.get("real_name") or facts.get("real_name") or facts.get("name") or "?"
        person.time_zone = known_zone(facts.get("tz")) or person.time_zone
        person.standing = standing(facts)
        person.facts_at = real_now(session)
        session.flush()
        return person


def standing(facts: dict[str, Any]) -> Standing:
    """Read a person's standing off `users.info`."""
    if facts.get("deleted"):
        return Standing.DEACTIVATED
    if facts.get("is_bot") or facts["id"] == "USLACKBOT":
        return Standing.BOT
    if facts.get("is_stranger"):
        return Standing.STRANGER
    if facts.get("is_restricted") or facts.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.MEMBER


def must_be_of_our_company(body: dict[str, Any]) -> None:
    """Refuse a person of another workspace, who comes through a shared channel."""
    ours = (body.get("team") or {}).get("id") or body.get("team_id")
    theirs = (body.get("user") or {}).get("team_id") if isinstance(body.get("user"), dict) else None
    if ours and theirs and ours != theirs:
        raise NotAllowed(REFUSALS[Standing.STRANGER])
