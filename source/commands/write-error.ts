// What went wrong on stderr: what it is, and below it the line to type or what to check.

export interface Fault {
  readonly message: string;
  readonly remedy: string | undefined;
}

/** @param where whose fault it is, with what stands between: `broker host:port: `. */
export function writeError({message, remedy}: Fault, where = ''): void {
  process.stderr.write(`swfmon: ${where}${message}\n`);
  if (remedy !== undefined) process.stderr.write(`        ${remedy}\n`);
}

/** What is to be known though the command goes on, a line each. */
export function writeWarnings(warnings: readonly string[]): void {
  for (const warning of warnings) process.stderr.write(`swfmon: ${warning}\n`);
}
