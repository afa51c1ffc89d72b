import fs from "node:fs";
import { chromium, type Page } from "playwright";
import type { z } from "zod";
import { answering } from "@/lib/bench/answering";
import { askedOfVisit, type Visit } from "@/lib/bench/spec";

/** A browser that scrolls a long queue and walks it by keys, beside a bare virtual list of the same rows. */
const SCROLL_MS = 4_000;
const KEYS = 60;
const STEP = 90;
const TURNS = 2;
/** Long enough for a paint, and no answer comes meanwhile. */
const HELD_MS = 300;
/** Investigate, repeat it, open a finding and close it again. */
const DECIDING = ["i", ".", "i", ".", ".", "i", ".", ".", "Enter", "Escape", "j", "Enter", "Escape"];

/** Scrolls an element for some seconds, a step each frame; gives the frames a second and how long the longest task took. */
type Scrolled = { frames: number; longest: number };

async function scrolled(page: Page, selector: string): Promise<Scrolled> {
  return page.evaluate(async ([where, milliseconds, step]) => {
    const box = document.querySelector(where);
    if (!box) throw new Error(`There is no ${where}.`);
    let longest = 0;
    const watch = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => { longest = Math.max(longest, duration); }));
    watch.observe({ entryTypes: ["longtask"] });
    const began = performance.now();
    let frames = 0;
    box.scrollTop = 40_000;
    for (let way = 1; performance.now() - began < milliseconds; frames++) {
      await new Promise((next) => requestAnimationFrame(next));
      box.scrollTop += way * step;
      if (frames % 400 === 399) way = -way;
    }
    watch.disconnect();
    return { frames: (1_000 * frames) / (performance.now() - began), longest };
  }, [selector, SCROLL_MS, STEP] as const);
}

/** The same rows in a list that does nothing but draw those in view. */
const BARE = `<!doctype html><style>body{margin:0;font:13px sans-serif}#box{height:900px;overflow-y:auto}#all{position:relative}.row{position:absolute;left:0;right:0;height:36px;display:grid;
grid-template-columns:26px 14px 24px 1fr 104px 136px 84px 24px 38px 84px;align-items:center;border-bottom:1px solid #ddd}</style><div id="box"><div id="all"></div></div><script>
const rows = ROWS, box = document.getElementById("box"), all = document.getElementById("all"), drawn = new Map();
all.style.height = rows.length * 36 + "px";
function draw(){ const from = Math.max(0, Math.floor(box.scrollTop / 36) - 12), to = Math.min(rows.length, from + 49);
  for (const [at, row] of drawn) if (at < from || at >= to) { row.remove(); drawn.delete(at); }
  for (let at = from; at < to; at++) if (!drawn.has(at)) { const row = document.createElement("div"); row.className = "row"; row.style.transform = "translateY(" + at * 36 + "px)";
    for (const text of rows[at]) { const cell = document.createElement("span"); cell.textContent = text; row.append(cell); } all.append(row); drawn.set(at, row); } }
box.addEventListener("scroll", draw); draw();</script>`;

/** Loads rows by scrolling to the end again and again, as somebody would who never lets go. */
async function loadMany(page: Page, wanted: number): Promise<number> {
  const loaded = () => page.evaluate(() => Math.round((document.querySelector("#queue [role=rowgroup].relative")?.clientHeight ?? 0) / 36));
  for (let last = 0, same = 0; ; ) {
    const now = await loaded();
    if (now >= wanted || same > 200) return now;
    same = now === last ? same + 1 : 0;
    last = now;
    await page.evaluate(() => { const box = document.querySelector("#queue")?.parentElement; if (box) box.scrollTop = box.scrollHeight; });
    await page.waitForTimeout(50);
  }
}

