// How things look: one table of glyphs with their ASCII faces, one of styles with their faces
// without colour. A state is always a word too, never a colour alone.
import {Chalk} from 'chalk';

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

export type Style = (text: string) => string;

export interface Theme {
  readonly isAscii: boolean;
  readonly glyphs: Readonly<Record<GlyphName, string>>;
  /** Levels of a sparkline, lowest first. */
  readonly spark: readonly string[];
  readonly styles: Readonly<Record<StyleName, Style>>;
}

export type StyleName =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'good'
  | 'active'
  | 'warn'
  | 'bad'
  | 'selected'
  | 'match'
  | 'title'
  | 'titleFocused'
  | 'key';

/**
 * `terminal`: the sixteen colours, which follow the operator's own palette; `dark`, `light`: colours
 * for such a background, as near as the terminal has them.
 */
export type Palette = 'terminal' | 'dark' | 'light';

export interface Look {
  readonly hasColour: boolean;
  readonly isAscii: boolean;
  readonly palette?: Palette;
  /** Colours that the terminal has: 1 for 16, 2 for 256, 3 for all. */
  readonly depth?: 1 | 2 | 3;
}

const colourTable = {
  good: {terminal: 'green', dark: '#7fd88f', light: '#17703a'},
  active: {terminal: 'cyan', dark: '#6cc7e0', light: '#0a5fa0'},
  warn: {terminal: 'yellow', dark: '#e5b567', light: '#875300'},
  bad: {terminal: 'red', dark: '#ff7b72', light: '#b81226'},
} as const;

function colour(name: keyof typeof colourTable, look: Look): Style {
  const {hasColour, palette = 'terminal', depth = 1} = look;
  const chalk = new Chalk({level: hasColour ? depth : 0});
  return palette === 'terminal'
    ? chalk[colourTable[name].terminal]
    : chalk.hex(colourTable[name][palette]);
}

export function makeTheme(options: Look): Theme {
  const bad = colour('bad', options);
  // Bold, dim and inverse are no colours: they stay.
  const face = new Chalk({level: 1});
  return {
    isAscii: options.isAscii,
    glyphs: Object.fromEntries(
      Object.entries(glyphTable).map(([name, [utf8, ascii]]) => [
        name,
        options.isAscii ? ascii : utf8,
      ]),
    ) as Record<GlyphName, string>,
    spark: options.isAscii ? Array.from(' .:-=+*#') : Array.from(' ▁▂▃▄▅▆▇█'),
    styles: {
      plain: text => text,
      dim: text => face.dim(text),
      strong: text => face.bold(text),
      good: colour('good', options),
      active: colour('active', options),
      warn: colour('warn', options),
      bad: text => face.bold(bad(text)),
      selected: text => face.inverse(text),
      match: text => face.bold(face.inverse(text)),
      title: text => face.dim(text),
      titleFocused: text => face.bold(text),
      key: text => face.bold(text),
    },
  };
}
