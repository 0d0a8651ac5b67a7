# Builds a site with its real engine, looks for broken links on the built pages with hyperlink, and compares them with what
# postlint finds in the sources. See README.md beside this file.
# usage: links.py [--break | --whole] [--modules FOLDER] ENGINE POSTLINT SITE
# ENGINE: jekyll, hugo, eleventy, astro, starlight, vitepress, mkdocs. SITE: a folder, or a file with all files of a small site.
import argparse, collections, glob, html, json, os, re, shutil, subprocess, sys, tempfile, unicodedata, zlib
from urllib.parse import quote, unquote, urljoin, urlsplit
from selectolax.lexbor import LexborHTMLParser
import builds

RULES = 'internal-link-broken,fragment-broken,image-file-missing'
MARKDOWN = ('.md', '.mdx', '.markdown')

def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file: file.write(text)

def read(path):
    with open(path, encoding='utf-8', errors='replace') as file: return file.read()

def files_of(folder, ends=''):
    for above, folders, names in os.walk(folder):
        folders[:] = [it for it in folders if it not in ('node_modules', '.git')]
        for name in names:
            if name.endswith(ends): yield os.path.join(above, name)

# A file in which `=== path` begins each file of a site.
def unpacked(site, to):
    if os.path.isdir(site):
        left_out = shutil.ignore_patterns('.git', 'node_modules', 'dist', '.astro', 'cache')
        return shutil.copytree(site, to, ignore=left_out, symlinks=True)
    for part in re.split(r'(?m)^=== ', read(site))[1:]:
        path, text = part.split('\n', 1)
        write(os.path.join(to, path), text)
    return to

LINK = re.compile(r'(?<=\]\()(?![a-z]+:|//|#|<)([^\s()#?{}]*)(#[^\s()]*)?(?=\))')
# What Jekyll makes URLs of: what is before, the path, what is after, the fragment.
LIQUID_LINK = re.compile(r"""(?<=\]\()((?:\{\{\s*site\.(?:base)?url\s*\}\})*(?:\{%-?\s*(?:link|post_url)\s+|\{\{\s*["'])?)(?![a-z]+:|//)([^\s()#?{}"']*)(["']\s*\|\s*\w+\s*\}\}|\s*-?%\})?(\#[^\s()]*)?(?=\))""")

# Breaks every third link of every post in one of six ways.
def broken(text, seed, with_images, with_liquid=False):
    count = 0
    def change(found):
        nonlocal count
        start = found.string.rfind('[', 0, found.start())
        if not with_images and found.string[start - 1:start] == '!': return found[0]
        before, path, after, fragment = found.groups('') if with_liquid else ('', found[1], '', found[2] or '')
        count += 1
        way = zlib.crc32(f'{seed} {count} {found[0]}'.encode()) % 18
        folder, slash, name = path.rstrip('/').rpartition('/')
        end = '/' if path.endswith('/') else ''
        if with_liquid and way == 2 and found.string[start - 1:start] == '!': return found[0]
        if way == 0 and len(name) > 4: name = name[:2] + name[3:]
        elif way == 1 and name: name = name[0].swapcase() + name[1:]
        elif way == 2: fragment = '#no-such-heading'
        elif way == 3 and len(fragment) > 4: fragment = fragment[:3] + fragment[4:]
        elif way == 4 and len(fragment) > 1: fragment = '#' + fragment[1:].title()
        elif way == 5 and folder[-1:].isalnum(): folder += 's'
        else: return found[0]
        return before + folder + slash + name + end + after + fragment
    parts = re.split(r'(?ms)(^\s*(?:```|~~~).*?^\s*(?:```|~~~)\s*$|`[^`\n]*`|^---$.*?^---$)', text)
    pattern = LIQUID_LINK if with_liquid else LINK
    return ''.join(it if at % 2 else pattern.sub(change, it) for at, it in enumerate(parts))

