"""JupyterLab on this machine only, with a token, settings of its own and nothing asked of the internet."""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from smmlib.errors import InvalidValueError
from smmlib.language import mark

ADDRESS = "127.0.0.1"
USUAL_PORT = 8888
LARGEST_UPLOAD = 512 * 1024 * 1024  # bytes; without it, files over 10 MB are dropped without a word
SETTINGS = Path(__file__).parent / "jupyterlab"


@dataclass(frozen=True)
class LabServer:
    """A JupyterLab to be started.

    Attributes:
        root: Folder it shows.
        notebook: Notebook it opens, in that folder.
        port: Port on 127.0.0.1.
        token: What a browser needs to be let in.
        browser: Whether to open one.
    """

    root: Path
    notebook: Path
    port: int
    token: str = field(repr=False)
    browser: bool = True

    @property
    def page(self) -> str:
        """Path of the notebook's page."""
        return "/lab/tree/" + quote(self.notebook.relative_to(self.root).as_posix())

    @property
    def url(self) -> str:
        """Address to open in a browser, with the token."""
        return f"http://{ADDRESS}:{self.port}{self.page}?token={self.token}"

    def arguments(self, layouts: str, *, root_user: bool) -> list[str]:
        """Command line of JupyterLab; `layouts` is the folder where it remembers open tabs.

        The token is not among them, since other users can read command lines.
        """
        return [
            f"--ServerApp.ip={ADDRESS}",
            f"--ServerApp.port={self.port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.root}",
            "--ServerApp.base_url=/",
            "--ServerApp.answer_yes=True",
            f"--ServerApp.open_browser={self.browser}",
            f"--ServerApp.allow_root={root_user}",
            f"--ServerApp.tornado_settings={{'websocket_max_message_size': {LARGEST_UPLOAD}}}",
            f"--LabApp.default_url={self.page}",
            f"--LabApp.app_settings_dir={SETTINGS}",
            f"--LabApp.workspaces_dir={layouts}",
            "--FileContentsManager.pre_save_hook=smmlib.commands.lab_saving.leave_outputs_out",
            "--LabApp.news_url=",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.extension_manager=readonly",
            "--KernelManager.transport_encryption=auto",
            "--Application.log_level=ERROR",
        ]

    def serve(self) -> None:
        """Run it in this process until it is stopped."""
        from jupyterlab.labapp import LabApp

        os.environ["JUPYTER_TOKEN"] = self.token
        with tempfile.TemporaryDirectory(prefix="smm-lab-", ignore_cleanup_errors=True) as layouts:
            LabApp.launch_instance(argv=self.arguments(layouts, root_user=is_root()))


def token_from(environ: Mapping[str, str]) -> str:
    """$JUPYTER_TOKEN, else a new one that cannot be guessed."""
    return environ.get("JUPYTER_TOKEN") or secrets.token_hex(24)


def choose_port(asked: int | None) -> int:
    """The port asked for, else 8888 or the next free one.

    Raises:
        InvalidValueError: The port asked for is taken.
    """
    if asked is None:
        return next((p for p in range(USUAL_PORT, USUAL_PORT + 100) if is_free(p)), 0) or _any_port()
    if not is_free(asked):
        raise InvalidValueError(
            mark(
                "Port {port} is in use. Choose another with --port or JUPYTER_PORT, "
                "or leave it out and a free one is found."
            ),
            port=str(asked),
        )
    return asked


def is_free(port: int) -> bool:
    """Whether nobody listens on `port` of this machine."""
    with socket.socket() as probe:
        if os.name != "nt":  # there the option would let two programs have one port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])


def is_root() -> bool:
    """Whether this process runs as root, which JupyterLab only allows when told."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
