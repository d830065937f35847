// What a row of the table of settings says.
import type {Flags} from './flag-table.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The key of a setting in this table is the one in the settings file, groups before a dot. */
export interface Setting<Value> {
  readonly flag?: keyof Flags;
  /** The first that is set counts. */
  readonly variables?: readonly string[];
  /** `never` in the settings file, or `look`: there for the demo too. */
  readonly inFile?: 'never' | 'look';
  /** @throws WrongValue */
  readonly check: (value: unknown) => Value;
  /** In place of `check`, for what the settings file gives. */
  readonly checkInFile?: (value: unknown) => Value;
  readonly fallback: (environment: Environment) => Value;
  /** The value without what is not for every eye. */
  readonly redact?: (value: Value) => Value;
  /** In words, where its own do not say it. */
  readonly describe?: (value: Value) => string;
  /** A line to type that would be right. */
  readonly remedy?: string;
  /** What it is for, where no flag says so. */
  readonly help?: string;
}

export const setting = <Value>(row: Setting<Value>): Setting<Value> => row;

export const nothing = (): undefined => undefined;
