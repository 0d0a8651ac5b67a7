"""Makes what packages carry beside the binary: `share.py BINARY OUT` writes manual pages and completions below OUT, in the
folders that Unix systems have below `share`. BINARY is run, so it must be one for this machine; what it writes is the same
on all platforms."""

import subprocess
import sys
from pathlib import Path

COMPLETIONS = {
    "bash": "bash-completion/completions/postlint",
    "zsh": "zsh/site-functions/_postlint",
    "fish": "fish/vendor_completions.d/postlint.fish",
}


def files(share):
    """The files below a folder that this script has filled: path below `share`, content."""
    for path in sorted(Path(share).rglob("*")):
        if path.is_file():
            yield path.relative_to(share).as_posix(), path.read_bytes()


def main(binary, out):
    binary, out = Path(binary).resolve(), Path(out)
    subprocess.run([binary, "man", out / "man" / "man1"], check=True)
    for shell, name in COMPLETIONS.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(subprocess.run([binary, "completions", shell], check=True, stdout=subprocess.PIPE).stdout)
    for name, _ in files(out):
        print(out / name)


if __name__ == "__main__":
    main(*sys.argv[1:])
