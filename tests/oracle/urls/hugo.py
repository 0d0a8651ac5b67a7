"""Prints `path<TAB>url` for each page that Hugo builds of a site.

    hugo.py FOLDER [HUGO]

Works on a copy whose layouts are replaced by one that prints the page's file and URL: URLs do not depend on layouts.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

LAYOUT = '{{ with .File }}{{ printf "@@%s\t%s@@" .Filename $.RelPermalink | safeHTML }}{{ end }}'


def main():
    folder = os.path.realpath(sys.argv[1])
    hugo = sys.argv[2] if len(sys.argv) > 2 else "hugo"
    with tempfile.TemporaryDirectory() as work:
        copy = os.path.join(os.path.realpath(work), "site")
        ignore = shutil.ignore_patterns(".git", "node_modules", "layouts", "public", "themes", "go.mod", "go.sum")
        shutil.copytree(folder, copy, ignore=ignore, symlinks=True)
        for name in ("all.html", "_default/single.html", "_default/list.html", "index.html"):
            path = os.path.join(copy, "layouts", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(LAYOUT)
        built = os.path.join(work, "public")
        shortcodes = os.path.join(copy, "layouts", "shortcodes")
        os.makedirs(shortcodes, exist_ok=True)
        environment = {**os.environ, "HUGO_SECURITY_ALLOWCONTENT": ".*"}
        run = None
        # Themes and shortcodes that are elsewhere are made as Hugo asks for them.
        for _ in range(200):
            run = subprocess.run([hugo, "-s", copy, "-d", built, "--noBuildLock"], capture_output=True, text=True, env=environment)
            missing = re.findall(r'template for shortcode "([^"]+)" not found', run.stdout + run.stderr)
            for name in re.findall(r'module "([^"]+)" not found', run.stdout + run.stderr):
                os.makedirs(os.path.join(copy, "themes", name))
                missing = missing or [None]
            if not missing:
                break
            for name in filter(None, missing):
                path = os.path.join(shortcodes, name + ".html")
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write("{{ .Page.Title }}")
        if run.returncode:
            sys.stderr.write((run.stdout + run.stderr)[-1500:])
        seen = {}
        for parent, _, names in os.walk(built):
            for name in names:
                with open(os.path.join(parent, name), encoding="utf-8", errors="replace") as file:
                    text = file.read() if name.endswith((".html", ".htm")) or "." not in name else ""
                for path, url in re.findall(r"@@(.*?)\t(.*?)@@", text):
                    seen[os.path.relpath(path, copy)] = url
        for path in sorted(seen):
            print(f"{path}\t{seen[path]}")


main()
