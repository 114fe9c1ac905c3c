"""Gendered German by the house's rule."""

from __future__ import annotations

import pytest

from smmlib import drafting
from smmlib.draft import Draft
from smmlib.drafting import CheckOptions
from smmlib.networks import load_networks

X = load_networks()["x"]


def findings(text: str, rule: str) -> list[drafting.Finding]:
    found = drafting.check(Draft(text=text), campaign=None, network=X, options=CheckOptions(gender=rule))
    return [finding for finding in found if finding.rule == "gender"]


def flagged(text: str, rule: str) -> list[str]:
    return [text[f.span[0] : f.span[1]] for f in findings(text, rule) if f.span]


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("Unsere Kund:innen und jede:r Kolleg:in", "colon", []),
        ("Unsere Kund*innen", "colon", ["Kund*innen"]),
        ("Kund*innen, Kund_innen, Kund/-innen, KundInnen, Kund·innen", "colon",
         ["Kund*innen", "Kund_innen", "Kund/-innen", "KundInnen", "Kund·innen"]),
        ("Kolleg(inn)en und Schüler(innen)", "star", ["Schüler(innen)"]),
        ("jede_r, eine*r, der:die Neue", "star", ["jede_r", "der:die"]),
        ("Kund_innen", "underscore", []),
        ("Kund:innen", "pairs", ["Kund:innen"]),
        ("Kundinnen und Kunden", "pairs", []),
        ("Liebe Kolleginnen und Kollegen, liebe Kunden", "pairs", ["Kunden"]),
        ("Kundinnen und Kunden", "neutral", ["Kundinnen und Kunden"]),
        ("Studierende, Fachkräfte, Gäste und Mitglieder", "neutral", []),
        ("Alle Mitarbeiter und Stammkunden", "neutral", ["Mitarbeiter", "Stammkunden"]),
        ("Unser Mitarbeiter Tom und ein Leser", "neutral", []),
        ("Mitarbeitern helfen", "neutral", ["Mitarbeitern"]),
        ("Kundenservice, Leserbrief, Lehrerzimmer", "neutral", []),
        ("Liebe Kunden", "colon", ["Kunden"]),
        ("Liebe Kunden", "any", []),
        ("LinkedIn, CheckIn, um 10:30, Mo/Di, und/oder, https://x.example/a:in", "colon", []),
        ("Kund:innen, Kolleg:innen", "any", []),
        ("Kund:innen, Kolleg*innen", "any", ["Kolleg*innen"]),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_named(text: str, rule: str, words: list[str]) -> None:
    assert flagged(text, rule) == words


def test_the_form_of_the_house_is_offered() -> None:
    (found,) = findings("Unsere KundInnen", "star")
    assert found.severity == "warning"
    assert found.text("de") == (
        "„KundInnen“ passt nicht zur Hausregel (Sternchen: Kund*innen). Besser: „Kund*innen“."
    )


def test_two_ways_in_one_text_are_a_notice() -> None:
    (found,) = findings("Kund:innen, Kolleg*innen", "any")
    assert found.severity == "notice"
    assert "“Kund:innen” and “Kolleg*innen”" in found.text()
