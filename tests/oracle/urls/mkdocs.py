"""Prints `path<TAB>url` for each page of a MkDocs site.

    mkdocs.py FOLDER

Runs the events of its plugins up to those about files and navigation, as a build does. Plugins that are not installed
are left out.
"""

import os
import re
import shutil
import sys
import tempfile
from urllib.parse import urlsplit

sys.path.pop(0)  # This folder, whose files have the names of the packages.

from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import get_navigation


def main():
    folder = os.path.realpath(sys.argv[1])
    with tempfile.TemporaryDirectory() as work:
        copy = os.path.join(os.path.realpath(work), "site")
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".git", "node_modules", "site"))
        os.chdir(copy)
        name = "mkdocs.yml" if os.path.exists("mkdocs.yml") else "mkdocs.yaml"
        text = open(name, encoding="utf-8").read()
        text = re.sub(r"(?m)^\s*- minify:\n\s+minify_html:.*\n|^\s*- minify\n", "", text)
        # What renders pages does not change URLs.
        text = re.sub(r"(?ms)^(markdown_extensions|theme):.*?(?=^\w|\Z)", "", text)
        open(name, "w", encoding="utf-8").write(text + "\ntheme:\n  name: material\n")
        config = load_config(name)
        config.plugins.on_startup(command="build", dirty=False)
        config = config.plugins.on_config(config)
        files = get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        get_navigation(files, config)
        base = urlsplit(config.site_url or "").path.rstrip("/")
        for file in files:
            is_page = file.is_documentation_page() or file.src_uri.endswith((".html", ".htm"))
            is_own = file.src_dir and os.path.realpath(file.src_dir).startswith(copy)
            # The blog takes its posts out of the navigation, and publishes them.
            is_post = file.page is not None and type(file.page).__name__ == "Post"
            if is_page and is_own and (file.inclusion.is_included() or is_post):
                url = file.url[2:] if file.url.startswith("./") else file.url
                path = os.path.relpath(os.path.join(config.docs_dir, file.src_uri), copy)
                print(f"{path}\t{base}/{url}")


main()
