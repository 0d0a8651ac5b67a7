# Proves on whole sites that fixes change nothing else: builds a copy with the real generator before and after each fix,
# and compares every file of the build. See README.md beside this file.
# usage: builds.py [--hugo] [--all] [--source FOLDER] [--config FILE] [--most N] POSTLINT SITE
import argparse, collections, html, json, os, re, shutil, subprocess, sys, tempfile
import fixes

BUILDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'builds.rb')

SHORTCODES = set('comment details figure gist highlight instagram param qr ref relref vimeo x youtube'.split())
LAYOUT = '<title>{{ .Title }}</title><meta name="description" content="{{ .Description }}">{{ .Content }}'

# A copy of a Hugo site that builds without its theme: its content, config and shortcodes, with layouts that print content,
# titles and summaries. A shortcode that is not there prints what is in it.
def without_theme(site, to):
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(site, to, ignore=lambda above, names: [it for it in names if above == site and it in ('layouts', 'themes', 'node_modules')])
    for name in os.listdir(to):
        if re.match(r'(config|hugo)\.(toml|ya?ml)$', name):
            text = open(os.path.join(to, name), encoding='utf-8').read()
            open(os.path.join(to, name), 'w', encoding='utf-8').write(re.sub(r'(?m)^theme\s*[=:].*', '', text))
    shortcodes, own = os.path.join(to, 'layouts/shortcodes'), os.path.join(site, 'layouts/shortcodes')
    if os.path.isdir(own): shutil.copytree(own, shortcodes)
    os.makedirs(shortcodes, exist_ok=True)
    os.makedirs(os.path.join(to, 'layouts/_default'))
    open(os.path.join(to, 'layouts/_default/single.html'), 'w').write(LAYOUT)
    open(os.path.join(to, 'layouts/_default/list.html'), 'w').write(LAYOUT + '{{ range .Pages }}<h2>{{ .Title }}</h2><p>{{ .Summary }}</p>{{ end }}')
    for above, _, names in os.walk(to):
        for name in names:
            if not name.endswith(('.md', '.html')): continue
            text = open(os.path.join(above, name), encoding='utf-8', errors='replace').read()
            for found in re.findall(r'\{\{[<%]\s*([\w/-]+)', text):
                path = os.path.join(shortcodes, found + '.html')
                if found in SHORTCODES or os.path.exists(path): continue
                os.makedirs(os.path.dirname(path), exist_ok=True)
                is_block = re.search(r'\{\{[<%]\s*/\s*' + re.escape(found) + r'\b', text)
                open(path, 'w').write('{{ .Inner }}' if is_block else '')
    return to

def build(asked, site, out):
    shutil.rmtree(out, ignore_errors=True)
    if asked.hugo:
        site = without_theme(site, out + '-site')
        command = [os.environ.get('HUGO', 'hugo'), '-s', site, '-d', out, '--quiet', '--clock', '2026-01-01T00:00:00Z', '--noBuildLock']
    else: command = ['ruby', '-E', 'UTF-8', BUILDS, site, out, *([asked.config] if asked.config else [])]
    given = {'SOURCE': asked.source} if asked.source else {}
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | given)
    if done.returncode: sys.exit('the site cannot be built: ' + (done.stderr + done.stdout)[-2000:])
    files = [os.path.join(above, name) for above, _, names in os.walk(out) for name in names]
    return {os.path.relpath(path, out): open(path, 'rb').read() for path in files}

# The tree of a built file. In a feed, the HTML is escaped; in JSON, it is in strings.
def tree_of(path, data):
    text = data.decode('utf-8', 'replace')
    if path.endswith('.html'): return fixes.tree(text)
    if path.endswith('.json'):
        texts = lambda it: ' '.join(map(texts, it.values() if isinstance(it, dict) else it)) if isinstance(it, (dict, list)) else str(it)
        try: text = texts(json.loads(text))
        except ValueError: pass
    else: text = html.unescape(re.sub(r'<!\[CDATA\[|\]\]>', '', text))
    return fixes.tree('<!doctype html><body>' + text)

# The fix as a value of front matter: wherever the old value is, there may be the new one.
def value_replaced(step):
    new = step.written.strip().strip('"\'')
    old = step.removed.strip().strip('"\'')
    a, b = fixes.middle(step)
    return None if [it.replace(old, new) for it in a] == [it.replace(old, new) for it in b] else fixes.same(step)

