// Drives VS Code (code-server, in a headless Chromium) with the extension, on a copy of the site. See README.md.
//
//   node vscode.mjs URL FOLDER SCREENSHOT
//
// URL is that of a code-server with the extension, and FOLDER the copy, which it can open.

import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [url, folder, screenshot] = process.argv.slice(2);
const post = `${folder}/_posts/2024-05-01-harbour.md`;

function is(what, holds, actual) {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(actual)}`);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1300, height: 800 } });
try {
  await page.goto(`${url}/?folder=${folder}`);
  await page.waitForSelector(".monaco-workbench", { timeout: 60000 });
  await page.waitForTimeout(3000);
  await page.keyboard.press("Control+P");
  await page.keyboard.type("2024-05-01-harbour", { delay: 20 });
  await page.waitForTimeout(1500);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".squiggly-error", { timeout: 60000 });

  // The problems, with lines and columns as VS Code counts them.
  await page.keyboard.press("Control+Shift+M");
  await page.waitForSelector(".markers-panel .monaco-list-row .marker-line", { timeout: 20000 });
  const rows = () => page.$$eval(".markers-panel .monaco-list-row", (rows) => rows.map((row) => row.textContent));
  const shown = await rows();
  const alt = shown.find((row) => row.includes("alt-missing"));
  const token = shown.find((row) => row.includes("rel-unknown-token"));
  const line = readFileSync(post, "utf8").split("\n");
  const place = (word) => {
    const at = line.findIndex((text) => text.includes(word));
    return `[Ln ${at + 1}, Col ${line[at].indexOf(word) + 1}]`;
  };
  is("the image is not where it is", alt?.includes(place("<img")), shown);
  is("the token is not where it is", token?.includes(place("dofollow\"")), shown);

  // The quick fix of the token.
  await page.click(`.markers-panel .monaco-list-row:has-text("rel-unknown-token")`);
  await page.waitForTimeout(500);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(1000);
  await page.keyboard.press("Control+.");
  await page.waitForSelector(".action-widget .monaco-list-row", { timeout: 20000 });
  const actions = await page.$$eval(".action-widget .monaco-list-row", (rows) => rows.map((row) => row.textContent));
  is("no quick fix", actions.some((action) => action.includes("(rel-unknown-token)")), actions);
  is("no suppression", actions.some((action) => action.includes("Ignore rel-unknown-token here")), actions);
  await page.screenshot({ path: screenshot });
  // The preferred fix is the first one.
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector(".markers-panel")?.textContent.includes("rel-unknown-token"), null, {
    timeout: 20000,
  });
  await page.keyboard.press("Control+S");
  await page.waitForTimeout(1500);
  const saved = readFileSync(post, "utf8");
  is("the fix is not in the file", saved.includes('rel="nofollow"'), saved);

  // The page of a rule.
  await page.hover(".view-line:has-text('가나다')");
  const image = await page.$(".view-line:has-text('가나다') >> text=/img/");
  await image.hover();
  await page.waitForSelector(".monaco-hover:has-text('alt-missing')", { timeout: 20000 });
  await page.screenshot({ path: screenshot.replace(/(\.png)?$/, "-hover.png") });
  console.log("vscode: right");
} catch (error) {
  await page.screenshot({ path: screenshot.replace(/(\.png)?$/, "-failed.png") });
  console.error(`vscode: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
