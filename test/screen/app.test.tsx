// The screen as Ink draws it, and the keyboard as Ink hears it.
import {render} from 'ink-testing-library';
import {stripVTControlCharacters} from 'node:util';
import {afterEach, describe, expect, it} from 'vitest';
import {App} from '../../source/screen/app.tsx';
import type {Size} from '../../source/screen/layout.ts';
import {eventually} from '../eventually.ts';
import {received} from '../model/happenings.ts';
import {twoRuns} from './scenes.ts';
import {Session} from './session.ts';

let opened: ReturnType<typeof render> | undefined;
afterEach(() => opened?.unmount());

function open(size: Size) {
  const session = new Session({size}).hear(twoRuns());
  const app = render(<App store={session.store} />);
  opened = app;
  const rows = () =>
    stripVTControlCharacters(app.lastFrame() ?? '')
      .split('\n')
      .map(row => row.trimEnd());
  const shows = () =>
    eventually(() => expect(rows()).toEqual(session.rows.map(row => row.trimEnd())));
  return {session, app, rows, shows};
}

/** The testing library's terminal has 100 columns. */
const stacked: Size = {columns: 100, rows: 30};

describe('the app', () => {
  it('draws header, panes, filter bar and footer as they were composed', async () => {
    const {rows, shows} = open(stacked);
    await shows();
    const said = rows().join('\n');
    expect(rows()).toHaveLength(30);
    expect(said).toMatch(/LIVE[^]*─ Runs ─[^]*▸ Messages ─[^]*─ Connection ─/);
    expect(said).toMatch(/Asked for all messages[^]*f filter/);
  });

  it('draws one pane alone in a small terminal', async () => {
    const {rows, shows} = open({columns: 60, rows: 15});
    await shows();
    expect(rows()[1]).toMatch(/▸ Messages/);
  });

  it('draws a changed place anew', async () => {
    const {session, rows, shows} = open(stacked);
    await shows();
    session.hear([received({msg_type: 'sse_test', message: 'hello there'}, session.now)]);
    await shows();
    expect(rows().join('\n')).toMatch(/hello there/);
  });

  it('draws what is opened, and the panes again', async () => {
    const {session, app, rows, shows} = open(stacked);
    await shows();
    app.stdin.write('?');
    await eventually(() => expect(rows()[1]).toMatch(/▸ Keys/));
    await shows();
    app.stdin.write('\u001b');
    await eventually(() => expect(rows()[1]).toMatch(/Runs/));
    expect(session.store.view.overlay).toBeUndefined();
  });
});

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
    ['Ctrl-L', '\u000c', ({calls}) => calls, ['repaint']],
    ['Ctrl-C', '\u0003', ({calls}) => calls, ['quit']],
    ['a digit', '1', ({filters}) => filters.length, 1],
    ['keys that came together', 'kkk', ({store}) => store.view.messages?.selected, 156],
  ])('hears %s', async (_, input, seen, expected) => {
    const {session, app, shows} = open(stacked);
    await shows();
    app.stdin.write(input);
    await eventually(() => expect(seen(session)).toEqual(expected));
  });
});
