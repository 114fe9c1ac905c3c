"""What came out: verdict, charts and figures of the open test; the sum over many tests."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w
import pandas as pd

from smmlib.experiments.comparison import SPLIT_ALPHA
from smmlib.experiments.leading import p_text
from smmlib.figures.arm_rows import signed
from smmlib.figures.posterior import chance, points_lost
from smmlib.language import Language, number, percent
from smmlib.panels import kit
from smmlib.panels.chart_view import ChartView, export_bar
from smmlib.panels.tables import table
from smmlib.panels.testing.page_export import page_buttons
from smmlib.panels.testing.running_part import doubts_list
from smmlib.panels.testing.test_model import TestModel

if TYPE_CHECKING:
    from smmlib.experiments import Comparison

_BADGES = {
    "winner": "good",
    "association": "info",
    "no decision": "quiet",
    "no difference": "info",
    "invalid": "bad",
}


class TestResult(w.VBox):
    """Verdict, charts and table of the open test.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: TestModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._names = {
            "winner": panel.say("winner"),
            "association": panel.say("association"),
            "no decision": panel.say("no decision"),
            "no difference": panel.say("no relevant difference"),
            "invalid": panel.say("not usable"),
        }
        self._head = kit.html("", "smm-test-head")
        self._verdict = kit.html("", "smm-test-verdict")
        self._doubts = kit.html("", "smm-test-doubts")
        self._forest, self._posterior = ChartView("forest", panel), ChartView("posterior", panel)
        self._table = kit.html("", "smm-test-table")
        self._problems = kit.html("", "smm-test-problems")
        self._independent = kit.html("", "smm-note", "smm-test-independent")
        self._code = kit.html("", "smm-test-code")
        code = w.Accordion([self._code], selected_index=None)
        code.set_title(0, panel.say("The same in Python"))
        super().__init__(
            [
                self._head,
                self._verdict,
                self._doubts,
                self._forest,
                kit.row(
                    export_bar(panel, "test", model.data, self._forest),
                    page_buttons(panel, model, self._page, lambda: [self._posterior.chart]),
                ),
                self._posterior,
                self._table,
                self._problems,
                self._independent,
                code,
            ]
        )
        self.add_class("smm-stack")

    def show(self, result: Comparison) -> None:
        """Show the open test."""
        test = result.tests.iloc[0]
        decision = str(test["decision"])
        title = self._title(test["test"])
        mark = kit.badge(self._names[decision], _BADGES[decision])
        kit.put(self._head, f"<h3>{escape(title)}</h3>{mark} {escape(self._split(test))}")
        bad = " smm-bad" if decision == "invalid" else ""
        own = self.model.test if self.model.source == "own" else None
        kit.put(self._doubts, "" if own is None else doubts_list(self.panel, own))
        words = result.verdict(self.panel.language)
        more = result.verdict(self.panel.language, length="full").removeprefix(words).strip()
        note = f'<p class="smm-note">{escape(more)}</p>' if more else ""
        kit.put(self._verdict, f'<div class="smm-verdict{bad}">{escape(words)}</div>{note}')
        drawn = self._in_words(result)
        self._forest.show(drawn)
        has_curves = bool(result.arms["p_best"].notna().any())
        kit.show_if(self._posterior, has_curves)
        if has_curves:
            self._posterior.show(drawn)
        kit.put(self._table, self._arms(result))
        kit.put(self._problems, problems_table(result, self.panel))
        kit.put(self._independent, self._without_dispersion())
        kit.put(self._code, f"<pre>{escape(self.model.code)}</pre>")

    def _page(self) -> tuple[str, Comparison] | None:
        result = self.model.result
        return None if result is None else (self._title(result.tests["test"].iloc[0]), self._in_words(result))

    def _without_dispersion(self) -> str:
        """Markup of what the same counts would say if clicks were independent."""
        plain = self.model.as_independent
        if plain is None:
            return ""
        lead = plain.leaders().iloc[0]
        limits = [number(100 * lead[name], self.panel.language, 2) for name in ("low", "high")]
        words = self.panel.say(
            "Taken for independent coin flips, the same counts would say: {decision}, lead {low} to {high} "
            "points ({p}). They are not, so this is only for comparison.",
            decision=self._names[str(lead["decision"])],
            low=limits[0],
            high=limits[1],
            p=p_text(float(lead["p_adjusted"]), self.panel.language),
        )
        return escape(words)

    def _in_words(self, result: Comparison) -> Comparison:
        """For the charts: the words of a variant beside the letter that stands for it."""
        if self.model.source == "own" or self.model.batch is None or not self.model.batch.lettered:
            return result
        letters = result.arms["variant"]
        texts = self._texts(result.arms)
        return result.renamed({a: f"{a} · {text}" for a, text in zip(letters, texts, strict=True)})

    def _title(self, test: object) -> str:
        batch = self.model.batch
        period = None if batch is None or self.model.source == "own" else batch.periods
        return f"{test} · {period.to_dict()[test]}" if period is not None else str(test)

    def _split(self, test: pd.Series) -> str:
        p = test["srm_p_value"]
        if pd.isna(p):
            return self.panel.say("split not checked")
        shown = p_text(float(p), self.panel.language)
        if p < SPLIT_ALPHA:
            return self.panel.say("split broken ({p})", p=shown)
        return self.panel.say("split as planned ({p})", p=shown)

    def _arms(self, result: Comparison) -> str:
        say, language = self.panel.say, self.panel.language
        arms = result.arms
        names = zip(arms["variant"], self._texts(arms), strict=True)
        shown = arms.assign(
            name=[
                f"<b>{escape(str(name))}</b><div class='smm-note'>{escape(text)}</div>"
                for name, text in names
            ],
            ahead=[
                _ahead(*figures, language)
                for figures in zip(arms["diff"], arms["low"], arms["high"], strict=True)
            ],
            p=[_known(p_text, p, language) for p in arms["p_adjusted"]],
            best=[_known(chance, p, language) for p in arms["p_best"]],
            loss=[_known(points_lost, loss, language) for loss in arms["expected_loss"]],
        )
        headers = {"name": say("Variant"), "trials": say("Shown"), "successes": say("Responses")}
        headers |= {"rate": say("Rate"), "ahead": say("Difference (points)"), "p": say("p (Holm)")}
        headers |= {"best": say("Best (chance)"), "loss": say("Loss (points)")}
        formats = {"rate": "%2"}
        return table(shown, language, headers=headers, formats={**formats, "name": "html", "ahead": "html"})

    def _texts(self, arms: pd.DataFrame) -> list[str]:
        if self.model.source == "own":
            texts = [arm.text for arm in self.model.test.arms] if self.model.test else []
            return texts if len(texts) == len(arms) else [""] * len(arms)
        batch = self.model.batch
        if batch is None or not batch.lettered:
            return [""] * len(arms)
        return [batch.words(test, v) for test, v in zip(arms["test"], arms["variant"], strict=True)]


