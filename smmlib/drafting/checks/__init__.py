"""What there is to say about a draft before it goes to an account. Each check looks at one thing.

    check(draft, campaign=campaign, network=network, account=account)

A check is a row of `CHECKS`: an id, a name, a group, and a function from a `Subject` to findings. To add one,
write it in the module of its group and list it there.
"""

from smmlib.drafting.checks.check import GROUPS, Check
from smmlib.drafting.checks.earlier_posts import EarlierPosts
from smmlib.drafting.checks.options import CheckOptions
from smmlib.drafting.checks.running import CHECKS, check
from smmlib.drafting.checks.subject import Subject

__all__ = ["CHECKS", "GROUPS", "Check", "CheckOptions", "EarlierPosts", "Subject", "check"]
