"""The workspace that the sandbox starts with: team, people, channels and the app."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TEAM_ID = "T0REFBOT"
TEAM_NAME = "Northbeam"
TEAM_DOMAIN = "northbeam"
PARTNER_TEAM_ID = "T0PARTNER"
APP_ID = "A0REFBOT"
BOT_ID = "B0REFBOT"
BOT_USER_ID = "U0REFBOT"
BOT_NAME = "RefBot"
BOT_TOKEN = "xoxb-0-0-sandbox-bot"  # noqa: S105 - opens nothing but this stand-in
APP_TOKEN = "xapp-1-A0REFBOT-0-sandbox-app"  # noqa: S105
SIGNING_SECRET = "sandbox-signing-secret"  # noqa: S105
VERIFICATION_TOKEN = "sandbox-verification"  # noqa: S105

SCOPES = frozenset(
    {
        "commands",
        "chat:write",
        "im:write",
        "users:read",
        "users:read.email",
        "channels:read",
        "groups:read",
        "im:history",
        "channels:history",
        "groups:history",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Colleague:
    """One of the people of the workspace, before Slack's own fields are added."""

    key: str
    real_name: str
    title: str
    tz: str
    color: str
    role_note: str
    marks: Mapping[str, bool | str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The member id that Slack would give."""
        return f"U0{self.key.upper()}"

    @property
    def email(self) -> str:
        """first.last@northbeam.example."""
        return ".".join(self.real_name.lower().split()) + "@northbeam.example"


@dataclass(frozen=True, kw_only=True, slots=True)
class AppFace:
    """What the app shows in Slack: its commands, its shortcuts and the scopes it was granted."""

    commands: tuple[Mapping[str, str], ...]
    shortcuts: tuple[Mapping[str, str], ...]
    scopes: frozenset[str] = SCOPES


APP = AppFace(
    commands=(
        {
            "command": "/reference",
            "description": "Find and request a customer reference",
            "usage_hint": "healthcare product-A director | mine | help",
        },
    ),
    shortcuts=(
        {"name": "Request a reference", "type": "global", "callback_id": "request_reference"},
        {"name": "Find a reference", "type": "message", "callback_id": "find_reference"},
    ),
)

CAST = (
    Colleague(
        key="riley",
        real_name="Riley Park",
        title="Account Executive",
        tz="America/New_York",
        color="4a7ab5",
        role_note="Sales rep",
    ),
    Colleague(
        key="casey",
        real_name="Casey Morgan",
        title="Head of Customer References",
        tz="Europe/Berlin",
        color="9b5fb0",
        role_note="Program champion",
    ),
    Colleague(
        key="devon",
        real_name="Devon Shah",
        title="Customer Marketing Lead",
        tz="Europe/London",
        color="3c8d6b",
        role_note="Deputy champion",
    ),
    Colleague(
        key="sam",
        real_name="Sam Ortiz",
        title="Customer Success Manager",
        tz="America/Chicago",
        color="c26a35",
        role_note="Account owner",
    ),
    Colleague(
        key="gina",
        real_name="Gina Roth",
        title="Contractor",
        tz="Europe/Berlin",
        color="7d7d7d",
        role_note="Guest",
        marks={"is_restricted": True},
    ),
    Colleague(
        key="lee",
        real_name="Lee Tanaka",
        title="VP Sales",
        tz="Asia/Tokyo",
        color="b0485f",
        role_note="Leader",
    ),
    Colleague(
        key="noor",
        real_name="Noor Haddad",
        title="Account Manager",
        tz="Europe/Berlin",
        color="2f8fa3",
        role_note="Account owner",
    ),
    Colleague(
        key="rex",
        real_name="Rex Lund",
        title="Account Executive",
        tz="Europe/Stockholm",
        color="8a7a2c",
        role_note="Sales rep",
    ),
    Colleague(
        key="olga",
        real_name="Olga Weiss",
        title="Former Account Manager",
        tz="Europe/Vienna",
        color="999999",
        role_note="Deactivated",
        marks={"deleted": True},
    ),
    Colleague(
        key="stranger",
        real_name="Pat Quill",
        title="Buyer at Globex",
        tz="America/Denver",
        color="5d5da8",
        role_note="From outside (Globex)",
        marks={"is_stranger": True, "team_id": PARTNER_TEAM_ID},
    ),
)
ROLE_NOTES = {colleague.id: colleague.role_note for colleague in CAST}
IDS_BY_KEY = {colleague.key: colleague.id for colleague in CAST}
