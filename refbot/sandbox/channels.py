"""Who may see and post where."""

from refbot.sandbox import founding, seed
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.world import World


def visible_to_bot(world: World, channel_id: str) -> Json:
    """A channel as the bot may know it; private ones only as a member."""
    channel = world.memory.channels.get(channel_id)
    if channel is None:
        raise SlackError("channel_not_found")
    if channel["is_private"] and seed.BOT_USER_ID not in channel["members"]:
        raise SlackError("channel_not_found")
    return channel


def bot_is_in(world: World, channel_id: str) -> Json:
    """A channel that the bot may post to and read."""
    channel = visible_to_bot(world, channel_id)
    if seed.BOT_USER_ID not in channel["members"]:
        raise SlackError("not_in_channel")
    return channel


def open_direct(world: World, user_id: str) -> Json:
    """The direct channel between the bot and a person, made when it is not there yet."""
    user = world.memory.people.get(user_id)
    if user is None:
        raise SlackError("user_not_found")
    if user["is_bot"]:
        raise SlackError("cannot_dm_bot")
    if user["deleted"]:
        raise SlackError("user_disabled")
    with world.lock:
        channel = founding.direct_channel(user_id, now=world.clock.now())
        known: Json = world.memory.channels.setdefault(channel["id"], channel)
        if known is channel:
            world.changed("state")
        return known


def of_person(world: World, user_id: str) -> list[Json]:
    """The channels a person is in, in the order they were made."""
    return [c for c in world.memory.channels.values() if user_id in c["members"]]


def named(world: World, user_id: str, name: str) -> Json:
    """A channel as a person names it: its id, "#sales", or "@refbot" for the talk with the bot."""
    if name.lower() == f"@{seed.BOT_NAME.lower()}":
        return open_direct(world, user_id)
    for channel in of_person(world, user_id):
        if name in {channel["id"], f"#{channel.get('name')}", _short_name(channel)}:
            return channel
    raise SlackError("not_in_channel")


def _short_name(channel: Json) -> str:
    """C0PROGRAM is "#program", whatever the channel is called."""
    return f"#{channel['id'].removeprefix('C0').lower()}"


def label(channel: Json) -> str:
    """A channel's name as interactions carry it: direct and private ones have none of their own."""
    if channel["is_im"]:
        return "directmessage"
    return "privategroup" if channel["is_private"] else str(channel["name"])


def scope_kind(channel: Json | None) -> str:
    """The first word of the scopes that speak of such a channel."""
    if channel is None:
        return "channels"
    if channel["is_im"]:
        return "im"
    return "groups" if channel["is_private"] else "channels"