# What is wrong with a built file that differs after one fix.
def judged(path, before, after, rule, edits, above, in_front):
    try: one, two = tree_of(path, before), tree_of(path, after)
    except Exception as error: return f'cannot be read: {error}'
    if fixes.flat(one) == fixes.flat(two): return None
    step = fixes.Step(rule, edits, one, two, above)
    if in_front: return value_replaced(step)
    # A search index holds the text only.
    if path.endswith('.json') and fixes.words(fixes.flat(one)) == fixes.words(fixes.flat(two)): return None
    return fixes.BODY[rule](step) if rule in fixes.BODY else 'the table has no such rule; ' + str(fixes.same(step))

def main():
    parser = argparse.ArgumentParser()
    for flag in ('--all', '--hugo'): parser.add_argument(flag, action='store_true')
    for name in ('--source', '--config'): parser.add_argument(name)
    parser.add_argument('--most', type=int, default=60, help='fixes of one rule that get a build of their own')
    parser.add_argument('postlint'); parser.add_argument('site')
    asked = parser.parse_args()
    postlint, work = os.path.abspath(asked.postlint), tempfile.mkdtemp()
    select = ['--select', 'all'] if asked.all else []
    ours, fixed = fixes.copied(os.path.abspath(asked.site), work + '/ours'), fixes.copied(os.path.abspath(asked.site), work + '/fixed')
    out, problems, by_rule, touched, differing = work + '/out', [], collections.Counter(), set(), set()
    now = build(asked, ours, out)
    again = build(asked, ours, out)
    unstable = {path for path in {**now, **again} if now.get(path) != again.get(path)}
    first = now
    for _ in range(32):
        posts, _, _ = fixes.safe_fixes(postlint, ours, select)
        if not posts: break
        for path, them in sorted(posts.items()):
            whole = os.path.join(ours, path)
            # From the last to the first, so that places stay.
            for fix in sorted(them, key=lambda fix: fix['edits'][0], reverse=True):
                rule = fix['rule']
                data = open(whole, 'rb').read()
                open(whole, 'wb').write(fixes.applied(data, [fix]))
                by_rule[rule] += 1; touched.add(path)
                if by_rule[rule] > asked.most: continue
                text = lambda start, end: data[start:end].decode('utf-8', 'replace')
                edits = [(text(start, end), new) for start, end, new in fix['edits']]
                start = fix['edits'][0][0]
                in_front = len(text(0, start)) < fixes.parts(data)[2]
                after = build(asked, ours, out)
                for built in sorted({**now, **after}):
                    if now.get(built) == after.get(built) or built in unstable: continue
                    differing.add(built)
                    if built not in now or built not in after: problem = 'is built only ' + ('after' if built in after else 'before') + ' it'
                    else: problem = judged(built, now[built], after[built], rule, edits, text(max(0, start - 200), start), in_front)
                    if problem: problems.append(f'{path}:{fix["line"]} {rule}: {built}: {problem[:1200]}')
                now = after
    done = subprocess.run([postlint, '--fix-only', '--no-baseline', *select, '.'], capture_output=True, text=True, cwd=fixed)
    if done.returncode: problems.append(f'--fix: exit code {done.returncode}: {done.stderr[-500:]}')
    for above, _, names in os.walk(ours):
        for path in (os.path.relpath(os.path.join(above, it), ours) for it in names):
            if open(os.path.join(ours, path), 'rb').read() != open(os.path.join(fixed, path), 'rb').read(): problems.append(f'{path}: --fix writes another text')
    last = build(asked, ours, out)
    # The folders that the build writes to are named alike, so that paths in pages are.
    shutil.rmtree(ours); os.rename(fixed, ours)
    by_fix = build(asked, ours, out)
    problems += [f'{path}: --fix gives another page' for path in sorted({**last, **by_fix}) if last.get(path) != by_fix.get(path) and path not in unstable]
    changed = [path for path in first if first[path] != by_fix.get(path) and path not in unstable]
    for line in problems: print(line)
    print(f'{len(first)} files built, {len(unstable)} of them differ in every build')
    print('fixes:', ', '.join(f'{rule} {count}' for rule, count in by_rule.most_common()) or 'none', f'in {len(touched)} posts')
    print(f'files that --fix changes: {len(changed)}; unexplained differences: {len(problems)}')
    shutil.rmtree(work, ignore_errors=True)
    sys.exit(bool(problems))

if __name__ == '__main__': main()
