// A wrong setting on stderr: what is wrong, and below it the line to type.
import type {SettingsError} from '../settings/settings.ts';

export function writeError({message, remedy}: SettingsError): void {
  process.stderr.write(`swfmon: ${message}\n`);
  if (remedy !== undefined) process.stderr.write(`        ${remedy}\n`);
}
