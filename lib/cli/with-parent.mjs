// Preloaded into the web server and the worker: the launcher holds the other end of standard input, and when it is
// killed outright (kill -9), which no handler hears, that end closes and we stop as if asked to.
// What they start in turn inherits this file, with an input of its own kind (the style sheets' compiler of `next dev` has none): it is theirs to stop.
if (process.env.DOCKET_LAUNCHER === String(process.ppid)) {
  process.stdin.on("end", () => process.kill(process.pid, "SIGTERM")).on("error", () => process.kill(process.pid, "SIGTERM"));
  process.stdin.resume();
  process.stdin.unref?.(); // it is no reason to stay
}