def _known(words: Callable[[float, Language], str], value: float, language: Language) -> str:
    return "–" if pd.isna(value) else words(value, language).removeprefix("p ").removeprefix("= ")


def _ahead(diff: float, low: float, high: float, language: Language) -> str:
    """Markup of a difference and its interval, in percentage points."""
    if pd.isna(diff):
        return "–"
    shown = signed(100 * diff, language, 2)
    if pd.isna(low):
        return shown
    limits = f"{signed(100 * low, language, 2)} … {signed(100 * high, language, 2)}"
    return f"{shown}<div class='smm-note'>{limits}</div>"


class BatchSummary(w.VBox):
    """How many tests ended how, which are not usable, and in which periods.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: TestModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._tiles, self._words = kit.html(), kit.html("", "smm-test-health")
        self._periods = kit.html()
        self._box = w.Accordion([self._periods], selected_index=None)
        self._box.set_title(0, panel.say("Period by period"))
        self._problems = kit.html()
        super().__init__([self._tiles, self._words, self._box, self._problems])
        self.add_class("smm-stack")

    def show(self) -> None:
        """Show the sum over all tests of the batch."""
        batch = self.model.batch
        if batch is None:
            return
        comparison, say, language = batch.comparison, self.panel.say, self.panel.language
        counts = comparison.tests["decision"].value_counts()
        total = len(comparison.tests)

        def tile(name: str, *decisions: str) -> str:
            count = sum(int(counts.get(decision, 0)) for decision in decisions)
            return kit.tile(name, number(count, language), percent(count / max(total, 1), language, 0))

        clear = say("association") if comparison.design == "history" else say("winner")
        parts = [
            kit.tile(say("Tests"), number(total, language), batch.name),
            tile(clear, "winner", "association"),
            tile(say("no decision"), "no decision"),
            tile(say("no relevant difference"), "no difference"),
            tile(say("not usable"), "invalid"),
        ]
        kit.put(self._tiles, kit.tiles(parts))
        health = batch.health
        words = comparison.verdict(language) if total > 1 else ""
        if health is not None:
            words = health.text(language)
        kit.put(self._words, escape(words))
        kit.show_if(self._box, health is not None)
        if health is not None:
            kit.put(self._periods, self._periods_table(health.to_frame()))
        kit.put(self._problems, problems_table(comparison, self.panel))

    def _periods_table(self, periods: pd.DataFrame) -> str:
        say = self.panel.say
        shown = periods.assign(mark=["●" if out else "" for out in periods["stands_out"]])
        headers = {"period": say("Period"), "tests": say("Tests"), "broken": say("Split broken")}
        headers |= {"share": say("Share"), "mark": say("stands out")}
        return table(
            shown, self.panel.language, headers=headers, formats={"period": "plain", "share": "%0"}, limit=400
        )


def problems_table(comparison: Comparison, panel: kit.Panel) -> str:
    """Markup of the rows that cannot be used; empty if there are none."""
    problems, say = comparison.problems, panel.say
    if problems.empty:
        return ""
    shown = problems.assign(
        row=problems["row"] + 1,
        problem=[panel.say(str(problem)) for problem in problems["problem"]],
    ).astype({"test": str, "variant": str, "trials": str, "successes": str})
    headers = {"row": say("Row"), "test": say("Test"), "variant": say("Variant")}
    headers |= {"trials": say("Shown"), "successes": say("Responses"), "problem": say("Problem")}
    for name in ("trials", "successes"):
        shown[name] = shown[name].str.removesuffix(".0")
    title = f"<h4>{escape(say('Rows that cannot be used'))}</h4>"
    return title + table(shown, panel.language, headers=headers, formats={"row": "plain"}, limit=50)
