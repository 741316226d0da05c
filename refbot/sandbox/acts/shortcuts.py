"""A person uses a shortcut, or looks at the bot's Home."""

import copy

from refbot.sandbox import channels, messages
from refbot.sandbox.acts import payloads
from refbot.sandbox.acts.reply import Reply, answered, refused
from refbot.sandbox.delivery import EnvelopeKind
from refbot.sandbox.shapes import Json
from refbot.sandbox.workspace import Workspace


def use(workspace: Workspace, user_id: str, callback_id: str) -> Reply:
    """A global shortcut."""
    payload = payloads.interaction(workspace, "shortcut", user_id)
    payload |= {
        "callback_id": callback_id,
        "action_ts": workspace.world.next_stamp(),
        "trigger_id": workspace.leases.trigger(user_id),
    }
    return answered(workspace.ask(EnvelopeKind.INTERACTIVE, payload))


def use_on_message(
    workspace: Workspace, user_id: str, callback_id: str, channel_id: str, ts: str
) -> Reply:
    """A shortcut in a message's menu."""
    message = messages.find(workspace.world, channel_id, ts)
    if message is None:
        return refused("message_gone", "This message is no longer here.")
    payload = payloads.interaction(workspace, "message_action", user_id)
    payload |= {
        "callback_id": callback_id,
        "action_ts": workspace.world.next_stamp(),
        "trigger_id": workspace.leases.trigger(user_id),
        "response_url": workspace.response_url(user_id, channel_id, ts=ts),
        "channel": payloads.channel_fields(workspace.world.memory.channels[channel_id]),
        "message_ts": ts,
        "message": copy.deepcopy(messages.stripped(message)),
    }
    return answered(workspace.ask(EnvelopeKind.INTERACTIVE, payload))


def open_home(workspace: Workspace, user_id: str, tab: str = "home") -> Reply:
    """Open the bot's Home, or its Messages tab; the bot is told of it by an event."""
    channel = channels.open_direct(workspace.world, user_id)
    view: Json | None = workspace.world.memory.homes.get(user_id)
    event: Json = {"type": "app_home_opened", "user": user_id, "channel": channel["id"], "tab": tab}
    if tab == "home" and view is not None:
        event["view"] = payloads.shown_view(view)
    workspace.tell(event)
    return Reply(ok=True)
