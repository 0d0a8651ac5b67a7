# Proves that every safe fix changes only what the page of its rule says: see README.md beside this file.
# usage: fixes.py [--all] POSTLINT ROOT [FOLDER...]   (--all: also the rules that are off; folders below ROOT)
#        fixes.py --fix POSTLINT ROOT [FOLDER...]     (what `postlint --fix` makes of copies of the folders)
#        fixes.py --examples POSTLINT RULES           (the examples on the pages of the rules)
import argparse, collections, hashlib, html, json, os, re, shutil, subprocess, sys, tempfile, tomllib, unicodedata, urllib.parse
import yaml
from selectolax.lexbor import LexborHTMLParser
import trees

FRONT = re.compile(r'\A(\ufeff?)(---|\+\+\+)[ \t]*\r?\n(.*?\n)?(?:\2|\.\.\.)[ \t]*(?:\r?\n|$)', re.S)
SHORTCODE = re.compile(r'\{\{([<%]).*?[>%]\}\}', re.S)

# Rendering. A body is rendered once, however many states of a post have it.

KRAMDOWN = r'''
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'
given, bodies = JSON.parse(File.read(ARGV[0]))
options = { input: 'GFM', hard_wrap: false, auto_ids: true, toc_levels: '1..6', entity_output: 'as_char',
  smart_quotes: 'lsquo,rsquo,ldquo,rdquo', footnote_nr: 1, show_warnings: false, syntax_highlighter: nil }
given.each { |name, value| options[name.to_sym] = value if Kramdown::Options.definitions.key?(name.to_sym) }
pages = bodies.map do |body|
  Kramdown::Document.new(body, options).to_html
rescue StandardError
  nil
end
puts JSON.generate(pages)
'''

def render_kramdown(options, bodies, work):
    given = {name: re.sub(r'^\[(.*)\]$', r'\1', value).replace(' ', '') if isinstance(value, str) else value for name, value in options.items()}
    os.makedirs(work)
    json.dump([given, bodies], open(work + '/posts.json', 'w'))
    done = subprocess.run(['ruby', '-E', 'UTF-8', '-e', KRAMDOWN, work + '/posts.json'], capture_output=True, text=True)
    if done.returncode: sys.exit(done.stderr[-2000:])
    return json.loads(done.stdout)

def render_hugo(options, bodies, work):
    os.makedirs(work + '/content/p'); os.makedirs(work + '/layouts/_default')
    truth = lambda name, default: str(options.get(name, default)).lower()
    open(work + '/hugo.toml', 'w').write(f'''baseURL="https://example.org/"
disableKinds=["taxonomy","term","RSS","sitemap","home","section","404","robotsTXT"]
[markup.highlight]
codeFences=false
[markup.goldmark.renderer]
unsafe=true
[markup.goldmark.parser]
wrapStandAloneImageWithinParagraph={truth('wrapStandAloneImageWithinParagraph', True)}
[markup.goldmark.parser.attribute]
block={truth('block', False)}
[markup.goldmark.extensions]
linkify={truth('linkify', True)}
''')
    open(work + '/layouts/_default/single.html', 'w').write('{{ .Content }}')
    # A word in place of a shortcode, as Hugo itself does while goldmark runs.
    word = lambda match: 'SHORTCODE' + hashlib.md5(match[0].encode()).hexdigest()[:8]
    for index, body in enumerate(bodies):
        text = '---\ntitle: x\n---\n' + SHORTCODE.sub(word, body).replace('{{', '{\u200a{')
        open(f'{work}/content/p/n{index}.md', 'w', encoding='utf-8', newline='').write(text)
    done = subprocess.run([os.environ.get('HUGO', 'hugo'), '-s', work, '--quiet'], capture_output=True, text=True)
    if done.returncode: print(done.stderr[-600:], done.stdout[-600:])
    for index in range(len(bodies)):
        path = f'{work}/public/p/n{index}/index.html'
        yield open(path, encoding='utf-8', newline='').read() if os.path.exists(path) else None

def render_python(folder, bodies, work):
    trees.ENGINE = folder
    return trees.render_python(bodies, work)

def render_node(engine, bodies, work):
    trees.ENGINE = engine
    return trees.render_node(bodies, work)

def site_of(path, sites):
    inside = [site for site in sites if site['root'] == '.' or path.startswith(site['root'] + '/')]
    return max(inside, key=lambda site: (site.get('engine') is not None, len(site['root'])), default={})

# The engine of a post: a name, and what it needs to know. `None`: the post is HTML.
def engine_of(folder, path, site):
    if re.search(r'\.x?html?(\.[\w-]+)?$', path): return None
    if path.endswith('.mdx'): return 'mdx', ''
    name, generator = site.get('engine'), site.get('generator')
    if name == 'kramdown': return 'kramdown', json.dumps(site.get('options') or {})
    if name == 'goldmark': return 'hugo', json.dumps(site.get('options') or {})
    if name == 'mdx': return 'mdx', ''
    if name == 'marked': return ('hexo' if generator == 'hexo' else 'marked'), ''
    if name == 'markdown-it':
        old = re.match(r'\D*(0|1)\.', site.get('version') or '')
        return ('vitepress' if generator == 'vitepress' else 'eleventy' if generator == 'eleventy' and not old else 'markdown-it'), ''
    if name == 'python-markdown':
        above = [site['root']]
        while above[-1] not in ('', '.'): above.append(os.path.dirname(above[-1]))
        there = [os.path.join(folder, it) for it in above]
        named = lambda it: any(os.path.exists(os.path.join(it, n)) for n in ('mkdocs.yml', 'mkdocs.yaml', 'pelicanconf.py'))
        return 'python', next((it for it in there if named(it)), generator)
    if name in ('redcarpet', 'other'): return 'unknown', ''
    # pulldown-cmark, Sätteri and cmark read CommonMark with the tables of GitHub, as remark does.
    return 'remark', ''

