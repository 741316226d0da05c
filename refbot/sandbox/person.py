"""A person who acts and looks, for tests and scripts, by the same acts as the page's."""

from collections.abc import Mapping, Sequence
from typing import Any

from refbot.sandbox import channels, filling, messages, modals
from refbot.sandbox.acts import forms, pressing, shortcuts, speaking
from refbot.sandbox.acts.reply import Reply
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.workspace import Workspace

Shown = Json | Reply


class Person:
    """One member of the workspace with hands and eyes."""

    def __init__(self, workspace: Workspace, user_id: str) -> None:
        self.id = user_id
        self._workspace = workspace

    def types(self, text: str, *, channel: str, thread_ts: str | None = None) -> Reply:
        """Type a message, or a slash command, into a channel ("#sales", "@refbot" or an id)."""
        return speaking.types(self._workspace, self.id, channel, text, thread_ts)

    def sends_file(self, name: str, content: bytes, *, channel: str = "@refbot") -> Reply:
        """Drop a file into a channel or the talk with the bot."""
        return speaking.sends_file(self._workspace, self.id, channel, name, content)

    def clicks(
        self,
        label: str | None = None,
        *,
        in_: Shown | None = None,
        nth: int = 0,
        action_id: str | None = None,
    ) -> Reply:
        """Press a button, found by its text or action_id, or an entry of an overflow menu."""
        shown = self._shown(in_)
        buttons = filling.pressable(shown["blocks"], label=label, action_id=action_id)
        if nth >= len(buttons):
            there = [text for text, _ in filling.all_pressable(shown["blocks"])]
            raise LookupError(f"No {label or action_id!r} here, only {there}")
        return self._presses(shown, buttons[nth])

    def chooses(
        self, action_id: str, wanted: str | Sequence[str], *, in_: Shown | None = None
    ) -> Reply:
        """Choose from a menu by label or value; people by key or id."""
        shown = self._shown(in_)
        block_id, element = filling.element_with(shown["blocks"], action_id)
        entry = filling.entry(element, wanted, self._asker(shown, block_id))
        return self._presses(shown, {"action_id": action_id, "block_id": block_id, **entry})

    def picks_date(self, action_id: str, date: str, *, in_: Shown | None = None) -> Reply:
        """Pick a date, as YYYY-MM-DD."""
        return self.chooses(action_id, date, in_=in_)

    @property
    def modal(self) -> Json | None:
        """The modal on top of this person's screen."""
        with self._workspace.world.lock:
            stack = modals.stack_of(self._workspace.world, self.id)
            return stack[-1] if stack else None

    @property
    def modals(self) -> list[Json]:
        """All open modals, top last."""
        with self._workspace.world.lock:
            return modals.stack_of(self._workspace.world, self.id)

    def fills(self, answers: Mapping[str, Any]) -> None:
        """Fill fields of the modal, found by block_id, action_id or label."""
        for name, wanted in answers.items():
            view = self._top()
            block_id, element = filling.field(view["blocks"], name)
            entry = filling.entry(element, wanted, self._asker(view, block_id))
            action_id = element["action_id"]
            modals.put_values(self._workspace.world, view, {block_id: {action_id: entry}})
            if filling.dispatches(view["blocks"], block_id):
                self._presses(view, {"action_id": action_id, "block_id": block_id, **entry})

    def submits(self) -> Reply:
        """Submit the modal on top."""
        return forms.submit(self._workspace, self.id, self._top()["id"], {})

    def closes_modal(self) -> Reply:
        """Close the modal on top."""
        return forms.close(self._workspace, self.id, self._top()["id"])

    def options(self, action_id: str, typed: str, *, in_: Shown | None = None) -> list[Json]:
        """What a type-ahead field offers, groups laid flat."""
        shown = self._shown(in_)
        block_id, _ = filling.element_with(shown["blocks"], action_id)
        return self._asker(shown, block_id)(action_id, typed)

    def sees(self, channel: str) -> list[Json]:
        """What stands in a channel for this person, oldest first, threads under `replies`."""
        world = self._workspace.world
        try:
            channel_id = channels.named(world, self.id, channel)["id"]
        except SlackError:
            return []  # a channel one is not in shows nothing
        seen = messages.seen_by(world, self.id, channel_id)
        for message in seen:
            thread = messages.thread_seen_by(world, self.id, channel_id, message["ts"])
            message["replies"] = [m for m in thread if m["ts"] != message["ts"]]
        return seen

    def home(self, *, tab: str = "home", timeout: float = 3.0) -> Json:
        """Open the bot's Home and look at it once the bot has published it."""
        world = self._workspace.world
        before = world.memory.homes.get(self.id, {}).get("hash")
        shortcuts.open_home(self._workspace, self.id, tab)
        world.until(
            lambda: world.memory.homes.get(self.id, {}).get("hash") != before, timeout=timeout
        )
        return world.memory.homes.get(self.id, {})

    def uses_shortcut(self, name: str) -> Reply:
        """Use a global shortcut by its name."""
        return shortcuts.use(self._workspace, self.id, self._callback(name))

    def uses_message_shortcut(self, name: str, message: Shown) -> Reply:
        """Use a shortcut from a message's menu."""
        shown = self._shown(message)
        return shortcuts.use_on_message(
            self._workspace, self.id, self._callback(name), shown["channel"], shown["ts"]
        )

    def _callback(self, name: str) -> str:
        known = self._workspace.app.shortcuts
        return next(s["callback_id"] for s in known if s["name"] == name)

    def _top(self) -> Json:
        view = self.modal
        if view is None:
            raise LookupError("No modal is open.")
        return view

    def _shown(self, where: Shown | None) -> Json:
        """What an act is done in: what was given, else the modal on top."""
        if where is None:
            return self._top()
        if isinstance(where, Reply):
            if where.message is None:
                raise LookupError(f"Nothing was shown: {where.error or 'no message'}")
            return where.message
        return where

    def _presses(self, shown: Json, action: Json) -> Reply:
        return pressing.press(self._workspace, self.id, _container(shown), action)

    def _asker(self, shown: Json, block_id: str) -> filling.Asker:
        """How the offers of a type-ahead field are asked for."""

        def ask(action_id: str, typed: str) -> list[Json]:
            field = {"action_id": action_id, "block_id": block_id, "value": typed}
            offered = pressing.options(self._workspace, self.id, _container(shown), field)
            groups = [group["options"] for group in offered.get("option_groups", [])]
            return [*offered.get("options", []), *(o for group in groups for o in group)]

        return ask


def _container(shown: Json) -> Json:
    if "ts" in shown:
        return {"type": "message", "channel": shown["channel"], "ts": shown["ts"]}
    return {"type": "view", "view_id": shown["id"]}
