"""Prints `path<TAB>url` for each article and page that Pelican builds.

    pelican.py FOLDER

Works on a copy, without a theme.
"""

import logging
import os
import shutil
import sys
import tempfile
from urllib.parse import urlsplit

sys.path.pop(0)  # This folder, whose files have the names of the packages.

from pelican import Pelican, signals
from pelican.settings import read_settings


def main():
    folder = os.path.realpath(sys.argv[1])
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as work:
        copy = os.path.join(os.path.realpath(work), "site")
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".git", "output"))
        os.chdir(copy)
        published = os.path.exists("publishconf.py")
        sys.path.insert(0, copy)
        settings = read_settings("pelicanconf.py")
        if published:
            settings["SITEURL"] = read_settings("publishconf.py").get("SITEURL", settings["SITEURL"])
        import pelican.themes
        settings.update(OUTPUT_PATH=os.path.join(work, "out"), THEME=os.path.join(os.path.dirname(pelican.__file__), "themes/simple"),
                        THEME_STATIC_PATHS=[])
        base = urlsplit(settings["SITEURL"]).path.rstrip("/")
        shown = set()

        def show(content):
            shown.add((os.path.relpath(content.source_path, copy), f"{base}/{content.url.lstrip('/')}"))

        def articles(generator):
            for content in [*generator.articles, *generator.translations, *generator.drafts, *generator.drafts_translations,
                            *generator.hidden_articles, *generator.hidden_translations]:
                if content.save_as:
                    show(content)

        def pages(generator):
            for content in [*generator.pages, *generator.translations, *generator.hidden_pages, *generator.hidden_translations,
                            *generator.draft_pages, *generator.draft_translations]:
                if content.save_as:
                    show(content)

        signals.article_generator_finalized.connect(articles)
        class Done(Exception):
            pass

        def done(generators):
            raise Done

        signals.page_generator_finalized.connect(pages)
        signals.all_generators_finalized.connect(done)
        stdout, sys.stdout = sys.stdout, sys.stderr
        try:
            Pelican(settings).run()
        except Done:
            pass
        finally:
            sys.stdout = stdout
        for path, url in sorted(shown):
            if path.endswith((".md", ".markdown", ".html", ".htm")):
                print(f"{path}\t{url}")


main()
