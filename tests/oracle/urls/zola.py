"""Prints `path<TAB>url` for each page that Zola builds of a site.

    zola.py FOLDER [ZOLA]

Works on a copy without templates, theme and the bodies of pages: URLs depend on none of them.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from urllib.parse import urlsplit

BLOCK = re.compile(r"\ufeff?\s*(---\s*\n.*?^---\s*$|\+\+\+\s*\n.*?^\+\+\+\s*$)", re.DOTALL | re.MULTILINE)
TEMPLATE = "{%% if %(it)s %%}@@{{ %(it)s.relative_path | safe }}\t{{ %(it)s.permalink | safe }}@@{%% endif %%}"
OTHERS = re.compile(r"^(template|page_template|paginate_by|insert_anchor_links|redirect_to)\s*[=:].*$", re.MULTILINE)


def main():
    folder = os.path.realpath(sys.argv[1])
    zola = sys.argv[2] if len(sys.argv) > 2 else "zola"
    with tempfile.TemporaryDirectory() as work:
        copy = os.path.join(os.path.realpath(work), "site")
        left_out = {".git", "templates", "themes", "public", "sass", "static"}
        shutil.copytree(folder, copy, ignore=lambda at, names: left_out & set(names) if at == folder else [])
        config = next(it for it in ("zola.toml", "config.toml") if os.path.exists(os.path.join(copy, it)))
        path = os.path.join(copy, config)
        text = open(path, encoding="utf-8").read()
        text = re.sub(r"^theme\s*=.*$", "", re.sub(r"(?ms)^\[markdown.*?(?=^\[(?!markdown)|\Z)", "", text), flags=re.M)
        # Taxonomies and feeds need templates.
        text = re.sub(r"(?ms)^(?:# )?taxonomies = \[.*?^\]|^taxonomies = .*?$", "", text)
        text = re.sub(r"(?m)^(generate_feeds?|compile_sass|build_search_index)\s*=.*$", "", text)
        open(path, "w", encoding="utf-8").write(text)
        for parent, _, names in os.walk(os.path.join(copy, "content")):
            for name in names:
                if name.endswith(".md"):
                    path = os.path.join(parent, name)
                    text = open(path, encoding="utf-8", errors="replace").read()
                    block = BLOCK.match(text)
                    block = re.sub(r"(?ms)^\[taxonomies\]\n.*?(?=^\[|^\+\+\+)", "", OTHERS.sub("", block[0])) if block else ""
                    open(path, "w", encoding="utf-8").write(block + "\n")
        os.makedirs(os.path.join(copy, "templates"))
        for name, it in (("index", "section"), ("section", "section"), ("page", "page"), ("404", "page")):
            with open(os.path.join(copy, "templates", f"{name}.html"), "w", encoding="utf-8") as file:
                file.write(TEMPLATE % {"it": it} if name != "404" else "")
        built = os.path.join(work, "public")
        run = subprocess.run([zola, "--root", copy, "build", "--output-dir", built], capture_output=True, text=True)
        if run.returncode:
            sys.stderr.write((run.stdout + run.stderr)[-1500:])
        for parent, _, names in os.walk(built):
            for name in names:
                if name.endswith(".html"):
                    text = open(os.path.join(parent, name), encoding="utf-8").read()
                    for path, url in re.findall(r"@@([^\n]*?)\t([^\n]*?)@@", text):
                        print(f"content/{path}\t{urlsplit(url).path or '/'}")


main()
