"""chat.*: the messages that the bot posts, updates and deletes."""

from refbot.sandbox import channels, messages, seed
from refbot.sandbox.api.arguments import FALSE, refuse_problems, required
from refbot.sandbox.leases import ResponseUrl
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.validator import Surface
from refbot.sandbox.workspace import Workspace


def post_message(workspace: Workspace, arguments: Json) -> Json:
    """chat.postMessage, to a channel the bot is in or to a person's direct channel."""
    channel = _postable(workspace, required(arguments, "channel"))
    refuse_problems(Surface.POST, arguments)
    message = messages.post(workspace.world, channel["id"], messages.BOT, arguments)
    if channel["is_im"]:
        event = {"channel": channel["id"], "channel_type": "im", **messages.stripped(message)}
        workspace.tell(event)  # an app hears its own messages too; the framework leaves them out
    return {
        "channel": channel["id"],
        "ts": message["ts"],
        "message": messages.stripped(message),
    }


def _postable(workspace: Workspace, channel_id: str) -> Json:
    if channel_id.startswith("U"):
        return channels.open_direct(workspace.world, channel_id)
    return channels.bot_is_in(workspace.world, channel_id)


def update(workspace: Workspace, arguments: Json) -> Json:
    """chat.update, of the bot's own messages only."""
    channel = channels.bot_is_in(workspace.world, required(arguments, "channel"))
    message = messages.own(
        workspace.world, channel["id"], required(arguments, "ts"), otherwise="cant_update_message"
    )
    refuse_problems(Surface.UPDATE, arguments)
    changed = messages.rewrite(workspace.world, message, arguments)
    return {
        "channel": channel["id"],
        "ts": message["ts"],
        "text": changed["text"],
        "message": messages.stripped(changed),
    }


def delete(workspace: Workspace, arguments: Json) -> Json:
    """chat.delete, of the bot's own messages only."""
    channel = channels.bot_is_in(workspace.world, required(arguments, "channel"))
    message = messages.own(
        workspace.world, channel["id"], required(arguments, "ts"), otherwise="cant_delete_message"
    )
    messages.delete(workspace.world, message)
    return {"channel": channel["id"], "ts": message["ts"]}


def post_ephemeral(workspace: Workspace, arguments: Json) -> Json:
    """chat.postEphemeral, to somebody who is in the channel."""
    channel = channels.bot_is_in(workspace.world, required(arguments, "channel"))
    user_id = required(arguments, "user")
    if user_id not in channel["members"]:
        raise SlackError("user_not_in_channel")
    refuse_problems(Surface.EPHEMERAL, arguments)
    message = messages.post_ephemeral(workspace.world, channel["id"], user_id, arguments)
    return {"message_ts": message["ts"]}


def get_permalink(workspace: Workspace, arguments: Json) -> Json:
    """chat.getPermalink: an address that the sandbox's page opens."""
    channel = channels.visible_to_bot(workspace.world, required(arguments, "channel"))
    ts = required(arguments, "message_ts")
    message = messages.find(workspace.world, channel["id"], ts)
    if message is None:
        raise SlackError("message_not_found")
    link = f"{workspace.url}archives/{channel['id']}/p{ts.replace('.', '')}"
    if messages.is_reply(message):
        link += f"?thread_ts={message['thread_ts']}&cid={channel['id']}"
    return {"channel": channel["id"], "permalink": link}


def respond(workspace: Workspace, key: str, arguments: Json) -> Json:
    """A post to a response_url: five uses in thirty minutes."""
    with workspace.world.lock:
        return _responded(workspace, workspace.leases.use(key), arguments)


def _responded(workspace: Workspace, lease: ResponseUrl, arguments: Json) -> Json:
    original = _original(workspace, lease)
    if arguments.get("delete_original"):
        messages.delete(workspace.world, _own(original, "cant_delete_message"))
        return {}
    refuse_problems(Surface.RESPONSE_URL, arguments)
    if arguments.get("replace_original") not in (*FALSE, None):
        messages.rewrite(workspace.world, _own(original, "cant_update_message"), arguments)
    elif arguments.get("response_type") == "in_channel":
        messages.post(workspace.world, lease.channel_id, messages.BOT, arguments)
    else:
        messages.post_ephemeral(workspace.world, lease.channel_id, lease.user_id, arguments)
    return {}


def _original(workspace: Workspace, lease: ResponseUrl) -> Json | None:
    """The message that the act was done in, if it was done in one."""
    if lease.ts is None:
        return None
    found = messages.find_ephemeral(workspace.world, lease.user_id, lease.ts)
    return found or messages.find(workspace.world, lease.channel_id, lease.ts)


def _own(original: Json | None, refusal: str) -> Json:
    if original is None or original["user"] != seed.BOT_USER_ID:
        raise SlackError(refusal)
    return original
