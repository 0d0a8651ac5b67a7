# Compares postlint's trees with what a Markdown engine renders: see README.md beside this file.
# usage: trees.py ENGINE TREES ROOT FOLDER...   (TREES: the example `trees`; folders below ROOT)
import collections, hashlib, json, os, re, shutil, subprocess, sys, tempfile
from urllib.parse import unquote
from selectolax.lexbor import LexborHTMLParser

# fixes.py imports this file.
ENGINE, TREES, ROOT, *FOLDERS = sys.argv[1:] if __name__ == '__main__' else ('', '', '')
PYTHON = ENGINE in ('pelican', 'mkdocs') or os.path.isdir(ENGINE)
MAXN = int(os.environ.get('MAXN', '400'))
HERE = os.path.dirname(os.path.abspath(__file__))
FRONT = re.compile(r'\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(?:.*?\n)?\1[ \t]*(?:\r?\n|$)', re.S)
TEMPLATE = re.compile(r'\{\{|\{%' if not ENGINE.startswith('hugo') else r'\{\{')
SKIP = ('html', 'head', 'body', 'tbody', 'colgroup')

def lexed(html):
    out = []
    def walk(node):
        child = node.first_child if node is not None else None
        while child is not None:
            tag = child.tag
            if tag == '-text': out.append(child.text_content or '')
            elif not tag.startswith(('-', '_')):
                attributes = {k: v or '' for k, v in child.attributes.items()}
                # The title of remark's footnotes, which no author wrote.
                # Nor the links that Hexo and VitePress put into headings.
                generated = attributes.get('class') in ('headerlink', 'header-anchor')
                # Nor the tabs of a group of code, and scripts, which Vue compiles. Included files are not read.
                if ENGINE == 'vitepress':
                    generated |= attributes.get('class') == 'tabs' or tag in ('script', 'style')
                    if tag == 'code' and '[' in attributes.get('class', ''): attributes.pop('class')
                # A link around the text of a heading, and what is around a table.
                if ENGINE == 'mdbook' and attributes.get('class') in ('header', 'table-wrapper'):
                    walk(child); child = child.next
                    continue
                # What it adds to code.
                if ENGINE == 'mdbook' and tag == 'code': attributes = {}
                # What the renderer adds to links, pictures and code.
                if ENGINE == 'zola':
                    if attributes.get('rel') == 'external': attributes.pop('rel')
                    for key in ('href', 'src'):
                        if key in attributes: attributes[key] = re.sub(r'^https://example\.org/n\d+/', '', attributes[key])
                    if tag == 'code': attributes = {}
                    generated |= attributes.get('id') == 'continue-reading'
                if not generated and not (tag == 'h2' and attributes.get('id') == 'footnote-label'):
                    if tag not in SKIP: out.append((tag, attributes))
                    walk(child)
                    if tag not in SKIP: out.append(('/' + tag, {}))
            child = child.next
    walk(LexborHTMLParser('<!doctype html><body>' + html).body)
    return out

def ours(nodes):
    out = []
    def walk(node):
        if isinstance(node, str): out.append(node)
        elif node:
            name, attributes, children = node
            if ENGINE == 'vitepress' and name in ('script', 'style'): return
            if name == 'code' and children and str(children[0]).startswith('<<<'): children = []
            if name == 'code' and ENGINE in ('zola', 'mdbook'): attributes = {}
            if name not in SKIP: out.append((name, attributes))
            for child in children: walk(child)
            if name not in SKIP: out.append(('/' + name, {}))
    for node in nodes: walk(node)
    return out

def folded(text):
    text = re.sub('[‘’‚]', "'", re.sub('[“”„]', '"', text)).replace('…', '...').replace('–', '--').replace('—', '---')
    return text.replace('«', '<<').replace('»', '>>') if ENGINE.startswith('hugo') else text

def url(text):
    decoded = unquote(text.replace('&amp;', '&'), errors='ignore')
    return re.sub(r'[^\x21-\x7e]|["<>\[\]\\^`{|}]', '', decoded).lower().rstrip('/')

