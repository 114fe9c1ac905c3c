"""The page of a result as one HTML file without scripts and without anything to load."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from pathlib import Path

from smmlib.drafting.word_diff import shown
from smmlib.figures.chart import Chart
from smmlib.figures.result_words import PageWords, Table
from smmlib.language import Language, say

_STYLE = Path(__file__).with_name("result_page.css")
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

# Millimetres of an A4 sheet inside its margins, and what its parts take of it in print.
_SHEET, _LEAST, _SEVERAL = 268.0, 70.0, 115.0
_FIXED, _LINE, _ROW, _TERM, _CODE, _CODE_HEAD = 38.0, 5.3, 5.9, 4.2, 3.3, 14.0
_LETTERS, _TERM_LETTERS, _CODE_LETTERS = 95, 105, 115  # a line holds


def page_html(words: PageWords, charts: Sequence[Chart], code: str, language: Language) -> str:
    """The page; what users wrote is escaped, and a policy in it forbids scripts and loading.

    Args:
        words: What stands on it.
        charts: The main chart, then more.
        code: Python that leads to the result, or empty.
        language: Language of the page.
    """
    style = _STYLE.read_text("utf-8")
    terms = "".join(f"<div><dt>{shown(name)}</dt><dd>{shown(text)}</dd></div>" for name, text in words.terms)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{shown(words.title)}</title>\n<style>{style}</style></head>\n"
        f"<body {_paper(words, code)}><main>\n"
        f"<header><h1>{shown(words.title)}</h1>"
        f'<p class="headline">{shown(words.headline)}</p></header>\n'
        f'<p class="verdict">{shown(words.verdict)}</p>\n'
        f"{_pictures(charts)}\n{_table(words.table)}\n<dl>{terms}</dl>\n{_code(code, language)}"
        f"<footer>{shown(words.made)}</footer>\n</main></body></html>\n"
    )


def _pictures(charts: Sequence[Chart]) -> str:
    """Each chart as a picture of its own, in which nothing could run even if it held a script."""
    images = [
        f'<img src="data:image/svg+xml;base64,{base64.b64encode(chart.svg()).decode("ascii")}" '
        f'alt="{shown(chart.alt)}">'
        for chart in charts
    ]
    more = f'<div class="more">{"".join(images[1:])}</div>' if images[1:] else ""
    return f'<figure class="{"several" if more else "single"}">{images[0]}{more}</figure>'


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{shown(text)}</th>' for text in table[0])
    rows = "".join(
        f'<tr><th scope="row">{shown(row[0])}</th>'
        + "".join(f"<td>{shown(text)}</td>" for text in row[1:])
        + "</tr>"
        for row in table[1:]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _code(code: str, language: Language) -> str:
    if not code:
        return ""
    lines = shown("\n".join(code.splitlines()))
    return f"<section><h2>{shown(say('Code', language))}</h2><pre><code>{lines}</code></pre></section>\n"


def _paper(words: PageWords, code: str) -> str:
    """Attributes that keep it on one sheet: millimetres left for charts, and what has no room in print."""
    lines = math.ceil(len(words.verdict) / _LETTERS)
    terms = sum(math.ceil((len(name) + len(text)) / _TERM_LETTERS) for name, text in words.terms)
    room = _SHEET - _FIXED - _LINE * lines - _ROW * len(words.table) - _TERM * terms
    code_lines = sum(max(1, math.ceil(len(line) / _CODE_LETTERS)) for line in code.splitlines())
    left = room - _CODE * code_lines - _CODE_HEAD
    hidden = []
    if code and left < _LEAST:
        hidden.append("without-code")
    elif code:
        room = left
    if room < _SEVERAL:
        hidden.append("without-more")
    return f'class="{" ".join(hidden)}" style="--room: {max(room, _LEAST):.0f}mm"'
