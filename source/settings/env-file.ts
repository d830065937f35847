// Reads `~/.env` as the testbed's users write it: `export KEY=value` lines, quotes optional.

/** Keys and values of the file's text; lines that are none are passed over. */
export function parseEnvFile(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(line);
    if (match) values[match[1]!] = unquote(match[2]!);
  }
  return values;
}

/** Without its quotes, or without the comment behind an unquoted value. */
function unquote(value: string): string {
  const quoted = /^\s*(["'])(.*?)\1\s*(?:#.*)?$/.exec(value);
  return quoted ? quoted[2]! : value.replace(/\s#.*$/, '').trim();
}