def render_all(wanted, work):
    pages = {}
    for (name, given), bodies in sorted(wanted.items()):
        for start in range(0, len(bodies), 500):
            some, where = bodies[start:start + 500], tempfile.mkdtemp(dir=work) + '/site'
            if name == 'kramdown': done = render_kramdown(json.loads(given), some, where)
            elif name == 'hugo': done = render_hugo(json.loads(given), some, where)
            elif name == 'python': done = render_python(given, some, where)
            elif name == 'unknown': done = [None] * len(some)
            else: done = render_node(name, some, where)
            pages.update({(name, given, body): page for body, page in zip(some, done, strict=True)})
    return pages

# Trees: a node is text, `('#comment', text)` or `(name, attributes, children)`.

INLINE = set('''a abbr b bdi bdo big button cite code data del dfn em font i iframe img input ins kbd label map mark meter
    nobr output picture progress q rp rt ruby s samp select small span strike strong sub sup svg textarea time tt u var
    video audio wbr object math'''.split())
EXACT = ('pre', 'textarea', 'script', 'style', 'xmp', 'listing', 'plaintext')
BLANK = ' \t\r\n\f'

def tree(html):
    def built(node):
        tag = node.tag
        if tag == '-text': return node.text_content or ''
        if tag == '-comment': return '#comment', node.comment_content or ''
        children, child = [], node.first_child
        while child is not None:
            if not child.tag.startswith(('-', '_')) or child.tag in ('-text', '-comment'): children.append(built(child))
            child = child.next
        if tag == 'template': children.append(node.inner_html or '')
        return tag, {k: v or '' for k, v in node.attributes.items()}, children
    root = LexborHTMLParser(html).root
    while root.tag != 'html': root = root.next
    return built(root)

def is_element(node): return isinstance(node, tuple) and node[0] != '#comment'
def is_inline(node): return bool(node.strip(BLANK)) if isinstance(node, str) else node[0] in INLINE

# HTML's error recovery copies these into the blocks that follow.
FORMATTING = 'b big em font i nobr s small strike strong tt u code'.split()

# A flat list of tags, texts and comments. Whitespace is what CSS leaves of it. With `marks`, the formatting of a text
# is written beside it, whatever elements it is nested in.
def flat(root, marks=False):
    out, buffer, exact, open_marks = [], '', 0, []
    def flush(block):
        nonlocal buffer
        text = buffer if exact else re.sub(f'[{BLANK}]+', ' ', buffer)
        if not exact:
            if block: text = text.rstrip(' ')
            if not out or out[-1][0] == 'block': text = text.lstrip(' ')
        if text: out.append(('text', f'{sorted(open_marks)} {text}' if open_marks and text.strip() else text))
        buffer = ''
    def emit(name, value):
        flush(name not in INLINE)
        out.append(('inline' if name in INLINE else 'block', value))
    def walk(node):
        nonlocal buffer, exact
        if isinstance(node, str): buffer += node; return
        if node[0] == '#comment': flush(False); out.append(('comment', f'<!--{node[1]}-->')); return
        name, attributes, children = node
        if marks and name in FORMATTING and not {'id', 'class', 'role'}.intersection(attributes):
            flush(False)
            open_marks.append(name + str(attributes or ''))
            for child in children: walk(child)
            flush(False)
            open_marks.pop()
            return
        emit(name, '<' + name + ''.join(f' {key}="{value}"' for key, value in sorted(attributes.items())))
        if name in EXACT: exact += 1
        for child in children: walk(child)
        emit(name, '</' + name)
        if name in EXACT: exact -= 1
    walk(root)
    return [value for _, value in out]

# The tree without the nodes for which `gone` is true; it is asked with the siblings before and after.
def without(root, gone):
    count = 0
    def walk(node):
        nonlocal count
        if not is_element(node): return node
        name, attributes, children = node
        kept = []
        for index, child in enumerate(children):
            blank = lambda it: isinstance(it, str) and not it.strip(BLANK) or isinstance(it, tuple) and it[0] == '#comment'
            before = next((it for it in reversed(children[:index]) if not blank(it)), None)
            after = next((it for it in children[index + 1:] if not blank(it)), None)
            if gone(child, before, after): count += 1
            else: kept.append(walk(child))
        return name, attributes, kept
    return walk(root), count

def mapped(root, change_text=lambda text: text, change_attributes=lambda name, attributes: attributes):
    if isinstance(root, str): return change_text(root)
    if root[0] == '#comment': return root
    name, attributes, children = root
    return name, change_attributes(name, attributes), [mapped(child, change_text, change_attributes) for child in children]

# What a rule may change. Each function gets a `Step`, one fix applied to a post, and returns `None` or what is wrong.

class Step:
    def __init__(self, rule, edits, before, after, above):
        # Of each edit: the old text and the new one. The trees before and after. The source before the first edit.
        self.rule, self.edits, self.before, self.after, self.above = rule, edits, before, after, above

    removed = property(lambda self: ''.join(old for old, _ in self.edits))
    written = property(lambda self: ''.join(new for _, new in self.edits))

def differs(a, b, marks=False):
    a, b = flat(a, marks), flat(b, marks)
    if a == b: return None
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return f'{len(a)} and {len(b)} items, the first that differ:\n      before {a[max(0, at - 2):at + 4]}\n      after  {b[max(0, at - 2):at + 4]}'

def same(step): return differs(step.before, step.after)

WRAPPERS = 'b big em font i o:p s small span strong sub sup u'.split()
NOTHING = re.compile('[\\s\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164\u115f\u1160\u2800]*')
EDITORS = ('data-ke-', 'data-mce-', 'data-pm-', 'data-start', 'data-end')
EDITOR_CLASSES = ('Mso', 'se-text-paragraph', 'wp-block-paragraph', 'has-text-align-', 'ql-align-')

def says_nothing(attributes):
    def nothing(name, value):
        if name == 'class': return all(word.startswith(EDITOR_CLASSES) for word in value.split())
        if name == 'style': return not re.search(r'(?i)(?<![\w-])(width|height|background|border|display|float|clear|position|page-break|break-)', value)
        return name in ('align', 'dir', 'lang', 'face', 'size', 'color') or name.startswith(EDITORS)
    return all(nothing(name, value) for name, value in attributes.items())

