"""Preprocessor of mdBook: adds a page for each rule, made from its page in `rules/` and what the program says of it.

mdBook calls it with the book as JSON on standard input. Facts come from `postlint explain RULE --format json`, so they
are those of the program: of POSTLINT, or of `target/release/postlint`.
"""

import json
import os
import posixpath
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPOSITORY = "https://github.com/postlint/postlint/blob/main/"
PROGRAM = os.environ.get("POSTLINT", str(ROOT / "target/release/postlint"))

# Which pages a rule reads, by its key `built`.
READS = {
    None: "posts",
    "too": 'posts and, in an <a href="../audit.html">audit</a>, built pages',
    "only": 'built pages, in an <a href="../audit.html">audit</a>',
}

# What the first word after the language of a fence makes of an example.
CAPTIONS = {
    "bad": "Reported",
    "good": "Not reported",
    "fixed": "After the fix",
    "and": "Another file of this site",
    "config": "With this <code>postlint.yml</code>",
    "output": "What postlint prints",
}
GROUPS = {
    "front-matter": "Front matter",
    "seo": "Titles, descriptions and search",
    "images": "Images",
    "links": "Links",
    "markup": "Structure and accessibility",
    "text": "Text",
    "site": "Across posts",
    "structured-data": "Structured data",
    "social": "Social media",
    "suppressions": "Suppressions",
}


def program(*arguments):
    """The JSON that the program prints."""
    try:
        done = subprocess.run([PROGRAM, *arguments, "--format", "json"], capture_output=True, check=True, cwd=ROOT)
    except FileNotFoundError:
        sys.exit(f"there is no {PROGRAM}: run `cargo build --release`, or set POSTLINT")
    return json.loads(done.stdout)


def explained(name):
    # It is a list, since another tool's name may be that of several rules.
    return program("explain", name)[0]


def fences(text):
    """The parts of a Markdown text: (None, lines outside of fences) and (info string, whole fence)."""
    outside, fence, opening = [], [], None
    for line in text.splitlines():
        if opening is None and (found := re.match(r"(`{3,})(.*)$", line)):
            yield None, "\n".join(outside)
            opening, outside, fence = found, [], [line]
        elif opening is not None:
            fence.append(line)
            if line.strip() == opening.group(1):
                yield opening.group(2).strip(), "\n".join(fence)
                opening = None
        else:
            outside.append(line)
    yield None, "\n".join(outside)


def caption(words):
    """The line above an example."""
    kind = next((word for word in words if word in CAPTIONS), None)
    if kind is None:
        return ""
    facts = dict(word.split("=", 1) for word in words if "=" in word)
    parts = [CAPTIONS[kind]]
    if "file" in facts:
        parts.append(f"<code>{escape(facts.pop('file'))}</code>")
    if "site" in facts:
        parts.append(escape(facts.pop("site")))
    parts += [f"{escape(key)}: {escape(value)}" for key, value in facts.items()]
    return f'<p class="example {kind}">{" · ".join(parts)}</p>\n\n'


def example(info, fence):
    words = info.split()
    if words == ["output"]:
        words = ["text", "output"]
    ticks = re.match(r"`+", fence).group()
    code = fence.split("\n", 1)[1]
    return f"\n{caption(words)}{ticks}{words[0] if words else 'text'}\n{code}\n"


def prose(text, name, names):
    """Headings one level lower; names of other rules become links."""
    text = re.sub(r"^#", "##", text, flags=re.M)

    def linked(found):
        other = found.group(1)
        return f"[`{other}`]({other}.md)" if other in names and other != name else found.group()

    return re.sub(r"(?<!\[)`([a-z0-9-]+)`", linked, text)


def applies(conditions):
    """The conditions of `applies-to`, in words."""
    parts = []
    if conditions.get("generator"):
        parts.append("sites of " + ", ".join(conditions["generator"]))
    if conditions.get("page"):
        parts.append("files that become pages")
    if conditions.get("frontMatter"):
        parts.append("front matter that parses")
    if conditions.get("dialect"):
        parts.append("sites whose Markdown engine is known")
    return "; ".join(parts)


def is_fixable(rule):
    """Whether `--fix` can do something: an example has a fix, or the section about it says whether it is safe."""
    fix = re.search(r"^# Fix\n+(.*?)(?=^# |\Z)", rule["page"], re.S | re.M).group(1)
    said = re.search(r"\b(un)?safe\b", fix, re.I) and not fix.startswith("None")
    return bool(said) or any(example["fixed"] for example in rule["examples"])


def level(rule):
    """The level by default, and that in an audit if it is another one."""
    if rule["level"] != "off":
        return f'{rule["level"]}, on by default'
    if rule["auditLevel"]:
        return f'off in posts, {rule["auditLevel"]} in an audit'
    return "off by default"


