"""Fills the recipes of other package managers: `recipes.py ARCHIVES OUT`.

ARCHIVES has the .sha256 files of a release. `@VERSION@`, `@REPOSITORY@`, `@DESCRIPTION@` and `@SHA256 TRIPLE@` in
recipes/ are replaced.
"""

import re
import sys
from pathlib import Path

from project import DESCRIPTION, REPOSITORY, VERSION, target

SOURCE = Path(__file__).resolve().parent / "recipes"


def main(archives, out):
    archives, out = Path(archives), Path(out)
    out.mkdir(parents=True, exist_ok=True)
    # Homebrew and Arch want a short description that does not begin with an article.
    summary = re.sub(r"^an? (\w)", lambda found: found.group(1).upper(), DESCRIPTION.split(":")[0], flags=re.IGNORECASE)
    facts = {"VERSION": VERSION, "REPOSITORY": REPOSITORY, "DESCRIPTION": summary}

    def value(found):
        word, triple = found.group(1), found.group(2)
        if word == "SHA256":
            return (archives / f"{target(triple).archive}.sha256").read_text().split()[0]
        return facts[word]

    for recipe in sorted(SOURCE.iterdir()):
        filled = re.sub(r"@([A-Z0-9]+)(?: ([a-z0-9_-]+))?@", value, recipe.read_text(encoding="utf-8"))
        (out / recipe.name).write_text(filled, encoding="utf-8")
        print(out / recipe.name)


if __name__ == "__main__":
    main(*sys.argv[1:])
