"""Makes a wheel of a binary that is already built: `wheel.py BINARY TARGET OUT [SHARE]`.

TARGET is one of those in project.py, or `native` for a wheel that this machine alone installs, as the tests do. SHARE is
the folder that share.py has filled; pip installs it into `share` of the environment. A wheel is a zip with the binary as a
script and three files of metadata, so nothing is compiled again.
"""

import base64
import hashlib
import re
import sys
import sysconfig
import zipfile
from pathlib import Path

from project import DESCRIPTION, LICENSE, LICENSES, REPOSITORY, ROOT, VERSION, needs_loader, target
from share import files


def python_version():
    """The version as Python writes it: `1.0.0-rc.1` is `1.0.0rc1` there."""
    short = {"alpha": "a", "beta": "b", "rc": "rc"}
    return re.sub(r"-(alpha|beta|rc)\.?", lambda found: short[found.group(1)], VERSION)


def metadata():
    lines = [
        "Metadata-Version: 2.4",
        "Name: postlint",
        f"Version: {python_version()}",
        f"Summary: {DESCRIPTION}",
        f"License-Expression: {LICENSE}",
        *(f"License-File: {name}" for name in LICENSES),
        "Requires-Python: >=3.7",
        f"Project-URL: Source, {REPOSITORY}",
        f"Project-URL: Changelog, {REPOSITORY}/blob/main/CHANGELOG.md",
        "Classifier: Environment :: Console",
        "Classifier: Programming Language :: Rust",
        "Classifier: Topic :: Text Processing :: Markup",
        "Description-Content-Type: text/markdown",
    ]
    return "\n".join(lines) + "\n\n" + readme()


def readme():
    """The README with the URLs of what it links, since it is shown without the repository."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    text = re.sub(r"\]\(([^)#:\s]+\.svg)\)", rf"]({REPOSITORY}/raw/v{VERSION}/\1)", text)
    return re.sub(r"\]\(([^)#:\s]+)((?:#[^)]*)?)\)", rf"]({REPOSITORY}/blob/v{VERSION}/\1\2)", text)


def members(name, binary, script, tags, share):
    """The files of the wheel: path, mode, content."""
    yield f"{name}.data/scripts/{script}", 0o755, binary
    for path, content in files(share) if share else ():
        yield f"{name}.data/data/share/{path}", 0o644, content
    info = f"{name}.dist-info"
    yield f"{info}/METADATA", 0o644, metadata().encode()
    head = "Wheel-Version: 1.0\nGenerator: postlint\nRoot-Is-Purelib: false\n"
    yield f"{info}/WHEEL", 0o644, (head + "".join(f"Tag: py3-none-{tag}\n" for tag in tags)).encode()
    for license_file in LICENSES:
        yield f"{info}/licenses/{license_file}", 0o644, (ROOT / license_file).read_bytes()


def main(binary, triple, out, share=None):
    content = Path(binary).read_bytes()
    if triple == "native":
        platform = re.sub(r"[-.]", "_", sysconfig.get_platform())
        # The file may have any name, but the command has this one.
        script = "postlint.exe" if sys.platform == "win32" else "postlint"
    else:
        platform, script = target(triple).wheel, target(triple).binary
        if needs_loader(content):
            sys.exit(f"{binary} is not static, but its wheel would say that it runs on every Linux")
    name = f"postlint-{python_version()}"
    path = Path(out) / f"{name}-py3-none-{platform}.whl"
    path.parent.mkdir(parents=True, exist_ok=True)
    record = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as wheel:
        def add(member, mode, data):
            info = zipfile.ZipInfo(member)
            info.external_attr, info.create_system = (0o100000 | mode) << 16, 3
            info.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(info, data)

        for member, mode, data in members(name, content, script, platform.split("."), share):
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append(f"{member},sha256={digest},{len(data)}\n")
            add(member, mode, data)
        listing = f"{name}.dist-info/RECORD"
        add(listing, 0o644, ("".join(record) + f"{listing},,\n").encode())
    print(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