def is_nothing(node):
    if isinstance(node, str): return bool(NOTHING.fullmatch(node))
    return is_element(node) and node[0] in (*WRAPPERS, 'br') and says_nothing(node[1]) and all(map(is_nothing, node[2]))

def is_spacer(node):
    return is_element(node) and node[0] in ('p', 'div') and says_nothing(node[1]) and all(map(is_nothing, node[2]))

# A block between two texts separates them.
def separates(before, after): return before is not None and after is not None and is_inline(before) and is_inline(after)

def spacers(root):
    def gone(node, before, after):
        if is_spacer(node): return not separates(before, after)
        block = lambda it: is_element(it) and not is_inline(it)
        return is_element(node) and node[0] == 'br' and says_nothing(node[1]) and block(before) and block(after)
    return without(root, gone)

def spacer_paragraph(step):
    rest = re.sub(r'(?i)<(/?)(p|div|br|' + '|'.join(WRAPPERS) + r')\b[^<>]*>', '', step.removed)
    rest = re.sub(r'(?i)&(nbsp|#160|#xa0|ensp|emsp|thinsp|zwnj|zwj|#8203|#x200b|#12288|#x3000);', '', rest)
    # kramdown's attributes and Markdown's backslash for a line break.
    rest = re.sub(r'\{:[^{}\n]*\}|\\(?=\r?\n)', '', rest)
    (a, before), (b, after) = spacers(step.before), spacers(step.after)
    if not NOTHING.fullmatch(rest): return f'removes {rest.strip()[:200]!r}; {differs(a, b, True)}'
    if step.written.strip(): return f'writes {step.written!r}'
    tags = collections.Counter(re.findall(r'<(/?[a-z:]+)', step.removed.lower()))
    if any(tags[name] != tags['/' + name] for name in ('p', 'div', *WRAPPERS)): return f'removes {dict(tags)}'
    return differs(a, b, True) or (before <= after and same(step) and f'{before} spacers before, {after} after' or None)

def paragraph_empty_stray(step):
    if not re.fullmatch(r'(?i)\s*</?p(\s[^<>]*)?>\s*', step.removed) or step.written: return f'removes {step.removed!r}'
    empty = lambda node, before, after: is_element(node) and node[0] == 'p' and not node[1] and not separates(before, after) \
        and all(isinstance(child, str) and not child.strip(BLANK) for child in node[2])
    printed = 0
    def unprinted(text):
        nonlocal printed
        printed += text.count('</p>')
        return text.replace('</p>', '')
    (a, before), first = without(mapped(step.before, unprinted), empty), printed
    (b, after), second = without(mapped(step.after, unprinted), empty), printed - first
    # A printed tag may be alone in a paragraph.
    gone = (before - after, first - second)
    return differs(a, b, True) or (f'{gone} empty paragraphs and printed tags fewer' if gone not in ((1, 0), (0, 1), (1, 1)) else None)

# The link types of HTML, and of microformats that search engines or browsers read.
LINK_TYPES = set('''alternate author bookmark canonical dns-prefetch expect external help icon license manifest me modulepreload
    next nofollow noopener noreferrer opener pingback preconnect prefetch preload prev privacy-policy search sponsored
    stylesheet tag terms-of-service ugc shortcut contents index up amphtml'''.split())

def rel_tokens(step):
    words = [word.lower() for word in re.findall(r'[^\s"\'=]+', step.removed) if word.lower() != 'rel']
    if step.rule == 'rel-unknown-token' and LINK_TYPES.intersection(words): return f'removes {words}'
    if step.written: return f'writes {step.written!r}'
    drop = set(words) if step.rule == 'rel-unknown-token' else set()
    def tokens(name, attributes):
        if 'rel' not in attributes: return attributes
        kept = ' '.join(sorted(set(attributes['rel'].lower().split()) - drop))
        return {**{k: v for k, v in attributes.items() if k != 'rel'}, **({'rel': kept} if kept else {})}
    return differs(mapped(step.before, change_attributes=tokens), mapped(step.after, change_attributes=tokens)) or one_element(step)

# Attributes of one element may differ: the pairs of them, or what else differs.
def element_pairs(step):
    pairs = []
    def walk(a, b):
        if not is_element(a) or not is_element(b): return a == b
        if a[0] != b[0] or len(a[2]) != len(b[2]): return False
        if a[1] != b[1]: pairs.append((a[1], b[1]))
        return all([walk(x, y) for x, y in zip(a[2], b[2])])
    return pairs if walk(step.before, step.after) else None

def one_element(step):
    pairs = element_pairs(step)
    if pairs is None: return same(step)
    return f'{len(pairs)} elements differ' if len(pairs) > 1 else None

URLS = ('href', 'src', 'srcset', 'poster', 'action', 'cite', 'data-src', 'data')
SCHEMES = ('http', 'https', 'mailto', 'tel', 'sms', 'ftp', 'data')

# A URL without its scheme and without what the rules correct.
def essence(url):
    url = urllib.parse.unquote(url).replace('\\', '/')
    url = re.sub(r'^\W*(?:[a-z]{2,8}[:;.,]*(?=/)|[a-z]{2,8}:(?!\d))', '', url, flags=re.I)
    return re.sub(r'/+', '/', re.sub(r'\s+', '', url)).strip('/')

def changed_urls(step, related):
    pairs = element_pairs(step)
    if pairs is None: return same(step)
    seen = set()
    for a, b in pairs:
        keys = [key for key in {**a, **b} if a.get(key) != b.get(key)]
        if any(key not in URLS for key in keys): return f'attributes {keys} differ'
        seen.update((a.get(key, ''), b.get(key, '')) for key in keys)
    if len(seen) > 1: return f'several URLs differ: {seen}'
    return next((f'{a!r} becomes {b!r}' for a, b in seen if not related(a, b)), None)

