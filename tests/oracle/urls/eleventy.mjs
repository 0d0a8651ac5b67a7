// Prints `path<TAB>url` for each page of an Eleventy site.
//
//     node eleventy.mjs FOLDER NODE_MODULES
//
// Works on a copy without layouts and bodies. Plugins that are not installed are replaced by ones that do nothing.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const [folder, modules] = process.argv.slice(2).map((argument) => path.resolve(argument));
const copy = fs.mkdtempSync(path.join(os.tmpdir(), "eleventy-"));
fs.cpSync(folder, copy, { recursive: true, filter: (from) => !/node_modules|\.git$/.test(from) });
fs.symlinkSync(modules, path.join(copy, "node_modules"));
const walk = (at) =>
  fs.readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const inside = path.join(at, entry.name);
    return entry.isDirectory() ? walk(inside) : entry.isFile() ? [inside] : [];
  });
// Layouts may need filters; their front matter matters, their text does not.
for (const file of walk(copy).filter((name) => /\.(md|html|njk|liquid)$/.test(name))) {
  const text = fs.readFileSync(file, "utf8");
  const block = /^---\s*\n[^]*?\n---\s*?(\n|$)/.exec(text);
  const isLayout = /[/\\]_\w+[/\\]/.test(path.relative(copy, file)) || !/\.(md|html)$/.test(file);
  fs.writeFileSync(file, (block ? block[0] : "") + (isLayout ? "" : "text\n"));
}
const binary = path.join(modules, "@11ty/eleventy/cmd.cjs");
try {
  // A pipe would be cut off where Eleventy exits.
  const written = path.join(copy, "pages.txt");
  const file = fs.openSync(written, "w");
  execFileSync(process.execPath, [binary, "--to=json", "--quiet"], { cwd: copy, stdio: ["ignore", file, "pipe"] });
  const text = fs.readFileSync(written, "utf8");
  const seen = new Set();
  for (const page of JSON.parse(text.slice(text.search(/^\[[\s{]/m)))) {
    // Of a paginated template, the first page.
    const name = path.normalize(page.inputPath);
    if (page.outputPath && !seen.has(name)) console.log(`${name}\t${page.url}`);
    seen.add(name);
  }
} catch (error) {
  console.error(String(error.stderr ?? error).slice(-1500));
} finally {
  fs.rmSync(copy, { recursive: true });
}
