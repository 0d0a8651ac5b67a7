"""Packs a binary with its licenses: `archive.py BINARY TARGET OUT [SHARE]` writes OUT/postlint-TARGET.tar.gz (or .zip) and
its .sha256. SHARE is the folder that share.py has filled. The same files give the same bytes."""

import gzip
import hashlib
import io
import sys
import tarfile
import zipfile
from pathlib import Path

from project import LICENSES, ROOT, target
from share import files


def contents(binary, platform, share):
    """The files of the archive: name, mode, content."""
    yield platform.binary, 0o755, binary.read_bytes()
    for name in (*LICENSES, "README.md", "CHANGELOG.md"):
        yield name, 0o644, (ROOT / name).read_bytes()
    for name, content in files(share) if share else ():
        yield f"share/{name}", 0o644, content


def tar_gz(folder, members):
    unpacked = io.BytesIO()
    with tarfile.open(fileobj=unpacked, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, mode, content in members:
            info = tarfile.TarInfo(f"{folder}/{name}")
            info.mode, info.size = mode, len(content)
            archive.addfile(info, io.BytesIO(content))
    return gzip.compress(unpacked.getvalue(), mtime=0)


def zipped(folder, members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, mode, content in members:
            info = zipfile.ZipInfo(f"{folder}/{name}")
            info.external_attr, info.create_system = (0o100000 | mode) << 16, 3
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return packed.getvalue()


def main(binary, triple, out, share=None):
    platform, out = target(triple), Path(out)
    pack = zipped if platform.is_windows else tar_gz
    content = pack(platform.folder, contents(Path(binary), platform, share))
    out.mkdir(parents=True, exist_ok=True)
    (out / platform.archive).write_bytes(content)
    checksum = f"{hashlib.sha256(content).hexdigest()}  {platform.archive}\n"
    (out / f"{platform.archive}.sha256").write_bytes(checksum.encode())
    print(out / platform.archive)


if __name__ == "__main__":
    main(*sys.argv[1:])
