// Prints `path<TAB>url` for each Markdown and HTML page of an Astro site.
//
//     node astro.mjs FOLDER NODE_MODULES [never]
//
// Works on a copy in which the body of each file is its path, and looks for the paths in the built pages. `never` is the
// value of `trailingSlash`.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const [folder, modules] = process.argv.slice(2, 4).map((argument) => path.resolve(argument));
const slash = process.argv[4] === "never" ? "" : "/";
const copy = fs.mkdtempSync(path.join(os.tmpdir(), "astro-"));
fs.cpSync(folder, copy, { recursive: true, filter: (from) => !/[/\\](node_modules|\.git|dist|\.astro)$/.test(from) });
fs.symlinkSync(modules, path.join(copy, "node_modules"));
const walk = (at) =>
  fs.readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const inside = path.join(at, entry.name);
    return entry.isDirectory() ? walk(inside) : entry.isFile() ? [inside] : [];
  });
for (const file of walk(path.join(copy, "src")).filter((name) => /\.(md|mdx|html)$/.test(name))) {
  const block = /^---\s*\n[^]*?\n---\s*?(\n|$)/.exec(fs.readFileSync(file, "utf8"));
  // In code, so that no plugin changes it.
  const name = path.relative(copy, file);
  fs.writeFileSync(file, `${block ? block[0] : ""}\n${file.endsWith("html") ? `@@${name}@@` : `\`@@${name}@@\``}\n`);
}
try {
  const binary = path.join(modules, "astro", "bin", "astro.mjs");
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" };
  execFileSync(process.execPath, [fs.existsSync(binary) ? binary : path.join(modules, "astro", "astro.js"), "build"], {
    cwd: copy,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const pages = new Map();
  const built = path.join(copy, "dist");
  for (const file of walk(built).filter((name) => name.endsWith(".html"))) {
    const found = /@@(src\/[^@]*)@@/.exec(fs.readFileSync(file, "utf8"));
    const page = `/${path.relative(built, file)}`;
    const url = page === "/index.html" ? "/" : page.replace(/\/index\.html$/, slash);
    // Starlight shows pages that are not translated at the URLs of the translations too.
    const known = found && pages.get(found[1]);
    if (found && !(known?.length <= url.length)) pages.set(found[1], url);
  }
  for (const [name, url] of pages) console.log(`${name}\t${url}`);
} catch (error) {
  console.error(String(error.stderr ?? error).slice(-1500));
} finally {
  fs.rmSync(copy, { recursive: true });
}
