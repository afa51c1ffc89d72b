// How the launcher speaks: a line per step, and one line for trouble.
const began = performance.now();

process.stdout.on("error", () => {}); // the terminal may go before we do
process.stderr.on("error", () => {});

/** Trouble that one sentence explains. */
export class Trouble extends Error {}

/** A line of progress with the seconds since the start. */
export function say(message) {
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${message}`);
}

/** One line on standard error: the sentence of a Trouble, or what is known of a surprise. */
export function tell(error) {
  if (error instanceof Trouble) return console.error(`docket: ${error.message}`);
  const code = error?.code ? `${error.code}: ` : "";
  console.error(`docket: ${code}${String(error?.message ?? error).trim()}`);
  if (process.env.DEBUG) console.error(error);
}
