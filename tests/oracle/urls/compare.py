"""Compares the URLs of `postlint site --urls` with those of a real build.

    compare.py OURS THEIRS [SHOWN]

Both files have a line `path<TAB>url` for each page. Prints how many are equal, unknown and different, and the first
differences.
"""

import sys
from urllib.parse import quote, unquote


def read(path):
    pages = {}
    for line in open(path, encoding="utf-8"):
        name, tab, url = line.rstrip("\n").partition("\t")
        if tab:
            pages[name] = url
    return pages


def plain(url):
    """The same for two spellings of one URL."""
    return url if url in ("-", "?") else quote(unquote(url), safe="/")


def main():
    ours, theirs = read(sys.argv[1]), read(sys.argv[2])
    shown = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    equal = without = unknown = shared = 0
    taken = {plain(url) for url in theirs.values()}
    wrong, unseen = [], []
    for path, url in sorted(ours.items()):
        real = theirs.get(path, "-")
        if url == "?":
            unknown += 1
            if real != "-":
                unseen.append((path, "?", real))
        elif plain(url) == plain(real):
            equal, without = (equal, without + 1) if url == "-" else (equal + 1, without)
        elif real == "-" and plain(url) in taken:
            # Another page was written over it.
            shared += 1
        else:
            wrong.append((path, url, real))
    missing = sorted(path for path in theirs if path not in ours)
    print(f"pages {equal + len(wrong) + len(unseen)}, equal {equal}, different {len(wrong)}, "
          f"unknown {unknown} (with a page {len(unseen)}), rightly without a page {without}, "
          f"written over {shared}, not ours {len(missing)}")
    for path, url, real in (wrong + unseen)[:shown]:
        print(f"  {path}\n    ours   {url}\n    theirs {real}")
    for path in missing[:shown]:
        print(f"  not ours: {path} {theirs[path]}")


main()
