// The scenes that have goldens, by name, and their sizes.
import type {Size} from '../../source/ui/store/layout.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {opening, received, runEvents} from '../model/happenings.ts';
import {
  beat,
  deaf,
  everyAlert,
  everyState,
  filled,
  hole,
  later,
  lostAndRetrying,
  quiet,
  refused,
  reopened,
  sourceSilent,
  tenRuns,
  twoRuns,
} from './scenes.ts';
import type {Session} from './session.ts';

export const small: Size = {columns: 80, rows: 24};
export const middle: Size = {columns: 120, rows: 40};
const large: Size = {columns: 200, rows: 60};
const smallest: Size = {columns: 60, rows: 15};
const tiny: Size = {columns: 40, rows: 10};
const tall: Size = {columns: 41, rows: 60};
const huge: Size = {columns: 300, rows: 100};

const agents: StreamFilter = {...everything, agents: ['fastmon-agent-root-22']};
const lateRun = runEvents({runNumber: 100015, startedAt: later(6)}).slice(42);

/** What is done to a new session. */
export const scenes: Readonly<Record<string, (session: Session) => Session>> = {
  'nothing yet': session => session,
  live: session => session.hear(twoRuns()).wait(1),
  retrying: session => session.hear(twoRuns()).hear(lostAndRetrying).wait(4),
  refused: session => session.hear(refused).wait(12),
  quiet: session => session.hear(twoRuns()).hear([quiet]).wait(7),
  paused: session =>
    session
      .hear(twoRuns())
      .press('space')
      .hear(lateRun.filter(({at}) => at > later(36))),
  'gap line': session =>
    session
      .hear(twoRuns())
      .hear(lostAndRetrying)
      .hear(reopened)
      .hear([
        received({msg_type: 'end_run', run_id: '100014', namespace: 'fastmon-dev'}, later(52)),
      ]),
  help: session => session.hear(twoRuns()).press('?'),
  'message detail': session =>
    session.hear(twoRuns()).press('up', 'up', 'up', 'up', 'up', 'up', 'return'),
  'run detail': session => session.hear(twoRuns()).press('shift+tab', 'return'),
  'every state': session => session.hear(everyState()).press('shift+tab'),
  'ten runs': session => session.hear(tenRuns()).press('shift+tab'),
  'every alert': session =>
    session
      .hear(everyAlert())
      .wait(1)
      .wait(310)
      .hear([beat(357)])
      .wait(1)
      .press('shift+tab'),
  'alerts listed': session =>
    session
      .hear(everyAlert())
      .wait(1)
      .wait(310)
      .hear([beat(357)])
      .wait(1)
      .press('A'),
  'run with every alert': session =>
    session
      .hear(everyAlert())
      .wait(1)
      .wait(310)
      .hear([beat(357)])
      .wait(1)
      .press('shift+tab', 'down', 'return'),
  'joined late with holes': session =>
    session
      .hear(lateRun.filter(({message}) => message.type !== 'stf_gen' || message.sequence !== 8))
      .press('shift+tab'),
  'agents filter': session => session.hear(twoRuns(agents).slice(0, 3)),
  'type filter': session => session.hear(twoRuns()).press('1', '3'),
  'gap filled': session =>
    session.hear(twoRuns()).hear(lostAndRetrying).hear(reopened).hear(filled),
  deaf: session => session.hear(twoRuns()).hear(deaf).wait(2),
  'source silent': session => session.hear(twoRuns()).hear([sourceSilent]).wait(2),
  hole: session => session.hear(twoRuns()).hear([hole]),
  connecting: session =>
    session.hear(opening(later(0), {...everything, runs: ['100013']}).slice(0, 1)).wait(3),
  'filter sheet': session =>
    session.hear(twoRuns()).press('f', 'down', 'down', 'space', 'pagedown', 'down', 'space'),
  'name typed': session =>
    session.hear(twoRuns()).press('f', 'pageup', 'G', 'return').type('100099, 10'),
  search: session => session.hear(twoRuns()).press('/').type('pause_run').press('return'),
  'search typed': session => session.hear(twoRuns()).press('/').type('/stf_(gen|ready)/'),
  mark: session =>
    session.hear(twoRuns()).press('m').type('beam is back, torre').press('return').wait(1),
  'namespace alone': session => session.hear(twoRuns()).press('s'),
  'runs alone': session => session.hear(tenRuns()).press('shift+tab', 'z'),
  'connection alone': session =>
    session.hear(twoRuns()).hear(lostAndRetrying).hear(reopened).press('tab', 'z'),
  'no such key': session => session.hear(twoRuns()).press('y'),
  history: session =>
    session.hear(twoRuns()).hear(lostAndRetrying).hear(reopened).press('tab', 'return'),
};

/** The sizes at which each has a golden. */
export const shown: readonly (readonly [scene: string, sizes: readonly Size[]])[] = [
  ['nothing yet', [small, middle]],
  ['connecting', [small]],
  ['live', [small, middle, large, smallest, tiny, tall, huge]],
  ['retrying', [small, middle]],
  ['refused', [small, middle]],
  ['quiet', [small]],
  ['paused', [small, middle]],
  ['gap line', [small, middle]],
  ['help', [small, middle]],
  ['message detail', [small]],
  ['run detail', [small, middle]],
  ['every state', [small, middle]],
  ['ten runs', [small, middle]],
  ['every alert', [small, middle]],
  ['alerts listed', [small, middle]],
  ['run with every alert', [small, middle]],
  ['joined late with holes', [small, middle]],
  ['agents filter', [small, middle]],
  ['type filter', [small, middle]],
  ['gap filled', [small, middle]],
  ['deaf', [small, middle]],
  ['source silent', [small, middle]],
  ['hole', [small, middle]],
  ['filter sheet', [small, middle, smallest]],
  ['name typed', [small]],
  ['search', [small, middle]],
  ['search typed', [small]],
  ['mark', [small]],
  ['namespace alone', [small]],
  ['runs alone', [small, smallest, tiny]],
  ['connection alone', [small, smallest]],
  ['no such key', [small]],
  ['history', [small]],
];

/** Where the golden is, seen from here. */
export const goldenOf = (scene: string, {columns, rows}: Size): string =>
  `goldens/${scene.replaceAll(' ', '-')}.${columns}x${rows}.txt`;
