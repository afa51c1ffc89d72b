// What was opened is closed in the reverse order, once, whichever way the end comes.
import { stopRunning } from "./processes.mjs";
import { say, tell } from "./say.mjs";

const closers = [];
let ending = null;

/** Registers what has to be closed at the end. */
export const atEnd = (close) => closers.push(close);

export const isEnding = () => ending !== null;

/** Closes everything and leaves with that code. A second call waits for the first. */
export function end(code) {
  ending ??= closeAll().then(() => process.exit(code));
  return ending; // nobody gets past here: the promise ends with the process
}

async function closeAll() {
  await stopRunning();
  for (const close of closers.reverse()) {
    try {
      await close();
    } catch (error) {
      tell(error);
    }
  }
}

/** Ctrl-C, a kill, a closed terminal, or the death of the npm that started us: a clean stop. */
export function endOnSignals({ announce = false } = {}) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (announce && !isEnding()) say("stopping");
      void end(signal === "SIGHUP" ? 129 : 0);
    });
  }
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return;
  setInterval(() => process.ppid !== parent && void end(1), 500).unref();
}

/** Runs a program's main function; trouble is told in a line, and everything is closed. */
export async function conduct(main) {
  try {
    const code = await main();
    if (code !== undefined) await end(code);
  } catch (error) {
    if (isEnding()) return; // what we stop ourselves may fail on its way out
    tell(error);
    await end(1);
  }
}
