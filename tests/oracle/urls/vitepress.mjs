// Prints `path<TAB>url` for each page of a VitePress site.
//
//     node vitepress.mjs FOLDER NODE_MODULES
//
// Works on a copy whose config imports nothing but VitePress: other modules are replaced by ones that do nothing. The URLs
// are those that VitePress writes into a sitemap.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, modules] = process.argv.slice(2).map((argument) => path.resolve(argument));
const copy = fs.mkdtempSync(path.join(os.tmpdir(), "vitepress-"));
fs.cpSync(folder, copy, { recursive: true, filter: (from) => !/[/\\](node_modules|\.git|dist|cache)$/.test(from) });
fs.symlinkSync(modules, path.join(copy, "node_modules"));
const settings = path.join(copy, ".vitepress");
for (const name of fs.readdirSync(settings).filter((it) => /^config\.m?[jt]s$/.test(it))) {
  const file = path.join(settings, name);
  const text = fs.readFileSync(file, "utf8").replace(/^import\s+(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\})?\s*from\s*['"]([^'"]+)['"];?/gm, (all, own, names, from) => {
    if (from === "vitepress" && names) {
      const bare = names.split(",").map((it) => it.trim()).filter((it) => it && !it.startsWith("type "));
      return `import * as vitepress from "vitepress"; const { ${bare.join(", ")} } = vitepress;`;
    }
    if (from === "vitepress" || from.startsWith("node:")) return all;
    const listed = (names ?? "").split(",").map((it) => it.trim().split(/\s+as\s+/).pop()).filter((it) => it && !it.startsWith("type "));
    return [own, ...listed].filter(Boolean).map((it) => `const ${it} = () => ({});`).join("\n");
  });
  fs.writeFileSync(file, text);
}
const { resolveConfig } = await import(pathToFileURL(path.join(modules, "vitepress/dist/node/index.js")));
try {
  const config = await resolveConfig(copy, "build", "production");
  const source = path.relative(copy, config.srcDir);
  for (const page of config.pages) {
    const to = (config.rewrites.map[page] ?? page).replace(/(^|\/)index\.md$/, "$1");
    console.log(`${path.join(source, page)}\t${config.site.base}${to.replace(/\.md$/, config.cleanUrls ? "" : ".html")}`);
  }
} finally {
  fs.rmSync(copy, { recursive: true });
}