def run(command, cwd, **given):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env={**os.environ, 'ASTRO_TELEMETRY_DISABLED': '1', **given})
    if done.returncode: sys.exit('the site cannot be built: ' + (done.stdout + done.stderr)[-3000:])
    return done.stdout + done.stderr

def engine_version(command): return subprocess.run(command, capture_output=True, text=True).stdout.strip()[:60]

# Each of these builds `site` into `out`. The content of a page is in an element `article` with the path of its source.
def CONFIGS(site): return [it for it in os.listdir(site) if re.match(r'(config|hugo)\.(toml|ya?ml)$', it)]

def hugo(asked, site, out):
    copy = builds.without_theme(site, out + '-site')
    page = '<main></main>{{ with .File }}<article data-post="{{ .Filename }}">{{ $.Content }}</article>{{ end }}'
    for name in ('single.html', 'list.html'): write(os.path.join(copy, 'layouts/_default', name), page)
    write(os.path.join(copy, 'layouts/shortcodes/param.html'), '{{ .Page.Param (.Get 0) }}')
    for name in {it for path in files_of(copy, MARKDOWN) for it in re.findall(r'\{\{[<%]\s*/\s*([\w/-]+)', read(path))}:
        path = os.path.join(copy, f'layouts/shortcodes/{name}.html')
        if os.path.exists(path) and not read(path): write(path, '{{ .Inner }}')
    # Hooks decide what becomes of links.
    for folder in ('layouts/_default/_markup', 'layouts/_markup'):
        for path in files_of(os.path.join(site, folder)):
            if not re.search(r'\bpartial(Cached)?\b|resources\.', read(path)): write(os.path.join(copy, folder, os.path.basename(path)), read(path))
    base = urlsplit(next((it[1] for it in map(lambda name: re.search(r'(?im)^\s*baseURL\s*[:=]\s*["\']?([^"\'\s]+)', read(os.path.join(copy, name))), CONFIGS(copy)) if it), '')).path.strip('/')
    command = ['hugo', '-s', copy, '-d', os.path.join(out, base), '--noBuildLock']
    given = {'HUGO_REFLINKSERRORLEVEL': 'WARNING', 'HUGO_ENABLEGITINFO': 'false', 'HUGO_SECURITY_ALLOWCONTENT': '.*', 'HUGO_IGNOREERRORS': 'error-missing-instagram-accesstoken'}
    for _ in range(50):
        # A post that cannot be read is left out, in both copies.
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, env={**os.environ, **given})
        unreadable = done.returncode and re.search(r'"%s/(content[^":]*):\d+:\d+"' % re.escape(copy), done.stdout + done.stderr)
        if not unreadable: break
        print('left out:', unreadable[1])
        for folder in (copy, site, os.path.dirname(site) + '/ours'): os.remove(os.path.join(folder, unreadable[1]))
    said = done.stdout + done.stderr
    if done.returncode: sys.exit(said[-3000:])
    refs = re.findall(r'REF_NOT_FOUND: Ref "([^"]*)"(?: from page "[^"]*")?: "([^":]*)', said)
    return copy, {(os.path.relpath(path, copy), key_of(name)) for name, path in refs}

def jekyll(asked, site, out):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'links.rb')
    said = run(['ruby', '-E', 'UTF-8', script, site, out, asked.source, *([asked.config] if asked.config else [])], site).splitlines()
    for line in said:
        if line.startswith('left out'): print(line.replace(site, '.'))
    return next(it for it in said if it.startswith('source ')).removeprefix('source '), set()

