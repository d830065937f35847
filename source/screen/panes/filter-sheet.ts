// The filter sheet as lines, and the one that the cursor is on.
import {sheetRows, type FilterSheet, type Section} from '../filter-sheet.ts';
import type {Segment} from '../row.ts';
import type {PaneInput} from './pane.ts';

const titles: Readonly<Record<Section, string>> = {
  types: 'Message types',
  agents: 'Agents, by processed_by: hides the run lifecycle and every stf_gen',
  runs: 'Runs',
};

export function sheetContent(
  {snapshot, theme}: PaneInput,
  sheet: FilterSheet,
): {readonly lines: readonly (readonly Segment[])[]; readonly cursorLine: number} {
  const {glyphs, styles} = theme;
  const lines: (readonly Segment[])[] = [];
  let cursorLine = 0;
  let above: Section | undefined;
  for (const [index, row] of sheetRows(snapshot, sheet).entries()) {
    const {section, value, count, isOn} = row;
    if (section !== above) {
      if (above !== undefined) lines.push([['']]);
      lines.push([[titles[section], styles.strong]]);
      above = section;
    }
    const isHere = index === sheet.cursor;
    if (isHere) cursorLine = lines.length;
    const cursor: Segment = [`${isHere ? glyphs.cursor : ' '} `];
    lines.push(
      value === undefined
        ? [cursor, ['another …', isHere ? styles.selected : styles.dim]]
        : [
            cursor,
            [`${isOn ? glyphs.on : glyphs.off} `, isOn ? styles.active : styles.dim],
            [value, isHere ? styles.selected : isOn ? styles.active : styles.plain],
            [count > 0 ? `  ${count}` : '', styles.dim],
          ],
    );
  }
  return {lines, cursorLine};
}
