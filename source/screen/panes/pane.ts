// What every pane gets to draw with, and the title line that all share.
import type {Snapshot} from '../../model/monitor-model.ts';
import type {Show} from '../key-binding.ts';
import type {PaneBox} from '../layout.ts';
import type {ReplayState} from '../replay.ts';
import {cut, row, widthOf, type Segment} from '../row.ts';
import type {Theme} from '../theme.ts';
import type {View} from '../view.ts';

/** What stays as it is while the program runs. */
export interface About {
  readonly monitorUrl: string;
  readonly receiverName: string;
  readonly isRegistering: boolean;
}

export interface PaneInput {
  /** What is shown: frozen while paused. */
  readonly snapshot: Snapshot;
  /** What holds now, paused or not. */
  readonly live: Snapshot;
  readonly view: View;
  readonly about: About;
  readonly theme: Theme;
  /** Message types on the number keys in place of the standard ones. */
  readonly keyTypes?: readonly string[] | undefined;
  /** Where the replay is, if it is one. */
  readonly replay?: ReplayState | undefined;
}

/** What is shown: a stream, or a recording of one. */
export const showOf = ({replay}: PaneInput): Show => (replay ? 'replay' : 'live');

/** What an overlay shows: lines that scroll, around the cursor where there is one. */
export interface Content {
  readonly title: string;
  readonly lines: readonly (readonly Segment[])[];
  readonly cursorLine?: number;
}

/** Draws exactly `box.height` rows of `box.width` columns. */
export type Pane = (input: PaneInput, box: PaneBox) => readonly string[];

/** `─ Runs ── 2 active ──────`; the focused pane's has its name bold behind a cursor. */
export function titleLine(
  name: string,
  remark: string,
  isFocused: boolean,
  width: number,
  theme: Theme,
): string {
  const {glyphs, styles} = theme;
  const style = isFocused ? styles.titleFocused : styles.title;
  const lead = isFocused ? glyphs.cursor : glyphs.rule;
  const note = remark === '' ? '' : `${glyphs.rule} ${cut(remark, width - widthOf(name) - 8)} `;
  const head = `${lead} ${name} ${note}`;
  const segments: Segment[] = [
    [`${lead} ${name} `, style],
    [note, styles.title],
    [glyphs.rule.repeat(Math.max(0, width - widthOf(head))), styles.title],
  ];
  return row(segments, width, theme);
}

/** `lines` in exactly `box.height` rows: the rest is blank, too many are cut. */
export function fill(lines: readonly string[], box: PaneBox): readonly string[] {
  const blank = ' '.repeat(box.width);
  return Array.from({length: box.height}, (_, index) => lines[index] ?? blank);
}
