// The connection's health: one table of facts, in columns where there is room and run together
// where there is not, and below them the history.
import {notable} from '../../model/broker-backlog.ts';
import {isUp} from '../../model/health.ts';
import {formatAge, formatLength, formatTime} from '../../time.ts';
import type {PaneBox} from '../layout.ts';
import {cut, fit, hanging, row, widthOf, type Segment} from '../row.ts';
import type {StyleName, Theme} from '../theme.ts';
import {fill, titleLine, type Pane, type PaneInput} from './pane.ts';

/** Columns that a fact takes where they stand side by side. */
const columnWidth = 38;

type Fact = readonly [label: string, value: string, style?: StyleName | undefined];

/** What is told, most important first. */
function connectionFacts({live, about, theme}: PaneInput): readonly Fact[] {
  const {health, now, latency, backlog, rates} = live;
  const age = (at: number | undefined) =>
    at === undefined ? 'not yet' : `${formatAge(fullSecond(now) - fullSecond(at))} ago`;
  const facts: Fact[] = [];
  if (health.reason !== undefined) facts.push(['why', health.reason, 'warn']);
  if (health.remedy !== undefined) facts.push(['do', health.remedy, 'warn']);
  const gapNow = health.gapFrom === undefined ? '' : ', one open';
  facts.push(
    ['host', new URL(about.monitorUrl).host],
    registration(about, health, age),
    ['stream', stream(health, age)],
    losses(health, age),
    ['gaps', `${health.gaps}${gapNow}`, health.gaps > 0 ? 'warn' : undefined],
    ['heartbeat', age(health.lastHeartbeatAt)],
    ...recording(health),
    witness(health, age),
    sent(health, age),
    [
      'latency',
      latency.median === undefined
        ? 'not yet'
        : `median ${lag(latency.median)}, 99 % ${lag(latency.p99)}`,
    ],
    ...waiting(backlog),
    ['rate', `${rateOf(rates, 10)}/s ${sparkline(rates, 16, theme)}`],
    ['clock skew', skew(health)],
    ['read', size(health.bytes)],
    ['REST load', `${health.restRequests} requests, ${size(health.restBytes)}`],
    ['client id', health.clientId === undefined ? '-' : health.clientId.slice(0, 8)],
  );
  return facts;
}

/** A fact below the other, each whole. */
export function factLines(input: PaneInput, width: number): readonly (readonly Segment[])[] {
  const facts = connectionFacts(input);
  const label = widestLabel(facts);
  const {styles} = input.theme;
  return facts.flatMap(([name, value, style = 'plain']) =>
    hanging([[name.padEnd(label), styles.dim]], [[value, styles[style]]], width),
  );
}

const widestLabel = (facts: readonly Fact[]) => Math.max(...facts.map(([name]) => name.length)) + 2;

export const connectionPane: Pane = (input, box) => {
  const {view, theme, about} = input;
  const isFocused = view.focus === 'connection';
  const title = titleLine('Connection', `as ${about.receiverName}`, isFocused, box.width, theme);
  const facts = connectionFacts(input);
  const lines = arranged(input, facts, {...box, height: box.height - 1});
  return fill([title, ...lines], box);
};

/** One below the other, in columns, or one behind the other; the newest of the history where room is left. */
function arranged(input: PaneInput, facts: readonly Fact[], box: PaneBox): readonly string[] {
  const {theme} = input;
  const {width, height} = box;
  const columns = Math.max(1, Math.floor(width / columnWidth));
  const listed = inColumns(facts, width, theme);
  if (listed.length < height) return [...listed, ...recent(input, height - listed.length, width)];
  const tabled = inColumns(facts, width, theme, columns);
  if (columns > 1 && tabled.length <= height) {
    return [...tabled, ...recent(input, height - tabled.length, width)];
  }
  return runTogether(facts, width, theme);
}

const fullSecond = (at: number) => Math.floor(at / 1000) * 1000;

function stream(
  {word, openedAt}: PaneInput['live']['health'],
  age: (at: number | undefined) => string,
): string {
  if (openedAt === undefined) return 'not open yet';
  return isUp(word) ? `opened ${age(openedAt)}` : 'not open';
}

function registration(
  {isRegistering}: PaneInput['about'],
  health: PaneInput['live']['health'],
  age: (at: number | undefined) => string,
): Fact {
  if (!isRegistering) return ['registered', 'off'];
  if (health.registrationFailure !== undefined) {
    return ['registered', `failed: ${health.registrationFailure}`, 'warn'];
  }
  return ['registered', age(health.registeredAt)];
}

/** Where it is recorded to, if it is. */
function recording({
  recordingFile,
  recordingFailure,
  notRecorded,
}: PaneInput['live']['health']): readonly Fact[] {
  if (recordingFailure !== undefined) {
    return [['recording', `failed: ${recordingFailure}`, 'warn']];
  }
  if (recordingFile === undefined) return [];
  if (notRecorded === 0) return [['recording', recordingFile]];
  return [['recording', `${recordingFile}, without ${notRecorded} events`, 'warn']];
}

function losses(
  {losses, lastLoss}: PaneInput['live']['health'],
  age: (at: number | undefined) => string,
): Fact {
  if (!lastLoss) return ['lost', String(losses)];
  return ['lost', `${losses}, ${age(lastLoss.at)}: ${lastLoss.text}`, 'warn'];
}

