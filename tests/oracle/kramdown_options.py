"""Compares postlint's trees with kramdown's, for each option of `kramdown:` in _config.yml: see README.md beside this file.

usage: kramdown_options.py POSTLINT FOLDER...   (N=20 posts of all folders; Ruby with kramdown and kramdown-parser-gfm)
"""
import collections, hashlib, json, os, re, subprocess, sys, tempfile
from selectolax.lexbor import LexborHTMLParser

POSTLINT, *FOLDERS = sys.argv[1:]
N = int(os.environ.get('N', '20'))
FRONT = re.compile(r'\A\ufeff?---[ \t]*\r?\n(?:.*?\n)?---[ \t]*(?:\r?\n|$)', re.S)
SKIP = ('html', 'head', 'body', 'tbody', 'colgroup')
# Each option as YAML, and as Ruby.
OPTIONS = {
    'input: kramdown': 'input: "kramdown"',
    'hard_wrap: true': 'hard_wrap: true',
    'parse_block_html: true': 'parse_block_html: true',
    'parse_span_html: false': 'parse_span_html: false',
    'auto_ids: false': 'auto_ids: false',
    'auto_id_prefix: a-': 'auto_id_prefix: "a-"',
    'auto_id_stripping: true': 'auto_id_stripping: true',
    'smart_quotes: "apos,apos,quot,quot"': 'smart_quotes: "apos,apos,quot,quot"',
    'footnote_nr: 7': 'footnote_nr: 7',
    'footnote_prefix: b': 'footnote_prefix: "b"',
    'footnote_backlink: ""': 'footnote_backlink: ""',
    'toc_levels: 2..3': 'toc_levels: 2..3',
    'gfm_quirks: []': 'gfm_quirks: []',
    'entity_output: as_input': 'entity_output: :as_input',
    'remove_block_html_tags: false': 'remove_block_html_tags: false',
    'header_offset: 1': 'header_offset: 1',
    'typographic_symbols: {hellip: "..."}': 'typographic_symbols: {hellip: "..."}',
}
RENDER = '''
require "json"; require "kramdown"; require "kramdown-parser-gfm"
defaults = {input: "GFM", hard_wrap: false, auto_ids: true, toc_levels: (1..6).to_a, entity_output: :as_char,
  smart_quotes: "lsquo,rsquo,ldquo,rdquo", footnote_nr: 1, show_warnings: false, syntax_highlighter: nil}
options = defaults.merge({%s})
puts JSON.generate(JSON.parse(STDIN.read).map { |text| Kramdown::Document.new(text, options).to_html })
'''

def theirs(html):
    out = []
    def walk(node):
        child = node.first_child if node is not None else None
        while child is not None:
            if child.tag == '-text': out.append(child.text_content or '')
            elif not child.tag.startswith(('-', '_')):
                if child.tag not in SKIP: out.append((child.tag, {k: v or '' for k, v in child.attributes.items()}))
                walk(child)
                if child.tag not in SKIP: out.append(('/' + child.tag, {}))
            child = child.next
    walk(LexborHTMLParser('<!doctype html><body>' + html).body)
    return out

def ours(tree):
    out = []
    def walk(node):
        kind, name = node.get('kind'), node.get('name')
        if kind == 'text': out.append(node.get('text') or '')
        shown = kind == 'element' and name not in SKIP
        if shown: out.append((name, {a['name']: a.get('value') or '' for a in node.get('attributes', [])}))
        for child in node.get('children', []): walk(child)
        if shown: out.append(('/' + name, {}))
    walk(tree)
    return out

def norm(items):
    out, text = [], ''
    for item in items + [('', {})]:
        if isinstance(item, str): text += item; continue
        text = re.sub(r'\s+', ' ', text).strip()
        if text: out.append(text)
        text = ''
        out.append('<' + item[0] + ''.join(f' {k}={re.sub(chr(92) + "s+", " ", v).strip()}' for k, v in sorted(item[1].items())))
    return out

def bodies():
    found = []
    for folder in FOLDERS:
        for where, _, names in os.walk(folder):
            found += [os.path.join(where, name) for name in names if name.endswith(('.md', '.markdown')) and '/_' in where]
    found.sort(key=lambda path: hashlib.sha256(path.encode()).hexdigest())
    for path in found:
        text = open(path, encoding='utf-8', errors='replace', newline='').read()
        body = text[(FRONT.match(text) or re.match('', text)).end():]
        if not re.search(r'\{\{|\{%', body) and 400 < len(body) < 60000: yield path, body

def main():
    # Posts with footnotes and HTML come first: most options are about them.
    posts = sorted(list(bodies())[:N * 30], key=lambda post: -len(re.findall(r'\[\^|<div|<span|^#|"', post[1], re.M)))[:N]
    wrong = 0
    for yaml, ruby in {'': '', **OPTIONS}.items():
        done = subprocess.run(['ruby', '-e', RENDER % ruby], input=json.dumps([body for _, body in posts]), capture_output=True, text=True)
        if done.returncode: print(yaml, done.stderr[-300:]); wrong += 1; continue
        equal = 0
        with tempfile.TemporaryDirectory() as site:
            open(f'{site}/_config.yml', 'w').write('title: a\nkramdown:\n  ' + (yaml or 'hard_wrap: false') + '\n')
            os.mkdir(f'{site}/_posts')
            for index, ((path, body), html) in enumerate(zip(posts, json.loads(done.stdout))):
                name = f'{site}/_posts/2024-01-01-n{index}.md'
                open(name, 'w', encoding='utf-8', newline='').write('---\ntitle: x\n---\n' + body)
                tree = subprocess.run([POSTLINT, 'tree', '--format', 'json', name], capture_output=True, text=True, cwd=site)
                a, b = norm(theirs(html)), norm(ours(json.loads(tree.stdout)))
                equal += a == b
                if a != b:
                    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                    print('  ', path[-60:], '| kramdown', a[at:at + 2], '| postlint', b[at:at + 2])
        wrong += equal < len(posts)
        print(f'{yaml or "defaults"}: {equal} of {len(posts)}')
    sys.exit(wrong > 0)

main()
