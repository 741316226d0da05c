"""Errors that speak to their user: each carries the sentence that person reads."""


class RefBotError(Exception):
    """The base. `str(error)` is the sentence; it says what to do next."""


class NotAllowed(RefBotError):
    """The actor's role does not permit the act."""


class AlreadyDecided(RefBotError):
    """Somebody was first, or the step is over."""


class NotEligible(RefBotError):
    """The reference may not be asked now, and why."""


class NotFound(RefBotError):
    """What the click speaks of is gone."""


class NotSaved(RefBotError):
    """The database could not take it in time; nothing was changed."""


class InvalidInput(RefBotError):
    """What was typed cannot be used; `fields` maps a form's field to its sentence."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class ConfigurationError(RefBotError):
    """Everything that is wrong with the settings, at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
