"""The champion's question to the requester."""

from refbot.messages.blocks import Message, actions, button, context, safe, section
from refbot.messages.ids import Do
from refbot.messages.people import colleague
from refbot.messages.receipt import one_line
from refbot.storage.requests import Question


def question(asked: Question) -> Message:
    """Put the question, or show it answered."""
    text = f"{colleague(asked.asked_by)} asks about your request"
    blocks = [section(f":question: {text}:\n>{safe(asked.text, 2000)}")]
    if asked.answer is None:
        blocks.append(actions(button("Answer", Do.ANSWER, asked.id, style="primary")))
    else:
        blocks.append(section(f"You answered:\n>{safe(asked.answer, 2000)}"))
    blocks.append(context(f"{one_line(asked.request)} · question and answer stand in its thread."))
    return Message(f"{text}: {safe(asked.text, 300)}", blocks)
