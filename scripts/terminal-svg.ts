// A terminal's screen as a picture: an SVG that keeps to its grid in whatever fixed-width font the
// reader has, and that needs nothing from elsewhere.
import type {Run, Screen} from './terminal-screen.ts';

/** In pixels; the common fixed-width fonts are 0.6 of their size wide. */
export const cell = {width: 9, height: 18, baseline: 13, font: 15};
const margin = 14;
const fonts =
  "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

/** Calm, on a dark window that stands out from light and from dark pages. */
const colours = {window: '#1f242c', border: '#4b5462', text: '#d6dce6'};
const dark = '#2e3540 #e5766f #93c47d #e3b863 #72a7dc #c594d0 #63c1c5 #c9d0da';
const bright = '#6d7685 #f0918b #aad896 #f1cd80 #92c0ee #d9b0e1 #87d7da #f3f5f8';
const palette = `${dark} ${bright}`.split(' ');

const styleSheet = [
  `text { font-family: ${fonts} }`,
  `text { font-size: ${cell.font}px; white-space: pre; fill: ${colours.text} }`,
  `rect { fill: ${colours.text} }`,
  ...palette.map((colour, index) => `.c${index} { fill: ${colour} }`),
  `.window { fill: ${colours.window}; stroke: ${colours.border} }`,
  `.inverse { fill: ${colours.window} }`,
  '.bold { font-weight: bold }',
  '.dim { opacity: 0.65 }',
];

export interface Caption {
  readonly title: string;
  /** What is seen, for those who do not see it. */
  readonly description: string;
}

export function drawScreen(screen: Screen, columns: number, caption: Caption): string {
  const width = columns * cell.width + 2 * margin;
  const height = screen.length * cell.height + 2 * margin;
  const size = {width, height, viewBox: `0 0 ${width} ${height}`};
  const frame = {x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 8};
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${attributes({...size, role: 'img', 'aria-labelledby': 'title description'})}>`,
    `<title id="title">${escapeXml(caption.title)}</title>`,
    `<desc id="description">${escapeXml(caption.description)}</desc>`,
    '<style>',
    ...styleSheet,
    '</style>',
    `<rect${attributes({class: 'window', ...frame})}/>`,
    `<g transform="translate(${margin} ${margin})" xml:space="preserve">`,
    ...screen.flatMap((runs, row) => runs.flatMap(run => drawRun(run, row))),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** The ground where it is not the window's own, and the text on it. */
function drawRun({column, cells, look}: Run, row: number): readonly string[] {
  const {foreground, background, isInverse, isBold, isDim} = look;
  const [ink, ground] = isInverse ? [background, foreground] : [foreground, background];
  const dim = isDim ? ['dim'] : [];
  const classes = [...colourOf(ink, isInverse), ...(isBold ? ['bold'] : []), ...dim];
  const texts = piecesOf(cells).map(({at, columns, text, isSymbol}) => {
    const place = {
      class: classes.join(' '),
      x: (column + at) * cell.width,
      y: row * cell.height + cell.baseline,
      textLength: columns * cell.width,
      lengthAdjust: isSymbol ? 'spacingAndGlyphs' : '',
    };
    return `<text${attributes(place)}>${escapeXml(text)}</text>`;
  });
  if (!isInverse && ground === undefined) return texts;
  const box = {
    class: [...colourOf(ground, false), ...dim].join(' '),
    x: column * cell.width,
    y: row * cell.height,
    width: cells.length * cell.width,
    height: cell.height,
  };
  return [`<rect${attributes(box)}/>`, ...texts];
}

function colourOf(index: number | undefined, isInverse: boolean): readonly string[] {
  if (index === undefined) return isInverse ? ['inverse'] : [];
  if (index >= palette.length) throw new Error(`colour ${index} is not in the palette`);
  return [`c${index}`];
}

interface Piece {
  readonly at: number;
  readonly columns: number;
  readonly text: string;
  readonly isSymbol: boolean;
}

/** What every fixed-width font has in its own width. */
const letter = /^[\u0020-\u024f…]$/;

/**
 * The text without blanks at its ends, cut where a symbol stands: that may come from another font,
 * so each stands alone, or with its likes.
 */
function piecesOf(cells: readonly string[]): readonly Piece[] {
  const kindOf = (text: string) => (letter.test(text) ? 'letter' : text);
  const pieces: Piece[] = [];
  for (let at = 0, end = at; at < cells.length; at = end) {
    const kind = kindOf(cells[at]!);
    while (end < cells.length && (cells[end] === '' || kindOf(cells[end]!) === kind)) end += 1;
    const whole = cells.slice(at, end).join('');
    const text = whole.replaceAll(/^ +| +$/g, '');
    const blanks = whole.length - whole.replace(/^ +/, '').length;
    const columns = kind === 'letter' ? text.length : end - at;
    if (text !== '') pieces.push({at: at + blanks, columns, text, isSymbol: kind !== 'letter'});
  }
  return pieces;
}

/** Those that are not empty. */
function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;'};
const notInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>]/g, sign => entities[sign]!).replaceAll(notInXml, '\ufffd');
}