def eleventy(asked, site, out):
    own = next((it for it in ('.eleventy.js', 'eleventy.config.js', 'eleventy.config.cjs', 'eleventy.config.mjs') if os.path.exists(f'{site}/{it}')), None)
    text = read(f'{site}/{own}') if own else ''
    link_modules(asked, site)
    # Layouts print the content only, and tags that are not there nothing.
    pattern = r"""(?m)(?:^|["'{,\s])["']?layout["']?\s*[:=]\s*["']?([\w./-]+)"""
    for name in {it for path in files_of(site, ('.md', '.njk', '.liquid', '.html', '.json', '.js')) for it in re.findall(pattern, read(path))}:
        paths = [f'{site}/{folder}/{name}{end}' for folder in asked.layouts for end in ('', '.njk', '.liquid', '.html')]
        there = [it for it in paths if os.path.isfile(it)] or [f'{site}/{folder}/{name}' + ('' if os.path.splitext(name)[1] else '.njk') for folder in asked.layouts]
        for path in there: write(path, '{{ content | safe }}' if path.endswith('njk') else '{{ content }}')
    for name in {it for path in files_of(site, '.md') for it in re.findall(r"""\{%-?\s*include\s+["']([^"']+)""", read(path))}:
        if not any(os.path.exists(f'{site}/{folder}/{name}') for folder in asked.layouts):
            for folder in asked.layouts: write(f'{site}/{folder}/{name}', '')
    # So do pages that are templates.
    for path in files_of(site, ('.njk', '.liquid')):
        block = re.match(r'---\n.*?\n---\n', read(path), re.S)
        if '/_' not in path: write(path, (block[0] if block else '') + ' ')
    tags = {tag for path in files_of(site, '.md') for tag in re.findall(r'\{%-?\s*(\w+)', read(path))}
    known = set('if endif else elsif elif for endfor set endset assign capture endcapture raw endraw include case when endcase comment endcomment unless endunless macro endmacro import from block endblock extends'.split())
    stubs = sorted(it for it in tags - known if not it.startswith('end'))
    pairs = [it for it in stubs if 'end' + it in tags]
    is_own = own and asked.own_config
    if is_own: stubbed(asked, f'{site}/{own}')
    passed = re.findall(r'addPassthroughCopy\(\s*(\{[^}]*\}|["\'][^"\']*["\'])', text)
    module = own and (own.endswith('.mjs') or '"type": "module"' in (read(f'{site}/package.json') if os.path.exists(f'{site}/package.json') else ''))
    body = f'''
  const own = OWN;
  const result = (await own?.(config)) ?? undefined;
  for (const name of {json.dumps(stubs)}) {json.dumps(pairs)}.includes(name)
    ? config.addPairedShortcode(name, (content) => content) : config.addShortcode(name, () => "");
  if (!own) for (const passed of [{', '.join(passed)}]) config.addPassthroughCopy(passed);
  config.addTransform("article", function (content) {{
    return String(this.page.outputPath).endsWith(".html") ? `<article data-post="${{this.page.inputPath}}">${{content}}</article>` : content;
  }});
  config.setQuietMode(true);
  return result;'''
    if module and is_own: write(f'{site}/links.config.mjs', f'import * as own_all from "./{own}";\nconst own_ = own_all.default;\nexport const config = own_all.config;\nexport default async function (config) {{{body.replace("OWN", "own_")}\n}}\n')
    else: write(f'{site}/links.config.mjs', f'import {{ createRequire }} from "node:module";\nconst require = createRequire(import.meta.url);\nexport default async function (config) {{{body.replace("OWN", f"""require("./{own}")""" if is_own else "null")}\n}}\n')
    base = re.search(r'pathPrefix:\s*["\']([^"\']+)', text)
    run([node(asked), f'{asked.modules}/@11ty/eleventy/cmd.cjs', '--config=links.config.mjs', f'--output={os.path.relpath(out, site)}{base[1] if base else ""}', *([f'--input={asked.input}'] if asked.input != '.' else [])], site)
    return site, set()

