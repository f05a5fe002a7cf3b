"""The site from a results tree in one call, as ``fcbench site`` makes it."""

from __future__ import annotations

from pathlib import Path

from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

import fcbench_action
from fcbench_action.errors import BadInput, EnvironmentFailed, FcbenchError
from fcbench_action.pages.load import load
from fcbench_action.pages.plugin import MARKER, FcbenchPlugin


def build_site(results: Path, out: Path, address: str | None = None) -> int:
    """Write the site of ``results`` into ``out``, replacing an earlier site there; returns its pages.

    ``address`` is where the site will be; without it, the page for wrong addresses takes it to be at the root
    of its host.

    Raises ``BadInput`` where there is no results tree or ``out`` holds anything else,
    ``CorruptResults`` for damaged records, ``EnvironmentFailed`` where the disk refuses.
    """
    _check_out(results.resolve(), out.resolve())
    site = load(results)
    given = {} if address is None else {"site_url": f"{address.rstrip('/')}/"}
    config = load_config(str(_config_file()), site_dir=str(out.resolve()), **given)
    plugin = config.plugins["fcbench"]
    if not isinstance(plugin, FcbenchPlugin):
        raise FcbenchError("mkdocs.yml names another plugin as fcbench: install fcbench again")
    plugin.site = site
    try:
        build.build(config)
    except Abort as error:
        raise FcbenchError(f"the site could not be built: {error}") from error
    except OSError as error:
        place = _place(error, out)
        raise EnvironmentFailed(f"cannot build the site in {place}: {error.strerror or error}") from error
    return plugin.pages


def _place(error: OSError, out: Path) -> str:
    """The file of the site that the disk refused; of a copy that failed, it is the second that is told."""
    names = [name for name in (error.filename2, error.filename) if isinstance(name, str)]
    return next((name for name in names if Path(name).is_relative_to(out.resolve())), str(out))


def _check_out(results: Path, out: Path) -> None:
    if out == results or results in out.parents or out in results.parents:
        raise BadInput(f"--out {out} and the results tree lie in one another: choose a folder of its own")
    if out.exists() and not out.is_dir():
        raise BadInput(f"--out {out} is a file: choose a folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise BadInput(f"--out {out} is not empty and holds no site of fcbench: choose another folder")


def _config_file() -> Path:
    package = Path(fcbench_action.__file__).parent
    packaged = package / "_site" / "mkdocs.yml"
    return packaged if packaged.is_file() else package.parent / "mkdocs.yml"
