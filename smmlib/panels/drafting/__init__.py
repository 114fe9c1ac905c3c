"""Rooms for drafting: briefing, texts, versions, variants, media, sign-off, hand-over, assistant."""