def facts(rule):
    rows = [
        ("Level", level(rule)),
        *((f"{low['level']} for", escape(low["when"])) for low in rule["lower"]),
        ("Group", f'<a href="{rule["group"]}.html">{rule["group"]}</a>'),
        ("Fix", '<a href="#fix">yes</a>' if is_fixable(rule) else '<a href="#fix">none</a>'),
        ("Reads", READS[rule["built"]]),
        ("Applies to", applies(rule["appliesTo"]) or ("all posts" if rule["built"] != "only" else "")),
        ("Authority", f'<a href="../rules.html#authority">{rule["authority"]}</a>'),
        ("Other names", ", ".join(map(escape, rule["aliases"]))),
        ("Since", rule["since"]),
    ]
    cells = "".join(f"<div><dt>{key}</dt><dd>{value}</dd></div>" for key, value in rows if value)
    return f'<dl class="facts">{cells}</dl>\n'


def options(rule):
    if not rule["options"]:
        return ""
    rows = []
    for option in rule["options"]:
        default = json.dumps(option["default"], ensure_ascii=False)
        rows.append(f"<dt><code>{option['name']}</code></dt><dd>{escape(option['doc'])}")
        rows.append(f"<pre class='default'><code>{escape(default)}</code></pre></dd>")
    return '\n<dl class="options">\n' + "\n".join(rows) + "\n</dl>\n"


def rule_page(rule, names):
    parts = [f"# {rule['name']}\n\n{rule['summary'][0].upper()}{rule['summary'][1:]}.\n\n{facts(rule)}"]
    for info, part in fences(rule["page"]):
        part = prose(part, rule["name"], names) if info is None else example(info, part)
        parts.append(re.sub(r"^## Options\n", lambda found: found.group() + options(rule), part, flags=re.M))
    references = "".join(f"- <{url}>\n" for url in rule["references"])
    if references:
        parts.append(f"\n## References\n\n{references}")
    return "\n".join(parts)


def table(rules, folder):
    rows = ["| Rule | Level | Fix | What it finds |", "|---|---|---|---|"]
    for rule in rules:
        fix = "fix" if is_fixable(rule) else ""
        summary = rule["summary"].replace("|", "\\|")
        in_audit = f", {rule['auditLevel']} in an audit" if rule["auditLevel"] else ""
        rows.append(f"| [{rule['name']}]({folder}{rule['name']}.md) | {rule['level']}{in_audit} | {fix} | {summary} |")
    return "\n".join(rows) + "\n"


def chapter(name, content, path, number, parents, below=()):
    # The sidebar nests chapters by their numbers.
    return {"Chapter": {
        "name": name, "content": content, "number": number, "sub_items": list(below), "path": path,
        "source_path": None, "parent_names": parents,
    }}


def add_rules(page, rules):
    """Puts the tables of the rules into their page, and the pages of groups and rules below it."""
    names = {rule["name"] for rule in rules}
    tables = []
    for place, (group, title) in enumerate(GROUPS.items(), 1):
        own = [rule for rule in rules if rule["group"] == group]
        number, parents = [*page["number"], place], [page["name"], title]
        pages = [
            chapter(r["name"], rule_page(r, names), f"rules/{r['name']}.md", [*number, at], parents)
            for at, r in enumerate(own, 1)
        ]
        head = f"# {title}\n\nThe rules of the group `{group}`.\n\n"
        page["sub_items"].append(chapter(title, head + table(own, ""), f"rules/{group}.md", number, parents[:1], pages))
        tables.append(f"## {title}\n\n{table(own, 'rules/')}")
    left = {rule["group"] for rule in rules} - set(GROUPS)
    if left:
        sys.exit(f"docs/build/rules.py does not know the group {', '.join(left)}")
    counts = f"{len(rules)} rules, {sum(r['level'] != 'off' for r in rules)} of them on by default."
    page["content"] = page["content"].replace("<!-- rules -->", counts + "\n\n" + "\n".join(tables))


def links(content, path):
    """Links to files of the repository: rules have a page here, all others are on GitHub."""

    def resolved(found):
        target, _, fragment = found.group(2).partition("#")
        target = posixpath.normpath(posixpath.join("docs/src", posixpath.dirname(path), target))
        if not (ROOT / target).exists():
            sys.exit(f"{path}: there is no {target}")
        if rule := re.fullmatch(r"rules/([a-z0-9-]+)\.md", target):
            here = posixpath.relpath(f"rules/{rule.group(1)}.md", posixpath.dirname(path) or ".")
            return found.group(1) + here + (f"#{fragment}" if fragment else "") + ")"
        return found.group(1) + REPOSITORY + target + ")"

    return re.sub(r"(\]\()((?:\.\./){2,}[^)\s]+)\)", resolved, content)


def main():
    if len(sys.argv) > 1 and sys.argv[1] == "supports":
        sys.exit(0)
    _, book = json.load(sys.stdin.buffer)
    names = [rule["name"] for rule in program("rules") if rule["builtin"]]
    with ThreadPoolExecutor() as pool:
        rules = list(pool.map(explained, names))
    for item in book["items"]:
        page = item.get("Chapter") if isinstance(item, dict) else None
        if page is None or page["path"] is None:
            continue
        page["content"] = links(page["content"], page["path"])
        # The output of a program is not a script: highlight.js would colour words of it.
        page["content"] = page["content"].replace("```console\n", "```text\n")
        if page["path"] == "rules.md":
            add_rules(page, rules)
    json.dump(book, sys.stdout)


if __name__ == "__main__":
    main()
