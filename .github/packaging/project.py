"""What all packages share: the facts in Cargo.toml, and the platforms that binaries are built for."""

import re
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LICENSES = ("LICENSE-APACHE", "LICENSE-MIT")


def fact(key):
    """The value of a key in `[package]` of Cargo.toml, which is the only place where the version is written."""
    package = (ROOT / "Cargo.toml").read_text(encoding="utf-8").split("\n[", 1)[0]
    found = re.search(rf'^{re.escape(key)} = "(.+)"$', package, re.MULTILINE)
    if found is None:
        sys.exit(f"Cargo.toml has no `{key}` in its first table")
    return found.group(1)


VERSION = fact("version")
DESCRIPTION = fact("description")
LICENSE = fact("license")
REPOSITORY = fact("repository")


@dataclass(frozen=True)
class Target:
    """A platform: its name in Rust, and how the registries call it."""

    triple: str
    wheel: str
    npm_os: str
    npm_cpu: str

    @property
    def is_windows(self):
        return "windows" in self.triple

    @property
    def binary(self):
        return "postlint.exe" if self.is_windows else "postlint"

    @property
    def folder(self):
        return f"postlint-{self.triple}"

    @property
    def archive(self):
        return self.folder + (".zip" if self.is_windows else ".tar.gz")

    @property
    def npm(self):
        return f"@postlint/{self.npm_os}-{self.npm_cpu}"


def any_linux(processor):
    """The tags of a static binary: one serves glibc and musl, and npm needs no `libc` either."""
    return ".".join(f"{system}_{processor}" for system in ("manylinux_2_17", "manylinux2014", "musllinux_1_1"))


TARGETS = (
    Target("x86_64-unknown-linux-musl", any_linux("x86_64"), "linux", "x64"),
    Target("aarch64-unknown-linux-musl", any_linux("aarch64"), "linux", "arm64"),
    Target("x86_64-apple-darwin", "macosx_10_12_x86_64", "darwin", "x64"),
    Target("aarch64-apple-darwin", "macosx_11_0_arm64", "darwin", "arm64"),
    Target("x86_64-pc-windows-msvc", "win_amd64", "win32", "x64"),
    Target("aarch64-pc-windows-msvc", "win_arm64", "win32", "arm64"),
)


def target(triple):
    """The target with this name."""
    for one in TARGETS:
        if one.triple == triple:
            return one
    sys.exit(f"unknown target `{triple}`; there are: {', '.join(one.triple for one in TARGETS)}")


def needs_loader(binary):
    """Whether an ELF program asks for a dynamic loader, and so for the C library of one system."""
    if binary[:4] != b"\x7fELF":
        return False
    start, size, count = (
        struct.unpack_from("<Q", binary, 32)[0],
        struct.unpack_from("<H", binary, 54)[0],
        struct.unpack_from("<H", binary, 56)[0],
    )
    return any(struct.unpack_from("<I", binary, start + size * number)[0] == 3 for number in range(count))
