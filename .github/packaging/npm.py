"""Makes the npm packages of the archives in a folder: `npm.py ARCHIVES OUT`.

OUT gets one package for each archive, and `postlint`, which depends on those packages optionally: npm installs the one
for the machine. Publish the platforms first.
"""

import json
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

from project import DESCRIPTION, LICENSE, LICENSES, REPOSITORY, ROOT, TARGETS, VERSION

SOURCE = Path(__file__).resolve().parent / "npm"


def package(name, **more):
    return {
        "name": name,
        "version": VERSION,
        "description": DESCRIPTION,
        "license": f"({LICENSE})",
        "repository": {"type": "git", "url": f"git+{REPOSITORY}.git"},
        "homepage": REPOSITORY,
        **more,
    }


def write(folder, manifest):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for name in LICENSES:
        shutil.copy(ROOT / name, folder / name)


def binary(archive, platform):
    """The binary in an archive."""
    member = f"{platform.folder}/{platform.binary}"
    if platform.is_windows:
        with zipfile.ZipFile(archive) as packed:
            return packed.read(member)
    with tarfile.open(archive) as packed:
        return packed.extractfile(member).read()


def manual(archives, present):
    """The manual pages, by name; they are the same in all archives."""
    archive = next((platform for platform in present if not platform.is_windows), None)
    if archive is None:
        return {}
    with tarfile.open(archives / archive.archive) as packed:
        pages = [member for member in packed if "/share/man/man1/" in member.name]
        return {Path(page.name).name: packed.extractfile(page).read() for page in pages}


def main(archives, out):
    archives, out = Path(archives), Path(out)
    present = [platform for platform in TARGETS if (archives / platform.archive).is_file()]
    if not present:
        sys.exit(f"there are no archives in {archives}")
    for platform in present:
        folder = out / platform.npm
        write(folder, package(platform.npm, os=[platform.npm_os], cpu=[platform.npm_cpu], preferUnplugged=True))
        (folder / "README.md").write_text(
            f"# {platform.npm}\n\nThe binary of postlint for {platform.triple}. Install `postlint` instead.\n"
        )
        (folder / platform.binary).write_bytes(binary(archives / platform.archive, platform))
        (folder / platform.binary).chmod(0o755)
        print(folder)
    main_package = out / "postlint"
    pages = manual(archives, present)
    write(
        main_package,
        package(
            "postlint",
            keywords=["lint", "markdown", "html", "blog", "seo", "front-matter"],
            bin={"postlint": "bin/postlint.js"},
            **({"man": [f"./man/{name}" for name in pages]} if pages else {}),
            engines={"node": ">=18"},
            optionalDependencies={platform.npm: VERSION for platform in present},
        ),
    )
    shutil.copytree(SOURCE, main_package, dirs_exist_ok=True)
    for name, page in pages.items():
        (main_package / "man").mkdir(exist_ok=True)
        (main_package / "man" / name).write_bytes(page)
    print(main_package)


if __name__ == "__main__":
    main(*sys.argv[1:])
