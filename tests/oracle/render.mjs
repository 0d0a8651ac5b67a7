// Renders Markdown texts with an engine: render.mjs ENGINE POSTS.json prints a JSON list of HTML.
import { readFileSync } from 'node:fs'
const [engine, path] = process.argv.slice(2)
const posts = JSON.parse(readFileSync(path, 'utf8'))

async function renderer() {
  if (engine === 'markdown-it') {
    const { default: MarkdownIt } = await import('markdown-it')
    const md = new MarkdownIt({ html: true })
    return (text) => md.render(text)
  }
  if (engine === 'marked') {
    const { marked } = await import('marked')
    return (text) => marked.parse(text)
  }
  if (engine === 'hexo') {
    const { createRequire } = await import('node:module')
    const render = createRequire(import.meta.url)('hexo-renderer-marked/lib/renderer.js')
    const config = { gfm: true, pedantic: false, breaks: true, smartypants: true, modifyAnchors: 0, autolink: true,
      mangle: false, sanitizeUrl: false, dompurify: false, headerIds: true, anchorAlias: false, lazyload: false,
      prependRoot: false, postAsset: false, external_link: { enable: false, exclude: [], nofollow: false },
      disableNunjucks: false, descriptionLists: true }
    const hexo = { config: { marked: config, url: 'https://example.org', root: '/' }, execFilterSync() {},
      model: () => ({ findOne: () => null }) }
    return (text) => render.call(hexo, { text }, {})
  }
  if (engine === 'vitepress') {
    const { createMarkdownRenderer } = await import('vitepress')
    const { default: MarkdownIt } = await import('markdown-it')
    const md = await createMarkdownRenderer(process.cwd(), { highlight: (code) => code })
    // Its frames around code, and what it does to links, are no part of the tree.
    md.renderer.rules.fence = new MarkdownIt().renderer.rules.fence
    delete md.renderer.rules.link_open
    md.set({ highlight: null })
    return (text) => md.render(text, { path: 'a.md', relativePath: 'a.md' })
  }
  const { unified } = await import('unified')
  const { default: parse } = await import('remark-parse')
  const { default: gfm } = await import('remark-gfm')
  const { default: rehype } = await import('remark-rehype')
  const { default: raw } = await import('rehype-raw')
  const { default: stringify } = await import('rehype-stringify')
  const { default: Slugger } = await import('github-slugger')
  const { visit } = await import('unist-util-visit')
  const { toString } = await import('hast-util-to-string')
  const ids = () => (tree) => {
    const slugger = new Slugger()
    visit(tree, 'element', (node) => {
      if (/^h[1-6]$/.test(node.tagName) && !node.properties.id) node.properties.id = slugger.slug(toString(node))
    })
  }
  const processor = unified().use(parse).use(gfm).use(rehype, { allowDangerousHtml: true }).use(ids).use(raw).use(stringify)
  return async (text) => String(await processor.process(text))
}

const render = await renderer()
const pages = []
for (const post of posts) {
  try { pages.push(await render(post)) } catch { pages.push(null) }
}
process.stdout.write(JSON.stringify(pages))
