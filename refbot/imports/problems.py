"""Open problems at an account or a person, as a column of a sheet tells them."""

from dataclasses import dataclass

from refbot.imports.entities import Entity
from refbot.imports.fields import Field
from refbot.imports.jobs import Job
from refbot.imports.known import ISSUE
from refbot.imports.reading import Line
from refbot.storage.references import Severity

LONGEST_PROBLEM = 2_000
SEVERITIES = {
    "minor": Severity.MINOR, "low": Severity.MINOR, "small": Severity.MINOR,
    "major": Severity.MAJOR, "medium": Severity.MAJOR, "high": Severity.MAJOR,
    "blocking": Severity.BLOCKING, "blocker": Severity.BLOCKING, "critical": Severity.BLOCKING,
    "urgent": Severity.BLOCKING,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """An open problem and how bad it is."""

    text: str
    severity: Severity


def read_problem(line: Line) -> Problem | None:
    """Read the open problem of a line; one without a severity is major."""
    text = line.text(Field.ISSUE, LONGEST_PROBLEM)
    if text is None:
        return None
    return Problem(text, line.one_of(Field.ISSUE_SEVERITY, SEVERITIES) or Severity.MAJOR)


def keep_problem(job: Job, problem: Problem, account: Entity, person: Entity | None) -> None:
    """Open the problem, unless it is open already."""
    key = account, person, problem.text
    issue = job.known.issues.get(key)
    if issue is None:
        issue = job.known.issues[key] = job.tally.make(
            ISSUE,
            account_id=account,
            reference_id=person,
            severity=problem.severity,
            text=problem.text,
            opened_on=job.today,
        )
    said = job.facts_said.setdefault(issue, {"severity": problem.severity})
    job.tally.set(issue, **said)
