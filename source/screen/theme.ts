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

export function makeTheme(options: {
  readonly hasColour: boolean;
  readonly isAscii: boolean;
}): Theme {
  // The sixteen colours follow the operator's own palette, on light and dark backgrounds alike.
  const chalk = new Chalk({level: options.hasColour ? 1 : 0});
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
      good: text => chalk.green(text),
      active: text => chalk.cyan(text),
      warn: text => chalk.yellow(text),
      bad: text => face.bold(chalk.red(text)),
      selected: text => face.inverse(text),
      match: text => face.bold(face.inverse(text)),
      title: text => face.dim(text),
      titleFocused: text => face.bold(text),
      key: text => face.bold(text),
    },
  };
}
