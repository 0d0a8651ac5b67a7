// Compares the accessible names in tests/it/document/accessible_names.rs with those of axe-core, in jsdom.
// usage: node names.mjs accessible_names.rs NODE_MODULES
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const [cases, modules] = process.argv.slice(2)
const require = createRequire(`${modules}/`)
const { JSDOM } = require('jsdom')
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

const text = readFileSync(cases, 'utf8')
const unescaped = (written) => JSON.parse(`"${written.replace(/\\'/g, "'").replace(/\\u\{(\w+)\}/g, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))}"`)
// Only what `named` is given: pairs of a markup with `data-x` and a name.
const pairs = [...text.matchAll(/\(\s*"((?:[^"\\]|\\.)*data-x(?:[^"\\]|\\.)*)",\s*("(?:[^"\\]|\\.)*"|UNKNOWN)\s*,?\s*\)/g)]

let equal = 0, unknown = 0
const folded = (name) => name.replace(/\s+/g, ' ').trim()
for (const [, markup, name] of pairs) {
  const html = unescaped(markup.replace(/\\\n\s*/g, ''))
  if (name === 'UNKNOWN' || name === '"?"') { unknown += 1; continue }
  const wanted = folded(unescaped(name.slice(1, -1)))
  const { window } = new JSDOM(`<!doctype html><html lang="en"><body>${html}</body></html>`, { runScripts: 'outside-only', pretendToBeVisual: true })
  window.eval(axeSource)
  window.axe.setup(window.document)
  const element = window.document.querySelector('[data-x]')
  let theirs
  try { theirs = folded(window.axe.commons.text.accessibleText(element)) } catch (error) { theirs = `error: ${error.message}` }
  window.axe.teardown()
  if (theirs === wanted) equal += 1
  else console.log(JSON.stringify({ html, ours: wanted, axe: theirs }))
}
console.log(`${equal} of ${pairs.length - unknown} equal; ${unknown} have a name that the post does not determine`)
