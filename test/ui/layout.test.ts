// The layout for every size: nothing left over, nothing twice.
import {describe, expect, it} from 'vitest';
import {layoutFor, paneNames, type Layout, type LayoutNeeds} from '../../source/ui/store/layout.ts';

/** Header, filter bar and footer. */
const around = 4;

const calm: Omit<LayoutNeeds, 'focus'> = {isZoomed: false, hasAlerts: false, runs: 2};
/** What can make a difference: zoom, the alerts' line, few runs and many. */
const needs = [false, true].flatMap(isZoomed =>
  [false, true].flatMap(hasAlerts => [0, 4, 1000].map(runs => ({isZoomed, hasAlerts, runs}))),
);

function* everySize(): Generator<{columns: number; rows: number}> {
  for (let columns = 40; columns <= 300; columns += 1) {
    for (let rows = 8; rows <= 100; rows += 1) yield {columns, rows};
  }
}

function isExact({kind, size, panes, body, hasAlerts}: Layout): boolean {
  const {columns, rows} = size;
  const {runs, messages, connection} = panes;
  const all = [runs, messages, connection];
  if (body.width !== columns || body.height !== rows - around - (hasAlerts ? 1 : 0)) return false;
  if (kind === 'stacked') {
    const height = all.reduce((sum, box) => sum + box.height, 0);
    return height === body.height && all.every(box => box.width === columns && box.height > 2);
  }
  const shown = all.filter(box => box.height > 0);
  return shown.length === 1 && shown[0]!.width === columns && shown[0]!.height === body.height;
}

describe('a layout', () => {
  it.each(paneNames)('fills the terminal exactly at every size, focus on %s', focus => {
    const wrong = [...everySize()].flatMap(size =>
      needs.filter(need => !isExact(layoutFor(size, {focus, ...need}))).map(() => size),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    [80, 24, 'stacked'],
    [76, 20, 'stacked'],
    [120, 40, 'stacked'],
    [200, 60, 'stacked'],
    [41, 60, 'stacked'],
    [40, 20, 'stacked'],
    [200, 19, 'single'],
    [60, 15, 'single'],
    [40, 8, 'single'],
    [39, 24, 'word'],
    [80, 7, 'word'],
    [1, 1, 'word'],
  ] as const)('of %i × %i is %s', (columns, rows, kind) => {
    expect(layoutFor({columns, rows}, {...calm, focus: 'messages'}).kind).toBe(kind);
  });

  it('shows the focused pane alone when it is zoomed or the terminal is small', () => {
    for (const focus of paneNames) {
      const zoomed = layoutFor({columns: 200, rows: 60}, {...calm, focus, isZoomed: true});
      const small = layoutFor({columns: 60, rows: 15}, {...calm, focus});
      for (const {kind, panes} of [zoomed, small]) {
        expect(kind).toBe('single');
        expect(paneNames.filter(name => panes[name].height > 0)).toEqual([focus]);
      }
    }
  });
});