def norm(items, attributes=True):
    out, buffer = [], ''
    def flush():
        text = folded(re.sub(r'\s+', ' ', buffer).strip())
        if text: out.append(text)
    for item in items:
        if isinstance(item, str):
            buffer += item
            continue
        flush(); buffer = ''
        name, given = item
        kept = []
        for key, value in sorted(given.items()) if attributes else []:
            value = folded(re.sub(r'\s+', ' ', value).strip())
            if key in ('href', 'src'): value = url(value)
            # Links to chapters.
            if ENGINE == 'mdbook' and key == 'href': value = re.sub(r'\.(md|html)(?=#|$)', '', value)
            if key == 'class': value = ' '.join(x for x in value.split() if x not in ('task-list-item', 'contains-task-list'))
            if key == 'class' and not value or key == 'tabindex': continue
            kept.append(f' {key}={value}')
        out.append('<' + name + ''.join(kept))
    flush()
    return out

def without_ids(items):
    return [re.sub(r' (id|tabindex|data-lang)=.*?(?= [\w-]+=|$)', '', item) if item.startswith('<') else item for item in items]

def render_hugo(bodies, work):
    os.makedirs(work + '/content/p'); os.makedirs(work + '/layouts/_default')
    kinds = '["taxonomy","term","RSS","sitemap","home","section","404","robotsTXT"]'
    unsafe = 'false' if ENGINE == 'hugo-safe' else 'true'
    config = f'baseURL="https://example.org/"\ndisableKinds={kinds}\n[markup.goldmark.renderer]\nunsafe={unsafe}\n' \
        '[markup.highlight]\ncodeFences=false\n'
    open(work + '/hugo.toml', 'w').write(config); open(work + '/config.toml', 'w').write(config)
    open(work + '/layouts/_default/single.html', 'w').write('{{ .Content }}')
    for index, body in enumerate(bodies):
        open(f'{work}/content/p/n{index}.md', 'w', encoding='utf-8', newline='').write('---\ntitle: x\n---\n' + body)
    done = subprocess.run([os.environ.get('HUGO', 'hugo'), '-s', work, '--quiet'], capture_output=True, text=True)
    if done.returncode: print(done.stderr[:600], done.stdout[:600])
    for index in range(len(bodies)):
        path = f'{work}/public/p/n{index}/index.html'
        yield open(path, encoding='utf-8', newline='').read() if os.path.exists(path) else ''