def url_malformed(step):
    def related(a, b):
        scheme = re.match(r'([a-z]+):', b)
        return essence(a) == essence(b) and (not scheme or scheme[1] in SCHEMES)
    return changed_urls(step, related)

def image_src_bad(step):
    inner = lambda url: re.sub(r'[\t\n\r]', '', url.strip(BLANK)).replace('\\', '/').replace(' ', '%20')
    return changed_urls(step, lambda a, b: inner(a) == inner(b))

INVISIBLE = re.compile('[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]')

def invisible_characters(step):
    if INVISIBLE.sub('', step.removed) or step.written: return f'replaces {step.removed!r} by {step.written!r}'
    encoded = re.compile('(?i)' + '|'.join(urllib.parse.quote(chr(c)) for r in ((0x200b, 0x200b), (0x2060, 0x2060), (0xfeff, 0xfeff), (0xad, 0xad), (0x202a, 0x202e), (0x2066, 0x2069)) for c in range(r[0], r[1] + 1)))
    def visible(name, attributes):
        names = ('alt', 'title', 'aria-label')
        return {k: encoded.sub('', INVISIBLE.sub('', v)) if k in URLS else INVISIBLE.sub('', v) if k in names else v for k, v in attributes.items()}
    return differs(mapped(step.before, change_attributes=visible), mapped(step.after, change_attributes=visible))

JAMO = re.compile('[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?')

def text_decomposed_hangul(step):
    composed = lambda text: JAMO.sub(lambda m: unicodedata.normalize('NFC', m[0]), text)
    if composed(step.removed) != step.written: return f'writes {step.written!r}, not the composed {step.removed!r}'
    # Also the ids that an engine makes of a heading, and the links to it.
    attributes = lambda name, given: {k: composed(urllib.parse.unquote(v) if k in URLS else v) for k, v in given.items()}
    return differs(mapped(step.before, composed, attributes), mapped(step.after, composed, attributes))

# The items that differ, between those that are the same at both ends.
def middle(step):
    a, b = flat(step.before), flat(step.after)
    first = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    last = next((i for i, (x, y) in enumerate(zip(a[::-1], b[::-1])) if x != y), min(len(a), len(b)))
    last = min(last, len(a) - first, len(b) - first)
    return a[first:len(a) - last], b[first:len(b) - last]

def tag_names(items): return collections.Counter(re.match('</?[^ >]+', item)[0] for item in items if re.match('</?[a-z]', item))
# Words of texts and attributes, without the ids that an engine makes and the classes of code.
def words(items):
    generated = lambda item: re.sub(r' (id|class)="[^"]*"', '', re.sub(r'^</?[^ >]+', '', item)) if re.match('</?[a-z]', item) else item
    split = lambda text: re.findall(r'\w+', re.sub(r'\b(href|src|alt|title)=|&amp;', ' ', urllib.parse.unquote(text)))
    return collections.Counter(word for item in items for word in split(generated(item)))

MARKDOWN = set('p h1 h2 h3 h4 h5 h6 ul ol li em strong a code pre br hr blockquote img del s table thead tbody tr th td'.split())

def text_glued_to_html(step):
    if step.removed or step.written.strip() or step.written.count('\n') != 1 or not step.above.endswith('\n'): return f'writes {step.written!r}'
    a, b = middle(step)
    lost, new = tag_names(a) - tag_names(b), tag_names(b) - tag_names(a)
    if lost: return f'loses {dict(lost)}; {same(step)}'
    if any(tag.strip('</') not in MARKDOWN for tag in new): return f'new elements {dict(new)}; {same(step)}'
    gone, came = words(a) - words(b), words(b) - words(a)
    # The numbers of a list, and the names of what was markup in the text.
    gone = [word for word in gone if not (word.isdigit() and '<ol' in new)]
    return f'words differ: {gone} and {dict(came)}; {same(step)}' if gone or came else None

def pipe_makes_table(step):
    if any((old, new) not in (('|', '\\|'), ('', '\\')) for old, new in step.edits): return f'writes {step.written!r}'
    a, b = middle(step)
    lost, new = tag_names(a) - tag_names(b), tag_names(b) - tag_names(a)
    table = set('table thead tbody tr th td'.split())
    if any(tag.strip('</') not in table for tag in lost): return f'loses {dict(lost)}; {same(step)}'
    if any(tag.strip('</') not in ('p', 'a', 'em', 'strong', 'code', 'img') for tag in new): return f'new elements {dict(new)}; {same(step)}'
    # The dashes of a delimiter row are no words.
    return f'words differ; {same(step)}' if words(a) != words(b) else None

def url_swallows_text(step):
    a, b = flat(step.before), flat(step.after)
    texts = lambda items: re.sub(r'\s+', ' ', ''.join(item for item in items if not re.match('</?[a-z]', item)))
    if texts(a) != texts(b): return f'text differs; {same(step)}'
    tags = [[item for item in items if re.match('</?[a-z]', item)] for items in (a, b)]
    pairs = [(x, y) for x, y in zip(*tags) if x != y]
    if len(tags[0]) != len(tags[1]) or len(pairs) > 1: return same(step)
    for x, y in pairs:
        old, new = (urllib.parse.unquote(re.search('href="(.*?)"', it)[1]) if ' href="' in it else '' for it in (x, y))
        if not new or not old.startswith(new): return f'{old!r} becomes {new!r}'
    return None

SUPPRESSION = re.compile(r'(?s)\s*(postlint-ignore[\w-]*)([^:]*)(:.*)?')

