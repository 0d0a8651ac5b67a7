// Drives VS Code (code-server, in a headless Chromium) with the extension, on a copy of the site. See README.md.
//
//   node vscode.mjs URL FOLDER PICTURES
//
// URL is that of a code-server, FOLDER the copy, which it can open and this changes, and PICTURES a folder for the
// screenshots, which are to be looked at. STEPS names some of the steps, with commas. `STEPS=columns` is for a copy of columns/site,
// or of the site of the post that POST names, and `STEPS=task` the same with the problem matcher of editors/vscode-task instead of
// the extension; UNIT changes its unit.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

// From the working directory, where README.md installs it.
const { chromium } = createRequire(`${process.cwd()}/`)("playwright-core");
const [url, folder, pictures] = process.argv.slice(2);
const harbour = `${folder}/_posts/2024-05-01-harbour.md`;
mkdirSync(pictures, { recursive: true });
function is(what, holds, actual) {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(actual)}`);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1300, height: 800 } });
const picture = (name) => page.screenshot({ path: `${pictures}/${name}.png` });
const pause = (milliseconds = 800) => page.waitForTimeout(milliseconds);
const texts = (selector) => page.$$eval(selector, (them) => them.map((it) => it.textContent.replaceAll("\u00a0", " ")));

/** Moves down a list to the row with the text, and takes it. */
async function choose(list, text) {
  const chosen = () => texts(`${list} .monaco-list-row.focused`);
  for (let row = 0; row < 20 && !(await chosen())[0]?.includes(text); row++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await pause();
}

/** Types words into a list, and takes the row with the text once it is there. */
async function pick(key, words, text = words) {
  if (key) await page.keyboard.press(key);
  await page.waitForSelector(".quick-input-widget input", { state: "visible" });
  await page.keyboard.type(words, { delay: 15 });
  await page.waitForSelector(`.quick-input-list .monaco-list-row:has-text("${text}")`, { timeout: 60000 });
  await pause(300);
  await choose(".quick-input-list", text);
}
const open = (name) => pick("Control+P", name);
const command = (name) => pick("F1", name);

/** Puts the cursor in front of a word of the file. */
async function go(text, word) {
  const lines = text.split("\n");
  const line = lines.findIndex((it) => it.includes(word));
  await pick("Control+G", `${line + 1}:${lines[line].indexOf(word) + 1}`, "Go to line");
}

/** The text that is over the squiggles of a class, by their places on the screen; of one line only if its top is given. */
const squiggled = (name, top) =>
  page.evaluate(([name, top]) => {
    const found = [];
    for (const mark of document.querySelectorAll(`.monaco-editor ${name}`)) {
      const box = mark.getBoundingClientRect();
      if (top !== undefined && Math.abs(box.top - top) > 5) continue;
      const middle = box.top + box.height / 2;
      const line = [...document.querySelectorAll(".view-line")].find((it) => {
        const its = it.getBoundingClientRect();
        return its.top <= middle && middle <= its.bottom;
      });
      let text = "";
      const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      while (nodes.nextNode()) {
        const node = nodes.currentNode;
        for (const { segment, index } of new Intl.Segmenter().segment(node.data)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + segment.length);
          const its = range.getBoundingClientRect();
          const centre = its.left + its.width / 2;
          if (box.left <= centre && centre <= box.right) text += segment;
        }
      }
      found.push(text.replaceAll("\u00a0", " "));
    }
    return found;
  }, [name, top]);

async function squiggles(name, expected) {
  let found;
  for (let round = 0; round < 60; round++) {
    found = await squiggled(name);
    if (found.includes(expected)) return;
    await pause(500);
  }
  is(`no squiggle under ${expected}`, false, found);
}

async function save() {
  await page.keyboard.press("Control+S");
  await pause(1500);
  return readFileSync(harbour, "utf8");
}

/** The quick fixes at a word. */
async function actions(word) {
  await go(readFileSync(harbour, "utf8"), word);
  await page.keyboard.press("Control+.");
  await page.waitForSelector(".action-widget .monaco-list-row", { timeout: 20000 });
  return texts(".action-widget .monaco-list-row");
}

const steps = {
  async squiggles() {
    await open("2024-05-01-harbour");
    await squiggles(".squiggly-error", '<img src="/assets/quay.png">');
    await squiggles(".squiggly-warning", "dofollow");
  },
  async problems() {
    await page.keyboard.press("Control+Shift+M");
    await page.waitForSelector(".markers-panel .monaco-list-row .marker-line", { timeout: 20000 });
    const shown = await texts(".markers-panel .monaco-list-row");
    const lines = readFileSync(harbour, "utf8").split("\n");
    for (const [rule, word] of [["alt-missing", "<img"], ["rel-unknown-token", 'dofollow"']]) {
      const line = lines.findIndex((it) => it.includes(word));
      const place = `[Ln ${line + 1}, Col ${lines[line].indexOf(word) + 1}]`;
      is(`${rule} is elsewhere`, shown.some((row) => row.includes(rule) && row.includes(place)), shown);
    }
  },
  async hover() {
    await go(readFileSync(harbour, "utf8"), "<img");
    await command("Show or Focus Hover");
    await page.waitForSelector(".monaco-hover:has-text('alt-missing')", { timeout: 20000 });
  },
  async "hover-key"() {
    await page.keyboard.press("Escape");
    await go(readFileSync(harbour, "utf8"), "title:");
    await command("Show or Focus Hover");
    await page.waitForSelector(".monaco-hover:has-text('_layouts/post.html')", { timeout: 20000 });
  },
  async "quick-fix"() {
    await page.keyboard.press("Escape");
    const shown = await actions('dofollow"');
    is("no quick fix", shown.some((it) => it.includes("(rel-unknown-token)")), shown);
    is("no suppression", shown.some((it) => it.includes("Ignore rel-unknown-token here")), shown);
    await picture("quick-fix-list");
    // The preferred fix is the first one.
    await page.keyboard.press("Enter");
    await pause(1500);
    const saved = await save();
    is("the fix is not in the file", saved.includes('rel="nofollow"'), saved);
  },
  async ignore() {
    const shown = await actions("<img");
    is("no suppression", shown.some((it) => it.includes("Ignore alt-missing here")), shown);
    await choose(".action-widget", "Ignore alt-missing here");
    await pause();
    const saved = await save();
    is("the suppression is not in the file", /postlint[^\n]*alt-missing/.test(saved), saved);
  },
  async "fix-all"() {
    await page.keyboard.press("Control+Z");
    await page.keyboard.press("Control+Z");
    await save();
    await squiggles(".squiggly-warning", "dofollow");
    await command("Fix All");
    await pause(1500);
    const saved = await save();
    is("the fix is not in the file", saved.includes('rel="nofollow"'), saved);
  },
  async completion() {
    await go(readFileSync(harbour, "utf8"), "배]");
    await page.keyboard.type("bo", { delay: 200 });
    await page.keyboard.press("Control+Space");
    await page.waitForSelector(".suggest-widget.visible .monaco-list-row:has-text('boats')", { timeout: 20000 });
    await pause();
    await picture("completion-list");
    await page.keyboard.press("Enter");
    await pause();
    const lines = await texts(".view-line");
    is("the tag is not in the editor", lines.includes("tags: [boats배]"), lines);
    await command("File: Revert File");
  },
  async definition() {
    await go(readFileSync(harbour, "utf8"), "2024/04/30/boats");
    await page.keyboard.press("F12");
    await page.waitForSelector(".tab.active:has-text('2024-04-30-boats.md')", { timeout: 20000 });
    const place = await texts("#status\\.editor\\.selection");
    is("not at the heading", place[0]?.startsWith("Ln 7"), place);
  },
  async mdx() {
    const post = readFileSync(harbour, "utf8").replace("title: ", "title: 2 ").replace('png">', 'png" />');
    writeFileSync(`${folder}/_posts/2024-05-03-reef.mdx`, post.replace('"nofollow"', '"nofollow dofollow"'));
    await pause(2000);
    await open("2024-05-03-reef.mdx");
    await squiggles(".squiggly-error", '<img src="/assets/quay.png" />');
    await squiggles(".squiggly-warning", "dofollow");
  },
  async config() {
    writeFileSync(`${folder}/postlint.yml`, "rules:\n  alt-mising: off\n");
    await pause(2000);
    await open("postlint.yml");
    await squiggles(".squiggly-error", "alt-mising");
  },
};

/** What is underlined in each line of a post that has the word `dofollow`, as a row of the table of columns/run. */
async function landed(client, unit) {
  const post = process.env.POST ?? "2024-05-01-columns.md";
  await open(post);
  if (unit) await runTask();
  const lines = readFileSync(`${folder}/_posts/${post}`, "utf8").split("\n");
  const found = [];
  for (const [line, text] of lines.entries()) {
    if (!text.includes('dofollow"')) continue;
    await pick("Control+G", `${line + 1}:1`, "Go to line");
    await pause(1500);
    const top = await page.$eval(".current-line", (it) => it.getBoundingClientRect().top);
    found.push((await squiggled(".squiggly-warning", top)).join());
  }
  console.log(`| ${client} | ${unit ?? "negotiated"} |${found.map((it) => ` \`${it}\` |`).join("")}`);
  is("the words are others", process.env.UNIT || found.every((it) => it === "dofollow"), found);
}

async function runTask() {
  const tasks = readFileSync(new URL("../../editors/vscode-task/tasks.json", import.meta.url), "utf8");
  mkdirSync(`${folder}/.vscode`, { recursive: true });
  writeFileSync(`${folder}/.vscode/tasks.json`, tasks.replace("utf16", process.env.UNIT ?? "utf16"));
  await command("Tasks: Run Task");
  await pick(null, "postlint");
  await page.waitForSelector(".squiggly-warning", { timeout: 30000 });
}

// Only when they are asked for: they want another site, and the task a VS Code without the extension, which would find the same.
const others = {
  columns: () => landed("the extension", undefined),
  task: () => landed("VS Code's problem matcher", process.env.UNIT ?? "utf16"),
};

let name;
try {
  await page.goto(`${url}/?folder=${folder}`);
  await page.waitForSelector(".monaco-workbench", { timeout: 60000 });
  await pause(3000);
  const only = process.env.STEPS?.split(",") ?? Object.keys(steps);
  for (name of only) {
    await (steps[name] ?? others[name])();
    await picture(name);
    console.log(`vscode: ${name}`);
  }
  console.log("vscode: right");
} catch (error) {
  await picture(`${name}-failed`);
  console.error(`vscode: ${name}: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
