# Changes posts of a large site one after another, and compares what postlint finds in named posts with what it finds in them
# in a run over the whole site. See README.md beside this file.
# usage: across.py [--posts N] POSTLINT
import argparse, json, os, shutil, subprocess, tempfile, time

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--posts', type=int, default=2000)
    parser.add_argument('postlint')
    asked = parser.parse_args()
    count, postlint, site = asked.posts, os.path.abspath(asked.postlint), tempfile.mkdtemp()
    path = lambda n: f'_posts/20{10 + n // 336:02}-{1 + n // 28 % 12:02}-{1 + n % 28:02}-boat-{n}.md'
    place = lambda name: os.path.join(site, name)

    def write(name, text):
        os.makedirs(os.path.dirname(place(name)), exist_ok=True)
        with open(place(name), 'w', encoding='utf-8') as file: file.write(text)

    def read(name):
        with open(place(name), encoding='utf-8') as file: return file.read()

    def edit(n, old, new):
        text = read(path(n))
        assert old in text, (path(n), old)
        write(path(n), text.replace(old, new))

    def post(n):
        before, after = max(n, 1) - 1, (n + 7) % count
        name = os.path.basename(path(after)).removesuffix('.md')
        return f'''---
layout: post
title: Boat number {n}
description: {n} crates in boat {n}.
tags: [sea travel, quay {n % 5}]
image: /img/boat-{n}.png
---

Boat {n} came after [boat {before}](/boat-{before}/#cargo-{before}) and before [boat {after}]({{% post_url {name} %}}).

## Cargo {n}

![Boat {n} at the quay](/img/boat-{n}.png)
'''

    write('_config.yml', 'title: Harbour\nurl: https://harbour.example.org\nlang: en\npermalink: /:title/\n')
    for n in range(count):
        write(path(n), post(n))
        write(f'img/boat-{n}.png', '')

    def findings(named):
        command = [postlint, '--format', 'json', '--exit-zero', *named]
        done = subprocess.run(command, cwd=site, capture_output=True, text=True)
        return json.loads(done.stdout)['findings']

    line = lambda at, finding: (at['path'], at.get('line') or at['span']['start']['line'], finding['ruleId'], finding['message'])

    # What several posts share is reported at the newest one that was asked for; paths are in the order of dates.
    def expected(everything, named):
        found = set()
        for finding in everything:
            assert len(finding['related']) < 5, finding
            places = [line(at, finding) for at in (finding, *finding['related'])]
            inside = [it for it in places if it[0] in named]
            if inside: found.add(max(inside))
        return found

    renamed = path(10).replace('boat-10', 'ship-10')
    a, b = count // 2, count // 3
    changes = [
        ('a post is renamed', lambda: os.rename(place(path(10)), place(renamed)), [path(11), path(3), renamed]),
        ('a post is deleted', lambda: os.remove(place(path(20))), [path(21), path(13)]),
        ('a new title', lambda: edit(a, f'Boat number {a}', f'Boat number {a + 3}'), [path(a), path(a + 3)]),
        ('a picture is moved', lambda: os.rename(place('img/boat-5.png'), place('img/Boat-5.PNG')), [path(5), path(6)]),
        ('a new tag', lambda: edit(8, 'sea travel', 'Sea-Travel'), [path(8), path(9)]),
        ('another heading', lambda: edit(40, '## Cargo 40', '## Passengers'), [path(41), path(40)]),
        ('a copied description', lambda: edit(b, f'{b} crates in boat {b}', f'{b + 1} crates in boat {b + 1}'), [path(b), path(b + 1)]),
        ('a URL of another post', lambda: edit(15, 'layout: post', 'layout: post\npermalink: /boat-16/'), [path(15), path(16)]),
        ('a redirect', lambda: edit(25, 'layout: post', 'layout: post\npermalink: /new-25/\nredirect_from: /boat-25/'), [path(26), path(25)]),
        ('a suppression', lambda: edit(a + 3, f'Boat number {a + 3}', f'Boat number {a + 3} # postlint-ignore-line title-shared'), [path(a + 3), path(a)]),
    ]
    different = 0
    for change, make, named in [('nothing', lambda: None, [path(3)]), *changes]:
        make()
        start = time.monotonic()
        everything = findings([])
        whole = time.monotonic() - start
        sets = [named, *([it] for it in named)]
        start = time.monotonic()
        wrong = [it for it in sets if {line(finding, finding) for finding in findings(it)} != expected(everything, it)]
        each = (time.monotonic() - start) / len(sets)
        different += len(wrong)
        print(f'{change}: {len(everything)} findings, {len(sets)} runs over named posts, {len(wrong)} of them differ; {whole:.2f} s and {each:.2f} s')
    shutil.rmtree(site)
    raise SystemExit(bool(different))

if __name__ == '__main__': main()
