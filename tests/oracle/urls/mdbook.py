"""Prints `path<TAB>url` for each chapter that mdBook builds.

    mdbook.py FOLDER [MDBOOK]

Works on a copy in which the text of each file is its path, and without preprocessors that are programs.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from urllib.parse import urlsplit


def main():
    folder = os.path.realpath(sys.argv[1])
    mdbook = sys.argv[2] if len(sys.argv) > 2 else "mdbook"
    with tempfile.TemporaryDirectory() as work:
        copy = os.path.join(os.path.realpath(work), "book")
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".git", "theme", "book"))
        config = os.path.join(copy, "book.toml")
        text = open(config, encoding="utf-8").read()
        source = re.search(r'(?m)^src\s*=\s*"([^"]*)"', text)
        base = re.search(r'(?m)^site-url\s*=\s*"([^"]*)"', text)
        text = re.sub(r"(?ms)^\[preprocessor\.(?!index|links).*?(?=^\[|\Z)", "", text)
        text = re.sub(r"(?m)^additional-(css|js)\s*=.*$", "", text)
        text = re.sub(r"(?ms)^\[output\.html\.redirect\].*?(?=^\[|\Z)", "", text)
        open(config, "w", encoding="utf-8").write(text)
        source = os.path.join(copy, source[1] if source else "src")
        for parent, _, names in os.walk(source):
            for name in names:
                path = os.path.join(parent, name)
                if name.endswith(".md") and name != "SUMMARY.md":
                    open(path, "w", encoding="utf-8").write(f"`@@{os.path.relpath(path, copy)}@@`\n")
        built = os.path.join(work, "built")
        run = subprocess.run([mdbook, "build", copy, "-d", built], capture_output=True, text=True)
        if run.returncode:
            sys.stderr.write((run.stdout + run.stderr)[-1500:])
        pages = {}
        for parent, _, names in os.walk(built):
            for name in sorted(names):
                url = os.path.relpath(os.path.join(parent, name), built)
                if name.endswith(".html") and url not in ("print.html", "404.html", "toc.html"):
                    text = open(os.path.join(parent, name), encoding="utf-8").read()
                    for path in re.findall(r"<code>@@([^@]*?)@@", text):
                        # The first chapter is written to `index.html` too.
                        if path not in pages or pages[path].endswith("index.html"):
                            pages[path] = url
        prefix = urlsplit(base[1]).path.rstrip("/") if base else ""
        for path, url in sorted(pages.items()):
            print(f"{path}\t{prefix}/{url}")


main()
