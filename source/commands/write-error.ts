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
