"""conversations.*: channels, their members and what stands in them."""

import copy

from refbot.sandbox import channels, messages, seed
from refbot.sandbox.api.arguments import is_true, number, page, required
from refbot.sandbox.faults import FaultKind
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.workspace import Workspace

MOST_HISTORY = 999


def open_direct(workspace: Workspace, arguments: Json) -> Json:
    """conversations.open with one person; groups are not made here."""
    users = required(arguments, "users")
    if "," in users:
        raise SlackError("method_not_supported_for_channel_type")
    channel = channels.open_direct(workspace.world, users)
    shown = _shown(channel) if is_true(arguments, "return_im") else {"id": channel["id"]}
    return {"channel": shown}


def facts(workspace: Workspace, arguments: Json) -> Json:
    """conversations.info."""
    channel = channels.visible_to_bot(workspace.world, required(arguments, "channel"))
    shown = _shown(channel)
    if is_true(arguments, "include_num_members"):
        shown["num_members"] = len(channel["members"])
    return {"channel": shown}


def _shown(channel: Json) -> Json:
    shown = {key: value for key, value in channel.items() if key != "members"}
    return shown | {"is_member": seed.BOT_USER_ID in channel["members"]}


def members(workspace: Workspace, arguments: Json) -> Json:
    """conversations.members, by pages."""
    channel = channels.visible_to_bot(workspace.world, required(arguments, "channel"))
    ids, cursor = page([{"id": user_id} for user_id in channel["members"]], arguments)
    return {
        "members": [item["id"] for item in ids],
        "response_metadata": {"next_cursor": cursor},
    }


def listing(workspace: Workspace, arguments: Json) -> Json:
    """conversations.list: public channels, and those private ones that the bot is in."""
    kinds = set(str(arguments.get("types") or "public_channel").replace(" ", "").split(","))
    known = [
        _shown(channel)
        for channel in workspace.world.memory.channels.values()
        if _kind(channel) in kinds
        and (not channel["is_private"] or seed.BOT_USER_ID in channel["members"])
    ]
    shown, cursor = page(known, arguments)
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def _kind(channel: Json) -> str:
    if channel["is_im"]:
        return "im"
    return "private_channel" if channel["is_private"] else "public_channel"


def history(workspace: Workspace, arguments: Json) -> Json:
    """conversations.history: top-level messages, newest first."""
    channel = _readable(workspace, arguments, "conversations.history")
    found = list(messages.top_level(workspace.world, channel["id"]))
    known = _arrived(workspace, "conversations.history", found)
    return _messages(workspace, arguments, known[::-1])


def replies(workspace: Workspace, arguments: Json) -> Json:
    """conversations.replies: a thread's parent and replies, oldest first."""
    channel = _readable(workspace, arguments, "conversations.replies")
    found = messages.thread(workspace.world, channel["id"], required(arguments, "ts"))
    if not found:
        raise SlackError("thread_not_found")
    known = _arrived(workspace, "conversations.replies", found)
    return _messages(workspace, arguments, known)


def _readable(workspace: Workspace, arguments: Json, method: str) -> Json:
    channel = channels.bot_is_in(workspace.world, required(arguments, "channel"))
    if workspace.faults.take(FaultKind.NO_HISTORY, method) is not None:
        needed = f"{channels.scope_kind(channel)}:history"
        raise SlackError("missing_scope", needed=needed, provided="chat:write")
    return channel


def _arrived(workspace: Workspace, method: str, found: list[Json]) -> list[Json]:
    """What history knows: a busy Slack shows a new message a while later."""
    late = workspace.faults.take(FaultKind.LATE_HISTORY, method)
    if late is None:
        return found
    newest = workspace.clock.now().timestamp() - float(late["seconds"])
    return [message for message in found if float(message["ts"]) <= newest]


def _messages(workspace: Workspace, arguments: Json, found: list[Json]) -> Json:
    if number(arguments, "limit", 100) > MOST_HISTORY:
        raise SlackError("invalid_limit")
    with workspace.world.lock:
        wanted = [m for m in found if _within(m["ts"], arguments)]
        shown, cursor = page(wanted, arguments)
        answer: Json = {
            "messages": copy.deepcopy([_with_metadata(m, arguments) for m in shown]),
            "has_more": bool(cursor),
        }
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


def _with_metadata(message: Json, arguments: Json) -> Json:
    shown = messages.stripped(message)
    if is_true(arguments, "include_all_metadata") and message.get("metadata"):
        shown["metadata"] = message["metadata"]
    return shown


def _within(ts: str, arguments: Json) -> bool:
    oldest = float(arguments.get("oldest") or 0)
    latest = float(arguments.get("latest") or "inf")
    if is_true(arguments, "inclusive"):
        return oldest <= float(ts) <= latest
    return oldest < float(ts) < latest
