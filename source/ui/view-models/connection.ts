// The connection's health as a list of facts, and how they are arranged in the room there is.
import {notable} from '../../model/broker-backlog.ts';
import {isUp} from '../../model/health.ts';
import {formatAge, formatLength, formatTime} from '../../time.ts';
import type {ScreenState} from '../store/screen-state.ts';
import {cut, fit, widthOf, type Line, type Span, type Tone} from '../text.ts';
import type {Glyphs} from '../theme.ts';

/** Columns that a fact takes where they stand side by side. */
const columnWidth = 38;

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly tone: Tone;
}

type Age = (at: number | undefined) => string;
type Health = ScreenState['live']['health'];

const fact = (label: string, value: string, tone: Tone = 'plain'): Fact => ({label, value, tone});

/** @returns what is known, most important first. */
export function connectionFacts({live, about, theme}: ScreenState): readonly Fact[] {
  const {health, now, latency, backlog, rates} = live;
  const age: Age = at =>
    at === undefined ? 'not yet' : `${formatAge(fullSecond(now) - fullSecond(at))} ago`;
  const {reason, remedy} = health;
  const gapNow = health.gapFrom === undefined ? '' : ', one open';
  const percentiles =
    latency.median === undefined
      ? 'not yet'
      : `median ${formatLatency(latency.median)}, 99 % ${formatLatency(latency.p99)}`;
  return [
    ...(reason === undefined ? [] : [fact('why', reason, 'warn')]),
    ...(remedy === undefined ? [] : [fact('do', remedy, 'warn')]),
    fact('host', new URL(about.monitorUrl).host),
    registration(about, health, age),
    fact('stream', stream(health, age)),
    losses(health, age),
    fact('gaps', `${health.gaps}${gapNow}`, health.gaps > 0 ? 'warn' : 'plain'),
    fact('heartbeat', age(health.lastHeartbeatAt)),
    ...recording(health),
    historyCheck(health, age),
    sent(health, age),
    fact('latency', percentiles),
    ...brokerBacklog(backlog),
    fact('rate', `${formatRate(rates, 10)}/s ${sparkline(rates, 16, theme.glyphs)}`),
    fact('clock skew', formatSkew(health)),
    fact('read', formatSize(health.bytes)),
    fact('REST load', `${health.restRequests} requests, ${formatSize(health.restBytes)}`),
    fact('client id', health.clientId === undefined ? '-' : health.clientId.slice(0, 8)),
  ];
}

const fullSecond = (at: number) => Math.floor(at / 1000) * 1000;

function stream({word, openedAt}: Health, age: Age): string {
  if (openedAt === undefined) return 'not open yet';
  return isUp(word) ? `opened ${age(openedAt)}` : 'not open';
}

function registration({isRegistering}: ScreenState['about'], health: Health, age: Age): Fact {
  if (!isRegistering) return fact('registered', 'off');
  if (health.registrationFailure !== undefined) {
    return fact('registered', `failed: ${health.registrationFailure}`, 'warn');
  }
  return fact('registered', age(health.registeredAt));
}

/** Where it is recorded to, if it is. */
function recording({recordingFile, recordingFailure, notRecorded}: Health): readonly Fact[] {
  if (recordingFailure !== undefined) {
    return [fact('recording', `failed: ${recordingFailure}`, 'warn')];
  }
  if (recordingFile === undefined) return [];
  if (notRecorded === 0) return [fact('recording', recordingFile)];
  return [fact('recording', `${recordingFile}, without ${notRecorded} events`, 'warn')];
}

function losses({losses, lastLoss}: Health, age: Age): Fact {
  if (!lastLoss) return fact('lost', String(losses));
  return fact('lost', `${losses}, ${age(lastLoss.at)}: ${lastLoss.text}`, 'warn');
}

/** What the monitor counts as sent to this client, against what came. */
function sent({sentCount}: Health, age: Age): Fact {
  if (sentCount === undefined) return fact('sent', 'not asked yet');
  if ('reason' in sentCount) return fact('sent', `not known: ${sentCount.reason}`);
  const {at, sent, arrived} = sentCount;
  return fact('sent', `${sent}, came ${arrived}, ${age(at)}`, arrived < sent ? 'warn' : 'plain');
}

/** What REST has, held against the stream. */
function historyCheck(health: Health, age: Age): Fact {
  const {witnessFailure, witnessAt, leftOut, caughtUp, deafs} = health;
  if (witnessFailure !== undefined) return fact('REST', witnessFailure, 'warn');
  const parts = [
    witnessAt === undefined ? 'not asked yet' : `agreed ${age(witnessAt)}`,
    ...(leftOut > 0 ? [`${leftOut} executions left out`] : []),
    ...(caughtUp > 0 ? [`${caughtUp} caught up`] : []),
    ...(deafs > 0 ? [`deaf ${deafs}`] : []),
  ];
  return fact('REST', parts.join(', '), deafs > 0 ? 'warn' : 'plain');
}

