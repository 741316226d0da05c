"""What an administrator of the workspace changes, and the events that tell the bot."""

import copy

from refbot.sandbox import seed
from refbot.sandbox.shapes import Json
from refbot.sandbox.workspace import Workspace


def change_user(workspace: Workspace, user_id: str, changes: Json) -> None:
    """A member's profile changes: kept, and told to the bot."""
    with workspace.world.lock:
        user = workspace.world.memory.people[user_id]
        user |= changes
        told = copy.deepcopy(user)
        workspace.world.changed("state")
    workspace.tell({"type": "user_change", "user": told, "cache_ts": 0})


def share_channel(workspace: Workspace, channel_id: str) -> None:
    """A channel is shared with another company: kept, and told to the bot."""
    with workspace.world.lock:
        workspace.world.memory.channels[channel_id] |= {"is_ext_shared": True, "is_shared": True}
        workspace.world.changed("state")
    event = {"connected_team_id": seed.PARTNER_TEAM_ID, "channel": channel_id}
    workspace.tell({"type": "channel_shared", **event})
