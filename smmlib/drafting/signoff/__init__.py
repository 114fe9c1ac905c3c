"""Sign-off: what an approval covers, where a draft stands, and a log that shows tampering.

    state_of(draft, entries, accounts=accounts, campaign=campaign).approved(account_id)

Computes only; a workspace keeps the log (`workspace.signoff`).
"""

from smmlib.drafting.signoff.answers import Answer, read_answers
from smmlib.drafting.signoff.chain import Breach, Head, Verification, verify_chain
from smmlib.drafting.signoff.changes import Change, changes_html, diff
from smmlib.drafting.signoff.conflict import Conflict, conflict
from smmlib.drafting.signoff.content import Content, content_of, fingerprint
from smmlib.drafting.signoff.entry import ACTIONS, Deed, LogEntry, write_entry
from smmlib.drafting.signoff.history import HistoryItem, history_of
from smmlib.drafting.signoff.judging import Reviewed, judge
from smmlib.drafting.signoff.review_html import review_html
from smmlib.drafting.signoff.review_report import JudgedRow, ReviewReport
from smmlib.drafting.signoff.review_sheet import ReviewPost, ReviewSheet
from smmlib.drafting.signoff.review_xlsx import review_xlsx
from smmlib.drafting.signoff.rules import Situation, allow, allow_comment
from smmlib.drafting.signoff.standing import STATES, AccountSignOff, SignOff, Void
from smmlib.drafting.signoff.state import state_of
from smmlib.drafting.signoff.step import Step
from smmlib.drafting.signoff.window import Window, days_around

__all__ = [
    "ACTIONS",
    "STATES",
    "AccountSignOff",
    "Answer",
    "Breach",
    "Change",
    "Conflict",
    "Content",
    "Deed",
    "Head",
    "HistoryItem",
    "JudgedRow",
    "LogEntry",
    "ReviewPost",
    "ReviewReport",
    "ReviewSheet",
    "Reviewed",
    "SignOff",
    "Situation",
    "Step",
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
    "judge",
    "read_answers",
    "review_html",
    "review_xlsx",
    "state_of",
    "verify_chain",
    "write_entry",
]
