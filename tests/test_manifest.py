"""The manifest, the registered listeners, the sandbox's app and the documents name the same."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from refbot.cli.doctor import NEEDED
from refbot.handlers import events, register
from refbot.messages import help as help_page
from refbot.messages.ids import Do, Form
from refbot.sandbox import seed

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def manifest() -> Any:
    return yaml.safe_load((ROOT / "manifest.yml").read_text())


def scopes(manifest: Any) -> set[str]:
    return set(manifest["oauth_config"]["scopes"]["bot"])


def test_the_commands_of_the_manifest_are_those_that_are_answered(manifest: Any) -> None:
    commands = manifest["features"]["slash_commands"]
    assert [c["command"] for c in commands] == list(register.COMMANDS)
    assert all(c["should_escape"] for c in commands)
    assert [c["command"] for c in seed.APP.commands] == list(register.COMMANDS)


def test_the_shortcuts_of_the_manifest_are_those_that_are_answered(manifest: Any) -> None:
    named = [(s["name"], s["type"], s["callback_id"]) for s in manifest["features"]["shortcuts"]]
    assert {callback for _, _, callback in named} == {str(s) for s in register.SHORTCUTS}
    assert sorted(named) == sorted(
        (s["name"], s["type"], s["callback_id"]) for s in seed.APP.shortcuts
    )
    assert all(len(name) <= 24 for name, _, _ in named)


def test_the_events_of_the_manifest_are_those_that_are_heard(manifest: Any) -> None:
    subscribed = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {name.partition(".")[0] for name in subscribed} == set(events.EVENTS)
    assert len(subscribed) == len(set(subscribed)) == len(events.EVENTS)


def test_the_scopes_are_those_that_doctor_looks_for_and_no_more(manifest: Any) -> None:
    assert scopes(manifest) == NEEDED
    assert "chat:write.public" not in NEEDED
    assert len(manifest["oauth_config"]["scopes"]["bot"]) == len(NEEDED)
    assert scopes(manifest) == seed.SCOPES


def test_the_manifest_keeps_slacks_limits(manifest: Any) -> None:
    shown = manifest["display_information"]
    assert manifest["_metadata"]["major_version"] == 2
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"].strip()) <= 4000
    assert re.fullmatch("#[0-9a-f]{6}", shown["background_color"])
    assert manifest["settings"]["socket_mode_enabled"]
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert manifest["features"]["app_home"]["home_tab_enabled"]


def test_each_scope_has_its_reason_in_the_documents(manifest: Any) -> None:
    page = (ROOT / "docs" / "permissions.md").read_text()
    named = re.findall(r"^\|([^|]*)\|", page, re.MULTILINE)
    assert set(re.findall(r"`([a-z:.]+)`", " ".join(named))) == scopes(manifest)


def test_the_readme_lists_the_words_that_help_lists() -> None:
    readme = (ROOT / "README.md").read_text()
    for command, _ in help_page.COMMANDS:
        word = " ".join(command.split()[:2])
        if word.split()[-1] in {"mine", "help", "/reference"}:
            assert word in readme, word


def test_every_button_and_form_of_the_messages_has_its_handler() -> None:
    handled = {name.removesuffix("_back").removesuffix("_on") for name in register.BUTTONS}
    answered = handled | {str(o) for o in register.OPTIONS} | {Do.CARD_MENU}
    assert {str(action) for action in Do} <= answered
    shows_only = {Form.LOADING, Form.NOTICE, Form.UNKNOWN_WORDS, Form.WEIGHTS}
    assert {str(form) for form in Form} - shows_only == {str(form) for form in register.FORMS}
