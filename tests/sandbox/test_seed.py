from datetime import UTC, datetime
from pathlib import Path

import yaml

from refbot.sandbox import founding, seed

MANIFEST = yaml.safe_load((Path(__file__).parents[2] / "manifest.yml").read_text())
NOW = datetime(2027, 7, 1, 12, tzinfo=UTC)


def test_the_sandbox_grants_what_the_manifest_asks_for() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == seed.APP.scopes


def test_people_find_the_commands_of_the_manifest() -> None:
    keys = ("command", "description", "usage_hint")
    asked = [{key: c[key] for key in keys} for c in MANIFEST["features"]["slash_commands"]]
    assert asked == list(seed.APP.commands)


def test_people_find_the_shortcuts_of_the_manifest() -> None:
    keys = ("name", "type", "callback_id")
    asked = [{key: s[key] for key in keys} for s in MANIFEST["features"]["shortcuts"]]
    assert asked == list(seed.APP.shortcuts)


def test_a_zone_is_told_as_slack_tells_it() -> None:
    riley = founding.users(now=NOW)["U0RILEY"]
    assert (riley["tz"], riley["tz_label"], riley["tz_offset"]) == (
        "America/New_York",
        "EDT",
        -4 * 3600,
    )


def test_nobody_deactivated_or_from_outside_is_in_general() -> None:
    members = founding.channels(now=NOW)["C0GENERAL"]["members"]
    assert not {"U0OLGA", "U0STRANGER"} & set(members)
