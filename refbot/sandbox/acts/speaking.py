"""A person types: a message, or a command."""

import html
import re
from collections.abc import Sequence

from refbot.sandbox import channels, messages
from refbot.sandbox.acts import payloads
from refbot.sandbox.acts.reply import FAILURE_WORDS, SLACKBOT, Reply, refused
from refbot.sandbox.api import files
from refbot.sandbox.delivery import Answer, EnvelopeKind
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.validator import Surface, problems
from refbot.sandbox.workspace import Workspace
from refbot.sandbox.world import World

BROADCASTS = {"channel", "here", "everyone"}
NAMED = re.compile(r"(?<![\w&])([@#])([\w.-]*\w)")
ADDRESS = re.compile(r"https?://[^\s<>|]+")


def types(
    workspace: Workspace, user_id: str, channel_name: str, text: str, thread_ts: str | None = None
) -> Reply:
    """What is typed into a channel's box: a command where it begins with one, else a message."""
    try:
        channel = channels.named(workspace.world, user_id, channel_name)
    except SlackError as reason:
        return refused(reason.code, f"You can't post in {channel_name}.")
    if text.startswith("/"):
        return _command(workspace, user_id, channel, text, thread_ts)
    return _message(workspace, user_id, channel, {"text": text, "thread_ts": thread_ts})


def sends_file(
    workspace: Workspace, user_id: str, channel_name: str, name: str, content: bytes
) -> Reply:
    """A file dropped into a channel or into the talk with the bot."""
    channel = channels.named(workspace.world, user_id, channel_name)
    kept = files.create(workspace, name, content, by=user_id)
    shared = {"text": "", "files": [files.shown(kept)], "subtype": "file_share"}
    return _message(workspace, user_id, channel, shared)


def _message(workspace: Workspace, user_id: str, channel: Json, content: Json) -> Reply:
    written = {**content, "text": escaped(workspace.world, content["text"])}
    try:
        message = messages.post(workspace.world, channel["id"], {"user": user_id}, written)
    except SlackError as reason:
        return refused(reason.code, "This thread is gone.")
    if channel["is_im"]:
        event = {"channel": channel["id"], "channel_type": "im", **messages.stripped(message)}
        workspace.tell(event)
    return Reply(ok=True, text=message["text"], message=message)


def _command(
    workspace: Workspace, user_id: str, channel: Json, line: str, thread_ts: str | None
) -> Reply:
    word, _, rest = line.partition(" ")
    if word not in {known["command"] for known in workspace.app.commands}:
        return _slackbot(
            workspace, user_id, channel, "unknown_command", f"{word} is not a valid command."
        )
    if thread_ts:
        sentence = f"{word} is not supported in threads. Sorry!"
        return _slackbot(workspace, user_id, channel, "not_in_threads", sentence)
    text = escaped(workspace.world, rest.strip(), with_names=True)
    payload = payloads.command(workspace, user_id, channel, word, text)
    answer = workspace.ask(EnvelopeKind.COMMAND, payload)
    return _shown(workspace, user_id, channel, word, answer)


def _shown(workspace: Workspace, user_id: str, channel: Json, word: str, answer: Answer) -> Reply:
    """What the command's own acknowledgement shows, or Slack's words for its failure."""
    content = answer.payload
    found = problems(Surface.ACK, content) if content else []
    if found:
        workspace.traffic.refuse("slash_commands ack", found, content or {})
    error = answer.error or ("invalid_answer" if found else None)
    if error:
        sentence = f'{word} failed with the error "{FAILURE_WORDS[error]}"'
        return _slackbot(workspace, user_id, channel, error, sentence, ack_ms=answer.ms)
    if not content:
        return Reply(ok=True, ack_ms=answer.ms)
    if content.get("response_type") == "in_channel":
        message = messages.post(workspace.world, channel["id"], messages.BOT, content)
    else:
        message = messages.post_ephemeral(workspace.world, channel["id"], user_id, content)
    return Reply(
        ok=True,
        ack_ms=answer.ms,
        text=message["text"],
        blocks=message.get("blocks", []),
        message=message,
    )


def _slackbot(
    workspace: Workspace,
    user_id: str,
    channel: Json,
    error: str,
    sentence: str,
    *,
    ack_ms: float | None = None,
) -> Reply:
    """Slack's own words to the person alone."""
    said = {"text": sentence, "author": SLACKBOT}
    messages.post_ephemeral(workspace.world, channel["id"], user_id, said)
    return Reply(ok=False, ack_ms=ack_ms, error=error, sentence=sentence)


def escaped(world: World, text: str, *, with_names: bool = False) -> str:
    """Typed text as Slack hands it on: `& < >` escaped, names and addresses as `<…>`."""
    plain = html.escape(text, quote=False)
    linked = ADDRESS.sub(lambda found: f"<{found[0]}>", plain)
    return NAMED.sub(lambda found: _reference(world, found, with_names=with_names), linked)


def _reference(world: World, found: re.Match[str], *, with_names: bool) -> str:
    sign, name = found.groups()
    if sign == "@" and name.lower() in BROADCASTS:
        return f"<!{name.lower()}>"
    known = _people(world, name) if sign == "@" else _channels(world, name)
    for item_id, item_name in known:
        label = f"|{item_name}" if with_names else ""
        return f"<{sign}{item_id}{label}>"
    return found[0]


def _people(world: World, name: str) -> Sequence[tuple[str, str]]:
    wanted = {name.lower(), f"u0{name.lower()}"}
    named = world.memory.people.values()
    return [(p["id"], p["name"]) for p in named if wanted & {p["name"], p["id"].lower()}]


def _channels(world: World, name: str) -> Sequence[tuple[str, str]]:
    named = world.memory.channels.values()
    return [(c["id"], c["name"]) for c in named if c.get("name") == name and not c["is_private"]]
