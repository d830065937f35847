// Whole screens as an operator sees them, to be read and compared.
import {describe, expect, it} from 'vitest';
import type {Size} from '../../source/screen/layout.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {received, runEvents} from '../model/happenings.ts';
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
import {Session, type SessionOptions} from './session.ts';

const small: Size = {columns: 80, rows: 24};
const middle: Size = {columns: 120, rows: 40};
const large: Size = {columns: 200, rows: 60};
const smallest: Size = {columns: 60, rows: 15};

const agents: StreamFilter = {...everything, agents: ['fastmon-agent-root-22']};
const lateRun = runEvents({runNumber: 100015, startedAt: later(6)}).slice(42);

const scenes: Readonly<Record<string, (session: Session) => Session>> = {
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
  history: session =>
    session.hear(twoRuns()).hear(lostAndRetrying).hear(reopened).press('tab', 'return'),
};

const shown: readonly (readonly [scene: string, sizes: readonly Size[]])[] = [
  ['nothing yet', [small, middle]],
  ['live', [small, middle, large, smallest]],
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
  ['history', [small]],
];

const nameOf = (scene: string, {columns, rows}: Size) =>
  `goldens/${scene.replaceAll(' ', '-')}.${columns}x${rows}.txt`;

const textOf = (scene: string, options: SessionOptions) =>
  scenes[scene]!(new Session(options)).text;

describe.each(shown)('the screen: %s', (scene, sizes) => {
  it.each(sizes)('at $columns × $rows', async size => {
    await expect(textOf(scene, {size})).toMatchFileSnapshot(nameOf(scene, size));
  });
});

it('the screen in ASCII is the same, glyph for glyph', async () => {
  const text = textOf('live', {size: middle, isAscii: true});
  expect(text).toMatch(/^[\n\u0020-\u007e]*$/);
  await expect(text).toMatchFileSnapshot('goldens/live-ascii.120x40.txt');
});
