"""Markup of a media file: its small picture, its state in marks, its size. What users wrote is escaped."""

from __future__ import annotations

from html import escape

from smmlib.asset import Asset
from smmlib.language import number
from smmlib.panels import kit
from smmlib.panels.drafting.media_model import MediaModel

_SIGNS = {"image": "▣", "gif": "▣", "video": "▶", "document": "▤"}


def small_picture(address: str, asset: Asset) -> str:
    """Markup of a small picture of a file, or of a sign for its kind."""
    alt = escape(asset.alt_text or asset.name)
    if address:
        return f'<img class="smm-thumb" src="{escape(address)}" alt="{alt}">'
    return f'<div class="smm-thumb smm-thumb-sign" role="img" aria-label="{alt}">{_SIGNS[asset.kind]}</div>'


def badges(model: MediaModel, asset: Asset, panel: kit.Panel) -> str:
    """Markup of what is to be seen at once: ended or missing rights, missing alt text, AI, remarks."""
    say, marks = panel.say, []
    if model.expired(asset):
        marks.append(kit.badge(say("Licence ended"), "bad"))
    if not asset.licence.strip():
        marks.append(kit.badge(say("No licence"), "bad"))
    if asset.consent == "missing":
        marks.append(kit.badge(say("Consent missing"), "bad"))
    if asset.remarks:
        marks.append(kit.badge(say("Please read"), "warn"))
    if not asset.alt_text.strip() and asset.kind != "document":
        marks.append(kit.badge(say("No alt text"), "warn"))
    if asset.ai_origin != "none":
        marks.append(kit.badge(say("AI"), "info"))
    return f'<div class="smm-badges">{"".join(marks)}</div>'


def facts(asset: Asset, panel: kit.Panel) -> str:
    """Size, pixels and length of a file, as text."""
    language, parts = panel.language, [asset.mime]
    if asset.width and asset.height:
        parts.append(panel.say("{width} × {height} pixels", width=asset.width, height=asset.height))
    if asset.duration_s is not None:
        parts.append(panel.say("{seconds:.1} seconds", seconds=asset.duration_s))
    size = (asset.size / 1024**2, "MB") if asset.size >= 100_000 else (asset.size / 1024, "kB")
    parts.append(f"{number(size[0], language, 1)} {size[1]}")
    return " · ".join(parts)
