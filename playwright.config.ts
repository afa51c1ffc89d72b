import { defineConfig } from "@playwright/test";

const running = process.env.E2E_BASE_URL; // stories against a server that somebody else started
const port = process.env.PORT ?? "3187";
const baseURL = running ?? `http://127.0.0.1:${port}`;
const report = process.env.DOCKET_E2E_REPORT;
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/find-database.ts",
  workers: 1, // the stories share one Docket, as colleagues do
  retries: 0,
  forbidOnly: true,
  timeout: 180_000, // a whole story with its surveys, also on a machine that has other work
  expect: { timeout: 10_000 },
  reporter: report ? [["list"], ["json", { outputFile: report }]] : [["list"]],
  use: {
    baseURL,
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: ["--disable-dev-shm-usage", ...(isRoot ? ["--no-sandbox"] : [])],
    },
  },
  webServer: running
    ? undefined
    : {
        command: "exec node lib/cli/start.mjs",
        url: `${baseURL}/api/health`,
        env: { PORT: port, DOCKET_DEMO: "1", DOCKET_TRACKERS_INSIDE: "1", DOCKET_DATA_DIR: process.env.DOCKET_DATA_DIR ?? ".docket/e2e" },
        timeout: 240_000,
        gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
        stdout: "pipe",
      },
});
