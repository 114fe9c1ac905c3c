"""What blogs, newsletters and film platforms show beside the text: title, teaser, inbox line and so on."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from smmlib.draft import PostField
from smmlib.drafting.preview.visible import cut, line
from smmlib.language import Language, mark, say

if TYPE_CHECKING:
    from smmlib.drafting.surveying import AccountSurvey


def title(row: AccountSurvey) -> str:
    """The title as a heading; nothing where there is none."""
    text, _ = _field(row, "title")
    return f'<div class="smm-card-title">{line(text)}</div>' if text else ""


def teaser(row: AccountSurvey) -> str:
    """The teaser; nothing where there is none."""
    text, _ = _field(row, "teaser")
    return f'<div class="smm-card-teaser">{line(text)}</div>' if text else ""


def search_result(row: AccountSurvey, language: Language) -> str:
    """How a search engine may show the page: where it is, title and description, cut as they are there."""
    name, name_shown = _field(row, "title")
    about, about_shown = _field(row, "meta_description")
    where = host(row.link) or row.account.brand or row.account.handle
    heading = escape(say(mark("Search result"), language))
    missing = say(mark("Meta description missing: search engines choose a sentence themselves."), language)
    description = line(cut(about, about_shown)) if about else escape(missing)
    quiet = "" if about else " smm-card-note"
    return (
        f'<div class="smm-card-search"><div class="smm-card-sub">{heading} · {line(where)}</div>'
        f'<div class="smm-card-result">{line(cut(name or row.text, name_shown))}</div>'
        f'<div class="smm-card-about{quiet}">{description}</div></div>'
    )


def inbox(row: AccountSurvey, language: Language) -> str:
    """The mail as a line in the list of an inbox: sender, subject, preheader, cut as they are there."""
    subject, subject_shown = _field(row, "subject")
    preheader, preheader_shown = _field(row, "preheader")
    none = say(mark("Subject missing"), language)
    shown = line(cut(subject, subject_shown)) if subject else escape(none)
    quiet = "" if subject else " smm-card-note"
    return (
        f'<div class="smm-card-inbox"><b>{line(row.account.brand or row.account.handle)}</b>'
        f'<span class="smm-card-subject{quiet}">{shown}</span>'
        f'<span class="smm-card-sub">{line(cut(preheader, preheader_shown))}</span></div>'
    )


def host(link: str) -> str:
    """The host of a link, without "www."; "" if it has none."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _field(row: AccountSurvey, name: PostField) -> tuple[str, int | None]:
    """What stands in a field and how much of it is seen."""
    found = next((measure for measure in row.fields if measure.field == name), None)
    return (found.text.strip(), found.shown) if found else ("", None)
