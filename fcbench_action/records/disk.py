"""The few things that are asked of a disk, in one place so that tests can make each of them fail.

Whatever must survive a crash is written through a :class:`Disk`: appended and synced, or written
beside its place, synced and renamed over it.
"""

from __future__ import annotations

import os
from pathlib import Path


class Disk:
    """The real disk. Tests subclass it and let the Nth call raise ``OSError``."""

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some of ``data``; returns how many bytes were taken."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Return when everything written to the open file is on the disk."""
        os.fsync(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Rename ``source`` over ``target`` in one step."""
        source.replace(target)


def write_all(disk: Disk, descriptor: int, data: bytes) -> None:
    """Write every byte of ``data``. Raises ``OSError``; some of the bytes may then be in the file."""
    view = memoryview(data)
    while view:
        view = view[disk.write(descriptor, view) :]


def write_atomically(path: Path, data: bytes, disk: Disk | None = None) -> None:
    """Put ``data`` at ``path`` so that a reader sees the old file or the new one, whole, at any time.

    The folder must exist. Raises ``OSError``; the old file, if there was one, is then untouched.
    """
    disk = disk or Disk()
    beside = path.with_name(path.name + ".tmp")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            write_all(disk, descriptor, data)
            disk.sync(descriptor)
        finally:
            os.close(descriptor)
        disk.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent, disk)


def sync_folder(folder: Path, disk: Disk) -> None:
    """Make the names in ``folder`` durable: a rename is only on the disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        disk.sync(descriptor)
    finally:
        os.close(descriptor)
