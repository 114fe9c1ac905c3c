"""What a language model is asked for, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from smmlib.campaign import Campaign, Tone
from smmlib.language import Language
from smmlib.networks import Network

LEVELS: dict[str, dict[str, str]] = {
    "hook": {
        "question": "the text opens with a question",
        "number": "the text opens with a figure",
        "quote": "the text opens with a quotation",
        "story": "the text opens with a short scene",
        "statement": "the text opens with a statement",
    },
    "cta": {
        "direct": "the call to action is an imperative",
        "soft": "the call to action is an offer, without imperative",
    },
    "length": {"short": "100 characters at most", "long": "220 characters at least"},
    "emoji": {"0": "no emoji", "2": "exactly two emoji"},
}
"""Standard factors and their levels, with what each means; told to the model with the levels wanted."""

Use = Literal["variants", "shorten", "register", "translate", "alt text"]


@dataclass(frozen=True)
class Task:
    """One thing to ask for.

    Attributes:
        use: What for, one of `USES`.
        text: The text it is about; for "alt text" what the picture shows.
        language: Language the suggestions are to be in.
        network: Network they are for, with the account's own limits, or None.
        format: Form of the post there.
        tone: Register wanted, for "register".
        levels: Factor to level each variant must have, for "variants", e.g. {"hook": "question"}.
        count: How many suggestions.
        campaign: The campaign, for its message and its words, or None.
    """

    use: Use
    text: str
    language: Language = "de"
    network: Network | None = None
    format: str = "post"
    tone: Tone = "neutral"
    levels: Mapping[str, str] = field(default_factory=dict)
    count: int = 3
    campaign: Campaign | None = None

    @property
    def limit(self) -> int | None:
        """Longest text, in the network's own unit; of an alt text when that is asked for."""
        if self.network is None:
            return None
        if self.use == "alt text":
            rule = self.network.rule("alt_text", self.format)
            return rule.number if rule else None
        return self.network.limit(self.format)

    def material(self) -> dict[str, Any]:
        """What the model needs to know, as data; empty things are left out."""
        known: dict[str, Any] = {"text": self.text}
        if self.network is not None:
            known |= {"network": self.network.name, "most_characters": self.limit}
        if self.use == "variants":
            known["levels"] = {factor: self._meaning(factor, level) for factor, level in self.levels.items()}
        if self.campaign is not None and self.use != "alt text":
            known |= {
                "core_message": self.campaign.core_message,
                "words_to_use": list(self.campaign.words_to_use),
                "words_to_avoid": list(self.campaign.words_to_avoid),
            }
        return {name: value for name, value in known.items() if value}

    @staticmethod
    def _meaning(factor: str, level: str) -> str:
        meaning = LEVELS.get(factor, {}).get(level)
        return f"{level} ({meaning})" if meaning else level
