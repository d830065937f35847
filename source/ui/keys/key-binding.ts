// What stands in the key table: keys, their words, where they are valid, and what they do.
import type {Action} from '../store/actions.ts';

/** `panes`: nothing is open above them; `overlay`: something is; `sheet`: the filter sheet is. */
export type Place = 'panes' | 'overlay' | 'sheet';

export interface KeyBinding {
  /** Names as `use-keyboard.ts` gives them. */
  readonly keys: readonly string[];
  /** As the operator reads it. */
  readonly label: string;
  readonly help: string;
  /** Key and word for the footer, where room is scarce; without it the key is in the help only. */
  readonly hint?: string;
  /** The same, where there is room to spare. */
  readonly spareHint?: string;
  readonly where: readonly Place[];
  /** Where the footer shows the hint; else wherever the key is valid. */
  readonly hintWhere?: readonly Place[];
  /** Valid in a replay of a recording alone, or on a live stream alone; else in both. */
  readonly only?: Source;
  /** Why it cannot act in a replay. */
  readonly notInReplay?: string;
  readonly action: Action | ((key: string) => Action);
}

/** What is shown: a stream, or a recording of one. */
export type Source = 'live' | 'replay';

/** As the help shows them. */
export interface KeyGroup {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
}
