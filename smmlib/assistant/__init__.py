"""A language model as a guest: it suggests texts, the user decides. Off until a server is named.

    endpoint = Endpoint(base_url="http://127.0.0.1:11434/v1", model="llama3.1")
    task = Task("shorten", text=draft.text, network=network, campaign=campaign)
    reply = await ask(write_prompt(task), endpoint, key=find_key(endpoint, environ=os.environ))
    suggestions = examine(read_reply(reply), task, draft=draft)

Nothing is sent but by `ask`. The only room that imports `openai` and `keyring`, where they are used:
`pip install smmlib[assistant]` brings them.
"""

from smmlib.assistant.asking import ask, is_installed
from smmlib.assistant.endpoint import Endpoint
from smmlib.assistant.examining import Suggestion, examine
from smmlib.assistant.keys import KEY_VARIABLE, find_key, forget_key, keep_key
from smmlib.assistant.problems import (
    AssistantError,
    CutOffError,
    EmptyReplyError,
    KeyRefusedError,
    MarkupError,
    NotInstalledError,
    NotReachableError,
    RequestRefusedError,
    ServerFailedError,
    TimedOutError,
    TooLongError,
    TooManyRequestsError,
    UnreadableReplyError,
)
from smmlib.assistant.prompts import USES, Prompt, write_prompt
from smmlib.assistant.reply import read_reply
from smmlib.assistant.task import LEVELS, Task

__all__ = [
    "KEY_VARIABLE",
    "LEVELS",
    "USES",
    "AssistantError",
    "CutOffError",
    "EmptyReplyError",
    "Endpoint",
    "KeyRefusedError",
    "MarkupError",
    "NotInstalledError",
    "NotReachableError",
    "Prompt",
    "RequestRefusedError",
    "ServerFailedError",
    "Suggestion",
    "Task",
    "TimedOutError",
    "TooLongError",
    "TooManyRequestsError",
    "UnreadableReplyError",
    "ask",
    "examine",
    "find_key",
    "forget_key",
    "is_installed",
    "keep_key",
    "read_reply",
    "write_prompt",
]
