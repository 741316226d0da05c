"""One check for every payload that goes to Slack: limits, surfaces, and no mass mentions."""

from refbot.sandbox.validator.check import check, problems
from refbot.sandbox.validator.report import Problem, Surface

__all__ = ["Problem", "Surface", "check", "problems"]
