// Opens a site from its folder, without a server, and says in lines of JSON what is wrong with it.
//
//   node check.mjs CHROMIUM < order.json
//
// The order: the folder, the pages to look at, words to search with the page that must be found, and a folder for
// pictures, or nothing.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const order = JSON.parse(readFileSync(0, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const address = (page) => `${pathToFileURL(order.folder).href}/${page}`;
const say = (where, what) => console.log(JSON.stringify({ where, what }));

const browser = await chromium.launch({ executablePath: process.argv[2], args: ["--no-sandbox"] });
const looks = [];
for (const colorScheme of ["light", "dark"]) for (const width of [1280, 360]) looks.push({ colorScheme, width });

async function opened(options, where) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("pageerror", (error) => say(where(), `a script fails: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && say(where(), `the console says: ${message.text()}`));
  page.on("dialog", (dialog) => { say(where(), "a text became a script"); dialog.dismiss(); });
  page.on("request", (request) => /^(file|data):/.test(request.url()) || say(where(), `loads ${request.url()}`));
  page.on("requestfailed", (request) => say(where(), `does not find ${request.url()}`));
  return page;
}

// Every page in every look: accessible, and no wider than the window.
for (const { colorScheme, width } of looks) {
  let now = "";
  const page = await opened({ colorScheme, viewport: { width, height: 900 } }, () => `${now}, ${colorScheme}, ${width}`);
  for (now of order.pages) {
    await page.goto(address(now), { waitUntil: "load" });
    if (now.startsWith("search")) await page.locator("ul.search li").first().waitFor();
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { preload: false }));
    for (const each of found.violations)
      say(`${now}, ${colorScheme}, ${width}`, `${each.id}: ${each.help}: ${each.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) say(`${now}, ${colorScheme}, ${width}`, `is ${over} pixels wider than the window`);
    const acted = await page.evaluate(() => window.acted);
    if (acted) say(now, "a text became a script");
    if (order.pictures)
      await page.screenshot({ path: `${order.pictures}/${now.replace(/[^a-z0-9]+/gi, "-")}-${colorScheme}-${width}.png` });
  }
  await page.context().close();
}

// The search finds what it must, and leads there.
{
  let now = "";
  const page = await opened({}, () => `search for ${now}`);
  for (const [words, target] of order.searches) {
    now = words;
    await page.goto(address("index.html"));
    await page.getByRole("searchbox").fill(words);
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\.html/);
    await page.locator("p.search-summary:not(:empty)").waitFor();
    const found = await page.locator("ul.search a").evaluateAll((links) => links.map((link) => link.href.split("#")[0]));
    const wanted = target ? address(target) : null;
    if (wanted && !found.includes(wanted)) say(`search for ${words}`, `finds ${found.length} pages, without ${target}`);
    if (!wanted && found.length) say(`search for ${words}`, `finds ${found.join(", ")}`);
    const told = await page.locator("p.search-summary").textContent();
    if (!found.length && !told.startsWith("No postmortem")) say(`search for ${words}`, `says: ${told}`);
    if (wanted && found.includes(wanted)) {
      await page.locator("ul.search a").nth(found.indexOf(wanted)).click();
      await page.locator("h1").waitFor();
    }
  }
  await page.context().close();
}

// By keyboard alone: past the head of the page, into the filter, and back.
{
  const page = await opened({}, () => "by keyboard");
  await page.goto(address("index.html"));
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.className);
  if (first !== "skip") say("by keyboard", `the first stop is ${first || "nothing"}, not the link to the content`);
  await page.keyboard.press("Enter");
  const main = await page.evaluate(() => document.activeElement.tagName);
  if (main !== "MAIN") say("by keyboard", `the link to the content leads to ${main}`);
  const shown = () => page.locator("#_postmortems > li:visible").count();
  const all = await shown();
  const stops = [];
  for (let count = 0; count < 40 && !stops.at(-1)?.startsWith("SELECT"); count++) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => document.activeElement.tagName + getComputedStyle(document.activeElement).outlineStyle));
  }
  if (!stops.at(-1)?.startsWith("SELECT")) say("by keyboard", "the filter is not reached");
  for (const each of stops) if (each.endsWith("none")) say("by keyboard", `a stop is not seen: ${each}`);
  await page.keyboard.press("ArrowDown");
  const some = await shown();
  if (!(some > 0 && some < all)) say("by keyboard", `the filter shows ${some} of ${all}`);
  const said = await page.locator("#_count").textContent();
  if (said !== `${some} of ${all} shown`) say("by keyboard", `the filter says ${JSON.stringify(said)}`);
  await page.getByRole("button", { name: "Show all" }).press("Enter");
  await page.locator(`#_postmortems > li:nth-child(${all}):visible`).waitFor();
  if ((await shown()) !== all) say("by keyboard", "the filter does not let go");
  await page.context().close();
}

// Without scripts everything but search and filter is there.
{
  const page = await opened({ javaScriptEnabled: false }, () => "without scripts");
  await page.goto(address("index.html"));
  if (await page.locator("#_filter").isVisible()) say("without scripts", "a filter is shown that does nothing");
  await page.locator("summary").first().click();
  await page.locator("details[open] a").first().click();
  if (!(await page.locator("#_postmortems > li").count())) say("without scripts", "a group has no postmortem");
  await page.locator("#_postmortems a").first().click();
  if (!(await page.locator("dl.facts").count())) say("without scripts", "a postmortem is not reached");
  await page.context().close();
}

await browser.close();