# What a suppression names may become less.
def suppression_unused(step):
    # Templates are rendered as text, also their comments.
    liquid = re.compile(r'(?s)\{% *comment *%\}(\s*postlint-.*?)\{% *endcomment *%\}')
    said = lambda node, *_: node[0] == '#comment' and 'postlint' in node[1] \
        or node[0] == 'p' and all(isinstance(it, str) and not liquid.sub('', it).strip() for it in node[2])
    bare = [mapped(without(it, lambda node, *_: not isinstance(node, str) and said(node))[0], lambda text: liquid.sub('', text)) for it in (step.before, step.after)]
    written = [[SUPPRESSION.fullmatch(it) for it in re.findall(r'(?s)<!--(.*?postlint.*?)-->', ''.join(flat(root))) + liquid.findall(''.join(flat(root)))] for root in (step.before, step.after)]
    if not all(written[1]) or len(written[1]) > len(written[0]): return same(step)
    names = lambda match: set(re.findall(r'[^\s,]+', match[2]))
    known = lambda it: any(it[1] == old[1] and (it[3] or '').strip() == (old[3] or '').strip() and names(it) <= names(old) for old in written[0] if old)
    return differs(*bare) or next((f'writes {it[0]!r}' for it in written[1] if not known(it)), None)

QUOTES = re.compile('["\'“”„‟″‘’‚‛′«»]')

def attribute_list_malformed(step):
    bare = lambda text: re.sub('[:,\\s]', '', QUOTES.sub('', text))
    if bare(step.removed) != bare(step.written): return f'replaces {step.removed!r} by {step.written!r}'
    pairs = element_pairs(step)
    if pairs is None or len(pairs) > 1: return same(step)
    for a, b in pairs:
        new = {k: v for k, v in b.items() if a.get(k) != v}
        if any(k not in b for k in a) or any(word not in step.written for v in new.values() for word in v.split()): return same(step)
    return None

def markup_broken(step):
    if QUOTES.sub('', step.removed) != QUOTES.sub('', step.written): return f'replaces {step.removed!r} by {step.written!r}'
    pairs = element_pairs(step)
    if pairs is None or len(pairs) > 1: return same(step)
    said = lambda attributes: collections.Counter(re.findall(r'\w+', ' '.join(f'{k} {v}' for k, v in attributes.items()).lower()))
    return next((same(step) for a, b in pairs if said(a) != said(b)), None)

def language_attribute(step):
    pairs = element_pairs(step)
    if pairs is None or len(pairs) > 1: return same(step)
    for a, b in pairs:
        keys = [key for key in {**a, **b} if a.get(key) != b.get(key)]
        if any(key not in ('lang', 'xml:lang', 'hreflang') or not language(a.get(key, ''), b.get(key, ''), '') for key in keys): return same(step)
    return None

# Only the URLs of links, or of pictures, become what the fix writes.
def written_urls(keys):
    def judge(step):
        pairs = element_pairs(step)
        if not pairs: return same(step)
        for a, b in pairs:
            changed = [key for key in {**a, **b} if a.get(key) != b.get(key)]
            if any(key not in keys or b.get(key, '') not in html.unescape(step.written) for key in changed): return same(step)
        return None
    return judge

# The table: what each rule may change in the body, and in the value of the key of front matter that it edits.
BODY = {
    'spacer-paragraph': spacer_paragraph,
    'paragraph-empty-stray': paragraph_empty_stray,
    'rel-unknown-token': rel_tokens,
    'rel-duplicate-token': rel_tokens,
    'url-malformed': url_malformed,
    'image-src-bad': image_src_bad,
    'invisible-characters': invisible_characters,
    'text-decomposed-hangul': text_decomposed_hangul,
    'text-glued-to-html': text_glued_to_html,
    'pipe-makes-table': pipe_makes_table,
    'url-swallows-text': url_swallows_text,
    'suppression-unused': suppression_unused,
    'attribute-list-malformed': attribute_list_malformed,
    'markup-broken': markup_broken,
    'language-code-wrong': language_attribute,
    'redirect-chain': written_urls(('href',)),
    'image-file-missing': written_urls(('src', 'srcset', 'poster')),
}

# Gets the value before and after, and the text that the edit replaces in the source.
def quoted(a, b, old): return b == old.strip() or b == a
LANGUAGES = {'cn': 'zh', 'kr': 'ko', 'jp': 'ja', 'gr': 'el', 'dk': 'da', 'cz': 'cs', 'ua': 'uk', 'us': 'en', 'vn': 'vi'}
def language(a, b, old):
    right = re.fullmatch(r'[a-z]{2,3}([-_][A-Z][a-z]{3})?([-_]([A-Z]{2}|\d{3}))?', b)
    return right and (a.replace('_', '-').lower() == b.replace('_', '-').lower() or a.lower()[:2] == b[:2] or LANGUAGES.get(a.lower()) == b)
MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split()
def day(a, b, old):
    named = re.search(r'(?i)\b(' + '|'.join(MONTHS) + r')[a-z]*', a)
    if named: a = a.replace(named[0], f' {MONTHS.index(named[1].lower()) + 1} ')
    # Seconds may be added.
    whole = lambda text: [int(n) for n in re.findall(r'\d+', re.sub(r'(?<![:\d+-])(\d?\d:\d\d)(?![:\d])', r'\1:00', text))]
    if not re.fullmatch(r'\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\d(\.\d+)?( ?(Z|[+-]\d\d:?\d\d))?)?', b): return False
    a, b = whole(a), whole(b)
    return sorted(a) == sorted(b) if named else a == b

VALUE = {
    'scalar-ambiguous': quoted,
    'value-wrong-type': quoted,
    'template-in-front-matter': lambda a, b, old: b == old.strip(),
    'text-lost-after-hash': lambda a, b, old: b == old.strip() and (not a or b.startswith(a + ' ')),
    'front-matter-invalid': lambda a, b, old: b == old.strip(),
    'folded-trailing-newline': lambda a, b, old: a == b + '\n',
    'language-code-wrong': language,
    'taxonomy-variants': lambda a, b, old: re.sub(r'[\s_-]', '', a).lower() == re.sub(r'[\s_-]', '', b).lower(),
    'image-file-missing': lambda a, b, old: a.lower() == b.lower(),
    'date-unreadable': day,
    'invisible-characters': lambda a, b, old: INVISIBLE.sub('', a) == b,
    'text-decomposed-hangul': lambda a, b, old: unicodedata.normalize('NFC', a) == b,
}

