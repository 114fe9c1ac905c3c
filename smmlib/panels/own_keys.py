"""Keys pressed in a panel belong to the panel: JupyterLab takes arrows and letters for its own commands.

Only the browser can tell JupyterLab so before it looks at a key, hence the few lines of JavaScript. Keys
pressed with Ctrl, Cmd or Alt stay JupyterLab's, so Ctrl+S saves the notebook.
"""

from __future__ import annotations

import anywidget

_MARK = """
const MARK = "data-lm-suppress-shortcuts";
export default {
  render({ el }) {
    el.style.display = "none";
    const own = (event) => {
      const panel = el.closest(".smm");
      if (!panel || !panel.contains(event.target)) return;
      event.target.toggleAttribute(MARK, !(event.ctrlKey || event.metaKey || event.altKey));
    };
    window.addEventListener("keydown", own, true);
    return () => window.removeEventListener("keydown", own, true);
  }
};
"""


class OwnKeys(anywidget.AnyWidget):
    """An invisible widget that keeps plain keys in the panel it stands in."""

    _esm = _MARK
