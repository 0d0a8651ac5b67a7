//! Config files written in JavaScript or TypeScript: only literals are evaluated.

use postlint::site::script::read;
use postlint::site::settings::{Datum, Setting};

fn shown(text: &str) -> String {
    Setting { value: read(text), line: 1 }.written()
}

#[test]
fn literals_are_evaluated() {
    let cases = [
        ("export default {a: 'x', b: [1, \"y\"], c: {d: true}}", "{a: x, b: [1, y], c: {d: true}}"),
        ("module.exports = { 'a-b': null, c: `x`, };", "{a-b: null, c: x}"),
        ("export default defineConfig({ a: 1 // one\n, /* two */ b: 2 })", "{a: 1, b: 2}"),
        ("const config: Config = {a: 'it\\'s'};\nexport default config;", "{a: it's}"),
        ("module.exports = function (c) { c.add({x: 1}); return {dir: {input: 'src'}}; };", "{dir: {input: src}}"),
        ("export default { ...base, a: 1, b() { return {c: 2} } }", "{c: 2, ...: unknown, a: 1}"),
        (
            "export default ({ a: /** @type {T} */ ({ b: 1 }), c: 'x' as const, d: [1] satisfies X })",
            "{a: {b: 1}, c: x, d: [1]}",
        ),
        ("export default { a: require.resolve('x'), b: ('y', z), c: f(1) }", "{a: x, b: unknown, c: unknown}"),
        ("export default {제목: '차'}", "{제목: 차}"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn computed_values_are_unknown() {
    let cases = [
        "export default {a: process.env.URL}",
        "export default {a: 'x' + y}",
        "export default {a: `x${y}`}",
        "export default {a: f({b: [1, 2]}, ')')}",
        "export default {a: ['x'].concat(b)}",
        "export default {a: b ? 'x' : 'y'}",
        "export default {a: () => ({b: 1})}",
    ];
    for text in cases {
        assert_eq!(shown(text), "{a: unknown}", "{text}");
    }
}

#[test]
fn broken_and_hostile_programs_are_parsed_without_panic() {
    for text in
        ["export default {", "export default {a: [", "export default {a: 'x", "module.exports = {,,,:}", "return {{{"]
    {
        read(text);
    }
    for piece in ["export default {", "return {a:[", "const a = {b: {", "{", "`${", "/*"] {
        read(&format!("export default {{{}", piece.repeat(20_000)));
    }
    assert!(matches!(read(""), Datum::Map(entries) if entries.is_empty()));
}
