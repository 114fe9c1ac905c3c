"""Hand a file to the browser. The browser must act by itself here, hence the few lines of JavaScript."""

from __future__ import annotations

import anywidget

_SAVE = """
export default {
  render({ model, el }) {
    el.style.display = "none";
    const save = (message, buffers) => {
      const blob = new Blob([buffers[0]], { type: message.type });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = message.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    };
    model.on("msg:custom", save);
    return () => model.off("msg:custom", save);
  }
};
"""


class Download(anywidget.AnyWidget):
    """An invisible widget that lets the browser save bytes as a file."""

    _esm = _SAVE

    def save(self, name: str, content: bytes, kind: str = "application/octet-stream") -> None:
        """Hand `content` to the browser as a download.

        Args:
            name: File name the browser proposes.
            content: The file.
            kind: Its MIME type.
        """
        self.send({"name": name, "type": kind}, buffers=[content])
