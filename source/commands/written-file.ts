// What the operator writes goes to a new file in the directory where the program was started.
import {writeFileSync} from 'node:fs';
import {resolve} from 'node:path';

/**
 * Answers the path, as short as it can be typed in `directory`.
 * @throws Error when there is such a file already, or none can be made.
 */
export function writeFile(name: string, text: string, directory = '.'): string {
  writeFileSync(resolve(directory, name), text, {flag: 'wx', mode: 0o644});
  return `./${name}`;
}
