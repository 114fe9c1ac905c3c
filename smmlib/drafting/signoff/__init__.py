"""Sign-off: what an approval covers, where a draft stands, and a log that shows tampering.

    state_of(draft, entries, accounts=accounts, campaign=campaign).approved(account_id)

Computes only; a workspace keeps the log (`workspace.signoff`).
"""

from smmlib.drafting.signoff.chain import Breach, Head, Verification, verify_chain
from smmlib.drafting.signoff.changes import Change, changes_html, diff
from smmlib.drafting.signoff.conflict import Conflict, conflict
from smmlib.drafting.signoff.content import Content, content_of, fingerprint
from smmlib.drafting.signoff.entry import ACTIONS, Deed, LogEntry, write_entry
from smmlib.drafting.signoff.history import HistoryItem, history_of
from smmlib.drafting.signoff.rules import Situation, allow, allow_comment
from smmlib.drafting.signoff.state import STATES, AccountSignOff, SignOff, Void, state_of
from smmlib.drafting.signoff.window import Window, days_around

__all__ = [
    "ACTIONS",
    "STATES",
    "AccountSignOff",
    "Breach",
    "Change",
    "Conflict",
    "Content",
    "Deed",
    "Head",
    "HistoryItem",
    "LogEntry",
    "SignOff",
    "Situation",
    "Verification",
    "Void",
    "Window",
    "allow",
    "allow_comment",
    "changes_html",
    "conflict",
    "content_of",
    "days_around",
    "diff",
    "fingerprint",
    "history_of",
    "state_of",
    "verify_chain",
    "write_entry",
]
