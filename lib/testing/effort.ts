/** Begins to count what this process computes; the function that it gives tells the milliseconds of processor time since. Other work on the machine does not count. */
export function effort(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
}
