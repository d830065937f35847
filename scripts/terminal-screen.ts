// Rows of styled text as a terminal shows them: an emulator reads them, and what its cells hold
// comes back as runs of one style.
import xterm, {type IBufferCell, type Terminal} from '@xterm/headless';
import type {Size} from '../source/ui/store/layout.ts';

export interface Look {
  /** 0 to 15 in the terminal's palette; undefined for its own colour. */
  readonly foreground: number | undefined;
  readonly background: number | undefined;
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly isInverse: boolean;
}

/** Cells side by side that look the same. */
export interface Run {
  readonly column: number;
  /** What each cell holds; a wide character leaves the cell behind it empty. */
  readonly cells: readonly string[];
  readonly look: Look;
}

export type Screen = readonly (readonly Run[])[];

/** The rows as a terminal of this size shows them, each cut at the right edge. */
export async function showRows(styled: readonly string[], {columns, rows}: Size): Promise<Screen> {
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
  const placed = styled.map((row, index) => `\u001b[${index + 1}H\u001b[0m${row}`);
  await new Promise<void>(resolve => terminal.write(`\u001b[?7l${placed.join('')}`, resolve));
  return readScreen(terminal);
}

/** What a terminal shows now. */
export function readScreen(terminal: Terminal): Screen {
  return Array.from({length: terminal.rows}, (_, row) => readRow(terminal, row));
}

export function textOf(screen: Screen): string {
  const rows = screen.map(runs => runs.flatMap(({cells}) => cells).join(''));
  return `${rows.map(row => row.replace(/ +$/, '')).join('\n')}\n`;
}

function readRow({buffer: {active}, cols}: Terminal, row: number): readonly Run[] {
  const line = active.getLine(active.viewportY + row)!;
  const runs: (Run & {readonly cells: string[]})[] = [];
  for (let column = 0; column < cols; column += 1) {
    const cell = line.getCell(column)!;
    const text = cell.getChars().toWellFormed() || (cell.getWidth() === 0 ? '' : ' ');
    const look = lookOf(cell);
    const last = runs.at(-1);
    if (last && isSameLook(last.look, look)) last.cells.push(text);
    else runs.push({column, cells: [text], look});
  }
  return runs;
}

function lookOf(cell: IBufferCell): Look {
  return {
    foreground: cell.isFgDefault() ? undefined : cell.getFgColor(),
    background: cell.isBgDefault() ? undefined : cell.getBgColor(),
    isBold: cell.isBold() !== 0,
    isDim: cell.isDim() !== 0,
    isInverse: cell.isInverse() !== 0,
  };
}

function isSameLook(a: Look, b: Look): boolean {
  return (
    a.foreground === b.foreground &&
    a.background === b.background &&
    a.isBold === b.isBold &&
    a.isDim === b.isDim &&
    a.isInverse === b.isInverse
  );
}
