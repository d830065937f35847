// What the operator writes goes to a new file in the directory where the program was started.
import {closeSync, openSync, rmSync, writeFileSync} from 'node:fs';
import {resolve} from 'node:path';

/**
 * Answers the path, as short as it can be typed in `directory`.
 * @throws Error when there is such a file already, or none can be made.
 */
export function writeFile(name: string, text: string, directory = '.'): string {
  const path = resolve(directory, name);
  const file = openSync(path, 'wx', 0o644);
  try {
    writeFileSync(file, text);
  } catch (error) {
    // Half of a file is worse than none.
    rmSync(path, {force: true});
    throw error;
  } finally {
    closeSync(file);
  }
  return `./${name}`;
}
