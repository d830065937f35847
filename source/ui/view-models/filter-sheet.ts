// The filter sheet as lines, and the one that the cursor is on.
import {sheetRows, type FilterSheet, type Section} from '../store/filter-sheet.ts';
import type {ScreenState} from '../store/screen-state.ts';
import type {Line, Span} from '../text.ts';
import type {Document} from './document.ts';

const titles: Readonly<Record<Section, string>> = {
  types: 'Message types',
  agents: 'Agents, by processed_by: hides the run lifecycle and every stf_gen',
  runs: 'Runs',
};

export function filterSheetDocument(
  {snapshot, theme: {glyphs}}: ScreenState,
  sheet: FilterSheet,
): Document {
  const lines: Line[] = [];
  let cursorLine = 0;
  let above: Section | undefined;
  for (const [index, {section, value, count, isOn}] of sheetRows(snapshot, sheet).entries()) {
    if (section !== above) {
      if (above !== undefined) lines.push([['']]);
      lines.push([[titles[section], 'strong']]);
      above = section;
    }
    const isHere = index === sheet.cursor;
    if (isHere) cursorLine = lines.length;
    const cursor: Span = [`${isHere ? glyphs.cursor : ' '} `];
    lines.push(
      value === undefined
        ? [cursor, ['another …', isHere ? 'selected' : 'dim']]
        : [
            cursor,
            [`${isOn ? glyphs.on : glyphs.off} `, isOn ? 'active' : 'dim'],
            [value, isHere ? 'selected' : isOn ? 'active' : 'plain'],
            [count > 0 ? `  ${count}` : '', 'dim'],
          ],
    );
  }
  return {title: 'Filter: what the server is asked for', lines, cursorLine};
}
