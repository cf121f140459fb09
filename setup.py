"""Says what goes into the wheel; everything else about the project is in pyproject.toml.

``resources/`` lies beside the package in the repository and inside it once installed, as
``integrity_desk/_resources``: ``integrity_desk.paths`` looks in both places.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["integrity_desk*"]), "integrity_desk._resources"],
    package_dir={"integrity_desk._resources": "resources"},
    package_data={"integrity_desk": ["py.typed"], "integrity_desk._resources": ["**/*"]},
)