def built(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode: print(done.stderr[:600], done.stdout[:600])

def render_zola(bodies, work):
    os.makedirs(work + '/content'); os.makedirs(work + '/templates')
    open(work + '/config.toml', 'w').write('base_url="https://example.org"\n[link_checker]\ninternal_level="warn"\n')
    open(work + '/templates/page.html', 'w').write('{{ page.content | safe }}')
    for index, body in enumerate(bodies):
        open(f'{work}/content/n{index}.md', 'w', encoding='utf-8', newline='').write('+++\ntitle="x"\n+++\n' + body)
    built([os.environ.get('ZOLA', 'zola'), '--root', work, 'build'])
    for index in range(len(bodies)):
        path = f'{work}/public/n{index}/index.html'
        yield open(path, encoding='utf-8', newline='').read() if os.path.exists(path) else None

# The posts as chapters of a book. Its own frames around code, and links in headings, are taken out by `lexed`.
def render_mdbook(bodies, work):
    os.makedirs(work + '/src')
    open(work + '/book.toml', 'w').write('[output.html.playground]\nrunnable=false\n')
    open(work + '/src/SUMMARY.md', 'w').write(''.join(f'- [n{i}](n{i}.md)\n' for i in range(len(bodies))))
    for index, body in enumerate(bodies):
        open(f'{work}/src/n{index}.md', 'w', encoding='utf-8', newline='').write(body)
    built([os.environ.get('MDBOOK', 'mdbook'), 'build', work])
    for index in range(len(bodies)):
        path = f'{work}/book/n{index}.html'
        page = open(path, encoding='utf-8', newline='').read() if os.path.exists(path) else ''
        yield page.split('<main>', 1)[-1].split('</main>', 1)[0] if '<main>' in page else None

def render_node(bodies, work):
    os.makedirs(work)
    listed = work + '/posts.json'
    json.dump(bodies, open(listed, 'w'))
    engines = os.environ.get('ENGINES', '/tmp/engines')
    script = shutil.copy(HERE + '/render.mjs', engines + '/render.mjs')
    done = subprocess.run(['node', script, ENGINE, listed], capture_output=True, text=True, cwd=engines)
    if done.returncode: sys.exit(done.stderr[-2000:])
    return json.loads(done.stdout)

# A site by its folder: the extensions of its own config. Icons and included files are left out.
LEFT_OUT = ('pymdownx.emoji', 'pymdownx.snippets', 'mkdocstrings', 'mkdocs-click')
def python_settings():
    configs = {'toc': {}, 'tables': {}, 'fenced_code': {}}
    if ENGINE == 'pelican': configs = {'codehilite': {'css_class': 'highlight'}, 'extra': {}, 'meta': {}}
    name = next((n for n in ('mkdocs.yml', 'mkdocs.yaml', 'pelicanconf.py') if os.path.exists(os.path.join(ENGINE, n))), None)
    if name == 'pelicanconf.py':
        config = {'__file__': os.path.join(ENGINE, name)}; sys.path.insert(0, ENGINE)
        exec(open(os.path.join(ENGINE, name)).read(), config)
        setting = config.get('MARKDOWN', {'extension_configs': {'codehilite': {'css_class': 'highlight'}, 'extra': {}}})
        configs = {**setting.get('extension_configs', {}), **{n: {} for n in setting.get('extensions', [])}}
    elif name:
        import yaml
        class Loader(yaml.UnsafeLoader): pass
        Loader.add_constructor('!ENV', lambda loader, node: None)
        Loader.add_multi_constructor('tag:yaml.org,2002:python/name:', lambda loader, suffix, node: python_name(suffix))
        listed = yaml.load(open(os.path.join(ENGINE, name)), Loader).get('markdown_extensions', [])
        if isinstance(listed, dict): listed = [{k: v} for k, v in listed.items()]
        for item in listed: configs.update(item if isinstance(item, dict) else {item: {}})
        if any(n.endswith('superfences') or n == 'pymdownx.extra' for n in configs): configs.pop('fenced_code', None)
    # The front matter is taken off before: `meta` would take lines of the body that look like it.
    return {n: c or {} for n, c in configs.items() if n not in LEFT_OUT and not n.endswith('meta')}

# Code with line numbers is in a table.
NUMBERED = re.compile(r'(?s)<table class="\w*table">(?:<tr><th[^>]*>(<span class="filename">.*?</span>)</th></tr>)?<tr>'
    r'<td class="linenos">.*?</td><td class="code">\s*<div>(.*?)</div>\s*</td></tr></table>')

def python_name(path):
    import importlib
    module, _, name = path.rpartition('.')
    try: return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError): return None

# Removes what highlighters add to code, and links beside headings.
def plain_code(items):
    out, skips, depth, inside = [], [], 0, False
    for item in items:
        if isinstance(item, str): out.append(item); continue
        name, given = item
        if name == 'code': inside = True
        if name == '/code': inside = False
        if inside and name in ('span', '/span', 'a', '/a'): continue
        given = dict(given)
        classes = given.get('class', '').split()
        if 'highlight' in classes or 'codehilite' in classes:
            given['class'] = next(c for c in classes if c in ('highlight', 'codehilite'))
        out.append((name, given))
    final, at = [], 0
    while at < len(out):
        if out[at] == ('span', {}) and at + 1 < len(out) and out[at + 1] == ('/span', {}) and final and final[-1] == ('pre', {}): at += 2
        else: final.append(out[at]); at += 1
    return final

def render_python(bodies, work):
    import markdown
    configs = python_settings()
    for body in bodies:
        page = markdown.Markdown(extensions=list(configs), extension_configs=configs).convert(body)
        yield NUMBERED.sub(lambda m: (m[1] or '') + m[2], page)

# What MDX is compared by: its other elements are components of a program.
def headings_and_text(items):
    return [item if isinstance(item, str) else (item[0], {'id': item[1].get('id', '')}) if re.match('/?h[1-6]$', item[0]) else ' '
        for item in items]

