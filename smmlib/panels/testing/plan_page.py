"""Planning a test: what is to be found out, which design can decide it, and the plan that is registered."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as w
import pandas as pd

from smmlib.errors import SmmError
from smmlib.experiments.advice import QUESTIONS, WAYS
from smmlib.experiments.advice_text import size_of, verdict_of, what_to_do
from smmlib.language import money, number, percent
from smmlib.metrics import load_metrics
from smmlib.panels import kit
from smmlib.panels.tables import table
from smmlib.panels.testing.plan_designs import DesignPart
from smmlib.panels.testing.plan_fields import Fields
from smmlib.panels.testing.plan_model import PlanModel

_SHOWN = ("impressions", "reach", "views")


class TestPlanPage(w.Box):
    """Form, advice and plan.

    Args:
        model: The wishes and what follows from them.
        panel: The panel it stands in.
        started: Called with the id of a test that was started.
    """

    def __init__(self, model: PlanModel, panel: kit.Panel, started: Callable[[str], None]) -> None:
        self.model, self.panel, self._started = model, panel, started
        self.fields = Fields(model, panel)
        self._advice = kit.html("", "smm-plan-advice")
        self._texts = kit.html("", "smm-plan-texts")
        self._known = kit.html("", "smm-note", "smm-plan-known")
        self._code = kit.html()
        self._design = DesignPart(model, panel, self.fields, self._start)
        say = panel.say
        asked = kit.stack(
            kit.card(*self._what(), title=say("1 · What is to be found out")),
            kit.card(*self._means(), title=say("2 · What you have")),
        )
        found = kit.stack(
            kit.card(self._advice, title=say("3 · Which design can decide it")),
            kit.card(self._design, title=say("4 · The plan")),
            self._code,
        )
        super().__init__([asked, found])
        for name in ("smm-columns", "smm-planning"):
            self.add_class(name)
        model.observe(self.show, names=["wishes"])
        self.show()

    def _what(self) -> list[w.Widget]:
        say, fields, language = self.panel.say, self.fields, self.panel.language
        drafts = [(say("none, I name the variants"), "")]
        drafts += [(draft.name, draft.id) for draft in self.model.drafts()]
        metrics = load_metrics().values()
        counted = sorted(((m.label(language), m.id) for m in metrics if m.combine != "rate"), key=_word)
        shown = [(load_metrics()[name].label(language), name) for name in _SHOWN]
        self._draft = fields.choice(
            "draft", say("Draft with variants"), drafts,
            say("Variants are written under “Draft posts”; here their texts are registered with the plan."),
        )  # fmt: skip
        self._names = fields.text("variants", say("Names of the variants"), hint="A, B")
        self._name = fields.text("name", say("Name of the test"))
        questions = [(say(text), id) for id, text in QUESTIONS.items()]
        return [
            fields.choice("question", say("Question"), questions),
            self._draft,
            self._names,
            self._texts,
            kit.row(
                fields.choice("metric", say("Response counted"), counted),
                fields.choice("trials", say("Shown counted as"), shown),
            ),
            self._name,
        ]

    def _means(self) -> list[w.Widget]:
        say, fields = self.panel.say, self.fields
        accounts = [(say("all accounts"), "")]
        accounts += [
            (f"{a.handle or a.id} · {a.network}", a.id) for a in self.model.workspace.accounts.list()
        ]
        return [
            fields.choice("account", say("Account"), accounts),
            kit.row(
                fields.figure("base_rate", say("Usual rate (%)"), percent=True),
                fields.figure("lift", say("Smallest lift worth it (%)"), percent=True),
            ),
            self._known,
            kit.row(
                fields.figure("cpm", say("CPM (€)")), fields.figure("budget", say("Budget a month (€)"))
            ),
            kit.row(
                fields.figure("posts_per_week", say("Posts a week")),
                fields.whole("subscribers", say("Newsletter recipients")),
            ),
            kit.row(
                fields.whole("weeks", say("Weeks you can wait")),
                fields.figure("power", say("Power (%)"), percent=True),
                fields.figure("confidence", say("Confidence (%)"), percent=True),
            ),
            fields.figure(
                "dispersion", say("Dispersion"),
                say("1: independent clicks. Above 1: clicks come in bunches; see “How it was run”."),
            ),
        ]  # fmt: skip

    def show(self, _change: object = None) -> None:
        """Bring the form, the advice and the plan up to date."""
        self.fields.show()
        draft = self.model.draft
        kit.show_if(self._names, draft is None)
        self._name.control.placeholder = self.model.test_name
        kit.put(self._texts, self._variants())
        kit.put(self._known, escape(self._from_the_past()))
        try:
            kit.put(self._advice, self._options())
            code = kit.same_in_python(self.panel.say("The same in Python"), self.model.code)
        except SmmError as problem:
            kit.put(
                self._advice, kit.empty(self.panel.say("No advice yet"), problem.text(self.panel.language))
            )
            code = ""
        kit.put(self._code, code)
        self._design.show()

    def _variants(self) -> str:
        draft = self.model.draft
        if draft is None:
            return ""
        lines = (f"<li><b>{escape(v.name)}</b> {escape(_short(v.text))}</li>" for v in draft.variants)
        return f'<ul class="smm-plan-arms">{"".join(lines)}</ul>'

    def _from_the_past(self) -> str:
        past, language = self.model.past, self.panel.language
        if past.rate is None or past.a_week is None:
            return self.panel.say("There are no past posts with these figures: type the usual rate.")
        words = [
            self.panel.say(
                "Empty fields take what {posts} past posts say: {rate} and {a_week} posts a week.",
                posts=number(past.posts, language),
                rate=percent(past.rate, language, 2),
                a_week=number(round(past.a_week, 1), language, 1),
            )
        ]
        if past.scatter is not None:
            words.append(past.scatter.text(language))
        return " ".join(words)

    def _options(self) -> str:
        advice, say, language = self.model.advice, self.panel.say, self.panel.language
        rows = advice.to_frame()
        rows["name"] = [
            f"{escape(say(WAYS[way]))} {kit.badge(say('recommended'), 'good') if best else ''}"
            for way, best in zip(rows["way"], rows["recommended"], strict=True)
        ]
        rows["size"] = [escape(size_of(option, language)) for option in advice.options]
        rows["euro"] = [
            "–" if o.cost is None else money(round(o.cost, 2), "EUR", language) for o in advice.options
        ]
        rows["needed"] = pd.array([option.weeks for option in advice.options], dtype="Int64")
        rows["verdict"] = [escape(verdict_of(option, language)) for option in advice.options]
        headers = {"name": say("Design"), "size": say("Needs"), "euro": say("Cost"), "needed": say("Weeks")}
        headers |= {"verdict": say("Can it decide?")}
        listed = table(
            rows, language, headers=headers, formats={"name": "html", "size": "html", "verdict": "html"}
        )
        words = escape(what_to_do(advice, language))
        return f'<div class="smm-verdict">{words}</div>{listed}'

    def _start(self) -> None:
        self.fields.check()
        test = self.model.start()
        self._started(test.id)


def _word(pair: tuple[str, str]) -> str:
    return pair[0].casefold()


def _short(text: str, most: int = 160) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1] + "…"
