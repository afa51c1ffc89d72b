import { parseArgs } from "node:util";
import { z } from "zod";
import { Fault, type Input, type Verb, type Verbs } from "./command";

/** The command line, a line per noun; loaded when asked for, so that `--help` is quick. */
const COMMANDS: Readonly<Record<string, { summary: string; load: () => Promise<{ verbs: Verbs }> }>> = {
  user: { summary: "add people, give them roles and passwords, shut them out", load: () => import("./commands/user") },
  environment: { summary: "make and list environments", load: () => import("./commands/environment") },
  token: { summary: "make and end bearer tokens", load: () => import("./commands/token") },
  seed: { summary: "load the demo into an empty database", load: () => import("./commands/seed") },
  import: { summary: "import a scanner's report", load: () => import("./commands/import") },
  feeds: { summary: "load the KEV catalogue and EPSS scores", load: () => import("./commands/feeds") },
  doctor: { summary: "look at the database and say what is wrong", load: () => import("./commands/doctor") },
  "database-url": { summary: "print the address of the database in use", load: () => import("./commands/database-url") },
};

const GENERAL = { help: { type: "boolean", short: "h" }, json: { type: "boolean" } } as const;

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return ["usage: npm run docket -- COMMAND [options]", "", ...lines, "", "Each command explains itself with --help; --json where there is something to read."].join("\n");
}

function helpOf(noun: string, verbs: Verbs): string {
  const lines = Object.entries(verbs).flatMap(([verb, { usage, summary }]) => [
    `  ${[noun, verb, usage].filter(Boolean).join(" ")}`,
    `      ${summary}`,
  ]);
  return ["usage: npm run docket --", ...lines].join("\n");
}

async function main(args: readonly string[]): Promise<number> {
  const [noun, ...rest] = args;
  if (noun === undefined || noun === "--help" || noun === "-h" || noun === "help") {
    console.log(overview());
    return noun === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, noun) ? COMMANDS[noun] : undefined;
  if (!command) throw new Fault(`there is no command ${noun}; npm run docket -- --help lists them`);

  const { verbs } = await command.load();
  const alone = verbs[""];
  const asked = rest[0] ?? "";
  if (alone) return runVerb(noun, alone, verbs, rest);
  const verb = Object.hasOwn(verbs, asked) ? verbs[asked] : undefined;
  if (verb) return runVerb(noun, verb, verbs, rest.slice(1));
  console.log(helpOf(noun, verbs));
  return rest.some((word) => word === "--help" || word === "-h") ? 0 : 2;
}

async function runVerb(noun: string, verb: Verb, verbs: Verbs, args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, verb);
  if (values.help === true) {
    console.log(helpOf(noun, verbs));
    return 0;
  }
  const input: Input = {
    values,
    positionals,
    json: values.json === true,
    print: (line) => console.log(line),
    note: (line) => console.error(line),
  };
  return verb.run(input);
}

function parse(args: readonly string[], verb: Verb): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: { ...verb.options, ...GENERAL }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Fault(error instanceof Error ? error.message : String(error));
  }
}

/** One line for trouble that the user can mend; a stack trace for what is a fault of ours. */
function explain(error: unknown): string {
  if (error instanceof Fault) return `docket: ${error.message}`;
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, message }) => `docket: ${path.length ? `--${path.join(".")}: ` : ""}${message}`).join("\n");
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(explain(error));
    process.exit(1);
  },
);
