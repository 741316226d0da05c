"""Settings: the environment before the file, and every error at once."""

from pathlib import Path

import pytest

from refbot.config import Settings, load_settings, must_reach_slack
from refbot.errors import ConfigurationError


@pytest.fixture(autouse=True)
def _empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without refbot.toml, a home of its own, no settings in the environment."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def write(text: str) -> None:
    Path("refbot.toml").write_text(text)


def problems(**given: object) -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        load_settings(**given)
    return refused.value.problems


def test_without_anything_a_file_in_the_users_data_directory_is_the_database(
    tmp_path: Path,
) -> None:
    settings = load_settings()
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'refbot' / 'refbot.db'}"
    assert (tmp_path / "data" / "refbot").is_dir()
    assert settings.slack_api_url == "https://slack.com/api/"


def test_the_environment_goes_before_the_file_and_slacks_own_names_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write('company = "File"\nprogram_channel = "C0FILE"\nchampions = ["a@b.example"]\n')
    monkeypatch.setenv("REFBOT_COMPANY", "Environment")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:3000/api")
    settings = load_settings()
    assert settings.company == "Environment"
    assert settings.program_channel == "C0FILE"
    assert settings.champions == ["a@b.example"]
    assert settings.slack_bot_token == "xoxb-1"
    assert settings.slack_api_url == "http://127.0.0.1:3000/api/"
    monkeypatch.setenv("REFBOT_COMPANY", "")
    assert load_settings(company="Code").company == "Code"


def test_three_errors_are_told_at_once_each_in_a_sentence() -> None:
    write('program_timezone = "Berlin"\nhttp_port = 99999\ncompayn = "x"\n')
    told = problems()
    assert len(told) == 3
    assert any("program_timezone" in p and "Europe/Berlin" in p for p in told)
    assert any("http_port" in p for p in told)
    assert any("compayn: there is no such setting" in p for p in told)
    assert all(p.endswith((".", "?")) for p in told)


WRONG = [
    ("database_url", "mysql://x/y", "neither sqlite nor postgresql"),
    ("database_url", "rubbish", "database URL"),
    ("slack_bot_token", "xapp-1", "xoxb-"),
    ("slack_app_token", "xoxb-1", "connections:write"),
    ("slack_api_url", "slack.com/api", "https://slack.com/api/"),
    ("slack_api_url", "ftp://slack.com/api", "https://slack.com/api/"),
    ("program_timezone", "Mars/Olympus", "time zone"),
    ("program_timezone", "../../etc/passwd", "time zone"),
    ("program_country", "Germany", "country code"),
    ("smtp_url", "mail.example.com", "smtp://"),
    ("smtp_url", "http://mail.example.com", "smtp://"),
    ("grace_seconds", 0, "grace_seconds"),
    ("tick_seconds", "soon", "tick_seconds"),
]


@pytest.mark.parametrize(("name", "value", "hint"), WRONG)
def test_a_wrong_value_is_told_with_what_it_should_be(name: str, value: object, hint: str) -> None:
    (told,) = problems(**{name: value})
    assert told.startswith(f"{name}")
    assert hint in told


def test_no_error_and_no_print_of_the_settings_shows_a_secret() -> None:
    secret = "xoxp-very-secret"
    told = problems(slack_bot_token=secret, slack_app_token=secret, program_timezone="x")
    assert secret not in "".join(told)
    shown = repr(
        Settings(slack_bot_token="xoxb-s3cret", slack_app_token="xapp-s3cret",
                 slack_signing_secret="s3cret", smtp_url="smtp://u:s3cret@mail.example")
    )  # fmt: skip
    assert "s3cret" not in shown


def test_a_file_that_is_not_toml_is_told() -> None:
    write("this is = = no toml")
    (told,) = problems()
    assert "refbot.toml" in told


def test_what_is_missing_to_reach_slack_is_told_at_once() -> None:
    with pytest.raises(ConfigurationError) as refused:
        must_reach_slack(load_settings())
    assert len(refused.value.problems) == 3
    must_reach_slack(
        load_settings(
            slack_bot_token="xoxb-1", slack_signing_secret="s", program_channel="C0123"
        )
    )  # fmt: skip


def test_a_country_is_kept_in_capitals_and_mail_needs_a_server() -> None:
    program = load_settings(program_country="de").program
    assert program.country == "DE"
    assert not program.sends_mail
    assert load_settings(smtp_url="smtps://mail.example.com").program.sends_mail
