// The keyboard as Ink reports it to the program.
import {describe, expect, it} from 'vitest';
import {App} from '../../source/ui/components/App.tsx';
import {eventually} from '../eventually.ts';
import {Drawn, sessionHere} from './drawn.tsx';
import {twoRuns} from './scenes.ts';
import type {Session} from './session.ts';

async function open() {
  const session = sessionHere().hear(twoRuns());
  const app = new Drawn(<App store={session.store} />);
  // Ink listens from its first effects on.
  await new Promise(resolve => setTimeout(resolve, 0));
  return {session, app};
}

describe('the keyboard', () => {
  it.each<[string, string, (session: Session) => unknown, unknown]>([
    ['arrow up', '\u001b[A', ({store}) => store.view.messages !== undefined, true],
    ['Tab', '\t', ({store}) => store.view.focus, 'connection'],
    ['Shift-Tab', '\u001b[Z', ({store}) => store.view.focus, 'runs'],
    ['Space', ' ', ({store}) => store.view.paused !== undefined, true],
    ['Enter', '\r', ({store}) => store.view.overlay?.kind, 'message'],
    ['Home', '\u001b[H', ({store}) => store.view.messages?.selected, 1],
    ['PgUp', '\u001b[5~', ({store}) => store.view.messages !== undefined, true],
    ['Ctrl-R', '\u0012', ({calls}) => calls, ['reconnect']],
    ['Ctrl-L', '\u000c', ({calls}) => calls, ['redraw']],
    ['Ctrl-C', '\u0003', ({calls}) => calls, ['quit']],
    ['a digit', '1', ({filters}) => filters.length, 1],
    ['keys that came together', 'kkk', ({store}) => store.view.messages?.selected, 156],
  ])('hears %s', async (_, input, seen, expected) => {
    const {session, app} = await open();
    app.type(input);
    await eventually(() => expect(seen(session)).toEqual(expected));
  });

  it('hears Esc alone, a moment later', async () => {
    const {session, app} = await open();
    session.press('?');
    app.type('\u001b');
    await eventually(() => expect(session.store.view.overlay).toBeUndefined());
  });

  it('takes no paste for keys', async () => {
    const {session, app} = await open();
    app.type('\u001b[200~q1\r\u001b[201~');
    await eventually(() => expect(session.store.view.notice).toMatch(/pasted/));
    expect(session.calls).toEqual([]);
    expect(session.filters).toEqual([]);
  });

  it('shows what it did', async () => {
    const {app} = await open();
    app.type('?');
    await eventually(() => expect(app.text).toContain('this help'));
  });
});