# A config without the packages and files that are not there: what it takes from them does nothing.
def stubbed(asked, path):
    folder = os.path.dirname(path)
    def missing(name):
        if name.startswith('node:'): return False
        if name.startswith('.'):
            there = [it for end in ('', '.ts', '.js', '.mjs', '/index.ts', '/index.js') for it in [os.path.join(folder, name + end)] if os.path.isfile(it)]
            return not there or not os.path.getsize(there[0])
        return not os.path.exists(os.path.join(asked.modules, *name.split('/')[:2 if name[0] == '@' else 1]))
    def change(found):
        default, names, name = found[1], found[2], found[3]
        # A newer version may have more.
        if name == 'vitepress' and names: return 'import * as vitepress_ from "vitepress"; const {' + re.sub(r'\btype \w+,?', '', names) + '} = { defineAdditionalConfig: (it) => it, ...vitepress_ };'
        if not missing(name) and not (names and name.endswith('.json')): return found[0]
        listed = [it.split(' as ')[-1].strip() for it in (names or '').split(',') if it.strip() and not it.strip().startswith('type ')]
        return ''.join(f'const {it} = () => ({{ name: "none", hooks: {{}} }});' for it in [*([default] if default else []), *listed])
    text = re.sub(r'''(?m)^import\s+(?!type )(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\})?\s*from\s*['"]([^'"]+)['"](?:\s*with\s*\{[^}]*\})?;?''', change, read(path))
    write(path, re.sub(r'''\brequire\(['"]([^'"]+)['"]\)''', lambda it: '(() => ({}))' if missing(it[1]) else it[0], text))

# Astro 7 needs a newer one than many systems have: `npm install node@22`.
def node(asked):
    own = f'{asked.modules}/node/bin/node'
    return own if os.path.exists(own) else 'node'

def link_modules(asked, site):
    if not os.path.exists(f'{site}/node_modules'): os.symlink(asked.modules, f'{site}/node_modules')

PIXEL = bytes.fromhex('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082')

