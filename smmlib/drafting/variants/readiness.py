"""Whether the variants of a draft may enter a test, and what is in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smmlib.draft import Draft, Variant
from smmlib.drafting.variants.factors import Factor
from smmlib.drafting.variants.manipulation import verify_manipulation
from smmlib.language import Language, mark
from smmlib.networks import Finding, Network

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found about the variants of a draft.

    Attributes:
        variants: Names of the variants.
        findings: Everything found: errors first, then warnings and notices.
    """

    variants: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether the test may start: nothing found is an error."""
        return not any(finding.severity == "error" for finding in self.findings)

    @property
    def entering(self) -> tuple[str, ...]:
        """Names of the variants that may enter a test: those without an error of their own."""
        held = {f.values.get("variant") for f in self.findings if f.severity == "error"}
        return tuple(name for name in self.variants if name not in held)

    def of(self, variant: str) -> tuple[Finding, ...]:
        """What was found about one variant."""
        return tuple(f for f in self.findings if f.values.get("variant") == variant)

    def reasons(self, language: Language = "en") -> tuple[str, ...]:
        """What was found, in sentences."""
        return tuple(finding.text(language) for finding in self.findings)

    def to_frame(self) -> pd.DataFrame:
        """One row per finding: variant ("" where it is about all), severity, rule, text (English)."""
        import pandas as pd

        rows = [(str(f.values.get("variant", "")), f.severity, f.rule, f.text()) for f in self.findings]
        return pd.DataFrame(rows, columns=["variant", "severity", "rule", "text"])


def ready_for_test(
    draft: Draft,
    *,
    networks: Sequence[tuple[Network, str]] = (),
    language: Language = "de",
    factors: Iterable[str | Mapping[str, Any] | Factor] = (),
) -> Readiness:
    """Look at everything that decides whether a draft's variants may be tested; run it after each edit.

    There are two or more variants with texts that differ; what differs is declared; each text has the level
    it
    is held to; each fits every network it goes to.

    Args:
        draft: The draft with its variants and declared factors.
        networks: Network and format of each account it goes to.
        language: Language of the texts.
        factors: The factors with their levels and phrases where these are known; empty: the draft's.
    """
    found = [*_texts(draft.variants), *_lengths(draft.variants, networks)]
    declared = tuple(factors) or draft.factors
    if not declared and len(draft.variants) > 1:
        text = mark(
            "What differs between the variants is not declared; choose it, then the test can say why."
        )
        found.append(Finding("factors", "error", template=text))
    if declared:
        found += verify_manipulation(draft.variants, language=language, factors=declared)
    order = {"error": 0, "warning": 1, "notice": 2}
    found.sort(key=lambda finding: order[finding.severity])
    return Readiness(tuple(variant.name for variant in draft.variants), tuple(found))


def _texts(variants: Sequence[Variant]) -> Iterator[Finding]:
    if len(variants) < 2:
        yield Finding("variants", "error", template=mark("A test needs two variants; write a second one."))
    for name, count in Counter(variant.name for variant in variants).items():
        if count > 1:
            text = mark("{count} variants are called {variant}; give each a name of its own.")
            yield Finding("variants", "error", values={"variant": name, "count": count}, template=text)
    first: dict[str, str] = {}
    for variant in variants:
        text = " ".join(variant.text.split())
        if not text:
            empty = mark("{variant} is empty; write its text.")
            yield Finding("variants", "error", values={"variant": variant.name}, template=empty)
        elif text in first:
            same = mark("{variant} has the same text as {other}; change what is to be tested.")
            values = {"variant": variant.name, "other": first[text]}
            yield Finding("variants", "error", values=values, template=same)
        first.setdefault(text, variant.name)


def _lengths(variants: Sequence[Variant], networks: Sequence[tuple[Network, str]]) -> Iterator[Finding]:
    for variant in variants:
        for network, format in networks:
            measure = network.measures(variant.text, format)[0]
            if measure.remaining is not None and measure.remaining < 0:
                text = mark(
                    "{variant} has {count} characters on {network}, {over} more than it allows; shorten it."
                )
                values = {
                    "variant": variant.name,
                    "network": network.name,
                    "count": measure.count,
                    "over": -measure.remaining,
                }
                yield Finding("text", "error", values=values, template=text)