def main():
    work = tempfile.mkdtemp(); posts, skipped = [], collections.Counter()
    for folder in FOLDERS:
        found = []
        for where, _, names in os.walk(os.path.join(ROOT, folder)):
            wanted = '/content' in where + '/' if ENGINE.startswith('hugo') else True
            found += [os.path.join(where, name) for name in names if wanted and name.endswith(('.md', '.markdown', '.mdx') if ENGINE == 'mdx' else ('.md', '.markdown'))]
        found.sort(key=lambda path: hashlib.sha256(os.path.relpath(path, ROOT).encode()).hexdigest())
        taken = 0
        for path in found:
            text = open(path, encoding='utf-8', errors='replace', newline='').read()
            body = text[(FRONT.match(text) or re.match('', text)).end():]
            # Docusaurus reads them with a plugin that it only has itself.
            if ENGINE == 'mdx': body = re.sub(r'(?m)^[ \t]*:{3,}.*$', '', body)
            # A link to a page that is not in the build ends it.
            if ENGINE == 'zola': body = body.replace('@/', '/')
            if PYTHON and re.search(r'^ *-+8<-+', body, re.M): skipped['included'] += 1
            elif TEMPLATE.search(re.sub('(?s)<!--.*?-->', '', body) if PYTHON else body): skipped['template'] += 1
            elif len(body) > 300000: skipped['long'] += 1
            elif taken < MAXN: taken += 1; posts.append((folder, path, body))
    bodies = [body for _, _, body in posts]
    render = render_hugo if ENGINE.startswith('hugo') else render_python if PYTHON else \
        {'zola': render_zola, 'mdbook': render_mdbook}.get(ENGINE, render_node)
    pages = list(render(bodies, work + '/site'))
    paths = []
    for index, body in enumerate(bodies):
        paths.append(f'{work}/n{index}.md')
        open(paths[-1], 'w', encoding='utf-8', newline='').write('---\ntitle: x\n---\n' + body)
    flavor = ENGINE
    if ENGINE.startswith('hugo'):
        version = subprocess.run([os.environ.get('HUGO', 'hugo'), 'version'], capture_output=True, text=True).stdout
        flavor += '@' + re.search(r'v0\.(\d+)', version)[1]
    arguments = ['docusaurus', 'mdx'] if ENGINE == 'mdx' else [flavor]
    done = subprocess.run([TREES, *arguments], input='\n'.join(paths), capture_output=True, text=True)
    if done.returncode: sys.exit(done.stderr)
    counts, diff = collections.defaultdict(collections.Counter), open(os.environ.get('DIFF', work + '/diff.jsonl'), 'w')
    for (folder, path, _), page, line in zip(posts, pages, done.stdout.splitlines()):
        if page is None:
            skipped['not rendered'] += 1
            continue
        theirs, mine = lexed(page), ours(json.loads(line))
        if PYTHON: theirs, mine = plain_code(theirs), plain_code(mine)
        if ENGINE == 'mdx': theirs, mine = headings_and_text(theirs), headings_and_text(mine)
        a, b = norm(theirs), norm(mine)
        bare = [norm(it, False) for it in (theirs, mine)]
        kind = 'same' if a == b else 'ids' if without_ids(a) == without_ids(b) else 'attrs' if bare[0] == bare[1] else \
            'text' if [x for x in bare[0] if x[0] == '<'] == [x for x in bare[1] if x[0] == '<'] else 'tree'
        counts[folder][kind] += 1
        if kind != 'same':
            at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            diff.write(json.dumps({'path': path, 'kind': kind, 'theirs': a[max(0, at - 2):at + 3], 'ours': b[max(0, at - 2):at + 3]}, ensure_ascii=False) + '\n')
    total = sum(counts.values(), collections.Counter())
    for folder, count in counts.items(): print(f'{folder}: {100 * count["same"] / sum(count.values()):.1f} %', dict(count))
    print('left out:', dict(skipped))
    print(f'{total["same"]} of {sum(total.values())} equal: {100 * total["same"] / max(1, sum(total.values())):.2f} %', dict(total))
    shutil.rmtree(work, ignore_errors=True)

if __name__ == '__main__': main()
