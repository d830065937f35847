// What Ink has drawn on one terminal, change after change, is what it would draw on a new one.
import * as fc from 'fast-check';
import {describe, expect, it, onTestFinished} from 'vitest';
import {showRows, textOf} from '../../scripts/terminal-screen.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {keyTable} from '../../source/ui/keys/key-table.ts';
import {received} from '../model/happenings.ts';
import {presses} from '../sizes.ts';
import {scenes, shown, small} from './golden-scenes.ts';
import {InkTerminal} from './ink-terminal.ts';
import {everyAlert, everyState, lostAndRetrying, reopened, tenRuns, twoRuns} from './scenes.ts';
import {misfits, Session} from './session.ts';

function open(session: Session): InkTerminal {
  const terminal = new InkTerminal(session);
  onTestFinished(() => terminal.close());
  return terminal;
}

/** Every cell is as on a fresh screen, its style included. */
async function expectShown(terminal: InkTerminal, session: Session): Promise<void> {
  const fresh = await showRows(session.frame, session.size);
  const drawn = await terminal.screen();
  expect(textOf(drawn)).toBe(textOf(fresh));
  expect(drawn).toEqual(fresh);
}

describe.each(shown)('%s', (scene, sizes) => {
  it('is what the terminal shows, at each size', async () => {
    const session = scenes[scene]!(new Session({size: small, hasColour: true}));
    const terminal = open(session);
    for (const size of sizes) {
      terminal.resize(session, size);
      await expectShown(terminal, session);
    }
  });
});

it('draws by keys what the goldens show', async () => {
  const session = new Session({hasColour: true}).hear(twoRuns());
  const terminal = open(session);
  for (const keys of [
    ['?', 'pagedown', 'escape'],
    ['up', 'up', 'return', 'escape', 'G'],
    ['shift+tab', 'return', 'pagedown', 'escape', 'tab'],
    ['f', 'down', 'space', 'escape'],
    ['/', 's', 't', 'f', 'return', 'n', 'escape'],
  ]) {
    for (const key of keys) {
      session.press(key);
      await expectShown(terminal, session);
    }
  }
});

const events: readonly (readonly MonitorEvent[])[] = [
  twoRuns(),
  everyState(),
  tenRuns(),
  everyAlert(),
  lostAndRetrying,
  reopened,
];

interface Step {
  readonly take: (session: Session, terminal: InkTerminal) => void;
}

const key = fc.constantFrom(
  ...keyTable.flatMap(({keys}) => keys),
  ...Array.from('abc/.('),
  'backspace',
  'ctrl+u',
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {weight: 20, arbitrary: key.map(key => ({take: (session: Session) => session.press(key)}))},
  {
    weight: 1,
    arbitrary: fc
      .record({columns: fc.integer({min: 2, max: 200}), rows: fc.integer({min: 2, max: 60})})
      .map(size => ({
        take: (session: Session, terminal: InkTerminal) => terminal.resize(session, size),
      })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...events), fc.nat(60)).map(([scene, from]) => ({
      take: (session: Session) => session.hear(scene.slice(from, from + 40)),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('ok', '', '漢字 '.repeat(9), 'x'.repeat(300)).map(message => ({
      take: (session: Session) =>
        session.hear([received({msg_type: 'sse_test', message}, session.now)]),
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({min: 1, max: 400})
      .map(seconds => ({take: (session: Session) => session.wait(seconds)})),
  },
  {
    weight: 1,
    arbitrary: fc.string().map(text => ({take: (session: Session) => session.store.paste(text)})),
  },
);

const walkLength = 100;

it('any keys in any order leave the screen as a fresh one of the same state', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, {minLength: walkLength, maxLength: walkLength, size: 'max'}),
      fc.boolean(),
      async (steps, isAscii) => {
        const session = new Session({isAscii, hasColour: true}).hear(twoRuns());
        const terminal = new InkTerminal(session);
        for (const [index, {take}] of steps.entries()) {
          take(session, terminal);
          // Each step is drawn; every fifth is looked at.
          if (index % 5 !== 4) continue;
          expect(misfits(session)).toEqual([]);
          await expectShown(terminal, session);
        }
        terminal.close();
      },
    ),
    {numRuns: Math.ceil(presses / walkLength)},
  );
});

it('a key that was pressed while the terminal did not read is shown once it does', async () => {
  const session = new Session({hasColour: true}).hear(twoRuns());
  const terminal = open(session);
  const before = textOf(await terminal.screen());
  session.isReady = false;
  session.press('?').wait(3);
  expect(textOf(await terminal.screen())).toBe(before);
  session.isReady = true;
  session.store.sample();
  await expectShown(terminal, session);
  expect(session.text).toContain('Keys');
});
