"""Lets pre-commit install postlint's wheel: it runs `pip install .` here, and this package only depends on the wheel.

The wheel itself is made by .github/packaging/wheel.py, its source distribution by .github/packaging/pypi.
"""

import re
from pathlib import Path

from setuptools import setup

MANIFEST = Path(__file__).resolve().parent.joinpath("Cargo.toml").read_text(encoding="utf-8")
VERSION = re.search(r'^version = "(.+)"$', MANIFEST, re.MULTILINE).group(1)

setup(name="postlint-pre-commit", version=VERSION, py_modules=[], install_requires=["postlint==" + VERSION])
