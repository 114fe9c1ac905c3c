"""Fields of the planning form: each shows one wish, keeps what is typed, and says what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as w

from smmlib.errors import InvalidValueError, SmmError
from smmlib.language import Language, mark
from smmlib.panels import kit
from smmlib.panels.entry import Entry
from smmlib.panels.testing.plan_model import PlanModel
from smmlib.panels.typed_numbers import check_within, read_figure, show_figure

_LIMITS = {
    "base_rate": (0.0001, 99.9),
    "lift": (0.1, 1000),
    "power": (10, 99.9),
    "confidence": (50, 99.99),
    "dispersion": (1, 1000),
    "cpm": (0.01, 100_000),
    "budget": (0.01, 1e9),
    "posts_per_week": (0.01, 1000),
    "subscribers": (1, 1e9),
    "weeks": (1, 520),
    "looks": (1, 50),
    "per_day": (0.1, 1e9),
    "washout_hours": (0, 1000),
    "slot_weeks": (1, 104),
    "periods": (2, 400),
    "days": (1, 28),
    "burn_in_hours": (0, 600),
}  # of what is typed, per cent as per cent: what a plan can be made from


class WishField(Entry):
    """A control that shows one wish of the model.

    Args:
        page: What it stands in: `model` and `panel`.
        name: The wish, a field of `Wishes`.
        control: The control.
        help: What stands below it, in the user's language.
        read: What the control holds to what is kept.
        show: What is kept to what the control shows.

    Attributes:
        refused: Whether what was typed last could not be kept.
    """

    def __init__(  # noqa: PLR0913
        self,
        model: PlanModel,
        panel: kit.Panel,
        name: str,
        control: w.Widget,
        *,
        help: str = "",
        read: Callable[[Any], Any] = lambda value: value,
        show: Callable[[Any], Any] = lambda value: value,
    ) -> None:
        super().__init__(kit.field(control, f"smm-plan-{name.replace('_', '-')}"), help)
        self.model, self.panel, self.name = model, panel, name
        self._read, self._show, self._filling = read, show, False
        self.refused = False
        control.observe(self._typed, "value")

    def show(self) -> None:
        """Bring the control up to date; what was refused stays to be corrected."""
        if self.refused:
            return
        self._filling = True
        kit.put(self.control, self._show(getattr(self.model.wishes, self.name)))
        self._filling = False

    def _typed(self, change: dict[str, Any]) -> None:
        if self._filling:
            return
        self.panel.status.clear()
        try:
            kept = self._read(change["new"])
            self.refused = False
            self.tell((), self.panel.language)
            self.model.wish(**{self.name: kept})
            self.show()
        except SmmError as problem:
            self.refused = True
            self.refuse(problem.text(self.panel.language))


class Fields:
    """Makes the fields of one page; `show` brings all of them up to date.

    Args:
        model: What the page knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: PlanModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self.made: list[WishField] = []

    def show(self) -> None:
        """Bring all fields up to date."""
        for field in self.made:
            field.show()

    def check(self) -> None:
        """Refuse to go on while a field holds what could not be kept.

        Raises:
            InvalidValueError: There is such a field.
        """
        if any(field.refused for field in self.made):
            raise InvalidValueError(mark("Some fields do not fit; correct the marked ones first."))

    def text(self, name: str, label: str, help: str = "", hint: str = "") -> WishField:
        """A line of text."""
        control = w.Text(description=label, placeholder=hint, continuous_update=False)
        return self._add(WishField(self.model, self.panel, name, control, help=help))

    def figure(self, name: str, label: str, help: str = "", *, percent: bool = False) -> WishField:
        """A figure, typed as the language writes it; empty: not known, where the wish allows it."""
        factor, language = (100 if percent else 1), self.panel.language
        needed = getattr(type(self.model.wishes)(), name) is not None

        def read(typed: str) -> float | None:
            figure = read_figure(typed, language)
            if figure is None and needed:
                raise InvalidValueError(mark("This field is empty; type a number."))
            _check_limits(name, figure, language)
            return None if figure is None else round(figure / factor, 12)

        def show(figure: float | None) -> str:
            return show_figure(None if figure is None else round(figure * factor, 9), language)

        control = w.Text(description=label, continuous_update=False)
        return self._add(WishField(self.model, self.panel, name, control, help=help, read=read, show=show))

    def whole(self, name: str, label: str, help: str = "") -> WishField:
        """A whole number."""
        language = self.panel.language
        needed = getattr(type(self.model.wishes)(), name) is not None

        def read(typed: str) -> int | None:
            figure = read_figure(typed, language)
            if figure is None and not needed:
                return None
            if figure is None or figure != int(figure):
                raise InvalidValueError(
                    mark("{typed!r} is not a count; type a whole number such as 1234."), typed=typed
                )
            _check_limits(name, figure, language)
            return int(figure)

        control = w.Text(description=label, continuous_update=False)
        show = lambda figure: show_figure(figure, language)  # noqa: E731
        return self._add(WishField(self.model, self.panel, name, control, help=help, read=read, show=show))

    def choice(self, name: str, label: str, options: Sequence[tuple[str, Any]], help: str = "") -> WishField:
        """A drop-down list of (shown, value) pairs."""
        control = w.Dropdown(description=label, options=list(options))
        return self._add(WishField(self.model, self.panel, name, control, help=help))

    def day(self, name: str, label: str, help: str = "") -> WishField:
        """A day."""
        control = w.DatePicker(description=label)
        return self._add(WishField(self.model, self.panel, name, control, help=help))

    def several(self, name: str, label: str, options: Sequence[tuple[str, Any]]) -> WishField:
        """A list of which several may be chosen."""
        control = w.SelectMultiple(description=label, options=list(options), rows=len(options))
        field = WishField(self.model, self.panel, name, control, read=tuple, show=tuple)
        return self._add(field)

    def _add(self, field: WishField) -> WishField:
        self.made.append(field)
        return field


def _check_limits(name: str, figure: float | None, language: Language) -> None:
    low, high = _LIMITS[name]
    if figure is not None:
        check_within(figure, low, high, language)
