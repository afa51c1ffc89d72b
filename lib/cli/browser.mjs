// A Chromium for the stories, from wherever this machine has one.
import fs from "node:fs";
import path from "node:path";
import { root } from "./install.mjs";
import { run } from "./processes.mjs";
import { say, Trouble } from "./say.mjs";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const present = (file) => (file && fs.existsSync(file) ? file : null);

async function playwrights() {
  const { chromium } = await import("playwright");
  return present(chromium.executablePath());
}

/** A whole Chromium inside an npm package. The variable makes it unpack the libraries that a bare machine lacks. */
async function packaged() {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs22.x";
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    return present(await chromium.executablePath());
  } catch (error) {
    say(`the packaged Chromium does not unpack: ${error.message}`);
    return null;
  }
}

async function downloaded() {
  say("downloading Chromium");
  const { code } = await run(process.execPath, [path.join(root, "node_modules/playwright/cli.js"), "install", "chromium"], { quiet: true });
  return code === 0 ? playwrights() : null;
}

async function fromDebian() {
  if (process.getuid?.() !== 0 || !fs.existsSync("/usr/bin/apt-get")) return null;
  say("installing Chromium with apt");
  await run("apt-get", ["update", "-qq"], { quiet: true });
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=600", "chromium"], { quiet: true });
  return present("/usr/bin/chromium");
}

const PLACES = [() => present(process.env.CHROMIUM_PATH), playwrights, () => INSTALLED.find(present) ?? null, packaged, downloaded, fromDebian];

/** The path of a Chromium; installs one when there is none. */
export async function findBrowser() {
  for (const place of PLACES) {
    const found = await place();
    if (found) return found;
  }
  throw new Trouble("no Chromium was found and none could be installed: set CHROMIUM_PATH");
}
