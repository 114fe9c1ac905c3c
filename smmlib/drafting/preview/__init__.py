"""How a post will look on a network: cards in HTML, on a phone or a desktop, light or dark.

preview_html(row, device="desktop", theme="dark")  # a row of `survey`
"""

from smmlib.drafting.preview.cards import preview_html
from smmlib.drafting.preview.looks import preview_style
from smmlib.drafting.preview.marking import MarkedText, Piece, mark_up

__all__ = ["MarkedText", "Piece", "mark_up", "preview_html", "preview_style"]
