"""From a brief to a post that can go out: links, checks, previews, search.

survey(draft, campaign=campaign, accounts=accounts, networks=load_networks())
"""

from smmlib.drafting.checks import CHECKS, GROUPS, Check, CheckOptions, EarlierPosts, Subject, check
from smmlib.drafting.links import campaign_link, check_link, slug, tag_link
from smmlib.drafting.preview import MarkedText, Piece, mark_up, preview_html, preview_style
from smmlib.drafting.search import find
from smmlib.drafting.survey import AccountSurvey, Survey, survey
from smmlib.drafting.versions import (
    Adaptation,
    Drift,
    FieldMeasure,
    WordChange,
    adapt,
    drifted,
    fields_of,
    join_thread,
    split_thread,
    state_of,
)

__all__ = [
    "CHECKS",
    "GROUPS",
    "AccountSurvey",
    "Adaptation",
    "Check",
    "CheckOptions",
    "Drift",
    "EarlierPosts",
    "FieldMeasure",
    "MarkedText",
    "Piece",
    "Subject",
    "Survey",
    "WordChange",
    "adapt",
    "campaign_link",
    "check",
    "check_link",
    "drifted",
    "fields_of",
    "find",
    "join_thread",
    "mark_up",
    "preview_html",
    "preview_style",
    "slug",
    "split_thread",
    "state_of",
    "survey",
    "tag_link",
]
