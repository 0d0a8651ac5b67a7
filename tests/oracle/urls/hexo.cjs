// Prints `path<TAB>url` for each page of a Hexo site.
//
//     node hexo.cjs FOLDER NODE_MODULES
//
// Works on a copy without theme, scripts and bodies: URLs depend on none of them.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const [folder, modules] = process.argv.slice(2).map((argument) => path.resolve(argument));
const Hexo = require(path.join(modules, "hexo"));
const copy = fs.mkdtempSync(path.join(os.tmpdir(), "hexo-"));
const left = /[/\\](node_modules|\.git|themes|scripts|public|package\.json)$/;
fs.cpSync(folder, copy, { recursive: true, filter: (from) => !left.test(from) });
fs.symlinkSync(modules, path.join(copy, "node_modules"));
fs.writeFileSync(path.join(copy, "package.json"), '{"hexo": {}, "dependencies": {"hexo-renderer-marked": "*"}}');

const walk = (at) =>
  fs.readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const inside = path.join(at, entry.name);
    return entry.isDirectory() ? walk(inside) : entry.isFile() ? [inside] : [];
  });
for (const file of walk(copy).filter((name) => /\.(md|markdown|html)$/.test(name))) {
  const block = /^(---)?\s*\n?[^]*?\n---\s*?(\n|$)/.exec(fs.readFileSync(file, "utf8"));
  fs.writeFileSync(file, `${block ? block[0] : ""}text\n`);
}

async function main() {
  const hexo = new Hexo(copy, { silent: true });
  await hexo.init();
  await hexo.load();
  const source = hexo.config.source_dir.replace(/\/$/, "");
  const host = new URL(hexo.config.url).origin;
  const show = (page) => {
    const url = page.permalink.startsWith(host) ? page.permalink.slice(host.length) : page.permalink;
    console.log(`${source}/${page.source}\t${url}`);
  };
  hexo.locals.get("posts").forEach(show);
  hexo.locals.get("pages").forEach(show);
  for (const asset of hexo.model("Asset").toArray()) {
    if (/\.html?$/.test(asset.path)) console.log(`${source}/${asset.path}\t${hexo.config.root}${asset.path}`);
  }
}

main().then(() => process.exit(), (error) => process.exit(console.error(error) ?? 1));
process.on("exit", () => fs.rmSync(copy, { recursive: true }));