/** What the monitor counts as sent to this client, against what came. */
function sent(
  {sentCount}: PaneInput['live']['health'],
  age: (at: number | undefined) => string,
): Fact {
  if (sentCount === undefined) return ['sent', 'not asked yet'];
  if ('reason' in sentCount) return ['sent', `not known: ${sentCount.reason}`];
  const {at, sent, arrived} = sentCount;
  const isShort = arrived < sent;
  return ['sent', `${sent}, came ${arrived}, ${age(at)}`, isShort ? 'warn' : undefined];
}

/** What REST says, held against the stream. */
function witness(
  health: PaneInput['live']['health'],
  age: (at: number | undefined) => string,
): Fact {
  const {witnessFailure, witnessAt, leftOut, caughtUp, deafs} = health;
  if (witnessFailure !== undefined) return ['REST', witnessFailure, 'warn'];
  const extra = [
    ...(leftOut > 0 ? [`${leftOut} executions left out`] : []),
    ...(caughtUp > 0 ? [`${caughtUp} caught up`] : []),
    ...(deafs > 0 ? [`deaf ${deafs}`] : []),
  ];
  const agreed = witnessAt === undefined ? 'not asked yet' : `agreed ${age(witnessAt)}`;
  return ['REST', [agreed, ...extra].join(', '), deafs > 0 ? 'warn' : undefined];
}

/** Messages that wait before the monitor stamps them: no latency shows it. */
function waiting({now}: PaneInput['live']['backlog']): readonly Fact[] {
  if (now === undefined || now < notable) return [];
  return [['backlog', `messages wait ${formatLength(now)} in the broker`, 'warn']];
}

/** ms; a stream of old messages is late by days. */
function lag(value = 0): string {
  return value < 10_000 ? `${Math.round(value)} ms` : formatAge(value);
}

/** Mean of the newest `seconds` full seconds. */
function rateOf(rates: readonly number[], seconds: number): string {
  const newest = rates.slice(-seconds);
  const mean = newest.reduce((sum, count) => sum + count, 0) / newest.length;
  return mean >= 100 ? String(Math.round(mean)) : mean.toFixed(1);
}

function sparkline(rates: readonly number[], seconds: number, {spark}: Theme): string {
  const newest = rates.slice(-seconds);
  const highest = Math.max(1, ...newest);
  return newest
    .map(count => spark[count === 0 ? 0 : Math.ceil((count / highest) * (spark.length - 1))])
    .join('');
}

/** The answer's Date tells the second alone. */
function skew({clockSkew, isSkewCoarse}: PaneInput['live']['health']): string {
  if (clockSkew === undefined) return 'not measured yet';
  const seconds = clockSkew / 1000;
  const text = isSkewCoarse ? String(Math.round(seconds)) : seconds.toFixed(1);
  const signed = Number(text) < 0 ? text : `+${text.replace('-', '')}`;
  return isSkewCoarse ? `about ${signed} s` : `${signed} s`;
}

/** Bytes, with one decimal from kB on. */
function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power]}`;
}

/** Facts in so many columns, read downwards; in more than one, what is wrong has rows of its own. */
function inColumns(
  facts: readonly Fact[],
  width: number,
  theme: Theme,
  columns = 1,
): readonly string[] {
  const isWide = ([label]: Fact) => columns > 1 && (label === 'why' || label === 'do');
  const wide = facts.filter(isWide);
  const narrow = facts.filter(fact => !isWide(fact));
  const labelWidth = widestLabel(facts);
  const cellWidth = Math.floor(width / columns);
  const height = Math.ceil(narrow.length / columns);
  const cell = ([label, value, style = 'plain']: Fact, valueWidth: number): readonly Segment[] => [
    [`  ${label.padEnd(labelWidth)}`, theme.styles.dim],
    [valueWidth > 0 ? fit(value, valueWidth) : value, theme.styles[style]],
  ];
  const tabled = Array.from({length: height}, (_, index) =>
    row(
      narrow
        .filter((_fact, at) => at % height === index)
        .flatMap(fact => cell(fact, columns > 1 ? cellWidth - labelWidth - 2 : 0)),
      width,
      theme,
    ),
  );
  return [...wide.map(fact => row(cell(fact, 0), width, theme)), ...tabled];
}

/** Facts one behind the other, broken between them. */
function runTogether(facts: readonly Fact[], width: number, theme: Theme): readonly string[] {
  const lines: Segment[][] = [];
  let left = 0;
  for (const [name, value, style = 'plain'] of facts) {
    const text = cut(value, width - name.length - 6);
    const needed = name.length + 1 + widthOf(text) + 3;
    if (needed > left) {
      lines.push([[' ']]);
      left = width - 1;
    }
    lines.at(-1)!.push([` ${name} `, theme.styles.dim], [text, theme.styles[style]], ['  ']);
    left -= needed + 1;
  }
  return lines.map(segments => row(segments, width, theme));
}

function recent({live, view, theme}: PaneInput, rows: number, width: number): readonly string[] {
  if (rows < 2) return [];
  const lines = live.health.history
    .slice(1 - rows)
    .map(({at, text}) =>
      row(
        [[`  ${formatTime(at, view.time, live.now).padStart(8)} `, theme.styles.dim], [text]],
        width,
        theme,
      ),
    );
  return [' '.repeat(width), ...lines];
}
