/** Runs a bench's own process to its end: what `main` gives goes out as one line of JSON and the process ends with 0; a failure is told and ends with 1. */
export function answering(main: () => Promise<unknown>): void {
  main().then(
    (answer) => {
      console.log(JSON.stringify(answer));
      process.exit(0);
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
