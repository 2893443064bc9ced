/** What this process has used so far, as its last line: processor time and the most memory that was resident. */
export function writeUsage(): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stdout.write(`${(userCPUTime + systemCPUTime) / 1e6} ${maxRSS / 1024}\n`);
}
