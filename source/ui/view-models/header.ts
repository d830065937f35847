// The top line: is this live? In a word, a glyph and a tone, since when, and what happens next.
import type {Health, StateWord} from '../../model/health.ts';
import {formatAge, formatTime, zoneName, zoneOf} from '../../time.ts';
import {describeFilter} from '../../wire/filter.ts';
import type {ReplayState} from '../store/replay.ts';
import type {About, ScreenState} from '../store/screen-state.ts';
import {cut, lineWidth, widthOf, type Line, type Span, type Tone} from '../text.ts';
import type {GlyphName, Glyphs} from '../theme.ts';

const faces: Readonly<Record<StateWord, readonly [GlyphName, Tone]>> = {
  LIVE: ['live', 'good'],
  DEAF: ['deaf', 'bad'],
  'NO HEARTBEAT': ['quiet', 'warn'],
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
const isDue = (at: number | undefined, now: number) => at === undefined || floor(at) <= floor(now);
/** Ages change on the full second, all at once: fewer frames. */
const floor = (at: number) => Math.floor(at / 1000) * 1000;

const join = (...parts: (string | undefined)[]) =>
  parts.filter(part => part !== undefined).join(': ');

/** `room`: columns. */
type Detail = (health: Health, now: number, about: About, room: number) => string;

/** As many of the parts as there is room for, the first at least. */
const asFit = (parts: readonly string[], room: number): string =>
  parts.length > 1 && parts.join(' · ').length > room
    ? asFit(parts.slice(0, -1), room)
    : parts.join(' · ');

/** Where room is scarce, what the other side said in brackets goes before what to do does. */
function because(lead: string, {reason, remedy}: Health, room: number): string {
  const whole = `${lead} · ${join(reason, remedy)}`;
  if (whole.length <= room) return whole;
  return `${lead} · ${join(reason?.replace(/ \(.*\)$/, ''), remedy)}`;
}

const details: Readonly<Record<StateWord, Detail>> = {
  LIVE: ({lastByteAt, lastMessageAt, silentSince, witnessAt}, now, _about, room) => {
    const agreed = witnessAt === undefined ? 'not yet' : `agreed ${ago(witnessAt, now)}`;
    const parts = [
      `byte ${ago(lastByteAt, now) ?? 'none yet'}`,
      `message ${ago(lastMessageAt, now) ?? 'none yet'}`,
      silentSince === undefined ? `REST ${agreed}` : 'source silent, REST too',
    ];
    return asFit(parts, room);
  },
  DEAF: ({reason, since}, now) =>
    `${reason ?? ''}, for ${formatAge(floor(now) - floor(since ?? now))}; renewing`,
  'NO HEARTBEAT': ({lastSignAt, dueAt}, now) =>
    `for ${formatAge(floor(now) - floor(lastSignAt ?? now))}; ${isDue(dueAt, now) ? 'renewing' : `renewing in ${until(dueAt, now)}`}`,
  CONNECTING: ({attempt, filter}, _now, {monitorUrl}) =>
    `to ${new URL(monitorUrl).host} for ${describeFilter(filter)}${attempt > 1 ? `, attempt ${attempt}` : ''}`,
  RETRYING: (health, now, _about, room) =>
    because(`in ${until(health.dueAt, now)} (attempt ${health.attempt}), Ctrl-R now`, health, room),
  REFUSED: (health, now, _about, room) =>
    because(`next try in ${until(health.dueAt, now)}`, health, room),
  STOPPED: () => 'the receiver has stopped',
};

/** These end with a reason, which from so many columns on makes room for the clock. */
const reasoned: ReadonlySet<StateWord> = new Set(['RETRYING', 'REFUSED']);
const clockFrom = 60;

export interface HeaderModel {
  readonly state: Line;
  /** Empty where there is no room for all of it. */
  readonly clock: string;
}

export function headerModel(state: ScreenState): HeaderModel {
  const {live, view, theme, about, replay, layout} = state;
  const {columns} = layout.size;
  const {health, now} = live;
  const zone = zoneOf(view.time);
  const clock = `${formatTime(now, zone, now)} ${zoneName(zone, now)} `;
  const lead = replay ? playing(replay, columns, theme.glyphs) : paused(state);
  const head: Line = [[' '], ...lead, stateWord(state), ['  ']];
  const room = columns - lineWidth(head);
  // Of a recording the time of day says where it is; a reason can be of any length.
  const keepsClock = replay !== undefined || (columns >= clockFrom && reasoned.has(health.word));
  const spare = keepsClock ? Math.max(0, room - widthOf(clock) - 1) : room;
  const detail = cut(details[health.word](health, now, about, spare), spare);
  // Half a clock is none.
  return {state: [...head, [detail]], clock: widthOf(detail + clock) >= room ? '' : clock};
}

/** @returns glyph and word of the state, as they are without anything else. */
function stateWord({live, theme}: ScreenState): Span {
  const {word} = live.health;
  const [glyph, tone] = faces[word];
  return [`${theme.glyphs[glyph]} ${word}`, tone];
}

/** @returns the state in a word, for a terminal too small for anything else. */
export function tooSmall(state: ScreenState): Line {
  const [word, tone] = stateWord(state);
  const shown = state.replay ? word.replace(' ', ' REPLAY ') : word;
  return [[shown, tone!], [' (too small a terminal)']];
}

function paused({live, snapshot, view, theme}: ScreenState): Line {
  if (!view.paused) return [];
  const waiting = live.log.last - snapshot.log.last;
  return [[`${theme.glyphs.paused} PAUSED ${waiting} new`, 'selected'], ['  ']];
}

const replayGlyphs: Readonly<Record<ReplayState['mode'], GlyphName>> = {
  playing: 'running',
  paused: 'paused',
  jumping: 'more',
  ended: 'stopped',
};

/** `▶ REPLAY ×10 43 % shift.ndjson`: what plays, and where it is. */
function playing(
  {file, share, speed, mode, flaws}: ReplayState,
  columns: number,
  glyphs: Glyphs,
): Line {
  const pace = mode === 'playing' ? formatSpeed(speed) : mode;
  const unread = flaws === 0 ? '' : ` ${flaws} unread`;
  const where = `${pace} ${Math.floor(share * 100)} %${unread} ${cut(file, Math.floor(columns / 4))}`;
  return [[`${glyphs[replayGlyphs[mode]]} REPLAY ${where}`, 'selected'], ['  ']];
}

/** @param speed recorded seconds a second. */
export const formatSpeed = (speed: number): string => (speed === Infinity ? 'max' : `×${speed}`);
