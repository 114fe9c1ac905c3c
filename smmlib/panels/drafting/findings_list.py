"""What the checks found, as a list that leads to the place in the text: only the browser can do that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import anywidget
import traitlets as t

from smmlib import drafting
from smmlib.language import Language, say
from smmlib.networks import SEVERITIES, Finding

_LOOKS = {"error": "bad", "warning": "warn", "notice": "quiet"}

# Everything is put in as text, never as markup.
_LIST = """
const make = (tag, name, text) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  return node;
};
const leadTo = (el, item) => {
  const field = el.closest(".smm")?.querySelector(item.field);
  if (!field) return;
  field.scrollIntoView({ block: "center", behavior: "smooth" });
  field.focus({ preventScroll: true });
  field.setSelectionRange(item.start, item.end);
  const style = getComputedStyle(field), line = parseFloat(style.lineHeight) || 20;
  const before = field.value.slice(0, item.start);
  const letters = Math.max(1, field.clientWidth / (parseFloat(style.fontSize) * 0.5));
  const height = (row) => Math.max(1, Math.ceil(row.length / letters));
  const rows = before.split("\\n").reduce((sum, row) => sum + height(row), 0);
  field.scrollTop = Math.max(0, (rows - 3) * line);
};
export default {
  render({ model, el }) {
    const draw = () => {
      const items = model.get("items");
      if (!items.length) {
        el.replaceChildren(make("span", "smm-good", model.get("nothing")));
        return;
      }
      const list = make("ul", "smm-findings");
      for (const item of items) {
        const row = make("li"), text = make("span", "", item.text + " ");
        text.append(make("span", "smm-note", item.who));
        row.append(make("span", "smm-badge smm-" + item.look, item.severity));
        if (item.start === null) row.append(text);
        else {
          const jump = make("button", "smm-jump");
          jump.type = "button";
          jump.title = model.get("hint");
          jump.append(text);
          jump.addEventListener("click", () => leadTo(el, item));
          row.append(jump);
        }
        list.append(row);
      }
      el.replaceChildren(list);
    };
    draw();
    model.on("change:items", draw);
    return () => model.off("change:items", draw);
  }
};
"""


class FindingsList(anywidget.AnyWidget):
    """Findings, worst first. One that has a place in the text is a button: it selects that place.

    Args:
        language: Language of the sentences.
        field: Selector of the text field, looked for in the panel the list stands in.

    Attributes:
        items: What is shown; one mapping each with look, severity, text, who, field, start, end.
        nothing: What is said when there is none.
        hint: What a button says when pointed at.
    """

    _esm = _LIST

    items: t.List[dict[str, Any]] = t.List().tag(sync=True)
    nothing = t.Unicode("").tag(sync=True)
    hint = t.Unicode("").tag(sync=True)

    def __init__(self, *, language: Language, field: str) -> None:
        self._language: Language = language
        self._field = field
        nothing = say("Nothing found.", language)
        super().__init__(nothing=nothing, hint=say("Show the place in the text", language))
        self.add_class("smm-findings-cell")

    def show(self, survey: drafting.Survey, text: str) -> None:
        """Show what a survey found; places are shown of findings about `text`, the one in the field."""
        shown = {row.account.id: row.text == text for row in survey.rows}
        names = {row.account.id: f"{row.network.name} {row.account.handle}" for row in survey.rows}
        everywhere = say("all accounts", self._language)
        items = []
        for finding, accounts in survey.findings():
            span = finding.span if any(shown[account.id] for account in accounts) else None
            who = everywhere if len(accounts) == len(names) > 1 else ", ".join(names[a.id] for a in accounts)
            items.append(self._item(finding, who, span, text))
        if items != self.items:
            self.items = items

    def _item(self, finding: Finding, who: str, span: tuple[int, int] | None, text: str) -> dict[str, Any]:
        start, end = (None, None) if span is None else utf16_places(text, span)
        return {
            "look": _LOOKS[finding.severity],
            "severity": say(SEVERITIES[finding.severity], self._language),
            "text": finding.text(self._language),
            "who": who,
            "field": self._field,
            "start": start,
            "end": end,
        }


def utf16_places(text: str, places: Sequence[int]) -> list[int]:
    """Places in a string as a browser counts them: in UTF-16 units."""
    return [len(text[:place].encode("utf-16-le", "surrogatepass")) // 2 for place in places]
