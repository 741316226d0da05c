from enum import StrEnum
from dataclasses import dataclass
class Surface(StrEnum):
    POST="post"; MESSAGE="message"; UPDATE="update"; EPHEMERAL="ephemeral"; ACK="ack"; RESPONSE_URL="response_url"; MODAL="modal"; HOME="home"; OPTIONS="options"; SUBMISSION="submission"
@dataclass
class Problem:
    code: str
    sentence: str
def check(surface, payload): return []
def problems(surface, payload): return []