def astro(asked, site, out):
    link_modules(asked, site)
    # Astro reads pictures.
    for path in files_of(site, ('.png', '.jpg', '.jpeg', '.webp', '.gif', '.avif', '.svg')):
        if os.path.getsize(path) < 8:
            with open(path, 'wb') as file: file.write(b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>' if path.endswith('.svg') else PIXEL)
    config = next(it for it in os.listdir(site) if it.startswith('astro.config.'))
    base = re.search(r'\bbase:\s*["\']([^"\']+)', read(f'{site}/{config}'))
    stubbed(asked, f'{site}/{config}')
    write(f'{site}/links.config.mjs', f'''import own from "./{config}";
const marked = () => (tree, file) => {{
  const path = file.path ?? file.history[0];
  tree.children = [{{ type: "element", tagName: "article", properties: {{ dataPost: path }}, children: tree.children }}];
}};
export default {{ ...own, cacheDir: {json.dumps(site + '/.cache')}, outDir: {json.dumps(out + (base[1] if base else ''))}, markdown: {{ ...own.markdown, rehypePlugins: [...(own.markdown?.rehypePlugins ?? []), marked] }} }};
''')
    run([node(asked), next(it for it in (f'{asked.modules}/astro/bin/astro.mjs', f'{asked.modules}/astro/astro.js') if os.path.exists(it)), 'build', '--config', 'links.config.mjs'], site)
    return site, set()

def vitepress(asked, site, out):
    link_modules(asked, site)
    settings = f'{site}/.vitepress'
    shutil.rmtree(f'{settings}/theme', ignore_errors=True)
    write(f'{settings}/theme/index.mjs', '''import { h } from "vue";
import { Content, useData } from "vitepress";
export default { Layout: () => h("article", { "data-post": useData().page.value.filePath }, h(Content)) };
''')
    config = next(it for it in ('config.mts', 'config.ts', 'config.mjs', 'config.js', 'config/index.ts') if os.path.exists(f'{settings}/{it}'))
    text = read(f'{settings}/{config}')
    base = re.search(r'\bbase:\s*["\']([^"\']+)', text)
    for path in {f'{settings}/{config}', *files_of(site, 'config.ts')}: stubbed(asked, path)
    if not os.path.isdir(f'{settings}/config'):
        os.rename(f'{settings}/{config}', f'{settings}/own-{config}')
        write(f'{settings}/config.mjs', f'''import own from "./own-{config}";
const resolved = typeof own === "function" ? await own({{ command: "build", mode: "production" }}) : own;
export default {{ ...resolved, ignoreDeadLinks: true, sitemap: undefined, buildEnd: undefined }};
''')
    run([node(asked), f'{asked.modules}/vitepress/bin/vitepress.js', 'build', site, '--outDir', out + (base[1] if base else '')], site)
    if re.search(r'cleanUrls:\s*true', text): clean(out)
    return site, set()

def mkdocs(asked, site, out):
    templates = {it for path in files_of(site, '.md') for it in re.findall(r'(?m)^template: (\S+)', read(path))}
    for name in {'main.html'} | templates: write(f'{site}/links-theme/{name}', '{% if page %}<article data-post="{{ page.file.src_uri }}">{{ page.content }}</article>{% endif %}')
    text = re.sub(r'(?ms)^(theme):.*?(?=^\w|\Z)', '', read(f'{site}/mkdocs.yml'))
    base = urlsplit((re.search(r'(?m)^site_url:\s*(\S+)', text) or [0, ''])[1]).path.strip('/')
    theme = '{name: material, custom_dir: links-theme}' if asked.own_config and 'material' in text else '{name: null, custom_dir: links-theme}'
    write(f'{site}/links.yml', text + f'\ntheme: {theme}\n')
    docs = (re.search(r'(?m)^docs_dir:\s*(\S+)', text) or [0, 'docs'])[1]
    run(['mkdocs', 'build', '-q', '-f', 'links.yml', '-d', os.path.join(out, base)], site, PYTHONPATH=site)
    return os.path.join(site, docs), set()

# What a link leads to, in one spelling: the last name of the path, and the fragment.
def key_of(url):
    path, _, fragment = url.partition('#')
    path = unquote(path.split('?')[0])
    path = re.sub(r'\.(md|mdx|markdown|html)$', '', path)
    path = re.sub(r'(^|/)(index|_index|README)$', r'\1', path)
    name = path.rstrip('/').rpartition('/')[2]
    return unicodedata.normalize('NFC', name + ('#' + unquote(fragment) if fragment else ''))

def article_links(out, root, own):
    pages, built_as = collections.defaultdict(set), {}
    for path in files_of(out, '.html'):
        url = '/' + os.path.relpath(path, out)
        text = read(path)
        if 'data-post' not in text: continue
        for article in LexborHTMLParser(text).css('article[data-post]'):
            source = article.attributes['data-post']
            source = os.path.relpath(os.path.join(root, source.removeprefix('./')), root)
            built_as[source] = url
            for name, element in [(name, it) for name in ('href', 'src') for it in article.css(f'a[{name}], img[{name}]')]:
                href = (element.attributes.get(name) or '').strip()
                # Links beside headings are not the author's.
                is_own = not (own and urlsplit(href).netloc == own) and (urlsplit(href).scheme or href.startswith('//'))
                if href and not is_own and not re.search(r'header-?anchor|footnote|headerlink|anchor-link', element.attributes.get('class') or ''): pages[source].add((path, href, urljoin(url, urlsplit(href)._replace(scheme='', netloc='').geturl())))
    return pages, built_as

# The spelling in which hyperlink prints a link.
def printed(url):
    path, _, fragment = url.partition('#')
    path = unquote(path.split('?')[0])
    path = re.sub(r'(^|/)index\.html?$', r'\1', path).rstrip('/') or '/'
    return (path if url[:1] != '#' else '') + ('#' + unquote(fragment) if fragment else '')

# The same for all spellings of a URL.
def normal(url): return re.sub(r'\.html?(?=#|$)', '', printed(url))

# A server with clean URLs shows `tides.html` at `/tides`: a page with the same ids there.
def clean(out):
    for path in list(files_of(out, '.html')):
        to = path.removesuffix('.html') + '/index.html'
        if path.endswith('/index.html') or os.path.exists(to): continue
        ids = {it.attributes.get(name) for name in ('id', 'name') for it in LexborHTMLParser(read(path)).css(f'[{name}]')}
        write(to, '<!doctype html>' + ''.join(f'<a id="{html.escape(it)}"></a>' for it in ids if it))

def hyperlink(out):
    done = subprocess.run(['hyperlink', out, '--check-anchors'], capture_output=True, text=True)
    found, path = collections.defaultdict(set), None
    for line in done.stdout.splitlines():
        named = re.match(r'\s*(error|warning): bad (?:link|anchor):? (.*)', line)
        if named: found[path].add(printed(named[2].strip()))
        elif line and not line.startswith(' '): path = os.path.realpath(line.strip())
    return found

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--break', dest='breaks', action='store_true', help='break many links first')
    parser.add_argument('--whole', action='store_true', help='a post with links to everything that is built instead')
    parser.add_argument('--modules', default='/tmp/engines/node_modules')
    parser.add_argument('--input', default='.', help='the folder with pages (Eleventy)')
    parser.add_argument('--layouts', action='append', default=['_includes'], help='folders with layouts (Eleventy)')
    parser.add_argument('--no-config', dest='own_config', action='store_false', help="without the site's own programs")
    parser.add_argument('--file', action='append', default=[], help='NAME=TEXT: a file that the site lacks')
    parser.add_argument('--drop', action='append', default=[], help='NAME: a file that cannot be built')
    parser.add_argument('--source', default='', help='the folder with pages (Jekyll)')
    parser.add_argument('--config', help='the config (Jekyll)')
    parser.add_argument('--keep', help='a folder for the copy and what is built')
    for name in ('engine', 'postlint', 'site'): parser.add_argument(name)
    asked = parser.parse_args()
    asked.modules = os.path.realpath(asked.modules)
    asked.empty = set()
    work = os.path.realpath(asked.keep or tempfile.mkdtemp())
    shutil.rmtree(work, ignore_errors=True)
    site, out = unpacked(asked.site, work + '/site'), work + '/out'
    for path in {it for name in asked.drop for it in glob.glob(os.path.join(site, name), recursive=True)}: os.remove(path)
    for name, text in (it.split('=', 1) for it in asked.file): write(os.path.join(site, name), text)
    if asked.breaks:
        for path in files_of(site, MARKDOWN): write(path, broken(read(path), os.path.relpath(path, site), asked.engine not in ('astro', 'vitepress'), asked.engine == 'jekyll'))
    # In some copies, posts are only there by name.
    for path in files_of(site, MARKDOWN + ('.html',)):
        if os.path.getsize(path) < 40 and re.fullmatch(r'---\ntitle: \[\n---\s*', read(path)):
            inside = os.path.relpath(path, site)
            if re.search(r'(^|/)(layouts|_includes|_layouts|themes)/', inside): os.remove(path)
            else: asked.empty.add(inside); write(path, '---\ntitle: Left out\n---\n')
    # These may need packages and files that are not there.
    for path in files_of(site, ('tsconfig.json', '.postcssrc.json')):
        if re.search(r'"extends": "\.\./|plugins', read(path)): os.remove(path)
    # The copy that is built also has files for the build.
    ours = shutil.copytree(site, work + '/ours', symlinks=True)
    engine = {'starlight': astro}.get(asked.engine) or globals()[asked.engine]
    root, refs = engine(asked, site, out)
    if asked.whole: whole(asked, ours, out, root)
    else: report(asked, ours, out, root, refs)
    if not asked.keep: shutil.rmtree(work)

def own_host(asked, ours):
    for path in (f'{ours}/{it}' for it in ('hugo.toml', 'config.toml', 'config.yaml', 'hugo.yaml', 'mkdocs.yml', 'astro.config.mjs', 'astro.config.ts', asked.config or '_config.yml')):
        name = r'\bsite' if 'astro' in path else r'(?im)^\s*(?:baseURL|site_url|url)'
        found = os.path.exists(path) and re.search(name + r'\s*[:=]\s*["\']?(https?://[^"\'\s]+)', read(path))
        if found: return urlsplit(found[1]).netloc

def report(asked, ours, out, root, refs):
    host = own_host(asked, ours)
    # hyperlink leaves links with a host out.
    for path in files_of(out, '.html') if host else ():
        text = read(path)
        if f'//{host}/' in text: write(path, re.sub(rf'(href|src)="https?://{re.escape(host)}/', r'\1="/', text))
    bad, (pages, built_as) = hyperlink(out), article_links(out, root, host)
    inside = os.path.relpath(os.path.realpath(root), os.path.realpath(os.path.dirname(out) + '/site'))
    prefix = '' if inside.startswith(('..', '.')) else inside + '/'
    links, theirs = 0, {(prefix + path, '', name): f'ref {name}' for path, name in refs}
    for source, them in pages.items():
        links += len({href for _, href, _ in them})
        for path, href, url in them:
            own_url = '/' + os.path.relpath(path, out)
            place = prefix + source, normal(url), key_of(url)
            page, _, fragment = place[1].partition('#')
            if fragment and page == normal(own_url): place = prefix + source, '#' + fragment, '#' + fragment
            if printed(url) in bad.get(os.path.realpath(path), set()): theirs[place] = href
    said = json.loads(subprocess.run([asked.postlint, 'links', '--format', 'json', '.'], cwd=ours, capture_output=True, text=True).stdout)
    listed, urls = collections.defaultdict(dict), {}
    for link in said['links']:
        fragment = '#' + link['fragment'] if link['fragment'] else ''
        is_here = link['kind'] == 'same-page' or link['page'] == link['path'] and fragment
        target = '' if is_here else link['target'] or link['url'].split('#')[0]
        # Tags and plugins of Jekyll take the source of a page.
        if asked.engine == 'jekyll' and not is_here and ('{%' in link['url'] or not target.startswith('/')): target = built_as.get((link['page'] or '').removeprefix(prefix), target).lstrip('/')
        place = link['path'], link['line'], link['column']
        is_url = target.startswith('/') and 'ref ' not in link['url']
        urls[place] = (normal(target + fragment) if is_url else normal(fragment) if is_here else '', key_of(target + fragment))
        listed[link['path']][urls[place][1]] = link
    config = f'{ours}/postlint.yml'
    if not os.path.exists(config): write(config, 'rules:\n  fragment-broken:\n    options: {markdown-links: true}\n')
    done = subprocess.run([asked.postlint, '--select', RULES, '--format', 'json', '--no-baseline', '.'], cwd=ours, capture_output=True, text=True)
    if done.returncode > 1: sys.exit(done.stderr)
    found = {}
    for finding in json.loads(done.stdout)['findings']:
        if not {finding['path'], finding['path'].removeprefix(prefix)} & pages.keys(): continue
        url, key = urls.get((finding['path'], finding['line'], finding['column'])) or ('', key_of(written_at(ours, finding)))
        found[finding['path'], url, key] = f"{finding['line']}: {finding['ruleId']}: {finding['message']}"
    # A page that is not there has no fragments either.
    exact = lambda path, url, key: {(path, url), (path, '=' + key)} - {(path, ''), (path, '=')}
    def known(places):
        both = set()
        for place in places: both |= exact(*place)
        return both
    def among(place, known):
        path, url, key = place
        return bool(exact(path, url, key) & known or url and (path, url.split('#')[0]) in known)
    # Where the URL is known, only that counts.
    by_url = {it: (it[0], it[1], '' if it[1] else it[2]) for it in found}
    in_theirs, in_ours = known(theirs), known(by_url.values())
    wrong = [it for it in found if not among(by_url[it], in_theirs)]
    empty_names = {key_of(re.sub(r'(^|/)\d{4}-\d\d-\d\d-', r'\1', path)) for path in asked.empty}
    of_empty = lambda place: place[2].split('#')[0] in empty_names
    missed = [it for it in theirs if not among(it, in_ours) and not of_empty(it)]
    for place in sorted(wrong): print(f'only ours    {place[0]}\t{place[1] or place[2]}\t{found[place]}')
    for place in sorted(missed):
        link = listed[place[0]].get(place[2])
        known_as = f"{link['kind']} -> {link.get('page') or '-'}" if link else 'not listed'
        print(f'only theirs  {place[0]}\t{theirs[place]}\t{place[1]}\t{known_as}')
    print(f'{len(pages)} pages, {links} links; broken for both {len(found) - len(wrong)}, only for postlint {len(wrong)}, only for hyperlink {len(missed)}')

# A post with a link to everything that is built: each page in the spellings that servers know, each file, each id in the content
# of a page, and for Jekyll the tags that name its sources. All of it is there, so nothing may be found.
def whole(asked, ours, out, root):
    urls, sources = [], article_links(out, root, None)[1]
    for path in files_of(out):
        url = '/' + quote(os.path.relpath(path, out))
        url, is_page = re.sub(r'(?<=/)index\.html$', '', url), path.endswith('.html')
        urls += [url, *([url.removesuffix('.html'), url.rstrip('/') or '/'] if is_page else [])]
        articles = LexborHTMLParser(read(path)).css('article[data-post]') if is_page else ()
        ids = {it.attributes.get(name) for article in articles for name in ('id', 'name') for it in article.css(f'[{name}]')} - {None, ''}
        urls += [f"{url}#{quote(it, safe=':')}" for it in sorted(ids)]
    if asked.engine == 'jekyll':
        config = f'{ours}/{asked.config or "_config.yml"}'
        around = re.search(r'(?m)^collections_dir:\s*["\']?([^"\'\s]+)', read(config)) if os.path.exists(config) else None
        around = around[1].strip('/') + '/' if around else ''
        # The tags name documents by their path below the folder of all collections.
        for source in sorted(it.removeprefix(around) if re.search(r'(^|/)_', it) else it for it in sources):
            urls.append('{% link ' + source + ' %}')
            post = re.fullmatch(r'(.*/)?_posts/(.*)\.\w+', source)
            if post: urls.append('{% post_url ' + (post[1] or '') + post[2] + ' %}')
    inside = os.path.relpath(root, os.path.dirname(out) + '/site')
    path = os.path.normpath(os.path.join(ours, inside if not inside.startswith('..') else '', 'all-links.md'))
    urls = sorted(set(urls))
    is_image = re.compile(r'\.(png|jpe?g|gif|svg|webp|avif)$', re.I)
    write(path, '---\ntitle: All links\n---\n' + ''.join(f"{'!' * bool(is_image.search(it))}[a]({it})\n" for it in urls))
    done = subprocess.run([asked.postlint, '--select', RULES, '--format', 'json', '--no-baseline', path], cwd=ours, capture_output=True, text=True)
    if done.returncode > 1: sys.exit(done.stderr)
    found = json.loads(done.stdout)['findings']
    for finding in found: print(f"wrong        {urls[finding['line'] - 4]}\t{finding['ruleId']}: {finding['message']}")
    print(f'{len(urls)} links to what is built; {len(found)} reported')

def written_at(ours, finding):
    with open(os.path.join(ours, finding['path']), 'rb') as file: data = file.read()
    text = data[finding['span']['start']['byte']:finding['span']['end']['byte']].decode('utf-8', 'replace')
    return re.sub(r"""\{\{\s*(["'])(.*?)\1\s*\|[^}]*\}\}""", r'\2', text)

if __name__ == '__main__': main()
