"""Messages as Slack keeps them: posts, threads, ephemerals, unread counts."""

import copy
from collections.abc import Iterator

from refbot.sandbox import seed
from refbot.sandbox.elements import with_ids
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.world import World

BOT = {"user": seed.BOT_USER_ID, "bot_id": seed.BOT_ID, "app_id": seed.APP_ID}
OWN_FIELDS = ("text", "blocks", "metadata", "files", "subtype")


def post(world: World, channel_id: str, author: Json, content: Json) -> Json:
    """Add a message; `content` holds text, blocks, thread_ts, metadata, files."""
    with world.lock:
        message: Json = {
            "type": "message",
            **author,
            "team": seed.TEAM_ID,
            "ts": world.next_stamp(),
            "text": content.get("text") or "",
            "channel": channel_id,
        }
        message |= {key: content[key] for key in OWN_FIELDS if content.get(key)}
        if content.get("blocks"):
            message["blocks"] = with_ids(content["blocks"])
        if content.get("thread_ts"):
            _join_thread(world, message, content["thread_ts"])
        world.memory.messages.setdefault(channel_id, {})[message["ts"]] = message
        _count_unread(world, message)
        world.changed(f"messages:{channel_id}", "state")
        return copy.deepcopy(message)


def _join_thread(world: World, message: Json, thread_ts: str) -> None:
    parent = find(world, message["channel"], thread_ts)
    if parent is None:
        raise SlackError("thread_not_found")
    if parent.get("thread_ts", thread_ts) != thread_ts:
        raise SlackError("cannot_reply_to_message")
    message["thread_ts"] = parent["thread_ts"] = thread_ts
    parent["reply_count"] = parent.get("reply_count", 0) + 1
    parent["latest_reply"] = message["ts"]
    repliers = parent.setdefault("reply_users", [])
    if message["user"] not in repliers:
        repliers.append(message["user"])
    parent["reply_users_count"] = len(repliers)
    message["parent_user_id"] = parent["user"]


def _count_unread(world: World, message: Json) -> None:
    """A channel is unread by what stands in it; a reply counts for those it names."""
    for user_id in world.memory.channels[message["channel"]]["members"]:
        is_for_them = not is_reply(message) or f"<@{user_id}" in message["text"]
        if user_id != message["user"] and is_for_them:
            counts = world.memory.unread.setdefault(user_id, {})
            counts[message["channel"]] = counts.get(message["channel"], 0) + 1


def mark_read(world: World, user_id: str, channel_id: str) -> None:
    """A person looked at a channel."""
    with world.lock:
        if world.memory.unread.get(user_id, {}).pop(channel_id, None):
            world.changed("state")


def post_ephemeral(world: World, channel_id: str, user_id: str, content: Json) -> Json:
    """Show something to one person only."""
    with world.lock:
        message: Json = {
            "type": "message",
            **content.get("author", BOT),
            "team": seed.TEAM_ID,
            "ts": world.next_stamp(),
            "text": content.get("text") or "",
            "channel": channel_id,
            "is_ephemeral": True,
            "to": user_id,
        }
        if content.get("blocks"):
            message["blocks"] = with_ids(content["blocks"])
        if content.get("thread_ts"):
            message["thread_ts"] = content["thread_ts"]
        world.memory.ephemerals.append(message)
        world.changed(f"messages:{channel_id}")
        return copy.deepcopy(message)


def find(world: World, channel_id: str, ts: str) -> Json | None:
    """A message as it is kept, or None."""
    return world.memory.messages.get(channel_id, {}).get(ts)


def find_ephemeral(world: World, user_id: str, ts: str) -> Json | None:
    """What only this person sees, by its ts."""
    kept = world.memory.ephemerals
    return next((m for m in kept if m["ts"] == ts and m["to"] == user_id), None)


def own(world: World, channel_id: str, ts: str, *, otherwise: str) -> Json:
    """A message of the bot's own, or the refusal `otherwise`."""
    message = find(world, channel_id, ts)
    if message is None:
        raise SlackError("message_not_found")
    if message["user"] != seed.BOT_USER_ID:
        raise SlackError(otherwise)
    return message


def rewrite(world: World, message: Json, content: Json) -> Json:
    """Replace what a message says. Text alone drops the blocks, as on Slack."""
    with world.lock:
        message["text"] = content.get("text") or ""
        message.pop("blocks", None)
        if content.get("blocks"):
            message["blocks"] = with_ids(content["blocks"])
        if "metadata" in content:  # an empty object removes it, absence keeps it
            message["metadata"] = content["metadata"]
        if not message.get("is_ephemeral"):
            message["edited"] = {"user": message["user"], "ts": world.next_stamp()}
        world.changed(f"messages:{message['channel']}")
        return copy.deepcopy(message)


def delete(world: World, message: Json) -> None:
    """Take a message away; its thread's parent counts one less."""
    with world.lock:
        if message.get("is_ephemeral"):
            world.memory.ephemerals.remove(message)
        else:
            del world.memory.messages[message["channel"]][message["ts"]]
            parent = find(world, message["channel"], message.get("thread_ts", ""))
            if parent is not None:
                parent["reply_count"] -= 1
        world.changed(f"messages:{message['channel']}")


def is_reply(message: Json) -> bool:
    """Whether a message stands in a thread below its parent."""
    return bool(message.get("thread_ts", message["ts"]) != message["ts"])


def everything_in(world: World, channel_id: str) -> list[Json]:
    """Messages and replies, oldest first: they are kept in the order of their ts."""
    return list(world.memory.messages.get(channel_id, {}).values())


def top_level(world: World, channel_id: str) -> Iterator[Json]:
    """What stands in the channel itself, oldest first."""
    return (m for m in everything_in(world, channel_id) if not is_reply(m))


def thread(world: World, channel_id: str, ts: str) -> list[Json]:
    """A parent and its replies, oldest first."""
    kept = everything_in(world, channel_id)
    return [m for m in kept if ts in (m["ts"], m.get("thread_ts"))]


def seen_by(world: World, user_id: str, channel_id: str) -> list[Json]:
    """Top-level messages and the person's ephemerals, oldest first, as copies."""
    with world.lock:
        private = [
            m
            for m in world.memory.ephemerals
            if m["to"] == user_id and m["channel"] == channel_id and "thread_ts" not in m
        ]
        return copy.deepcopy(sorted([*top_level(world, channel_id), *private], key=_by_ts))


def thread_seen_by(world: World, user_id: str, channel_id: str, ts: str) -> list[Json]:
    """A thread with the ephemerals that the person was shown in it, as copies."""
    with world.lock:
        private = [
            m
            for m in world.memory.ephemerals
            if m["to"] == user_id and m["channel"] == channel_id and m.get("thread_ts") == ts
        ]
        return copy.deepcopy(sorted([*thread(world, channel_id, ts), *private], key=_by_ts))


def _by_ts(message: Json) -> tuple[int, int]:
    seconds, micros = message["ts"].split(".")
    return int(seconds), int(micros)


def stripped(message: Json) -> Json:
    """A message as the Web API and interactions show it: without our own marks and the metadata."""
    return {k: v for k, v in message.items() if k not in {"channel", "metadata", "to"}}