# Front matter: the values by their path, each with its type and the offset of its key.

# What begins at one of `whole` is one value, also if it is a mapping.
def leaves(text, kind, whole=()):
    out = {}
    # Pelican: lines of Python-Markdown's `meta`, not YAML.
    if kind == 'meta':
        import markdown
        reader = markdown.Markdown(extensions=['meta'])
        reader.convert('---\n' + text + '---\n')
        for key, values in reader.Meta.items():
            out[key,] = 'lines', '\n'.join(values), re.search(rf'(?im)^ *{re.escape(key)} *:', text).start()
        return out
    if kind == '+++':
        def walk(value, path):
            if isinstance(value, dict): [walk(it, path + (key,)) for key, it in value.items()]
            elif isinstance(value, list): [walk(it, path + (i,)) for i, it in enumerate(value)]
            else: out[path] = type(value).__name__, str(value), None
        walk(tomllib.loads(text), ())
        return out
    # With the types that the values have, but all values as their text.
    node = yaml.compose(text, yaml.SafeLoader)
    def walk(node, path, start):
        if path and node.start_mark.index in whole: out[path] = node.tag, getattr(node, 'value', '') if isinstance(node, yaml.ScalarNode) else text[node.start_mark.index:node.end_mark.index], start
        elif isinstance(node, yaml.MappingNode):
            seen = collections.Counter()
            for key, value in node.value:
                name = str(getattr(key, 'value', key))
                seen[name] += 1
                walk(value, path + (name if seen[name] == 1 else f'{name} #{seen[name]}',), key.start_mark.index)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value): walk(value, path + (index,), value.start_mark.index)
        else: out[path] = node.tag, node.value, start
    if node is not None: walk(node, (), 0)
    return out

# The lines of each top-level key, for front matter that does not parse.
def chunks(text):
    found = re.split(r'^(?=[^\s#\-\]}][^\n]*?:(?:\s|$))', text, flags=re.M)
    return {chunk.split(':')[0]: chunk for chunk in found if chunk.strip()}

def front_matter(rule, edits, before, after, generator):
    (kind, a, start), (kind_after, b, _) = before, after
    # The offsets of the edits inside.
    inside = [(at - start, old, new) for at, old, new in edits]
    if rule == 'front-matter-not-first': return None if not kind and kind_after and not ''.join(new for _, _, new in inside) else 'front matter is not found after it'
    if kind != kind_after: return f'{kind} becomes {kind_after}'
    if generator == 'pelican' and kind == '---': kind = 'meta'
    try: new = leaves(b, kind)
    except (yaml.YAMLError, tomllib.TOMLDecodeError) as e: return f'does not parse after it: {str(e)[:200]}'
    try: old = leaves(a, kind, [at for at, _, _ in inside])
    except (yaml.YAMLError, tomllib.TOMLDecodeError):
        if rule != 'front-matter-invalid': return 'did not parse before'
        first, second = chunks(a), chunks(b)
        touched = [key for key in first if first[key] != second.get(key)]
        if list(first) != list(second) or len(touched) > 1: return f'keys {list(first)} become {list(second)}, {touched} differ'
        for key in first:
            mine = {path: value[:2] for path, value in new.items() if path[:1] == (key,)}
            if key in touched:
                if [value for _, value in mine.values()] != [inside[0][1].strip()]: return f'`{key}` is {mine}'
            elif {path: value[:2] for path, value in leaves(first[key], kind).items()} != mine: return f'`{key}` is {mine}'
        return None
    if rule == 'key-order':
        return None if {k: v[:2] for k, v in old.items()} == {k: v[:2] for k, v in new.items()} and sorted(a.splitlines()) == sorted(b.splitlines()) else 'more than the order differs'
    strip = lambda values: {k: v[:2] for k, v in values.items()}
    differ = [path for path in {**old, **new} if strip(old).get(path) != strip(new).get(path)]
    if rule == 'suppression-unused':
        if any(path[0] != 'postlint' for path in differ): return f'{differ} differ'
        said = lambda values: collections.Counter((path if isinstance(path[-1], str) else path[:-1], value[1]) for path, value in values.items())
        return 'names more' if said(new) - said(old) else None
    if list(old) != list(new): return f'keys {list(old)} become {list(new)}'
    # The values that the edits are in: the last keys before them.
    if kind != '+++':
        edited = {max((value[2], path) for path, value in old.items() if value[2] <= at)[1] for at, _, _ in inside}
        if not edited.issuperset(differ): return f'{differ} differ, the edit is in {edited}'
    elif len(differ) > len(inside): return f'{differ} differ'
    allowed = VALUE.get(rule)
    if differ and allowed is None: return f'{differ} differ, and the table has no such rule'
    for path in differ:
        if not allowed(old[path][1], new[path][1], inside[0][1]): return f'`{path}`: {old[path]} becomes {new[path]}'
    return None

# Whether templates of the site compare the key with the value that the fix removes.
TEMPLATES = ('.html', '.liquid', '.njk', '.ejs', '.pug', '.js', '.ts', '.tsx', '.mjs', '.cjs', '.rb', '.py', '.astro', '.vue', '.xml', '.md')
def compared(folder, key, value, memory={}):
    if folder not in memory:
        memory[folder] = []
        for where, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(where, name)
                if name.endswith(TEMPLATES) and re.search('/(_includes|_layouts|layouts|templates|themes|src/components|_plugins)/', path):
                    memory[folder].append((path, open(path, encoding='utf-8', errors='replace').read()))
    pattern = re.compile(r'\b' + re.escape(key) + r'\b[^\n]{0,40}["\']' + re.escape(value) + r'["\']')
    return [os.path.relpath(path, folder) for path, text in memory[folder] if pattern.search(text)]

# Posts and their states.

def applied(data, fixes):
    edits = sorted((edit for fix in fixes for edit in fix['edits']), reverse=True)
    for start, end, text in edits: data = data[:start] + text.encode() + data[end:]
    return data

