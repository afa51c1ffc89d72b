import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = { "@": path.resolve(import.meta.dirname) };
const database = "**/*.db.test.ts";
const never = ["node_modules/**", ".next/**", ".docket/**", "e2e/**", "lib/generated/**"];

/** Two kinds of test: pure ones beside their file, and stories on a real PostgreSQL, each file in a database of its own. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: { name: "unit", include: ["**/*.test.ts", "**/*.test.tsx"], exclude: [...never, database], environment: "node", testTimeout: 60_000 },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          include: [database],
          exclude: never,
          environment: "node",
          globalSetup: ["lib/testing/postgres.ts"],
          setupFiles: ["lib/testing/each-file.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
