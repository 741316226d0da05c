"""The shapes that cross the sandbox's modules: JSON as Slack writes it, and refusals."""

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """Slack's `ok: false`: a code, and where given the sentences beside it."""

    def __init__(self, code: str, *, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []
        self.extra = extra

    def body(self) -> Json:
        """The answer as Slack's Web API writes it."""
        answer: Json = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            answer["response_metadata"] = {"messages": self.messages}
        return answer