def safe_fixes(postlint, folder, select):
    run = lambda *arguments: json.loads(subprocess.run([postlint, *arguments], capture_output=True, text=True, cwd=folder, check=True).stdout)
    posts, skipped = collections.defaultdict(list), 0
    for finding in run('check', '--no-baseline', '--exit-zero', '--format', 'json-flat', *select, '.'):
        fix = finding.get('fix')
        if not fix or fix['safety'] != 'safe': continue
        edits = [(it['span']['start']['byte'], it['span']['end']['byte'], it['text']) for it in fix['edits']]
        others = [edit for other in posts[finding['path']] for edit in other['edits']]
        if any(a[0] < b[1] and b[0] < a[1] or a[0] == b[0] for a in edits for b in others): skipped += 1; continue
        posts[finding['path']].append({'rule': finding['ruleId'], 'line': finding['line'], 'edits': edits})
    return posts, skipped, run('site', '--format', 'json', '.')['sites']

# A copy that can be written to.
def copied(folder, to):
    shutil.copytree(folder, to, symlinks=True)
    for above, _, names in os.walk(to):
        for name in names:
            if not os.path.islink(os.path.join(above, name)): os.chmod(os.path.join(above, name), 0o644)
    return to

# What `--fix` does to a copy of the folder, as steps: the fixes of each round, one after the other, until there are none.
# The last text must be the one that `--fix` writes. Also returns what is wrong with it, and the number of posts.
def steps_of_fix(postlint, folder, select, name, known, work):
    run = lambda at, *more: subprocess.run([postlint, '--fix-only', '--no-baseline', *select, *more, '.'], capture_output=True, text=True, cwd=at)
    fixed, ours = copied(folder, tempfile.mkdtemp(dir=work) + '/fixed'), copied(folder, tempfile.mkdtemp(dir=work) + '/ours')
    done = run(fixed)
    wrong = [] if done.returncode == 0 else [f'{name}: exit code {done.returncode}: {done.stderr[-500:]}']
    steps, touched, by_rule = [], set(), collections.Counter()
    for _ in range(32):
        posts, _, _ = safe_fixes(postlint, ours, select)
        for path, fixes in sorted(posts.items()):
            data, site = open(os.path.join(ours, path), 'rb').read(), site_of(path, known)
            chain = states_of(name, path, site, engine_of(folder, path, site), data, fixes)
            steps += list(chain)[:len(fixes)]
            open(os.path.join(ours, path), 'wb').write(applied(data, fixes))
            touched.add(path); by_rule.update(fix['rule'] for fix in fixes)
        if not posts: break
    else: wrong.append(f'{name}: fixes do not come to an end')
    for above, _, names in os.walk(folder):
        for path in (os.path.relpath(os.path.join(above, it), folder) for it in names if not os.path.islink(os.path.join(above, it))):
            if open(os.path.join(fixed, path), 'rb').read() != open(os.path.join(ours, path), 'rb').read():
                wrong.append(f'{name}/{path}: --fix writes another text')
    again = run(fixed)
    if 'fixed 0 findings in 0 posts' not in again.stderr: wrong.append(f'{name}: a second run: {again.stderr[-500:]}')
    shutil.rmtree(fixed); shutil.rmtree(ours)
    return steps, wrong, touched, by_rule

# The site of an example is only named; this is its engine.
NAMED = {'jekyll': 'kramdown', 'hugo': 'goldmark', 'hexo': 'marked', 'eleventy': 'markdown-it', 'vitepress': 'markdown-it',
    'mkdocs': 'python-markdown', 'pelican': 'python-markdown', 'docusaurus': 'mdx', 'next': 'mdx'}

# Each bad example of a rule in a folder of its own: the generator and the folder.
def examples(rules, work):
    for page in sorted(os.listdir(rules)):
        text = open(os.path.join(rules, page), encoding='utf-8', newline='').read() if page.endswith('.md') else ''
        for index, fence in enumerate(re.finditer(r'^(`{3,})(\w+) bad\b(.*)\n((?:.*\n)*?)\1$', text, re.M)):
            given = dict(re.findall(r'([\w-]+)=(\S+)', fence[3]))
            folder = os.path.join(work, page[:-3], str(index))
            path = os.path.join(folder, given.get('file', 'post.' + {'markdown': 'md'}.get(fence[2], fence[2])))
            os.makedirs(os.path.dirname(path))
            open(path, 'w', encoding='utf-8', newline='').write(fence[4])
            config = re.search(r'^```yaml config\n((?:.*\n)*?)```$', text, re.M)
            if config: open(os.path.join(folder, 'postlint.yml'), 'w').write(config[1])
            yield given.get('site', 'jekyll'), folder

def parts(data):
    text = data.decode('utf-8', 'replace')
    match = FRONT.match(text)
    if not match: return ('', '', 0), text, 0
    return (match[2], match[3] or '', match.start(3) if match[3] else match.end()), text[match.end():], match.end()

# One fix applied: to the post, or to the post after the fixes that follow in it.
State = collections.namedtuple('State', 'name path generator engine data fix later before after')

def states_of(name, path, site, engine, data, fixes):
    fixes = sorted(fixes, key=lambda fix: fix['edits'][0])
    # From the last to the first, and each alone.
    chain = [(fixes[index + 1:], fixes[index]) for index in reversed(range(len(fixes)))]
    for later, fix in chain + [([], fix) for fix in fixes[:-1]]:
        yield State(name, path, site.get('generator'), engine, data, fix, len(later), applied(data, later), applied(data, [*later, fix]))

