"""A post as text to copy and paste: fields, parts, link, and what each picture shows."""

from __future__ import annotations

from smmlib.draft import POST_FIELDS
from smmlib.drafting.handover.post import Post
from smmlib.language import Language, say


def clipboard_text(post: Post, language: Language = "en", *, alone: bool = False) -> str:
    """All of a post that has to be pasted somewhere, in the order networks ask for it.

    Args:
        post: The post.
        language: Language of the headings; the post's own words stay as they are.
        alone: Only what is posted, without headings, fields and alt texts.
    """
    parts = post.parts_with_link()
    if alone:
        return "\n\n".join(parts)
    told = post.version.fields.items()
    lines = [f"{say(POST_FIELDS[name], language)}: {text}" for name, text in told if text]
    for number, part in enumerate(parts, start=1):
        heading = say("Part {number} of {count}", language, number=number, count=len(parts))
        lines.append(f"{heading}\n{part}" if len(parts) > 1 else part)
    for item, asset in post.media:
        name = item.name or (asset.name if asset else "") or item.kind
        alt = item.alt_text or (asset.alt_text if asset else "")
        lines.append(say("Alt text for {name}: {text}", language, name=name, text=alt or "–"))
    return "\n\n".join(lines)
