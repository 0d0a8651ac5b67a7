# Proves that fixes change no other key of front matter: runs `postlint --fix-only` in a copy of each folder, and compares
# all keys whose lines are the same before and after, as Psych (Ruby) and yaml_serde (Rust) read them. See README.md.
# usage: front_matter.py [--all] [--unsafe] [--reader KEYS] POSTLINT ROOT [FOLDER...]
import argparse, collections, difflib, json, os, re, shutil, subprocess, sys, tempfile
import fixes

PSYCH = r'''
require 'json'
require 'yaml'
require 'date'
JSON.parse(STDIN.read.force_encoding('UTF-8')).each do |text|
  keys = begin
    value = Psych.safe_load(text, permitted_classes: [Date, Time, Symbol], aliases: true)
    value.is_a?(Hash) ? value.to_h { |key, it| [key.is_a?(String) ? key : key.inspect, it.inspect] } : nil
  rescue Psych::Exception, ArgumentError
    nil
  end
  puts JSON.generate(keys)
end
'''

def read(command, texts):
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True)
    if done.returncode: sys.exit(done.stderr[-2000:])
    return [json.loads(line) for line in done.stdout.splitlines()]

TOP = re.compile(r'''("[^"\n]*"|'[^'\n]*'|[^\s#\-\[\]{}?&*!|>%@`"'][^\n]*?)\s*:(?:\s|$)''')

# The lines of front matter as pairs of their top-level key and the line.
def lines_of(text):
    key, out = None, []
    for line in text.splitlines(keepends=True):
        found = TOP.match(line)
        if found: key = found[1].strip('"\'')
        out.append((key, line))
    return out

# The keys with a line that is not the same before and after.
def touched(before, after):
    a, b = lines_of(before), lines_of(after)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    return {key for tag, i, j, k, l in matcher.get_opcodes() if tag != 'equal' for key, _ in a[i:j] + b[k:l]}

def main():
    parser = argparse.ArgumentParser()
    for flag in ('--all', '--unsafe'): parser.add_argument(flag, action='store_true')
    parser.add_argument('--reader', help='the example `keys`')
    parser.add_argument('postlint'); parser.add_argument('root'); parser.add_argument('folders', nargs='*')
    asked = parser.parse_args()
    postlint, root, work = os.path.abspath(asked.postlint), os.path.abspath(asked.root), tempfile.mkdtemp()
    options = (['--unsafe-fixes'] if asked.unsafe else []) + (['--select', 'all'] if asked.all else [])
    posts, pairs, other = 0, [], collections.Counter()
    for name in asked.folders or sorted(it for it in os.listdir(root) if os.path.isdir(os.path.join(root, it)) and not it.startswith('html5lib')):
        folder = os.path.join(root, name)
        fixed = fixes.copied(folder, tempfile.mkdtemp(dir=work) + '/fixed')
        done = subprocess.run([postlint, '--fix-only', '--no-baseline', *options, '.'], capture_output=True, text=True, cwd=fixed)
        if done.returncode: sys.exit(f'{name}: exit code {done.returncode}: {done.stderr[-500:]}')
        for above, _, names in os.walk(fixed):
            for path in (os.path.relpath(os.path.join(above, it), fixed) for it in names if not os.path.islink(os.path.join(above, it))):
                before, after = (open(os.path.join(it, path), 'rb').read() for it in (folder, fixed))
                if before == after: continue
                posts += 1
                (kind, a, _), (kind_after, b, _) = fixes.parts(before)[0], fixes.parts(after)[0]
                if not kind and not kind_after: other['posts without front matter'] += 1
                elif (kind, kind_after) != ('---', '---'): other[f'{kind or "none"} becomes {kind_after or "none"}' if kind != kind_after else 'not YAML'] += 1
                else: pairs.append((f'{name}/{path}', a, b))
        shutil.rmtree(fixed)
    readers = {'Psych': ['ruby', '-E', 'UTF-8', '-e', PSYCH]} | ({'yaml_serde': [os.path.abspath(asked.reader)]} if asked.reader else {})
    print(f'{posts} posts changed, {len(pairs)} with YAML front matter, {sum(a != b for _, a, b in pairs)} with fixes in it;', dict(other))
    problems = 0
    for reader, command in readers.items():
        # Front matter that does not parse before is compared by what each of its keys is alone.
        chunks = [fixes.chunks(a) for _, a, _ in pairs]
        values = iter(read(command, [text for (_, a, b), alone in zip(pairs, chunks) for text in (a, b, *alone.values())]))
        compared = unread = 0
        for (path, a, b), alone in zip(pairs, chunks):
            old, new = next(values), next(values)
            single = {key: value for it in [next(values) for _ in alone] for key, value in (it or {}).items()}
            edited = touched(a, b)
            if new is None:
                if old is not None: problems += 1; print(f'{path}: {reader} cannot read it after the fixes')
                unread += 1
                continue
            for key, value in (old or single).items():
                if key in edited: continue
                compared += 1
                if new.get(key) != value: problems += 1; print(f'{path}: {reader}: `{key}` was {value[:200]}, is {str(new.get(key))[:200]}')
            added = [key for key in new if key not in (old or single) and key not in edited]
            if added: problems += 1; print(f'{path}: {reader}: new keys {added}')
        print(f'{reader}: {compared} untouched keys are compared; {unread} posts cannot be read, before and after')
    print(f'differences: {problems}')
    shutil.rmtree(work, ignore_errors=True)
    sys.exit(bool(problems))

if __name__ == '__main__': main()