# What is wrong with the fix, and whether the post cannot be rendered.
def judged(state, page, root):
    data, fix, rule, problems = state.data, state.fix, state.fix['rule'], []
    text = lambda start, end: data[start:end].decode('utf-8', 'replace')
    edits = [(text(start, end), new) for start, end, new in fix['edits']]
    (front, body, offset), (front_after, body_after, _) = parts(state.before), parts(state.after)
    # In characters. What later fixes have changed lies behind.
    places = [(len(text(0, start)), old, new) for (start, _, _), (old, new) in zip(fix['edits'], edits)]
    moved = rule == 'front-matter-not-first'
    in_front = [place for place in places if place[0] < offset or moved]
    if in_front:
        if front[1] == front_after[1] and not moved: problems.append('front matter is the same after an edit in it')
        problem = front_matter(rule, in_front, front, front_after, state.generator)
        if problem: problems.append('front matter: ' + problem)
        if rule == 'language-code-wrong':
            key = re.findall(r'([\w-]+)["\']?\s*[:=]\s*["\']?$', text(0, fix['edits'][0][0]))
            found = key and compared(os.path.join(root, state.name), key[-1], edits[0][0].strip('"\''))
            if found: problems.append(f'templates compare `{key[-1]}` with {edits[0][0]!r}: {", ".join(found[:5])}')
        if len(in_front) == len(places) and body != body_after and not moved: problems.append('body differs after an edit of front matter')
    elif front[:2] != front_after[:2]: problems.append('front matter differs after an edit of the body')
    if len(in_front) == len(places): return problems, None
    one, two = page(state.engine, body), page(state.engine, body_after)
    if one is None and two is None: return problems, 'not rendered'
    if one is None or two is None: problems.append('is rendered only ' + ('after' if one is None else 'before') + ' it')
    elif rule not in BODY: problems.append('the table has no such rule')
    else:
        problem = BODY[rule](Step(rule, edits, one, two, text(max(0, fix['edits'][0][0] - 200), fix['edits'][0][0])))
        if problem: problems.append(problem)
        elif flat(one) == flat(two): problems.append('nothing is different')
    return problems, None

# The trees of the bodies that are rendered.
def pages_of(states, work):
    wanted, parsed = collections.defaultdict(dict), {}
    for state in states:
        for data in (state.before, state.after):
            if state.engine: wanted[state.engine][parts(data)[1]] = None
    print(f'{len(states)} steps, {sum(map(len, wanted.values()))} bodies to render', file=sys.stderr, flush=True)
    pages = render_all({engine: list(bodies) for engine, bodies in wanted.items()}, work)
    def page(engine, body):
        html = body if engine is None else pages[(*engine, body)]
        if html is None: return None
        if html not in parsed:
            if len(parsed) > 64: parsed.clear()
            parsed[html] = tree(html if engine is None else '<!doctype html><body>' + html)
        return parsed[html]
    return page

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--all', action='store_true'); parser.add_argument('--examples', action='store_true')
    parser.add_argument('--fix', action='store_true')
    parser.add_argument('postlint'); parser.add_argument('root'); parser.add_argument('folders', nargs='*')
    asked = parser.parse_args()
    postlint, root, work = os.path.abspath(asked.postlint), os.path.abspath(asked.root), tempfile.mkdtemp()
    if asked.examples:
        sites = [(folder, ['--select', 'all', '--site', generator], generator) for generator, folder in examples(root, work + '/examples')]
        root = work + '/examples'
    else:
        names = asked.folders or sorted(name for name in os.listdir(root) if os.path.isdir(os.path.join(root, name)) and not name.startswith('html5lib'))
        sites = [(os.path.join(root, name), ['--select', 'all'] if asked.all else [], None) for name in names]
    states, overlapping, posts_of, by_rule, unlike = [], 0, collections.Counter(), collections.Counter(), []
    for folder, select, generator in sites:
        posts, skipped, known = safe_fixes(postlint, folder, select)
        if generator: known = [{'root': '.', 'generator': generator, 'engine': NAMED.get(generator)}]
        name = os.path.relpath(folder, root)
        if asked.fix:
            steps, wrong, touched, rules = steps_of_fix(postlint, folder, select, name, known, work)
            states += steps; unlike += wrong; by_rule.update(rules)
            posts_of[name] += len(touched)
            continue
        overlapping += skipped
        for path, fixes in sorted(posts.items()):
            posts_of[name.split('/')[0]] += 1
            by_rule.update(fix['rule'] for fix in fixes)
            site = site_of(path, known)
            states += states_of(name, path, site, engine_of(folder, path, site), open(os.path.join(folder, path), 'rb').read(), fixes)
    page = pages_of(states, work)
    wrong, notes = {}, collections.Counter()
    for state in states:
        problems, note = judged(state, page, root)
        if note: notes[note, state.fix['rule']] += 1
        # The same fix alone and after others is printed once.
        if problems: wrong.setdefault((state.name, state.path, state.fix['line'], state.fix['rule']), (problems[0], state))
    alike = lambda problem, state: (state.name, state.fix['rule'], problem, *(it[2] for it in state.fix['edits']))
    counts = collections.Counter(alike(*it) for it in wrong.values())
    for problem, state in wrong.values():
        count = counts.pop(alike(problem, state), 0)
        if not count: continue
        print(f'{state.name}/{state.path}:{state.fix["line"]} {state.fix["rule"]} ({state.engine[0] if state.engine else "html"}{f", after {state.later} other fixes" if state.later else ""})')
        for start, end, new in state.fix['edits'][:3]: print(f'    edit   {state.data[start:end].decode("utf-8", "replace")[:160]!r} -> {new[:160]!r}')
        print(f'    {problem[:1500]}' + (f'\n    and {count - 1} more alike' if count > 1 else ''))
    for line in unlike: print(line)
    print('\nposts with fixes:', ', '.join(f'{name} {count}' for name, count in posts_of.items()))
    print('fixes:', ', '.join(f'{rule} {count}' for rule, count in by_rule.most_common()))
    print('left out because they overlap others:', overlapping)
    print('not judged:', {' '.join(key): count for key, count in notes.items()})
    print('unexplained:', dict(collections.Counter(rule for *_, rule in wrong)))
    print(f'{sum(by_rule.values()) - len(wrong)} of {sum(by_rule.values())} fixes in {sum(posts_of.values())} posts are explained')
    shutil.rmtree(work, ignore_errors=True)
    sys.exit(bool(wrong or unlike))

if __name__ == '__main__': main()
