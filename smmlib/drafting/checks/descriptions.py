"""Alternative texts that describe nothing, and films without words to read.

Source: Web Content Accessibility Guidelines 2.2, success criteria 1.1.1 and 1.2.2; technique F30 for
file names as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.language import mark
from smmlib.networks import Finding

_SOURCE = "WCAG 2.2, 1.1.1"
_SUBTITLES = "WCAG 2.2, 1.2.2"
_CHECKED = date(2026, 11, 24)
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|webp|gif|heic|tiff?|mp4|mov|svg|pdf)|(?:IMG|DSC[FN]?|PXL|Screenshot|Bildschirmfoto|image|bild|foto)"
    r"[ _-]?\d[\w-]*",
    re.IGNORECASE,
)
_NEEDLESS = re.compile(
    r"(?:ein |das |dieses )?(?:Bild|Foto|Abbildung|Grafik)(?: von | mit |:)"
    r"|(?:an? |the )?(?:image|picture|photo)(?: of |:)",
    re.IGNORECASE,
)


def _alt_texts(subject: Subject) -> Iterator[Finding]:
    for number, item in enumerate(subject.version.media, start=1):
        name, said = item.name or f"{number}", item.alt_text.strip()
        values = {"name": name, "said": said[:40]}
        if item.kind == "video" and not said:
            template = mark("Film {name} has no description. Say what someone who cannot see it should know.")
            yield Finding("video_described", "notice", None, values, _SOURCE, _CHECKED, template=template)
        elif said and (_FILE_NAME.fullmatch(said) or said == item.name.rpartition(".")[0]):
            template = mark("The alternative text “{said}” is a file name. Say what {name} shows.")
            yield Finding("alt_text_name", "warning", None, values, _SOURCE, _CHECKED, template=template)
        elif found := _NEEDLESS.match(said):
            values["said"] = found.group().strip()
            template = mark(
                "The alternative text of {name} begins with “{said}”: screen readers say that it is an image "
                "anyway. Begin with what it shows."
            )
            yield Finding("alt_text_opening", "notice", None, values, _SOURCE, _CHECKED, template=template)


def _subtitles(subject: Subject) -> Iterator[Finding]:
    for number, item in enumerate(subject.version.media, start=1):
        if item.kind == "video" and not item.subtitles:
            template = mark(
                "Film {name} has no subtitles; many watch without sound. "
                "Add a file, unless they are in the picture."
            )
            values = {"name": item.name or f"{number}"}
            yield Finding("subtitles", "notice", None, values, _SUBTITLES, _CHECKED, template=template)


CHECKS = (
    Check(
        "alt_text_quality",
        mark("Good alternative texts"),
        mark("File names, “Bild von …” and films without a description."),
        "media",
        _alt_texts,
        rules=("alt_text_name", "alt_text_opening", "video_described"),
    ),
    Check(
        "subtitles",
        mark("Subtitles"),
        mark("Whether films have a file with subtitles."),
        "media",
        _subtitles,
    ),
)
