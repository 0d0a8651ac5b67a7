"""Prints `path<TAB>url` for each page that Hugo builds of a site.

    hugo.py FOLDER [HUGO]

Works on a copy without layouts, data and the bodies of pages: URLs depend on none of them. One layout prints the file and
the URL of each page.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

LAYOUT = '{{ with .File }}{{ printf "@@%s\\t%s@@" .Filename $.RelPermalink | safeHTML }}{{ end }}'
LEFT_OUT = (".git", "node_modules", "layouts", "public", "themes", "go.mod", "go.sum", "data", "i18n", "assets", "static")
BLOCK = re.compile(r"\ufeff?(---\s*\n.*?^---\s*$|\+\+\+\s*\n.*?^\+\+\+\s*$)", re.DOTALL | re.MULTILINE)


def without_bodies(folder):
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if name.endswith((".md", ".html", ".markdown")) and os.path.isfile(path):
                with open(path, encoding="utf-8", errors="replace") as file:
                    text = file.read()
                block = BLOCK.match(text)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(block[0] + "\n" if block else text if text.startswith("{") else "text\n")


def build(hugo, copy, built):
    environment = {**os.environ, "HUGO_SECURITY_ALLOWCONTENT": ".*", "HUGO_ENABLEGITINFO": "false"}
    command = [hugo, "-s", copy, "-d", built, "--noBuildLock"]
    for _ in range(20):
        run = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=copy + "/..")
        # Themes are made as Hugo asks for them.
        missing = re.findall(r'module "([^"]+)" not found', run.stdout + run.stderr)
        for name in missing:
            os.makedirs(os.path.join(copy, "themes", name))
        if not missing:
            break
    if run.returncode:
        sys.stderr.write((run.stdout + run.stderr)[-1500:])


def main():
    folder = os.path.realpath(sys.argv[1])
    hugo = sys.argv[2] if len(sys.argv) > 2 else "hugo"
    with tempfile.TemporaryDirectory() as work:
        copy = os.path.join(os.path.realpath(work), "site")
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        without_bodies(copy)
        for name in ("all.html", "_default/single.html", "_default/list.html", "index.html"):
            path = os.path.join(copy, "layouts", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(LAYOUT)
        built = os.path.join(work, "public")
        build(hugo, copy, built)
        seen = {}
        for parent, _, names in os.walk(built):
            for name in names:
                with open(os.path.join(parent, name), encoding="utf-8", errors="replace") as file:
                    text = file.read()
                for path, url in re.findall(r"@@([^\n]*?)\t([^\n]*?)@@", text):
                    seen[os.path.relpath(path, copy)] = url
        for path in sorted(seen):
            print(f"{path}\t{seen[path]}")


main()
