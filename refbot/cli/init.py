"""`refbot init`: writes refbot.toml and tells the steps in Slack."""

from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

import typer
from rich.console import Console

from refbot.config import CONFIG_FILE
from refbot.errors import RefBotError

out = Console(highlight=False, soft_wrap=True)

STEPS = """
Next, in Slack (about five minutes):
  1. Open https://api.slack.com/apps, choose Create New App, From a manifest; paste manifest.yml.
  2. Basic Information, App-Level Tokens: generate one with connections:write (xapp-…).
  3. Install App: install it to your workspace and copy the bot token (xoxb-…).
  4. In the program's private channel type: /invite @RefBot
Then here:
  export SLACK_BOT_TOKEN=xoxb-…  SLACK_APP_TOKEN=xapp-…
  refbot db upgrade
  refbot import references.xlsx     (your own spreadsheet; --dry-run shows first)
  refbot doctor                     (tells what is still missing)
  refbot run
"""


def init(
    *,
    champion: Annotated[
        str, typer.Option(prompt="The program champion's e-mail", help="As Slack knows it.")
    ],
    channel: Annotated[
        str,
        typer.Option(
            prompt="The id of the program's private channel (bottom of its details, C0…)",
            help="Cards of requests appear there.",
        ),
    ],
    company: Annotated[str, typer.Option(prompt="Your company's name", help="For mails.")],
    timezone: Annotated[
        str, typer.Option(prompt="The program's time zone, like Europe/Berlin", help="IANA name.")
    ],
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Write refbot.toml and print the steps to install the Slack app."""
    path = Path(CONFIG_FILE)
    if path.exists() and not force:
        raise RefBotError(f"{path} is there already. Edit it, or replace it with --force.")
    problems = _problems(champion, channel, timezone)
    if problems:
        raise RefBotError("\n".join(problems))
    path.write_text(_file(champion, channel, company, timezone))
    out.print(f"Wrote {path}.", STEPS, markup=False)


def _problems(champion: str, channel: str, timezone: str) -> list[str]:
    found = []
    if champion.count("@") != 1 or champion.strip() != champion:
        found.append(f"“{champion}” is not an e-mail address.")
    if not channel.startswith(("C", "G")) or not channel.isalnum():
        found.append(f"“{channel}” is not a channel's id: it looks like C0123ABCD.")
    if timezone not in available_timezones():
        found.append(f"“{timezone}” is not a time zone: it looks like Europe/Berlin.")
    return found


def _file(champion: str, channel: str, company: str, timezone: str) -> str:
    return f"""# RefBot's settings. Tokens belong into the environment, not here.
program_channel = {_quoted(channel)}
program_timezone = {_quoted(timezone)}
company = {_quoted(company)}
champions = [{_quoted(champion)}]  # the first ones; from then on Home names them
# database_url = "postgresql://refbot@localhost/refbot"  # default: a SQLite file in your home
# smtp_url = "smtp://user:password@mail.example.com:587"  # to let RefBot write to references
# mail_from = "references@example.com"
"""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
