"""What people call the rules of a network."""

from __future__ import annotations

from smmlib.language import mark

RULE_NAMES: dict[str, str] = {
    "text": mark("Length of the text"),
    "bytes": mark("Length of the text in bytes (UTF-8)"),
    "escaped": mark("Length of the text as sent by a tool"),
    "text_paid": mark("Length of the text with a paid account"),
    "text_rich": mark("Length of a formatted message"),
    "text_attachment": mark("Length of a text attachment"),
    "title": mark("Length of the title"),
    "title_shown": mark("Characters of the title that are seen"),
    "description_shown": mark("Characters of the description that are seen"),
    "preheader_shown": mark("Characters of the preheader that are seen"),
    "comment": mark("Length of a comment"),
    "tags": mark("Length of all keywords together"),
    "fold_mobile": mark("Cut on a phone after"),
    "fold_desktop": mark("Cut on a desktop after"),
    "hashtags": mark("Hashtags in a post"),
    "hashtag_length": mark("Length of a hashtag"),
    "cashtags": mark("Cashtags in a post"),
    "mentions": mark("Mentions in a post"),
    "links": mark("Different links in a post"),
    "link_characters": mark("Length of a link"),
    "links_clickable": mark("Links in the text can be clicked"),
    "media": mark("Images, videos and documents together"),
    "media_least": mark("Images, videos and documents at least"),
    "images": mark("Images in a post"),
    "videos": mark("Videos in a post"),
    "gifs": mark("Animated images in a post"),
    "alt_text": mark("Length of the alternative text"),
    "clip_bytes": mark("Bytes after which mail programs cut"),
    "posts_per_day": mark("Posts in 24 hours"),
    "forbidden": mark("Characters that may not appear"),
}
"""Every rule to its name, marked for the catalogue."""
