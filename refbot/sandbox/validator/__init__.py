"""One check for every payload that goes to Slack: its limits, its surfaces, and no mass mentions."""

from refbot.sandbox.validator.check import Problem, Surface, check, problems

__all__ = ["Problem", "Surface", "check", "problems"]
