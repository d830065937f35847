// What terminals send that is no key: answers and reports, Alt-keys, key releases.
import {readFileSync} from 'node:fs';

const codes: Readonly<Record<string, string>> = {'033': '\u001b', a: '\u0007', '\\': '\\'};

/** Each with its name. In the file they are written as printf takes them. */
export const noKeys: readonly (readonly [name: string, bytes: string])[] = readFileSync(
  new URL('no-keys.txt', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map(line => {
    const [name = '', bytes = ''] = line.split('\t');
    return [name, bytes.replaceAll(/\\(033|a|\\)/g, (_, code: string) => codes[code]!)] as const;
  });
