// The goldens once more: painted, and seen through a terminal emulator.
import * as fc from 'fast-check';
import {readFileSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {showRows, textOf} from '../../scripts/terminal-screen.ts';
import {keyTable} from '../../source/screen/key-table.ts';
import type {Size} from '../../source/screen/layout.ts';
import {received} from '../model/happenings.ts';
import {goldenOf, scenes, shown, small} from '../screen/golden-scenes.ts';
import {twoRuns} from '../screen/scenes.ts';
import {Session} from '../screen/session.ts';
import {PaintedTerminal} from './painted-terminal.ts';

const golden = (scene: string, size: Size) =>
  readFileSync(new URL(`../screen/${goldenOf(scene, size)}`, import.meta.url), 'utf8');

const sessionOf = (scene: string, size: Size) =>
  scenes[scene]!(new Session({size, hasColour: true}));

function open(session: Session): PaintedTerminal {
  const terminal = new PaintedTerminal(session);
  onTestFinished(() => terminal.close());
  return terminal;
}

/** Every cell is as it was composed, its style included. */
async function expectShown(terminal: PaintedTerminal, session: Session): Promise<void> {
  const rows = session.frame;
  const composed = await showRows(rows, session.size);
  const drawn = await terminal.screen();
  expect(textOf(drawn)).toBe(textOf(composed));
  expect(drawn).toEqual(composed);
}

describe.each(shown)('%s', (scene, sizes) => {
  it.each(sizes)('at $columns × $rows is the golden', async size => {
    const session = sessionOf(scene, size);
    const terminal = open(session);
    expect(textOf(await terminal.screen())).toBe(golden(scene, size));
    await expectShown(terminal, session);
  });
});

describe('on one terminal, nothing is left behind', () => {
  const everyLook = shown.flatMap(([scene, sizes]) => sizes.map(size => ({scene, size})));
  const expectInTurn = async (looks: typeof everyLook) => {
    const terminal = open(new Session({hasColour: true}));
    for (const {scene, size} of looks) {
      const session = sessionOf(scene, size);
      terminal.show(session);
      terminal.resize(size);
      expect(textOf(await terminal.screen())).toBe(golden(scene, size));
      await expectShown(terminal, session);
    }
    terminal.close();
  };

  it('by one golden after the other', async () => {
    await expectInTurn(everyLook);
  });

  it('by goldens in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(everyLook, {minLength: 5, maxLength: 20}), expectInTurn),
      {numRuns: 5},
    );
  });

  it('by keys that lead from golden to golden, nor by resizes there', async () => {
    const session = new Session({hasColour: true}).hear(twoRuns());
    const terminal = open(session);
    for (const [keys, scene] of [
      [['?'], 'help'],
      [['up', 'up', 'up', 'up', 'up', 'up', 'return'], 'message detail'],
      [['shift+tab', 'return'], 'run detail'],
    ] as const) {
      const sizes = shown.find(([name]) => name === scene)![1];
      session.press(...keys);
      for (const size of [...sizes, small]) {
        session.resize(size);
        terminal.resize(size);
        expect(textOf(await terminal.screen())).toBe(golden(scene, size));
      }
      session.press('escape');
      expect(textOf(await terminal.screen())).toBe(session.text);
    }
  });

  const step = fc.oneof(
    fc.constantFrom(...keyTable.flatMap(({keys}) => keys)).map(key => ({key})),
    fc.record({columns: fc.integer({min: 2, max: 200}), rows: fc.integer({min: 1, max: 60})}),
    fc.constantFrom('ok', '', '漢字 '.repeat(9), 'x'.repeat(300)).map(message => ({message})),
    fc.integer({min: 1, max: 400}).map(seconds => ({seconds})),
  );

  it('by keys, messages, time and resizes in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, {minLength: 5, maxLength: 20}), async steps => {
        const session = new Session({hasColour: true}).hear(twoRuns());
        const terminal = open(session);
        for (const step of steps) {
          if ('key' in step) session.press(step.key);
          else if ('seconds' in step) session.wait(step.seconds);
          else if ('message' in step) {
            session.hear([received({msg_type: 'sse_test', ...step}, session.now)]);
          } else {
            session.resize(step);
            terminal.resize(step);
          }
          await expectShown(terminal, session);
        }
        terminal.close();
      }),
      {numRuns: 20},
    );
  });

  it.each([
    ['in the middle', '\u001b[5;30Hwhat is this\u001b[7;70Hlong'],
    ['at the end', '\u001b[24;1H\r\nBroadcast message\r\n'],
    ['in another style', '\u001b[H\u001b[7m\u001b[2J'],
  ])('by what something else wrote %s, once it is repainted', async (_, text) => {
    const session = sessionOf('live', small);
    const terminal = open(session);
    await expectShown(terminal, session);
    terminal.disturb(text);
    terminal.repaint();
    await expectShown(terminal, session);
  });
});
