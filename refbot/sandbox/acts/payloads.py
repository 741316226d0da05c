"""The fields that Slack puts into what it sends for a person's act."""

import copy

from refbot.sandbox import channels, messages, seed
from refbot.sandbox.shapes import Json
from refbot.sandbox.workspace import Workspace


def interaction(workspace: Workspace, kind: str, user_id: str) -> Json:
    """What every interaction begins with."""
    user = workspace.world.memory.people[user_id]
    return {
        "type": kind,
        "team": {"id": seed.TEAM_ID, "domain": seed.TEAM_DOMAIN},
        "user": {
            "id": user_id,
            "username": user["name"],
            "name": user["name"],
            "team_id": user["team_id"],
        },
        "api_app_id": seed.APP_ID,
        "token": seed.VERIFICATION_TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_fields(channel: Json) -> Json:
    """A channel's id and the name that interactions show."""
    return {"id": channel["id"], "name": channels.label(channel)}


def message_fields(workspace: Workspace, channel_id: str, message: Json) -> Json:
    """Container, channel and message of an act on a message. Ephemerals are not quoted."""
    container: Json = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel_id,
        "is_ephemeral": bool(message.get("is_ephemeral")),
    }
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    fields: Json = {
        "container": container,
        "channel": channel_fields(workspace.world.memory.channels[channel_id]),
    }
    if not message.get("is_ephemeral"):
        fields["message"] = copy.deepcopy(messages.stripped(message))
    return fields


def view_fields(view: Json) -> Json:
    """Container and view of an act in a modal or on a Home."""
    return {
        "container": {"type": "view", "view_id": view["id"]},
        "view": shown_view(view),
    }


def shown_view(view: Json) -> Json:
    """A view as the bot is told of it."""
    return copy.deepcopy({key: value for key, value in view.items() if key != "loading"})


def command(workspace: Workspace, user_id: str, channel: Json, word: str, text: str) -> Json:
    """A slash command. Socket Mode and forms carry its flags as text."""
    user = workspace.world.memory.people[user_id]
    return {
        "token": seed.VERIFICATION_TOKEN,
        "team_id": user["team_id"],
        "team_domain": seed.TEAM_DOMAIN,
        "channel_id": channel["id"],
        "channel_name": channels.label(channel),
        "user_id": user_id,
        "user_name": user["name"],
        "command": word,
        "text": text,
        "api_app_id": seed.APP_ID,
        "is_enterprise_install": "false",
        "response_url": workspace.response_url(user_id, channel["id"]),
        "trigger_id": workspace.leases.trigger(user_id),
    }
