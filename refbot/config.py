"""Settings from the environment and refbot.toml, frozen; every error is told at once."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings.sources import InitSettingsSource
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from refbot.errors import ConfigurationError
from refbot.policy import Program

CONFIG_FILE = "refbot.toml"
FROM_SLACK = {  # the names that Slack's own documentation and tools use
    "SLACK_BOT_TOKEN": "slack_bot_token",
    "SLACK_APP_TOKEN": "slack_app_token",
    "SLACK_SIGNING_SECRET": "slack_signing_secret",
    "SLACK_API_URL": "slack_api_url",
}


class Settings(BaseSettings):
    """Everything that is fixed while RefBot runs. Secrets belong into the environment."""

    model_config = SettingsConfigDict(
        env_prefix="REFBOT_", frozen=True, extra="forbid", toml_file=CONFIG_FILE
    )

    database_url: str = ""
    slack_bot_token: str = Field("", repr=False)
    slack_app_token: str = Field("", repr=False)
    slack_signing_secret: str = Field("", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    program_channel: str = ""
    program_timezone: str = "UTC"
    program_country: str | None = None
    company: str = "our company"
    champions: list[str] = []  # e-mails; Home changes them later
    smtp_url: str = Field("", repr=False)  # smtp://user:password@host:port or smtps://…
    mail_from: str = "refbot@localhost"
    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=1, le=65535)
    grace_seconds: float = Field(5.0, gt=0, le=600)
    lease_seconds: float = Field(30.0, gt=0, le=600)
    tick_seconds: float = Field(5.0, gt=0, le=300)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url:
            return f"sqlite:///{user_data_path('refbot') / 'refbot.db'}"
        try:
            backend = make_url(url).get_backend_name()
        except ArgumentError as error:
            raise ValueError("is not a database URL like sqlite:///refbot.db") from error
        if backend not in {"sqlite", "postgresql"}:
            raise ValueError("names neither sqlite nor postgresql")
        return url

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, token: str) -> str:
        return _prefixed(token, "xoxb-", "the bot token, from OAuth & Permissions")

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, token: str) -> str:
        return _prefixed(token, "xapp-", "an app-level token with connections:write")

    @field_validator("slack_api_url")
    @classmethod
    def _base_url(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError("must be a URL like https://slack.com/api/")
        return url if url.endswith("/") else url + "/"

    @field_validator("program_timezone")
    @classmethod
    def _zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is not a time zone like Europe/Berlin") from error
        return zone

    @field_validator("program_country")
    @classmethod
    def _country(cls, country: str | None) -> str | None:
        if country is not None and not (len(country) == 2 and country.isalpha()):  # noqa: PLR2004 - ISO alpha-2
            raise ValueError("is not a country code like DE")
        return country.upper() if country else None

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, url: str) -> str:
        if url and (urlsplit(url).scheme not in {"smtp", "smtps"} or not urlsplit(url).hostname):
            raise ValueError("must be a URL like smtp://user:password@mail.example.com:587")
        return url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given in code, then the environment, then the file."""
        del dotenv_settings, file_secret_settings
        slack = {name: os.environ[v] for v, name in FROM_SLACK.items() if os.environ.get(v)}
        return (
            init_settings,
            InitSettingsSource(settings_cls, slack),
            env_settings,
            TomlConfigSettingsSource(settings_cls),
        )

    @property
    def program(self) -> Program:
        """What the program's rules need of the settings."""
        return Program(
            channel=self.program_channel,
            zone=ZoneInfo(self.program_timezone),
            country=self.program_country,
            company=self.company,
            sends_mail=bool(self.smtp_url),
        )


def load_settings(**given: Any) -> Settings:
    """Read the settings; a ConfigurationError lists everything that is wrong."""
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise ConfigurationError([_sentence(e) for e in error.errors()]) from error
    except ValueError as error:  # not TOML at all
        raise ConfigurationError([f"{CONFIG_FILE} cannot be read: {error}."]) from error
    if settings.database_url.startswith("sqlite:///"):
        Path(str(make_url(settings.database_url).database)).parent.mkdir(
            parents=True, exist_ok=True
        )
    return settings


def must_reach_slack(settings: Settings) -> None:
    """Say what is missing to speak to Slack."""
    problems = []
    if not settings.slack_bot_token:
        problems.append("SLACK_BOT_TOKEN is missing: the bot token, from OAuth & Permissions.")
    if not settings.slack_app_token and not settings.slack_signing_secret:
        problems.append(
            "SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing: "
            "both stand under Basic Information."
        )
    if not settings.program_channel:
        problems.append(
            "program_channel is missing: the id of the program's private channel, like C0123ABCD. "
            "It stands at the bottom of the channel's details. `refbot init` asks for it."
        )
    if problems:
        raise ConfigurationError(problems)


def _prefixed(token: str, prefix: str, what: str) -> str:
    if token and not token.startswith(prefix):
        raise ValueError(f"must start with {prefix}: it is {what}")
    return token


def _sentence(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{name}: there is no such setting in RefBot. Is it misspelled?"
    return f"{name}: {str(error['msg']).removeprefix('Value error, ')}."
