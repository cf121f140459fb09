#!/usr/bin/env python3
"""Set everything up in ``.venv`` beside this file, then run the desk or its tests.

    python3 run.py            open the desk on sample data; without a display, write the demo
                              (sheets, bundle, receipt, pictures) into desk-out
    python3 run.py test       run all checks and tests; further arguments go to pytest
    python3 run.py -- ARGS    run ``integrity-desk ARGS``

Needs Python 3.11 or newer and, on a bare Debian, root or sudo for a few system libraries.
Only the standard library is used here, so any Python can run it.
"""

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

LINUX = sys.platform.startswith("linux")

# What Qt needs to draw at all, and the Debian package each library comes in.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}

# What it needs besides to open a window and to print.
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",
}

# What the tests call from outside, and the Debian package each program comes in.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "xclip": "xclip",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "age": "age",
    "ssh-keygen": "openssh-client",
    "zstd": "zstd",
    "dbus-daemon": "dbus",
    "chromium": "chromium",
}

# What they read the windows with; started by the bus, so it stands on no search path.
TEST_SERVICES = {"/usr/libexec/at-spi-bus-launcher": "at-spi2-core"}


def main(arguments):
    """Set up, run, and return the exit code of what was run."""
    if sys.version_info < (3, 11):
        sys.exit("Integrity Desk needs Python 3.11 or newer; this is " + sys.version.split()[0])
    testing = arguments[:1] == ["test"]
    try:
        set_up(testing)
    except subprocess.CalledProcessError as error:
        sys.exit(f"run.py: this step failed: {shlex.join(map(str, error.cmd))}")
    return subprocess.call([PYTHON, "-m", *job(arguments, testing)], cwd=ROOT)


def job(arguments, testing):
    """Say which module to run with which arguments."""
    if testing:
        return ["pytest", "-n", "auto", "--dist", "worksteal", *arguments[1:]]
    given = arguments[1:] if arguments[:1] == ["--"] else arguments
    usual = ["--sample"] if has_display() else ["demo"]
    return ["integrity_desk", *(given or usual)]


def has_display():
    """Whether a window can be shown to somebody."""
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def set_up(testing):
    """Make the machine and ``.venv`` fit to run; quick when nothing has changed."""
    install_packages(missing_packages(testing))
    if not venv_is_sound():
        say("making .venv")
        run(sys.executable, "-m", "venv", "--clear", VENV)
    install("build", "desk")
    if testing:
        install("county")
        install("test")


def install(*names):
    """Install the named lock files, and the project with the last run-time one, if changed."""
    fingerprint = fingerprint_of(names)
    stamp = VENV / f"installed-{names[-1]}"
    if stamp.is_file() and stamp.read_text() == fingerprint:
        return
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for name in names:
        say(f"installing requirements/{name}.txt")
        lock = ROOT / "requirements" / f"{name}.txt"
        run(*pip, "--require-hashes", "--no-build-isolation", "-r", lock)
    if "desk" in names:
        run(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(fingerprint)


def fingerprint_of(names):
    """Return what must be unchanged for an installation to be up to date."""
    digest = hashlib.sha256(sys.version.encode())
    for path in [*(f"requirements/{name}.txt" for name in names), "pyproject.toml", "setup.py"]:
        digest.update((ROOT / path).read_bytes())
    return digest.hexdigest()


def venv_is_sound():
    """Whether ``.venv`` works and is of the Python that runs this file."""
    if not PYTHON.exists():
        return False
    probe = [PYTHON, "-c", "import pip, sys; print(sys.version, end='')"]
    answer = subprocess.run(probe, capture_output=True, text=True, check=False)
    return answer.returncode == 0 and answer.stdout == sys.version


def missing_packages(testing):
    """Return the Debian packages this Linux lacks for what is about to be run."""
    if not LINUX:
        return []
    missing = [] if importlib.util.find_spec("ensurepip") else ["python3-venv"]
    libraries = QT_LIBRARIES | (WINDOW_LIBRARIES if testing or has_display() else {})
    missing += [name for file, name in libraries.items() if not loads(file)]
    if testing:
        missing += [name for file, name in TEST_PROGRAMS.items() if not shutil.which(file)]
        missing += [name for file, name in TEST_SERVICES.items() if not Path(file).exists()]
    return missing


def loads(library):
    """Whether the dynamic loader finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(missing):
    """Install Debian packages when allowed to; otherwise stop and say what to type."""
    if not missing:
        return
    become_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if not shutil.which("apt-get"):
        sys.exit("run.py: please install what Debian calls: " + " ".join(missing))
    if become_root and not may_sudo():
        sys.exit("run.py: please type: sudo " + shlex.join(command))
    say("installing " + " ".join(missing))
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    run(*become_root, *environment, "apt-get", "update", "-qq")
    run(*become_root, *environment, *command, "-qq")


def may_sudo():
    """Whether sudo works here without asking for a password."""
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def run(*command):
    """Run one step of the set-up; a failure stops everything."""
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def say(line):
    """Tell the person what is being done."""
    print(f"run.py: {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
