"""The campaign brief: is it complete and free of contradictions, copied, written to a file and read back.

check_briefing(campaign)
from_yaml(to_yaml(campaign))
"""

from smmlib.drafting.briefing.checking import check_briefing
from smmlib.drafting.briefing.copying import copy_of
from smmlib.drafting.briefing.reading import from_yaml
from smmlib.drafting.briefing.typed import read_amount, read_day
from smmlib.drafting.briefing.writing import to_yaml

__all__ = ["check_briefing", "copy_of", "from_yaml", "read_amount", "read_day", "to_yaml"]
