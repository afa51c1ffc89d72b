import next from "eslint-config-next/core-web-vitals";
import nextTs from "eslint-config-next/typescript";

const unsafeSql = {
  selector: "MemberExpression[property.name=/RawUnsafe$/]",
  message: "Bind values with the tagged template ($queryRaw`…`); *Unsafe takes a string that scanner text could reach.",
};
const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "The environment is read once, in lib/env.ts.",
};

const counted = { skipBlankLines: true, skipComments: true };
const tests = ["**/*.test.ts", "**/*.test.tsx", "**/*.db.test.ts", "e2e/**", "lib/testing/**"];

const config = [
  { ignores: ["lib/generated/**", ".next/**", ".docket/**", "next-env.d.ts", "test-results/**", "playwright-report/**"] },
  ...next,
  ...nextTs,
  { settings: { react: { version: "19.3" } }, rules: { "@next/next/no-html-link-for-pages": "off", "react-hooks/incompatible-library": "off" } }, // that warning is for the React Compiler, which is not in use
  {
    name: "short enough to read",
    rules: {
      "max-lines": ["error", { max: 200, ...counted }],
      "max-lines-per-function": ["error", { max: 60, ...counted }],
      "max-depth": ["error", 3],
      "no-restricted-syntax": ["error", unsafeSql],
    },
  },
  {
    name: "nothing is cast, nothing is left to float",
    files: ["**/*.ts", "**/*.tsx", "**/*.mts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    name: "a .cjs file requires",
    files: ["**/*.cjs"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    name: "the environment has one door",
    files: ["app/**", "components/**", "lib/**/*.ts", "proxy.ts"],
    ignores: ["lib/env.ts", "lib/testing/**", "**/*.test.ts"],
    rules: { "no-restricted-syntax": ["error", unsafeSql, environment] },
  },
  {
    name: "a plug-in may be as long as its format's manual asks",
    files: ["lib/plugins/**"],
    rules: { "max-lines": ["error", { max: 300, ...counted }] },
  },
  {
    name: "a story may be told in full",
    files: tests,
    rules: {
      "max-lines": ["error", { max: 500, ...counted }],
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
];
export default config;
