"""Posts leave the house: to schedulers, calendars, spreadsheets and the clipboard; plans come back in.

    posts = posts_of(drafts, accounts=accounts, networks=networks, campaigns=campaigns, assets=assets)
    done = hand_over(posts, profile_named("neutral-csv"), approved=approved, now=now)
    done.content, done.refused

Nothing is sent and nothing is written; what a tool takes is dated data in profiles.toml and share.toml.
"""

from smmlib.drafting.handover.clipboard import clipboard_text
from smmlib.drafting.handover.handing_over import HandOver, Refused, hand_over
from smmlib.drafting.handover.plan_table import template
from smmlib.drafting.handover.post import Post, posts_of
from smmlib.drafting.handover.posted import tick_posted, untick_posted
from smmlib.drafting.handover.profiles import Profile, load_profiles, profile_named
from smmlib.drafting.handover.reading_plan import FATES, PlanImport, PlanRow, read_plan
from smmlib.drafting.handover.refusing import Approval, Reason, reasons_against, reasons_of_profile
from smmlib.drafting.handover.share_links import ShareLink, share_link, share_rules

__all__ = [
    "FATES",
    "Approval",
    "HandOver",
    "PlanImport",
    "PlanRow",
    "Post",
    "Profile",
    "Reason",
    "Refused",
    "ShareLink",
    "clipboard_text",
    "hand_over",
    "load_profiles",
    "posts_of",
    "profile_named",
    "read_plan",
    "reasons_against",
    "reasons_of_profile",
    "share_link",
    "share_rules",
    "template",
    "tick_posted",
    "untick_posted",
]
