"""Media files before they are kept: what they are, whose they are, what they give away.

    prepared = prepare(data, "IMG_2041.jpeg")
    prepared.asset.removed      # ("GPS position", "camera, phone or lens", …)

Bytes in, bytes out; nothing is written here. `Workspace.media` keeps the result.
"""

from smmlib.drafting.media.cleaned import Cleaned
from smmlib.drafting.media.cleaning import Prepared, plain_name, prepare, rights_of
from smmlib.drafting.media.kinds import KINDS, MOST_BYTES, FileKind, kept_name, kind_of, too_large
from smmlib.drafting.media.looking import MOST_PIXELS, thumbnail
from smmlib.drafting.media.rights import KEPT_RULE, RIGHTS_RULES, media_problems, rights_problems
from smmlib.drafting.media.traces import Rights

__all__ = [
    "KEPT_RULE",
    "KINDS",
    "MOST_BYTES",
    "MOST_PIXELS",
    "RIGHTS_RULES",
    "Cleaned",
    "FileKind",
    "Prepared",
    "Rights",
    "kept_name",
    "kind_of",
    "media_problems",
    "plain_name",
    "prepare",
    "rights_of",
    "rights_problems",
    "thumbnail",
    "too_large",
]
