import type { ParseArgsConfig } from "node:util";

/** What a verb of the command line is given. `values` is unchecked: a verb reads it through a zod schema. */
export type Input = {
  values: Record<string, unknown>;
  positionals: readonly string[];
  /** `--json` was given: `print` one JSON document and nothing else. */
  json: boolean;
  /** To standard output: the answer. */
  print: (line: string) => void;
  /** To standard error: progress. */
  note: (line: string) => void;
};

/** One verb. It gives the exit code; a `Fault` it throws becomes one line and exit code 1. */
export type Verb = {
  summary: string;
  /** What follows the name in the help, for instance `FILE --environment 1 [--dry-run]`. */
  usage: string;
  options?: NonNullable<ParseArgsConfig["options"]>;
  run: (input: Input) => Promise<number>;
};

/** The verbs of a noun; a command without verbs (`import FILE`) has the single key "". */
export type Verbs = Readonly<Record<string, Verb>>;

/** Trouble that the user can mend: told in one line, without a stack trace. */
export class Fault extends Error {}
