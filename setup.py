"""Puts ``resources/`` into the wheel; everything else about the project is in pyproject.toml.

In the repository ``resources/`` lies beside the package, once installed inside it as
``integrity_desk/_resources``: ``integrity_desk.paths`` looks in both places.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithResources(build_py):
    """Copy the resources beside the modules, except into an editable installation."""

    def run(self) -> None:
        """Build the modules, then add the resources."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib, "integrity_desk", "_resources")
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree("resources", target)


setup(cmdclass={"build_py": BuildWithResources})
