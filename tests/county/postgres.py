"""A real PostgreSQL server of its own, from Debian's package, for as long as the tests run."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_USER = "county"


class Server:
    """A running server that listens on a socket in a folder, and on no network."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = itertools.count(1)

    def address(self, database: str = "postgres") -> str:
        """Return how to connect to one of its databases."""
        return f"postgresql://{_USER}@/{database}?host={self._folder}"

    def fresh(self) -> str:
        """Return the address of a new, empty database."""
        name = f"county{next(self._made)}"
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.address(name)


def program(name: str) -> str | None:
    """Return where a program of the server lies; Debian keeps it off the search path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ["PATH"]]))


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, and stop it."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    who = _servant()
    if who is not None:
        shutil.chown(folder, who)
    data = folder / "data"
    asked = {"user": who, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        init = [program("initdb"), "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run([*init, "--locale=C"], check=True, cwd=folder, **asked)
        settings = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", f"unix_socket_directories={folder}"]  # noqa: E501  # fmt: skip
        serving = subprocess.Popen(
            [program("postgres"), "-D", data, *settings], cwd=folder, **asked
        )
        try:
            _await(folder)
            yield Server(folder)
        finally:
            serving.terminate()
            serving.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _servant() -> str | None:
    """The server does not run as root: then as the package's user, or as nobody."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _await(folder: Path) -> None:
    ready = [program("pg_isready"), "-h", folder, "-U", _USER, "-q"]
    for _attempt in range(600):
        if subprocess.run(ready, check=False).returncode == 0:
            return
        subprocess.run(["sleep", "0.05"], check=True)
    raise AssertionError("the server did not come up")
