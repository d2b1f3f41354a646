/** The CPU time of this thread since it began, ms. */
export function threadCpuMs(): number {
  // Linux counts a running thread's time at its ticks, 4 ms apart, except when the whole process is asked for.
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
