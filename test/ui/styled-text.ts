// A screen with its colours as text that a person can read and compare: below each row, what of it
// is not plain, and how it looks.
import type {Look, Screen} from '../../scripts/terminal-screen.ts';

const colours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

interface Piece {
  readonly look: string;
  text: string;
}

export function styledText(screen: Screen): string {
  const lines = screen.flatMap((runs, row) => {
    const text = runs.flatMap(({cells}) => cells).join('');
    const pieces = piecesOf(runs.map(({look, cells}) => ({look: lookName(look), cells})));
    const number = String(row + 1).padStart(3);
    const looks = pieces.map(({look, text}) => `${look} «${text.trim()}»`).join('  ');
    return [`${number} ${text.trimEnd()}`.trimEnd(), ...(looks === '' ? [] : [`      ${looks}`])];
  });
  return `${lines.join('\n')}\n`;
}

/** Blanks have no colour: what stands on both sides of them is one piece when it looks the same. */
function piecesOf(
  runs: readonly {readonly look: string; readonly cells: readonly string[]}[],
): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const {look, cells} of runs) {
    const text = cells.join('');
    const isBlank = text.trim() === '' && !look.includes('inverse');
    const last = pieces.at(-1);
    if (isBlank) {
      if (last) last.text += text;
    } else if (last?.look === look) {
      last.text += text;
    } else {
      pieces.push({look, text});
    }
  }
  return pieces.filter(({look}) => look !== '');
}

function lookName({foreground, background, isBold, isDim, isInverse}: Look): string {
  return [
    isBold && 'bold',
    isDim && 'dim',
    isInverse && 'inverse',
    foreground !== undefined && colourName(foreground),
    background !== undefined && `on ${colourName(background)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

const colourName = (index: number) => colours[index] ?? `colour ${index}`;
