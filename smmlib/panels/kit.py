"""The parts every panel is made of: fields with their label above, buttons, the status line, the frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w

from smmlib.drafting import preview_style
from smmlib.errors import SmmError
from smmlib.language import Language, say, say_many
from smmlib.panels.download import Download
from smmlib.panels.own_keys import OwnKeys


@cache
def _style() -> str:
    own = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    return f"<style>{preview_style()}{own}</style>"


class Panel(w.VBox):
    """The frame of a panel: the look, a status line for news and errors, and a way to hand out files.

    A panel says its words with `self.say`, makes buttons with `self.button`, and wraps what can go
    wrong in `with self.trying():`, so that every error the user can repair ends on the status line.

    Args:
        language: Language of everything the panel shows.
        name: Extra class of the frame, e.g. "smm-draft"; browser tests find the panel by it.
    """

    def __init__(self, *, language: Language, name: str) -> None:
        self.language = language
        self.status = Status()
        self.download = Download()
        super().__init__()
        self.add_class("smm")
        self.add_class(name)

    def fill(self, *parts: w.Widget) -> None:
        """Put `parts` below each other, the status line on top: what is long may end out of sight."""
        self.children = (w.HTML(_style()), self.status, *parts, self.download, OwnKeys())

    def say(self, text: str, **values: object) -> str:
        """`text` in the panel's language; see `smmlib.language.say`."""
        return say(text, self.language, **values)

    def say_many(self, one: str, many: str, count: int, **values: object) -> str:
        """Singular or plural in the panel's language; see `smmlib.language.say_many`."""
        return say_many(one, many, count, self.language, **values)

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Show an error the user can repair on the status line instead of raising it."""
        try:
            yield
        except SmmError as problem:
            self.status.fail(problem.text(self.language))

    def tell_unsaved(self, change: Mapping[str, Any]) -> None:
        """Say that typed changes are not stored yet, or that they are now; observes `unsaved` of a model."""
        problem = change["new"]
        if problem is None:
            self.status.tell(self.say("Everything is stored again."))
            return
        kept = self.say("What was typed is still here; storing is tried again.")
        self.status.fail(f"{problem.text(self.language)} {kept}")

    def button(self, label: str, on_click: Callable[[], None], *, look: str = "", tip: str = "") -> w.Button:
        """A button that runs `on_click`; `look` is "primary", "small", "plain" or several of them."""
        button = w.Button(description=label, tooltip=tip or label)
        for part in look.split():
            button.add_class(f"smm-{part}")

        def run(_button: w.Button) -> None:
            with self.trying():
                self.status.clear()
                on_click()

        button.on_click(run)
        return button


class Status(w.HTML):
    """One line of news; read out by screen readers. What is shown is escaped."""

    def __init__(self) -> None:
        super().__init__()
        self.add_class("smm-status")

    def tell(self, text: str) -> None:
        """Say what was done."""
        self._show("smm-done", text)

    def fail(self, text: str) -> None:
        """Say what went wrong and what to do."""
        self._show("smm-error", text)

    def clear(self) -> None:
        """Say nothing."""
        self.value = ""

    def _show(self, kind: str, text: str) -> None:
        self.value = f'<span role="status" aria-live="polite" class="{kind}">{escape(text)}</span>'


def field(control: w.Widget, *classes: str, grow: float | None = None) -> w.Widget:
    """Give a control the look of a field: its description stands above it.

    Args:
        control: Any ipywidget with a `description`.
        *classes: Extra classes, e.g. for browser tests.
        grow: Share of the free width in a row; None leaves the default.
    """
    control.add_class("smm-field")
    for name in classes:
        control.add_class(name)
    if grow is not None:
        control.layout.flex = f"{grow} 1 150px"
    return control


def choice(label: str, options: Sequence[tuple[str, Any]], value: Any = None, **traits: Any) -> w.Dropdown:
    """A drop-down list of (shown, value) pairs; `value` is chosen, else the first."""
    values = [v for _, v in options]
    chosen = value if value in values else (values[0] if values else None)
    return field(w.Dropdown(description=label, options=list(options), value=chosen, **traits))


def offer(control: w.Dropdown, options: Sequence[tuple[str, Any]], value: Any = None) -> None:
    """Give a drop-down list other (shown, value) pairs; `value` is chosen, else what was, else the first."""
    kept = control.value
    control.options = list(options)
    values = [v for _, v in options]
    wanted = value if value in values else kept
    control.value = wanted if wanted in values else (values[0] if values else None)


def row(*parts: w.Widget) -> w.Box:
    """Parts beside each other; they wrap when the window is narrow."""
    return _box(parts, "smm-row")


def stack(*parts: w.Widget) -> w.Box:
    """Parts below each other."""
    return _box(parts, "smm-stack")


def card(*parts: w.Widget, title: str = "") -> w.Box:
    """Parts below each other in a bordered box, with a heading if `title` is given."""
    heading = (html(f"<h3>{escape(title)}</h3>"),) if title else ()
    return _box((*heading, *parts), "smm-stack", "smm-box")


def columns(*parts: w.Widget, name: str) -> w.Box:
    """Parts in the grid that the style sheet gives the class `name`."""
    return _box(parts, "smm-columns", name)


def html(markup: str = "", *classes: str) -> w.HTML:
    """Markup that is safe already: whoever builds it escapes what users wrote."""
    widget = w.HTML(markup)
    for name in classes:
        widget.add_class(name)
    return widget


def empty(title: str, hint: str) -> str:
    """Markup of an empty state: what is missing and what to do now. Both are escaped."""
    return f'<div class="smm-empty"><b>{escape(title)}</b>{escape(hint)}</div>'


def badge(text: str, kind: str = "info") -> str:
    """Markup of a small mark; `kind` is "good", "warn", "bad", "info" or "quiet"."""
    return f'<span class="smm-badge smm-{kind}">{escape(text)}</span>'


def same_in_python(heading: str, code: str) -> str:
    """Markup that folds away the Python behind what is shown. Both are escaped."""
    folded = f"<summary>{escape(heading)}</summary><pre>{escape(code)}</pre>"
    return f'<details class="smm-passport">{folded}</details>'


def tile(name: str, figure: str, more: str = "", tip: str = "") -> str:
    """Markup of a tile with one figure. All texts are escaped."""
    return (
        f'<div class="smm-tile" title="{escape(tip)}"><div class="smm-name">{escape(name)}</div>'
        f'<div class="smm-figure">{escape(figure)}</div><div class="smm-more">{escape(more)}</div></div>'
    )


def tiles(parts: Sequence[str]) -> str:
    """Markup of several tiles beside each other."""
    return f'<div class="smm-tiles">{"".join(parts)}</div>'


def put(widget: w.Widget, value: object) -> None:
    """Set a widget's value if it is another one, so that the browser is not asked to draw it again."""
    if widget.value != value:
        widget.value = value


def show_if(widget: w.Widget, condition: bool) -> None:
    """Show or hide a widget without losing its place."""
    (widget.remove_class if condition else widget.add_class)("smm-hidden")


def _box(parts: Sequence[w.Widget], *classes: str) -> w.Box:
    box = w.Box(list(parts))
    for name in classes:
        box.add_class(name)
    return box
