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
  // Without indented code, as in Eleventy since 2.0.
  if (engine === 'eleventy') {
    const { default: MarkdownIt } = await import('markdown-it')
    const md = new MarkdownIt({ html: true }).disable('code')
    return (text) => md.render(text)
  }
  // 0.3, as in hexo-renderer-marked 0.3.
  if (engine === 'marked-old') {
    const { default: marked } = await import('marked-old')
    return (text) => marked(text, { breaks: true, gfm: true, tables: true })
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
    const plain = new MarkdownIt().renderer.rules.fence
    md.renderer.rules.fence = (tokens, index, options, env, self) => {
      // `{1,3}` are lines to highlight, which its own renderer does not write as attributes.
      tokens[index].attrs = null
      return plain(tokens, index, options, env, self)
    }
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
  if (engine === 'mdx') {
    const { default: mdx } = await import('remark-mdx')
    const inMdx = ['mdxJsxFlowElement', 'mdxJsxTextElement', 'mdxFlowExpression', 'mdxTextExpression', 'mdxjsEsm']
    // Components as elements, nothing for code.
    const plain = () => (tree) => visit(tree, inMdx, (node) => {
      if (!node.type.startsWith('mdxJsx')) return Object.assign(node, { type: 'text', value: '' })
      const properties = Object.fromEntries(node.attributes.map((attribute) =>
        [attribute.name ?? `{${attribute.value}}`, attribute.value?.value ?? attribute.value ?? '']))
      Object.assign(node, { type: 'element', tagName: node.name ?? 'fragment', properties })
    })
    const processor = unified().use(parse).use(mdx).use(gfm).use(rehype, { passThrough: inMdx }).use(ids).use(plain).use(stringify)
    // Docusaurus accepts comments and ids of HTML and Markdown.
    const accepted = (text) => text.replace(/(^[ \t]*(`{3,}|~{3,})[^]*?^[ \t]*\2)|<!--([^]*?)-->/gm,
      (all, code, _, comment) => code ?? `{/*${comment}*/}`).replace(/^(#+ .*)\{(#[^{}]+\})[ \t]*$/gm, '$1\\{$2')
    return async (text) => String(await processor.process(accepted(text)))
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
