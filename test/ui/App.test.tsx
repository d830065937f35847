// The program: keys go to the store, and what the store makes of them is drawn.
import type {SuspendTerminal} from 'ink';
import {describe, expect, it} from 'vitest';
import {App} from '../../source/ui/components/App.tsx';
import {eventually} from '../eventually.ts';
import {received} from '../model/happenings.ts';
import {Drawn, sessionHere} from './drawn.tsx';
import {later, twoRuns} from './scenes.ts';

async function open() {
  const session = sessionHere().hear(twoRuns());
  const handed: SuspendTerminal[] = [];
  const onTerminal = (suspend: SuspendTerminal) => void handed.push(suspend);
  const app = <App store={session.store} onTerminal={onTerminal} />;
  const drawn = new Drawn(app);
  await eventually(() => expect(handed).toHaveLength(1));
  return {session, app, drawn, handed};
}

describe('the program', () => {
  it('draws what the store notifies of', async () => {
    const {session, drawn} = await open();
    expect(drawn.rows[0]).toMatch(/LIVE .* 19:19:03 UTC$/);
    session.wait(2);
    await eventually(() => expect(drawn.rows[0]).toMatch(/ 19:19:05 UTC$/));
    session.hear([received({msg_type: 'sse_test', message: 'next'}, later(38))]);
    await eventually(() => expect(drawn.text).toMatch(/▸ .* sse_test .*next$/m));
  });

  it('draws nothing of what the store keeps back, and then all of it', async () => {
    const {session, drawn} = await open();
    const before = drawn.text;
    session.isReady = false;
    session.press('?').wait(2);
    await new Promise(setImmediate);
    expect(drawn.text).toBe(before);
    session.isReady = true;
    session.store.sample();
    await eventually(() => expect(drawn.text).toContain('this help'));
  });

  it('hands what is typed to the store, and shows what came of it', async () => {
    const {session, drawn} = await open();
    drawn.type('/');
    drawn.type('stf');
    await eventually(() => expect(drawn.rows.at(-1)).toMatch(/^ \/stf /));
    drawn.type('\u001b[200~_gen\u001b[201~');
    await eventually(() => expect(drawn.rows.at(-1)).toMatch(/^ \/stf_gen /));
    drawn.type('\r');
    await eventually(() => expect(session.store.view.search?.query).toBe('stf_gen'));
  });

  it('hands out the terminal once, however often it is drawn', async () => {
    const {session, app, drawn, handed} = await open();
    session.wait(1);
    drawn.again(app);
    await eventually(() => expect(drawn.rows[0]).toMatch(/ 19:19:04 UTC$/));
    expect(handed).toHaveLength(1);
  });

  it('lets go of the store when it ends', async () => {
    const {session, drawn} = await open();
    drawn.end();
    const before = drawn.text;
    session.wait(5).press('?');
    await new Promise(setImmediate);
    expect(drawn.text).toBe(before);
  });
});
