"""From a brief to a post that can go out: links, checks, previews, search.

survey(draft, campaign=campaign, accounts=accounts, networks=load_networks())
"""

from smmlib.drafting.briefing import check_briefing, copy_of, from_yaml, to_yaml
from smmlib.drafting.checks import CHECKS, GROUPS, Check, CheckOptions, Subject, check
from smmlib.drafting.links import campaign_link, check_link, slug, tag_link
from smmlib.drafting.preview import MarkedText, Piece, mark_up, preview_html
from smmlib.drafting.search import find
from smmlib.drafting.survey import AccountSurvey, Survey, survey

__all__ = [
    "CHECKS",
    "GROUPS",
    "AccountSurvey",
    "Check",
    "CheckOptions",
    "MarkedText",
    "Piece",
    "Subject",
    "Survey",
    "campaign_link",
    "check",
    "check_briefing",
    "check_link",
    "copy_of",
    "find",
    "from_yaml",
    "mark_up",
    "preview_html",
    "slug",
    "survey",
    "tag_link",
    "to_yaml",
]
