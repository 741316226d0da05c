"""files.*: the three steps of an upload, and what is known of a file."""

import base64
import copy
import mimetypes
from pathlib import PurePosixPath

from refbot.sandbox import channels, messages, seed
from refbot.sandbox.api.arguments import number, required
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.workspace import Workspace
from refbot.sandbox.world import new_id


def create(workspace: Workspace, name: str, content: bytes, *, by: str) -> Json:
    """Keep a file; its content stays in the memory as base64."""
    file_id = new_id("F0")
    kept: Json = {
        "id": file_id,
        "name": name,
        "title": name,
        "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "filetype": PurePosixPath(name).suffix.removeprefix(".") or "binary",
        "user": by,
        "size": len(content),
        "mode": "hosted",
        "created": int(workspace.clock.now().timestamp()),
        "url_private": f"{workspace.url}files/{file_id}/{name}",
        "url_private_download": f"{workspace.url}files/{file_id}/{name}?download=1",
        "content": base64.b64encode(content).decode(),
    }
    with workspace.world.lock:
        workspace.world.memory.files[file_id] = kept
    return kept


def shown(kept: Json) -> Json:
    """A file as messages and files.info show it."""
    return {key: value for key, value in kept.items() if key not in {"content", "is_pending"}}


def get_upload_url(workspace: Workspace, arguments: Json) -> Json:
    """files.getUploadURLExternal: step one, a place for so many bytes."""
    length = number(arguments, "length", 0)
    if length <= 0:
        raise SlackError("invalid_arguments", messages=["[ERROR] length must be above 0"])
    kept = create(workspace, required(arguments, "filename"), b"", by=seed.BOT_USER_ID)
    kept |= {"size": length, "is_pending": True}
    return {"upload_url": f"{workspace.url}upload/v1/{kept['id']}", "file_id": kept["id"]}


def receive(workspace: Workspace, file_id: str, content: bytes) -> None:
    """Step two: the bytes themselves, as many as announced."""
    kept = workspace.world.memory.files.get(file_id)
    if kept is None or not kept.get("is_pending") or len(content) != kept["size"]:
        raise SlackError("upload_failed")
    kept["content"] = base64.b64encode(content).decode()


def complete_upload(workspace: Workspace, arguments: Json) -> Json:
    """files.completeUploadExternal: step three, shared in a channel or kept to the bot."""
    done = [_completed(workspace, item) for item in arguments.get("files") or []]
    if not done:
        raise SlackError("invalid_arguments", messages=["[ERROR] files"])
    channel_id = arguments.get("channel_id") or arguments.get("channels")
    if channel_id:
        channel = channels.bot_is_in(workspace.world, str(channel_id))
        content = {
            "text": arguments.get("initial_comment") or "",
            "thread_ts": arguments.get("thread_ts"),
            "files": copy.deepcopy(done),
        }
        messages.post(workspace.world, channel["id"], messages.BOT, content)
    return {"files": done}


def _completed(workspace: Workspace, item: Json) -> Json:
    kept = workspace.world.memory.files.get(item.get("id", ""))
    if kept is None or not kept["content"]:
        raise SlackError("file_not_found")
    kept["title"] = item.get("title") or kept["name"]
    kept.pop("is_pending", None)
    return shown(kept)


def facts(workspace: Workspace, arguments: Json) -> Json:
    """files.info."""
    kept = workspace.world.memory.files.get(required(arguments, "file"))
    if kept is None or kept.get("is_pending"):
        raise SlackError("file_not_found")
    return {"file": shown(kept)}