/** Messages that wait before the monitor stamps them: no latency shows it. */
function brokerBacklog({now}: ScreenState['live']['backlog']): readonly Fact[] {
  if (now === undefined || now < notable) return [];
  return [fact('backlog', `messages wait ${formatLength(now)} in the broker`, 'warn')];
}

/** @param value ms; a stream of old messages is late by days. */
function formatLatency(value = 0): string {
  return value < 10_000 ? `${Math.round(value)} ms` : formatAge(value);
}

/** @returns the mean of the newest `seconds` full seconds. */
function formatRate(rates: readonly number[], seconds: number): string {
  const newest = rates.slice(-seconds);
  const mean = newest.reduce((sum, count) => sum + count, 0) / newest.length;
  return mean >= 100 ? String(Math.round(mean)) : mean.toFixed(1);
}

function sparkline(rates: readonly number[], seconds: number, {spark}: Glyphs): string {
  const newest = rates.slice(-seconds);
  const highest = Math.max(1, ...newest);
  return newest
    .map(count => spark[count === 0 ? 0 : Math.ceil((count / highest) * (spark.length - 1))])
    .join('');
}

/** The answer's Date has the second alone. */
function formatSkew({clockSkew, isSkewCoarse}: Health): string {
  if (clockSkew === undefined) return 'not measured yet';
  const seconds = clockSkew / 1000;
  const text = isSkewCoarse ? String(Math.round(seconds)) : seconds.toFixed(1);
  const signed = Number(text) < 0 ? text : `+${text.replace('-', '')}`;
  return isSkewCoarse ? `about ${signed} s` : `${signed} s`;
}

/** @returns bytes, with one decimal from kB on. */
function formatSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power]}`;
}

/**
 * @returns the facts one below the other, in columns, or one behind the other, as they fit into
 * `height` lines of `width` columns; the newest of the history where room is left.
 */
export function connectionLines(
  state: ScreenState,
  width: number,
  height: number,
): readonly Line[] {
  const facts = connectionFacts(state);
  const columns = Math.max(1, Math.floor(width / columnWidth));
  const listed = inColumns(facts, width);
  if (listed.length < height) return [...listed, ...recent(state, height - listed.length)];
  const tabled = inColumns(facts, width, columns);
  if (columns > 1 && tabled.length <= height) {
    return [...tabled, ...recent(state, height - tabled.length)];
  }
  return runTogether(facts, width);
}

/** Facts in so many columns, read downwards; in more than one, what is wrong has rows of its own. */
function inColumns(facts: readonly Fact[], width: number, columns = 1): readonly Line[] {
  const isWide = ({label}: Fact) => columns > 1 && (label === 'why' || label === 'do');
  const narrow = facts.filter(fact => !isWide(fact));
  const labelWidth = Math.max(...facts.map(({label}) => label.length)) + 2;
  const valueWidth = columns > 1 ? Math.floor(width / columns) - labelWidth - 2 : 0;
  const height = Math.ceil(narrow.length / columns);
  const cell = ({label, value, tone}: Fact, width: number): Line => [
    [`  ${label.padEnd(labelWidth)}`, 'dim'],
    [width > 0 ? fit(value, width) : value, tone],
  ];
  const tabled = Array.from({length: height}, (_, index) =>
    narrow.filter((_fact, at) => at % height === index).flatMap(fact => cell(fact, valueWidth)),
  );
  return [...facts.filter(isWide).map(fact => cell(fact, 0)), ...tabled];
}

/** Facts one behind the other, broken between them. */
function runTogether(facts: readonly Fact[], width: number): readonly Line[] {
  const lines: Span[][] = [];
  let left = 0;
  for (const {label, value, tone} of facts) {
    const text = cut(value, width - label.length - 6);
    const needed = label.length + 1 + widthOf(text) + 3;
    if (needed > left) {
      lines.push([[' ']]);
      left = width - 1;
    }
    lines.at(-1)!.push([` ${label} `, 'dim'], [text, tone], ['  ']);
    left -= needed + 1;
  }
  return lines;
}

function recent({live, view}: ScreenState, rows: number): readonly Line[] {
  if (rows < 2) return [];
  const lines = live.health.history
    .slice(1 - rows)
    .map(({at, text}): Line => [
      [`  ${formatTime(at, view.time, live.now).padStart(8)} `, 'dim'],
      [text],
    ]);
  return [[], ...lines];
}
