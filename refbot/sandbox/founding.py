"""The workspace's first people and channels, as Slack's own objects."""

from datetime import datetime
from zoneinfo import ZoneInfo

from refbot.sandbox.seed import (
    APP_ID,
    BOT_ID,
    BOT_NAME,
    BOT_USER_ID,
    CAST,
    IDS_BY_KEY,
    TEAM_ID,
    Colleague,
)
from refbot.sandbox.shapes import Json


def users(*, now: datetime) -> dict[str, Json]:
    """Everybody as `users.info` shows them, the bot included, by id."""
    people = {colleague.id: _user(colleague, now=now) for colleague in CAST}
    people[BOT_USER_ID] = _bot_user(now=now)
    return people


def _user(colleague: Colleague, *, now: datetime) -> Json:
    handle = colleague.real_name.lower().replace(" ", ".")
    user: Json = {
        "id": colleague.id,
        "team_id": TEAM_ID,
        "name": handle,
        "deleted": False,
        "color": colleague.color,
        "real_name": colleague.real_name,
        "profile": {
            "title": colleague.title,
            "real_name": colleague.real_name,
            "display_name": colleague.real_name,
            "email": colleague.email,
            "team": TEAM_ID,
        },
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
        "updated": int(now.timestamp()),
        **colleague.marks,
    }
    if not user["deleted"]:  # Slack tells no zone of a deactivated member
        user |= zone(colleague.tz, now=now)
    if user.get("is_stranger"):  # nor the address of somebody from outside
        del user["profile"]["email"]
    return user


def zone(name: str, *, now: datetime) -> Json:
    """The three fields in which Slack writes a member's time zone."""
    local = now.astimezone(ZoneInfo(name))
    offset = local.utcoffset()
    return {
        "tz": name,
        "tz_label": local.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


def _bot_user(*, now: datetime) -> Json:
    return {
        "id": BOT_USER_ID,
        "team_id": TEAM_ID,
        "name": BOT_NAME.lower(),
        "deleted": False,
        "real_name": BOT_NAME,
        "profile": {"real_name": BOT_NAME, "bot_id": BOT_ID, "api_app_id": APP_ID},
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": True,
        "is_app_user": False,
        "updated": int(now.timestamp()),
        **zone("UTC", now=now),
    }


def channels(*, now: datetime) -> dict[str, Json]:
    """The channels with their members, by id. Direct messages are opened later."""
    everyone = [c.id for c in CAST if not {"team_id", "deleted"} & set(c.marks)]
    return {
        channel["id"]: channel
        for channel in (
            _channel("C0GENERAL", "general", [*everyone, BOT_USER_ID], now=now, is_general=True),
            _channel("C0SALES", "sales", _ids("riley rex sam casey gina"), now=now),
            _channel(
                "C0PROGRAM",
                "reference-program",
                [*_ids("casey devon lee"), BOT_USER_ID],
                now=now,
                is_private=True,
                is_group=True,
                is_channel=False,
            ),
            _channel(
                "C0SHARED",
                "ext-globex",
                [*_ids("riley casey stranger"), BOT_USER_ID],
                now=now,
                is_ext_shared=True,
                is_shared=True,
            ),
        )
    }


def _ids(keys: str) -> list[str]:
    return [IDS_BY_KEY[key] for key in keys.split()]


def _channel(
    channel_id: str, name: str, members: list[str], *, now: datetime, **marks: bool
) -> Json:
    return {
        "id": channel_id,
        "name": name,
        "name_normalized": name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": False,
        "is_archived": False,
        "is_general": False,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "created": int(now.timestamp()),
        "creator": IDS_BY_KEY["casey"],
        "context_team_id": TEAM_ID,
        "members": members,
        **marks,
    }


def direct_channel(user_id: str, *, now: datetime) -> Json:
    """The direct message channel between the bot and one person."""
    return {
        "id": f"D0{user_id.removeprefix('U0')}",
        "user": user_id,
        "is_channel": False,
        "is_group": False,
        "is_im": True,
        "is_mpim": False,
        "is_private": True,
        "is_archived": False,
        "is_org_shared": False,
        "created": int(now.timestamp()),
        "context_team_id": TEAM_ID,
        "members": [user_id, BOT_USER_ID],
    }
