// A setting that the program cannot run with.
import {sanitise} from '../wire/sanitise.ts';

const longest = 1000;

export class SettingsError extends Error {
  /** The line to type, where there is one. */
  readonly remedy: string | undefined;

  constructor(message: string, remedy?: string) {
    super(sanitise(message, longest));
    this.name = 'SettingsError';
    this.remedy = remedy;
  }
}
