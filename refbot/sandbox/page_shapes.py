"""What the page is shown: the workspace through one person's eyes."""

from datetime import UTC, datetime

from refbot.sandbox import channels, messages, modals, seed
from refbot.sandbox.shapes import Json
from refbot.sandbox.workspace import Workspace
from refbot.sandbox.world import World

HIDDEN = {"metadata", "to", "team", "app_id"}


def user(person: Json) -> Json:
    """A member for the page's lists and mentions."""
    return {
        "id": person["id"],
        "name": person["name"],
        "real_name": person["real_name"],
        "title": person["profile"].get("title", ""),
        "tz": person.get("tz", ""),
        "role_note": seed.ROLE_NOTES.get(person["id"], ""),
        "color": person.get("color", "777777"),
        "is_guest": bool(person["is_restricted"]),
        "is_deleted": bool(person["deleted"]),
        "is_stranger": bool(person.get("is_stranger")),
    }


def people(world: World) -> list[Json]:
    """Everybody but the bot."""
    return [user(person) for person in world.memory.people.values() if not person["is_bot"]]


def channel_list(world: World, user_id: str) -> list[Json]:
    """The channels of a person with what is unread; the talk with the bot is always there."""
    person = world.memory.people[user_id]
    if not person["deleted"]:
        channels.open_direct(world, user_id)
    unread = world.memory.unread.get(user_id, {})
    return [
        {
            "id": channel["id"],
            "name": seed.BOT_NAME if channel["is_im"] else channel["name"],
            "kind": _kind(channel),
            "is_member_bot": seed.BOT_USER_ID in channel["members"],
            "unread": unread.get(channel["id"], 0),
        }
        for channel in channels.of_person(world, user_id)
    ]


def _kind(channel: Json) -> str:
    if channel["is_im"]:
        return "dm"
    if channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"):
        return "shared"
    return "private" if channel["is_private"] else "public"


def state(workspace: Workspace, user_id: str, *, is_skipping: bool) -> Json:
    """The frame around the messages: people, channels, bot, clock, faults, mail."""
    world = workspace.world
    with world.lock:
        return {
            "me": user(world.memory.people[user_id]),
            "people": people(world),
            "channels": channel_list(world, user_id),
            "bot": {
                "id": seed.BOT_USER_ID,
                "name": seed.BOT_NAME,
                "connected": workspace.delivery.connected.is_set(),
                "commands": [dict(command) for command in workspace.app.commands],
                "shortcuts": [dict(shortcut) for shortcut in workspace.app.shortcuts],
            },
            "clock": {
                "now": workspace.clock.now().isoformat(),
                "skipped_seconds": workspace.clock.skipped.total_seconds(),
                "skipping": is_skipping,
            },
            "faults": workspace.faults.switched_on(),
            "mail_unread": sum(not mail["read"] for mail in world.memory.mails),
        }


def message(world: World, kept: Json) -> Json:
    """A message with the name of its author and its instant."""
    shown = {key: value for key, value in kept.items() if key not in HIDDEN}
    author = world.memory.people.get(kept["user"])
    shown.setdefault("username", author["real_name"] if author else kept["user"])
    shown["when"] = datetime.fromtimestamp(float(kept["ts"]), UTC).isoformat()
    if "files" in kept:  # the page has no bot token: it gets its files elsewhere
        address = "page/files/{id}"
        shown["files"] = [
            {
                **file,
                **dict.fromkeys(("url_private", "url_private_download"), address.format(**file)),
            }
            for file in kept["files"]
        ]
    return shown


def in_channel(world: World, user_id: str, channel_id: str) -> list[Json]:
    """What stands in a channel for a person."""
    seen = messages.seen_by(world, user_id, channel_id)
    return [message(world, kept) for kept in seen]


def in_thread(world: World, user_id: str, channel_id: str, ts: str) -> list[Json]:
    """A thread for a person, its parent first."""
    seen = messages.thread_seen_by(world, user_id, channel_id, ts)
    return [message(world, kept) for kept in seen]


def stack(world: World, user_id: str) -> list[Json]:
    """A person's open modals, top last."""
    with world.lock:
        return list(modals.stack_of(world, user_id))


def mail(kept: Json) -> Json:
    """A mail without its source text."""
    return {key: value for key, value in kept.items() if key != "raw" and value is not None}
