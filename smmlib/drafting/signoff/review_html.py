"""A review sheet as one HTML file: previews, fingerprints and a form, for any browser, without a network."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from smmlib.campaign import ROLES
from smmlib.drafting.preview import preview_html
from smmlib.drafting.signoff.changes import changes_html
from smmlib.drafting.signoff.review_sheet import (
    CONTENT_FIELDS,
    DECISIONS,
    ReviewPost,
    ReviewSheet,
    shown_content,
    shown_time,
)
from smmlib.drafting.signoff.review_xlsx import explanation
from smmlib.drafting.word_diff import shown
from smmlib.language import Language, mark, say
from smmlib.networks import account_label

ANSWER_FILE = "review-answer.json"
"""Name of the file a reviewer sends back."""

_HERE = Path(__file__).parent


def review_html(sheet: ReviewSheet, language: Language = "en") -> str:
    """The sheet as a page. Nothing in it is loaded from anywhere, and it sends nothing anywhere.

    What users wrote is escaped; a content security policy allows no script but the one in the page, which
    puts the answer into a file.

    Args:
        sheet: What is to be decided on.
        language: Language of its words.
    """
    script, style = ((_HERE / name).read_text("utf-8") for name in ("review.js", "review.css"))
    heading, *lines = explanation(sheet, language)
    about = "".join(f"<p>{shown(line)}</p>" for line in lines)
    posts = "".join(_post(post, number, language) for number, post in enumerate(sheet.posts, start=1))
    if not sheet.posts:
        posts = f"<p>{shown(say(mark('There is nothing to decide on this sheet.'), language))}</p>"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{shown(heading)}</title>\n<style>{style}</style></head>\n"
        f'<body><h1>{shown(heading)}</h1><div class="smm-about">{about}</div>\n'
        f'<form data-workspace="{shown(sheet.workspace)}" data-log="{shown(sheet.head)}">'
        f"{_who(sheet, language)}{posts}</form>\n{_send(language)}\n<script>{script}</script></body></html>\n"
    )


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def _who(sheet: ReviewSheet, language: Language) -> str:
    roles = sheet.roles or tuple(ROLES)
    options = "".join(
        f'<option value="{shown(role)}">{shown(say(ROLES[role], language))}</option>' for role in roles
    )
    return (
        f'<div class="smm-who"><label>{shown(say(mark("Your name"), language))}'
        '<input type="text" name="name" required autocomplete="name"></label>'
        f"<label>{shown(say(mark('Your role'), language))}"
        f'<select name="role"><option value="">–</option>{options}</select></label></div>\n'
    )


def _post(post: ReviewPost, number: int, language: Language) -> str:
    content = post.content
    return (
        f'<section class="smm-post" data-draft="{shown(post.draft.id)}" '
        f'data-account="{shown(content.account)}" data-fingerprint="{content.fingerprint}" '
        f'data-planned="{shown(post.planned)}">'
        f"<h2>{number}. {shown(account_label(post.survey.account, post.survey.network))}</h2>"
        f"{preview_html(post.survey, device='desktop', language=language)}"
        f"<div>{_facts(post, language)}{_decision(number, language)}</div></section>\n"
    )


def _facts(post: ReviewPost, language: Language) -> str:
    told = shown_content(post.content, language)
    facts = [(say(CONTENT_FIELDS[field], language), text) for field, text in told.items() if field != "text"]
    planned = shown_time(post.sign_off.planned_at, post.survey.account.time_zone, language)
    facts.append((say(mark("Planned time"), language), planned or "–"))
    facts.append((say(mark("State"), language), post.sign_off.reason.text(language)))
    facts += [(say(mark("Comment"), language), comment) for comment in post.comments]
    rows = "".join(f"<dt>{shown(name)}</dt><dd>{shown(text)}</dd>" for name, text in facts if text)
    name = shown(say(mark("Fingerprint"), language))
    fingerprint = f"<dt>{name}</dt><dd><code>{post.content.fingerprint}</code></dd>"
    last = post.sign_off.void[-1].changes(language) if post.sign_off.void else ()
    since = ""
    if last:
        heading = say(mark("Changed since the last decision"), language)
        since = f"<p><b>{shown(heading)}</b></p>{changes_html(last, language)}"
    return f"<dl>{rows}{fingerprint}</dl>{since}"


def _decision(number: int, language: Language) -> str:
    choices = "".join(
        f'<label><input type="radio" name="decision-{number}" value="{value}"> '
        f"{shown(say(word, language))}</label>"
        for value, word in DECISIONS.items()
    )
    comment = shown(say(mark("Comment"), language))
    return (
        f"<fieldset><legend>{shown(say(mark('Decision'), language))}</legend>{choices}"
        f'<textarea rows="3" aria-label="{comment}" placeholder="{comment}"></textarea></fieldset>'
    )


def _send(language: Language) -> str:
    save = shown(say(mark("Save the answer as a file"), language))
    mail = shown(say(mark("Send the file back, or copy this text into a mail:"), language))
    without = shown(
        say(
            mark(
                "Scripts are switched off here, so the page cannot make the answer. Please use the XLSX "
                "sheet, or write a mail with the number of each post, the first eight digits of its "
                "fingerprint and your decision."
            ),
            language,
        )
    )
    return (
        f'<div class="smm-send" data-file="{ANSWER_FILE}" hidden>'
        f'<p><button type="button" id="save">{save}</button></p><p class="smm-quiet">{mail}</p>'
        f'<textarea id="answer" rows="6" readonly aria-label="{mail}"></textarea></div>'
        f"<noscript><p>{without}</p></noscript>"
    )
