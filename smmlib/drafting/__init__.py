"""From a brief to a post that can go out: links, checks, previews, search.

survey(draft, campaign=campaign, accounts=accounts, networks=load_networks())
"""

from smmlib.drafting.address import Addressing, AddressSignal, forms_of_address
from smmlib.drafting.checks import CHECKS, GROUPS, Check, CheckOptions, Subject, check
from smmlib.drafting.links import campaign_link, check_link, slug, tag_link
from smmlib.drafting.preview import MarkedText, Piece, mark_up, preview_html
from smmlib.drafting.readability import Readability, readability
from smmlib.drafting.search import find
from smmlib.drafting.spelling import Speller
from smmlib.drafting.survey import AccountSurvey, Survey, survey
from smmlib.drafting.syllables import syllables

__all__ = [
    "CHECKS",
    "GROUPS",
    "AccountSurvey",
    "AddressSignal",
    "Addressing",
    "Check",
    "CheckOptions",
    "MarkedText",
    "Piece",
    "Readability",
    "Speller",
    "Subject",
    "Survey",
    "campaign_link",
    "check",
    "check_link",
    "find",
    "forms_of_address",
    "mark_up",
    "preview_html",
    "readability",
    "slug",
    "survey",
    "syllables",
    "tag_link",
]