/** From here on every key is timed from its press to the paint of the first thing that it changed, and every long task is noted. */
async function timeKeys(page: Page): Promise<() => Promise<z.output<typeof askedOfVisit.shape.seen>>> {
  await page.evaluate(() => {
    const seen = { slowest: 0, longest: 0, pressed: 0, painted: 0 };
    Object.assign(window, { seenByBench: seen });
    if ("timedByBench" in window) return;
    Object.assign(window, { timedByBench: true });
    // No function here has a name: what compiles this file would wrap it, and the browser does not know the wrapper.
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => {
      const mine: typeof seen = Reflect.get(window, "seenByBench");
      mine.longest = Math.max(mine.longest, duration);
    })).observe({ entryTypes: ["longtask"] });
    addEventListener("keydown", () => {
      const at = performance.now();
      const mine: typeof seen = Reflect.get(window, "seenByBench");
      mine.pressed++;
      const watch = new MutationObserver(() => {
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => {
          mine.painted++;
          mine.slowest = Math.max(mine.slowest, performance.now() - at);
        }));
      });
      watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    }, true);
  });
  return async () => askedOfVisit.shape.seen.parse(await page.evaluate(() => Reflect.get(window, "seenByBench")));
}

/** Moves the cursor and ticks rows: nothing is asked for that. */
async function walked(page: Page) {
  let asked = 0;
  const note = (request: { url(): string }) => {
    asked++;
    console.error(`asked while the cursor moved: ${request.url()}`);
  };
  page.on("request", note);
  const seen = await timeKeys(page);
  await page.locator("#queue").focus();
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.press(key % 3 === 2 ? "x" : "j");
    await page.waitForTimeout(25);
  }
  await page.waitForTimeout(HELD_MS);
  page.off("request", note);
  return { ...(await seen()), asked };
}

/** Decides, repeats and opens while every answer is held back: what a key does must be seen without one. */
async function decided(page: Page) {
  let held = 0;
  let release = () => {};
  const answered = new Promise<void>((resolve) => { release = resolve; });
  await page.route("**/*", async (route) => {
    held++;
    await answered;
    await route.continue().catch(() => undefined); // the browser is closed by then, or has asked anew
  });
  const seen = await timeKeys(page);
  await page.locator("#queue").focus();
  await page.keyboard.press("Escape"); // what was ticked before
  for (const key of DECIDING) {
    await page.keyboard.press(key);
    await page.waitForTimeout(HELD_MS);
  }
  const found = await seen();
  release();
  await page.unroute("**/*");
  if (held === 0) throw new Error("The keys that decide asked nothing of the server: they decided nothing.");
  return found;
}

async function main(): Promise<Visit> {
  const asked = askedOfVisit.omit({ seen: true }).parse(JSON.parse(fs.readFileSync(0, "utf8")));
  const browser = await chromium.launch({ executablePath: asked.browser, args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${asked.address}/login`);
  await page.getByLabel("E-mail").fill(asked.email);
  await page.getByLabel("Password").fill(asked.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/alerts/);
  await page.goto(`${asked.address}/e/1/alerts?tab=needs_review`);
  await page.getByRole("row").nth(3).waitFor();
  const rows = await loadMany(page, asked.rows);
  await page.evaluate(() => document.querySelector("#queue")?.parentElement?.setAttribute("id", "bench-box"));
  await page.waitForTimeout(1_000);
  const keys = await walked(page);
  const deeds = await decided(page);
  const texts = await page.locator("#queue [role=row][data-number]").evaluateAll((all) => all.map((row) => [...row.querySelectorAll("[role=gridcell]")].map((cell) => cell.textContent ?? "")));
  const bare = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await bare.setContent(BARE.replace("ROWS", () => JSON.stringify(Array.from({ length: rows }, (_, at) => texts[at % texts.length])).replaceAll("<", "\\u003c")));
  const both: { queue: Scrolled; list: Scrolled }[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    await page.bringToFront();
    const queue = await scrolled(page, "#bench-box");
    await bare.bringToFront();
    both.push({ queue, list: await scrolled(bare, "#box") });
  }
  await browser.close();
  return {
    rows, frames: Math.max(...both.map(({ queue }) => queue.frames)), bareFrames: Math.max(...both.map(({ list }) => list.frames)), longest: Math.min(...both.map(({ queue }) => queue.longest)),
    keyLongest: keys.longest, slowestKey: keys.slowest, askedBetween: keys.asked, decided: deeds.slowest, decidedLongest: deeds.longest, pressed: keys.pressed + deeds.pressed,
    unpainted: keys.pressed + deeds.pressed - keys.painted - deeds.painted,
  };
}

answering(main);
