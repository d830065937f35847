// How things look: one table of glyphs with their ASCII faces, one of tones as the props of Ink's
// Text. A state is always a word too, never a colour alone.
import chalk from 'chalk';
import type {TextProps} from 'ink';
import type {Tone} from './text.ts';

/** Each glyph is one column wide, in UTF-8 and in ASCII. */
const glyphTable = {
  live: ['●', '*'],
  deaf: ['◐', '!'],
  quiet: ['◌', '?'],
  connecting: ['◍', 'o'],
  retrying: ['↻', '~'],
  refused: ['✖', 'X'],
  paused: ['‖', '='],
  stopped: ['■', '#'],
  cursor: ['▸', '>'],
  rule: ['─', '-'],
  barFull: ['█', '#'],
  barEmpty: ['░', '.'],
  on: ['◉', '*'],
  off: ['○', ' '],
  imminent: ['◆', 'I'],
  imminentInferred: ['◇', 'i'],
  running: ['▶', 'R'],
  runningInferred: ['▷', 'r'],
  standby: ['‖', 'P'],
  standbyInferred: ['¦', 'p'],
  ended: ['■', 'E'],
  notYet: ['·', '.'],
  more: ['▼', 'v'],
  gap: ['╌', '-'],
  late: ['»', '}'],
  alert: ['▲', '!'],
  odd: ['!', '?'],
  caughtUp: ['+', '+'],
} as const;

export type GlyphName = keyof typeof glyphTable;
export type Glyphs = Readonly<Record<GlyphName, string>> & {
  /** Levels of a sparkline, lowest first. */
  readonly spark: readonly string[];
};

/** Props of Ink's Text that make a tone. */
export type ToneProps = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse'>;

export interface Theme {
  readonly isAscii: boolean;
  readonly glyphs: Glyphs;
  readonly tones: Readonly<Record<Tone, ToneProps>>;
}

/**
 * `terminal`: the sixteen colours, which follow the operator's own palette; `dark`, `light`: colours
 * for such a background, as near as the terminal has them.
 */
export type Palette = 'terminal' | 'dark' | 'light';

export interface ThemeOptions {
  readonly hasColour: boolean;
  readonly isAscii: boolean;
  readonly palette?: Palette;
}

const colours = {
  good: {terminal: 'green', dark: '#7fd88f', light: '#17703a'},
  active: {terminal: 'cyan', dark: '#6cc7e0', light: '#0a5fa0'},
  warn: {terminal: 'yellow', dark: '#e5b567', light: '#875300'},
  bad: {terminal: 'red', dark: '#ff7b72', light: '#b81226'},
} as const;

export function makeTheme({hasColour, isAscii, palette = 'terminal'}: ThemeOptions): Theme {
  const colour = (name: keyof typeof colours): ToneProps =>
    hasColour ? {color: colours[name][palette]} : {};
  return {
    isAscii,
    glyphs: glyphsOf(isAscii),
    // Bold, dim and inverse are no colours: they stay where there are none.
    tones: {
      plain: {},
      dim: {dimColor: true},
      strong: {bold: true},
      good: colour('good'),
      active: colour('active'),
      warn: colour('warn'),
      bad: {...colour('bad'), bold: true},
      selected: {inverse: true},
      match: {bold: true, inverse: true},
      key: {bold: true},
    },
  };
}

function glyphsOf(isAscii: boolean): Glyphs {
  const faces = Object.entries(glyphTable).map(([name, faces]) => [name, faces[isAscii ? 1 : 0]]);
  return {
    ...(Object.fromEntries(faces) as Record<GlyphName, string>),
    spark: Array.from(isAscii ? ' .:-=+*#' : ' ▁▂▃▄▅▆▇█'),
  };
}

/**
 * Ink colours with chalk's one instance, which looks at the process for what the terminal can do:
 * the settings know better. `depth`: 1 for 16 colours (and for bold, dim and inverse without any),
 * 2 for 256, 3 for all.
 */
export function setColourDepth(depth: 1 | 2 | 3): void {
  chalk.level = depth;
}
