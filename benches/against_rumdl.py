#!/usr/bin/env python3
"""Times `postlint check` against `rumdl check --no-cache` on one folder, whole commands, in turn.

usage: benches/against_rumdl.py FOLDER [RUNS [POSTLINT OPTIONS …]]

Needs `cargo build --release` and rumdl (from PyPI) on the PATH. Prints the median CPU time (user + system), wall time
and peak memory of each, postlint's throughput, and the ratio of CPU times pair by pair.
"""

import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSTLINT = ROOT / "target" / "release" / "postlint"
MARKDOWN = {".md", ".markdown", ".mkd", ".mdx"}
HTML = {".html", ".htm"}


def run(command):
    """CPU seconds, wall seconds and peak memory (KiB) of one run."""
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        os.execvp(command[0], command)
    _, _, usage = os.wait4(pid, 0)
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss


def size(folder, endings):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.suffix.lower() in endings and path.is_file())


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    ours = [str(POSTLINT), "check", "--exit-zero", "--format", "concise", *sys.argv[3:], str(folder)]
    theirs = ["rumdl", "check", "--no-cache", str(folder)]
    run(ours), run(theirs)  # warm the file cache
    pairs = [(run(ours), run(theirs)) for _ in range(runs)]
    for name, results in (("postlint", [a for a, _ in pairs]), ("rumdl", [b for _, b in pairs])):
        cpu, wall, memory = (statistics.median(column) for column in zip(*results))
        print(f"{name:9} cpu {cpu:6.2f} s   wall {wall:6.2f} s   peak {memory / 1024:6.0f} MiB")
    markdown, html = size(folder, MARKDOWN), size(folder, HTML)
    cpu = statistics.median(a[0] for a, _ in pairs)
    print(f"postlint reads {markdown / 1e6:.1f} MB Markdown and {html / 1e6:.1f} MB HTML: {(markdown + html) / cpu / 1e6:.0f} MB/s of CPU")
    print(f"ratio of CPU times, postlint / rumdl: {statistics.median(a[0] / b[0] for a, b in pairs):.3f}")


if __name__ == "__main__":
    main()
