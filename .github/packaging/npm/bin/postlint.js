#!/usr/bin/env node
// Runs the binary of the package for this platform, which npm installed as an optional dependency.
"use strict";

const { spawnSync } = require("node:child_process");
const path = require("node:path");

const platform = `@postlint/${process.platform}-${process.arch}`;

function binary() {
  try {
    const folder = path.dirname(require.resolve(`${platform}/package.json`));
    return path.join(folder, process.platform === "win32" ? "postlint.exe" : "postlint");
  } catch {
    console.error(
      `postlint: the package ${platform} is not installed.\n` +
        "If npm left out optional dependencies (--omit=optional, or a lockfile from another platform), install again with\n" +
        "them. If there is no such package, build postlint with `cargo install postlint --locked`.",
    );
    process.exit(2);
  }
}

const result = spawnSync(binary(), process.argv.slice(2), { stdio: "inherit", windowsHide: true });
if (result.error) {
  console.error(`postlint: ${result.error.message}`);
  process.exit(2);
}
if (result.signal) {
  process.kill(process.pid, result.signal);
} else {
  process.exitCode = result.status;
}
