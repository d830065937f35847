// The top line: is this live? In a word, a glyph and a colour, since when, and what happens next.
import type {Health, StateWord} from '../../model/health.ts';
import {formatAge, formatTime, zoneName} from '../../time.ts';
import type {ReplayState} from '../replay.ts';
import {cut, spread, widthOf, type Segment} from '../row.ts';
import type {GlyphName, StyleName, Theme} from '../theme.ts';
import type {Pane, PaneInput} from './pane.ts';

const faces: Readonly<Record<StateWord, readonly [GlyphName, StyleName]>> = {
  LIVE: ['live', 'good'],
  DEAF: ['deaf', 'bad'],
  QUIET: ['quiet', 'warn'],
  CONNECTING: ['connecting', 'active'],
  RETRYING: ['retrying', 'warn'],
  REFUSED: ['refused', 'bad'],
  STOPPED: ['stopped', 'bad'],
};

/** How long ago, in whole seconds; both in ms. */
const ago = (at: number | undefined, now: number) =>
  at === undefined ? undefined : `${formatAge(floor(now) - floor(at))} ago`;
const until = (at: number | undefined, now: number) =>
  at === undefined ? '' : formatAge(Math.max(0, floor(at) - floor(now)));
/** Ages change on the full second, all at once: fewer frames. */
const floor = (at: number) => Math.floor(at / 1000) * 1000;

const join = (...parts: (string | undefined)[]) =>
  parts.filter(part => part !== undefined).join(': ');

type Say = (health: Health, now: number) => string;

const sayings: Readonly<Record<StateWord, Say>> = {
  LIVE: ({lastByteAt, lastMessageAt, silentSince, witnessAt}, now) => {
    const message = `byte ${ago(lastByteAt, now) ?? 'none yet'} · message ${ago(lastMessageAt, now) ?? 'none yet'}`;
    if (silentSince !== undefined) return `${message} · source silent, REST too`;
    return `${message} · REST ${witnessAt === undefined ? 'not yet' : `agreed ${ago(witnessAt, now)}`}`;
  },
  DEAF: ({reason}) => `${reason ?? ''}; the stream is renewed by itself`,
  QUIET: ({lastByteAt, dueAt}, now) =>
    `no heartbeat for ${formatAge(floor(now) - floor(lastByteAt ?? now))}, reconnecting in ${until(dueAt, now)}`,
  CONNECTING: ({attempt}) => (attempt > 1 ? `attempt ${attempt}` : 'to the monitor'),
  RETRYING: ({reason, remedy, attempt, dueAt}, now) =>
    `in ${until(dueAt, now)} (attempt ${attempt}), Ctrl-R now · ${join(reason, remedy)}`,
  REFUSED: ({reason, remedy, dueAt}, now) =>
    `next try in ${until(dueAt, now)} · ${join(reason, remedy)}`,
  STOPPED: () => 'the receiver has stopped',
};

export const header: Pane = (input, {width}) => {
  const {live, snapshot, view, theme, replay} = input;
  const {health, now} = live;
  const [glyph, style] = faces[health.word];
  const {glyphs, styles} = theme;
  const word: Segment = [`${glyphs[glyph]} ${health.word}`, styles[style]];
  const waiting = live.log.last - snapshot.log.last;
  const paused: Segment[] = view.paused
    ? [[`${glyphs.paused} PAUSED ${waiting} new`, styles.selected], ['  ']]
    : [];
  const mode = view.time === 'age' ? 'local' : view.time;
  const clock = `${formatTime(now, mode, now)} ${zoneName(mode, now)} `;
  const left = [[' '] as const, ...(replay ? playing(replay, width, theme) : paused), word];
  const saying = `  ${sayings[health.word](health, now)}`;
  // Of a recording the time of day says where it is: the saying makes room for it.
  const room = width - widthOf(clock) - left.reduce((sum, [text]) => sum + widthOf(text), 1);
  const said = replay ? cut(saying, Math.max(0, room)) : saying;
  return [spread([...left, [said]], [[clock, styles.dim]], width, theme)];
};

const replayGlyphs: Readonly<Record<ReplayState['mode'], GlyphName>> = {
  playing: 'running',
  paused: 'paused',
  jumping: 'more',
  ended: 'stopped',
};

/** `▶ REPLAY ×10 43 % shift.ndjson`: what plays, and where it is. */
function playing(
  {file, share, speed, mode, flaws}: ReplayState,
  width: number,
  {glyphs, styles}: Theme,
): readonly Segment[] {
  const pace = mode === 'playing' ? speedWords(speed) : mode;
  const unread = flaws === 0 ? '' : ` ${flaws} unread`;
  const where = `${pace} ${Math.floor(share * 100)} %${unread} ${cut(file, Math.floor(width / 4))}`;
  return [[`${glyphs[replayGlyphs[mode]]} REPLAY ${where}`, styles.selected], ['  ']];
}

/** Recorded seconds a second. */
export const speedWords = (speed: number): string => (speed === Infinity ? 'max' : `×${speed}`);

/** The state word alone, for a terminal too small for anything else. */
export function stateWord({live, theme, replay}: PaneInput): Segment {
  const [glyph, style] = faces[live.health.word];
  const shown = replay ? `REPLAY ${live.health.word}` : live.health.word;
  return [`${theme.glyphs[glyph]} ${shown}`, theme.styles[style]];
}
