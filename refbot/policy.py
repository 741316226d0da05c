"""The program's rules as values with defaults; the champion changes them in Slack (SPEC §6)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from refbot.matching.weights import MatchingPolicy


@dataclass(frozen=True, kw_only=True, slots=True)
class Delay:
    """Working time: hours of the recipient's working day, or whole working days."""

    hours: int = 0
    days: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Chain:
    """When a nudge comes: first, again; after `tries` the champion is told, once.

    `real_time` delays count all hours and not working hours only; the message itself still waits
    for the recipient's working time.
    """

    first: Delay
    again: Delay
    tries: int
    real_time: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Nudging:
    """The chains of SPEC §6."""

    decide: Chain = Chain(first=Delay(hours=4), again=Delay(days=1), tries=2)
    owner_check: Chain = Chain(first=Delay(days=1), again=Delay(days=2), tries=2)
    introduce: Chain = Chain(first=Delay(days=1), again=Delay(days=2), tries=3)
    debrief: Chain = Chain(first=Delay(days=1), again=Delay(days=3), tries=2)
    thank_you: Chain = Chain(first=Delay(hours=24), again=Delay(hours=72), tries=2, real_time=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """What a champion may change. Times of day are hours of the recipient's wall clock."""

    ask_account_owner: bool = True
    rest_after_held_days: int = 30
    rest_after_not_now_days: int = 45
    rest_after_no_days: int = 180
    owner_not_now_days: int = 30
    undo_seconds: int = 10
    day_starts: int = 9
    day_ends: int = 18
    matching: MatchingPolicy = field(default_factory=MatchingPolicy)
    nudging: Nudging = field(default_factory=Nudging)

    def as_dict(self) -> dict[str, Any]:
        """Give plain values for storage."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Self:
        """Read what `as_dict` wrote; what an older version did not know keeps its default."""
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in kept.items() if name in known}
        if "matching" in values:
            values["matching"] = MatchingPolicy.from_dict(values["matching"])
        if "nudging" in values:
            chains = {name: _chain(chain) for name, chain in values["nudging"].items()}
            values["nudging"] = Nudging(**chains)
        return cls(**values)

    @property
    def undo_window(self) -> timedelta:
        """How long an approval can be taken back before the requester sees the contact."""
        return timedelta(seconds=self.undo_seconds)


def _chain(kept: Mapping[str, Any]) -> Chain:
    first, again = Delay(**kept["first"]), Delay(**kept["again"])
    return Chain(first=first, again=again, tries=kept["tries"], real_time=kept["real_time"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """What the installation fixes: where the program lives, its zone and country.

    `sends_mail` is true where a mail server is configured.
    """

    channel: str  # Slack id of the program's private channel
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    country: str | None = None
    company: str = "our company"
    sends_mail: bool = False
