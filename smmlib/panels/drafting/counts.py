"""Live counts: how much of a limit is used, what is left, in words and as a bar."""

from __future__ import annotations

from html import escape

from smmlib.drafting import FieldMeasure
from smmlib.language import number
from smmlib.networks import UNITS, Measure
from smmlib.panels import kit

NEARLY_FULL = 0.05
"""Share of the limit below which what is left is a warning."""


def measure_bar(panel: kit.Panel, measure: Measure) -> str:
    """Markup of a text's count: a bar, what remains, used of limit, in the network's unit."""
    unit = panel.say(UNITS.get(measure.unit, measure.unit))
    if measure.limit is None:
        text = panel.say("{count} {unit}, no limit set", count=measure.count, unit=unit)
        return f'<div class="smm-count">{escape(text)}</div>'
    left = measure.limit - measure.count
    kind = "bad" if left < 0 else "warn" if left < NEARLY_FULL * measure.limit else "good"
    rest = panel.say("{left} left", left=left) if left >= 0 else panel.say("{over} too many", over=-left)
    share = min(100, 100 * measure.count / measure.limit) if measure.limit else 100
    meter = f'<div class="smm-meter"><i style="width:{share:.1f}%"></i></div>'
    of = _of(panel, measure.count, measure.limit)
    return (
        f'<div class="smm-count smm-{kind}">{meter}'
        f"<b>{escape(rest)}</b> <span>{escape(of)} {escape(unit)}</span></div>"
    )


def field_count(panel: kit.Panel, measure: FieldMeasure) -> str:
    """Markup of a field's count: used of limit, or of what readers see."""
    if measure.room is None:
        if not measure.count:
            return ""
        return f'<div class="smm-count">{number(measure.count, panel.language)}</div>'
    over = measure.limit is not None and measure.count > measure.limit
    kind = "bad" if over else "warn" if measure.count > measure.room else "good"
    words = "" if measure.room == measure.limit else panel.say("seen")
    text = f"{_of(panel, measure.count, measure.room)} {words}".rstrip()
    return f'<div class="smm-count smm-{kind}"><b>{escape(text)}</b></div>'


def _of(panel: kit.Panel, count: int, limit: int) -> str:
    return f"{number(count, panel.language)} / {number(limit, panel.language)}"
