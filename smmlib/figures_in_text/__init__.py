"""Prices, percentages and days that a text names, in German and English.

    figures_in("Nur 49,90 € bis 12. März", "de")

Used to hold a text against its briefing; nothing here knows a campaign.
"""

from smmlib.figures_in_text.figure import Amount, Day, Figure, Share
from smmlib.figures_in_text.finding import figures_in

__all__ = ["Amount", "Day", "Figure", "Share", "figures_in"]
