"use strict";
// Sorts and filters the inventory. The page reads well without it.
(() => {
  const table = document.getElementById("pages-table");
  if (!table) return;
  const body = table.tBodies[0];
  const all = [...body.rows];
  const STEP = 25;
  let shown = STEP;
  let rows = all;
  const find = document.getElementById("find");
  const folder = document.getElementById("folder");
  const rule = document.getElementById("rule");
  const more = document.getElementById("more");
  const count = document.getElementById("count");

  // Columns that are empty everywhere are left out.
  const columns = new Map([...table.tHead.rows[0].cells].map((cell, at) => [cell.dataset.k, at]));
  const valueAt = (row, column) => row.cells[column]?.dataset.v ?? row.cells[column]?.textContent.trim() ?? "";
  const key = (row, column) => {
    const value = valueAt(row, column);
    if (value === "" && row.cells[column].classList.contains("n")) return 0;
    return value !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
  };
  const compare = (a, b) => {
    if (typeof a === typeof b) return typeof a === "number" ? a - b : a.localeCompare(b);
    return typeof a === "number" ? -1 : 1;
  };
  const draw = () => {
    body.replaceChildren(...rows.slice(0, shown));
    body.classList.add("ready");
    const left = rows.length - Math.min(shown, rows.length);
    more.hidden = left === 0;
    const [seen, found, known] = [Math.min(shown, rows.length), rows.length, all.length].map((n) => n.toLocaleString("en"));
    count.textContent = rows.length === 0 ? `none of ${known} files matches`
      : rows.length < all.length ? (shown < rows.length ? `${seen} of ${found} files that match` : `${found} of ${known} files match`)
      : shown < all.length ? `the first ${seen} of ${known} files` : `${known} files`;
  };
  const filter = () => {
    const words = find.value.normalize("NFC").toLowerCase();
    rows = all.filter((row) =>
      (!words || row.textContent.normalize("NFC").toLowerCase().includes(words)) &&
      (!folder.value || row.dataset.path.startsWith(folder.value)) &&
      (!rule.value || ` ${row.dataset.rules} `.includes(` ${rule.value} `)));
    shown = STEP;
    draw();
  };
  table.tHead.querySelectorAll("th").forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      // The highest number is the most interesting one.
      const [first, second] = head.classList.contains("n") ? ["descending", "ascending"] : ["ascending", "descending"];
      const order = head.getAttribute("aria-sort") === first ? second : first;
      const down = order === "descending";
      table.tHead.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order);
      const sorted = (list) => list.map((row) => [key(row, column), row])
        .sort(([a], [b]) => (down ? compare(b, a) : compare(a, b))).map(([, row]) => row);
      all.splice(0, all.length, ...sorted(all));
      filter();
    });
  });
  [find, folder, rule].forEach((input) => input.addEventListener("input", filter));
  more.querySelector("button").addEventListener("click", () => { shown += shown > STEP ? 1000 : 175; draw(); });

  // A row that is not shown is brought to the top, and what is folded is opened.
  const reach = () => {
    let name = location.hash.slice(1);
    if (!name) return;
    const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
    const row = all.find((it) => it.id === name || decoded(it.id) === decoded(name));
    if (row && !row.isConnected) {
      rows = [row, ...all.filter((it) => it !== row)];
      draw();
    }
    const target = row ?? document.getElementById(name) ?? document.getElementById(decoded(name));
    for (let at = target; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
    target?.scrollIntoView();
  };
  addEventListener("hashchange", reach);

  const field = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? "'" : "") + text.replaceAll('"', '""')}"`;
  document.getElementById("csv").addEventListener("click", () => {
    const names = ["path", "url", "built page", "title", "title px", "description", "description px", "language", "date",
      "characters", "headings", "images", "images with alt", "links out", "links in", "noindex", "canonical", "errors", "warnings",
      "advice"];
    const line = (row) => {
      const text = (selector) => row.querySelector(selector)?.textContent ?? "";
      const value = (name) => valueAt(row, columns.get(name));
      const number = (name) => value(name) || "0";
      const { path, url, built, canonical, noindex, alts, language } = row.dataset;
      return [path, url ?? "", built ?? "", text(".t"), value("title"), text(".d"), value("description"), language ?? "",
        value("date"), number("characters"), number("headings"), number("images"), alts ?? "", number("linksOut"), value("linksIn"),
        noindex ? "yes" : "", canonical ?? "", number("errors"), number("warnings"), number("infos")].map(field).join(",");
    };
    const text = "\ufeff" + [names.join(","), ...rows.map(line)].join("\r\n") + "\r\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = "pages.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  // Paper cannot be opened. Of the table, what is on the screen is printed: thousands of rows are for the CSV.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details.rule:not([open])")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of folded) details.open = false; });
  draw();
  reach();
})();
