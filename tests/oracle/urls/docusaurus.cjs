// Prints `path<TAB>url` for each Markdown file that a Docusaurus site publishes.
//
//     node docusaurus.cjs FOLDER NODE_MODULES [LOCALE]
//
// Works on a copy. Loads the site as a build does, up to its routes. Plugins and modules that are not installed are
// replaced by ones that do nothing.
process.env.NODE_ENV = "production";
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const Module = require("node:module");
const os = require("node:os");
const path = require("node:path");

const [folder, modules] = process.argv.slice(2, 4).map((argument) => path.resolve(argument));
const copy = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "docusaurus-")));
fs.cpSync(folder, copy, { recursive: true, filter: (from) => !/[/\\](node_modules|\.git|build|\.docusaurus)$/.test(from) });
// Docusaurus asks Git when posts were written.
const git = (...words) => execFileSync("git", ["-C", copy, "-c", "user.name=a", "-c", "user.email=a@b.c", ...words]);
git("init", "-q");
git("add", "-A", "-f");
git("commit", "-q", "-m", "all");
fs.symlinkSync(modules, path.join(copy, "node_modules"));
const nothing = path.join(copy, "nothing.cjs");
const theme = path.join(copy, "theme.cjs");
fs.writeFileSync(theme, "module.exports = { plain: {}, styles: [] };");
fs.writeFileSync(nothing, "module.exports = () => ({ name: `nothing-${Math.random()}` });");
// The pages that are programs do not matter here, nor do sidebars.
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  try {
    return resolve.call(this, request, parent, ...rest);
  } catch (error) {
    // Short names are tried first as they are.
    const isShort = /^(classic|content-\w+)$|^docusaurus-(preset|plugin-content)-/.test(request);
    if (parent?.filename?.startsWith(copy) && !isShort) return request.includes("prism") ? theme : nothing;
    throw error;
  }
};
// No plugin of the site may ask the network.
globalThis.fetch = async () => ({ ok: true, json: async () => ({}), text: async () => "" });
const locale = process.argv[4];

async function main() {
  const { loadSite } = require(path.join(modules, "@docusaurus/core/lib/server/site.js"));
  const site = await loadSite({ siteDir: copy, outDir: path.join(copy, "build"), locale });
  const walk = (routes) => routes.flatMap((route) => [route, ...walk(route.routes ?? [])]);
  for (const route of walk(site.props.routes)) {
    const source = route.metadata?.sourceFilePath;
    if (source && /\.mdx?$/.test(source)) console.log(`${source}\t${route.path}`);
  }
}

main()
  .catch((error) => console.error(error.stack, error.cause?.stack, error.cause?.cause?.stack))
  .finally(() => (fs.rmSync(copy, { recursive: true }), process.exit()));
