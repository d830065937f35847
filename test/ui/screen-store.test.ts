// A person's session: press, see, press.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {lifecycleTypes} from '../../source/model/lifecycle.ts';
import {keyTable} from '../../source/ui/keys/key-table.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {everything} from '../../source/wire/filter.ts';
import {opening, received, runEvents, start} from '../model/happenings.ts';
import {propertyRuns} from '../sizes.ts';
import {later, lostAndRetrying, quiet, reopened, twoRuns} from './scenes.ts';
import {Session} from './session.ts';

const types = (...names: readonly string[]) => ({...everything, types: names});
const footer = ({rows}: Session) => rows.at(-1)?.trim();
const title = (session: Session, name: string) =>
  session.rows.find(row => row.includes(` ${name} `)) ?? '';
const cursorRow = ({rows}: Session) => rows.find(row => /^▸ \d/.test(row)) ?? '';
const busy = () => new Session().hear(twoRuns());
const more = (count: number, at = later(37)) =>
  Array.from({length: count}, (_, n) => received({msg_type: 'sse_test', message: `m${n}`}, at));

describe('the number keys', () => {
  it('ask the server for a type with the lifecycle, quick ones build on each other', () => {
    const session = busy().press('1', '3');
    expect(session.filters).toEqual([
      types('stf_gen', ...lifecycleTypes),
      types('stf_gen', 'tf_file_registered', ...lifecycleTypes),
    ]);
    expect(session.press('1', '3').filters.at(-1)).toEqual(everything);
  });

  it('build on the filter that is in force', () => {
    const session = new Session().hear(opening(start, types('stf_gen', ...lifecycleTypes)));
    expect(session.press('2').filters.at(-1)).toEqual(
      types('stf_gen', 'stf_ready', ...lifecycleTypes),
    );
  });

  it('say so when they have no type yet', () => {
    const session = busy().press('9');
    expect(session.filters).toEqual([]);
    expect(footer(session)).toBe('no message type on key 9 yet');
  });

  it('are given to types as these are seen', () => {
    const session = busy().hear(more(1)).press('6');
    expect(session.filters).toEqual([types('sse_test', ...lifecycleTypes)]);
  });

  it('ask for the types that the operator put on them, and show these', () => {
    const session = new Session({keyTypes: ['sse_test', 'data_ready']}).hear(twoRuns());
    expect(session.text).toContain(' 1○sse_test 2○data_ready 3○stf_gen ');
    expect(session.press('2').filters).toEqual([types('data_ready', ...lifecycleTypes)]);
    expect(session.text).toContain(' 1○sse_test 2◉data_ready 3○stf_gen ');
  });

  it('0 asks for everything', () => {
    expect(busy().press('1', '0').filters.at(-1)).toEqual(everything);
  });
});

describe('the lifecycle', () => {
  it('is taken out of a type filter by l, and put into it again', () => {
    const session = busy().press('1', 'l');
    expect(session.filters.at(-1)).toEqual(types('stf_gen'));
    expect(footer(session)).toMatch(/not asked for/);
    expect(session.press('2').filters.at(-1)).toEqual(types('stf_gen', 'stf_ready'));
    expect(session.press('l').filters.at(-1)).toEqual(
      types('stf_gen', 'stf_ready', ...lifecycleTypes),
    );
    expect(footer(session)).toMatch(/rides along/);
  });

  it('comes with everything: l asks for nothing then, and does not say that it is gone', () => {
    const session = busy().press('l');
    expect(session.filters).toEqual([]);
    expect(footer(session)).not.toMatch(/not asked for any more/);
    expect(session.press('1').filters).toEqual([types('stf_gen')]);
  });

  it('alone is not told as all messages', () => {
    const session = new Session().hear(opening(start, types(...lifecycleTypes)));
    expect(session.rows.at(-3)).toMatch(/run lifecycle/);
    expect(session.rows.at(-3)).not.toMatch(/all messages/);
  });
});

describe('moving in the messages', () => {
  it('holds the place while new ones come, and counts them', () => {
    const session = busy().press('up', 'up');
    const place = cursorRow(session);
    const shown = session.pane('messages').split('\n').slice(1);
    session.hear(more(5));
    expect(cursorRow(session)).toBe(place);
    expect(session.pane('messages').split('\n').slice(1)).toEqual(shown);
    expect(title(session, 'Messages')).toMatch(/164 received, ▼ 5 below, G follows/);
  });

  it.each(['G', 'end', 'escape'])('%s follows again', key => {
    const session = busy().press('up', 'up').hear(more(5)).press(key);
    expect(title(session, 'Messages')).toMatch(/164 received, following/);
    expect(cursorRow(session)).toMatch(/m4/);
  });

  it('down from the newest follows again', () => {
    const session = busy().press('up', 'down', 'down').hear(more(1));
    expect(cursorRow(session)).toMatch(/m0/);
  });

  it('goes to the first and by pages, and stays within', () => {
    const session = busy().press('g');
    expect(cursorRow(session)).toMatch(/run_imminent/);
    expect(session.press('k', 'pageup').store.view.messages).toMatchObject({selected: 1, top: 1});
    expect(session.press('pagedown').store.view.messages?.selected).toBe(11);
    expect(session.press('pageup').store.view.messages?.selected).toBe(1);
  });

  it('counts below only what the scope shows', () => {
    const session = busy().press('up', 's', 'up', 'up');
    const {scope} = session.store.view;
    const elsewhere = {msg_type: 'sse_test', namespace: 'else'};
    session.hear([37, 38].map(seconds => received(elsewhere, later(seconds))));
    expect(scope).toBe('torre1');
    expect(title(session, 'Messages')).not.toMatch(/▼/);
  });
});

describe('pause', () => {
  it('freezes what is shown, counts what comes, and goes on with the newest', () => {
    const session = busy();
    const before = session.pane('runs');
    session.press('space').hear(more(3, session.now));
    expect(session.rows[0]).toMatch(/PAUSED 3 new/);
    expect(session.pane('runs')).toBe(before);
    expect(session.rows.join()).not.toMatch(/m[012]/);
    expect(session.press('space').rows[0]).not.toMatch(/PAUSED/);
    expect(cursorRow(session)).toMatch(/m2/);
  });

  it('does not hide that the stream is lost', () => {
    const session = busy().press('space').hear(lostAndRetrying);
    expect(session.rows[0]).toMatch(/PAUSED 1 new.*RETRYING/);
  });
});

describe('Esc', () => {
  it('goes back one level at a time, and never quits', () => {
    const session = busy().press('z', 'up', 'return');
    const state = () => {
      const {overlay, isZoomed, messages} = session.store.view;
      return [overlay !== undefined, isZoomed, messages !== undefined];
    };
    expect(state()).toEqual([true, true, true]);
    expect((session.press('escape'), state())).toEqual([false, true, true]);
    expect((session.press('escape'), state())).toEqual([false, false, true]);
    expect((session.press('escape'), state())).toEqual([false, false, false]);
    expect((session.press('escape', 'escape'), state())).toEqual([false, false, false]);
    expect(session.calls).toEqual([]);
  });
});

describe('opening', () => {
  it('shows the selected message whole', () => {
    expect(busy().press('g', 'return').rows.join('\n')).toMatch(
      /Message run_imminent[^]*"simulation_tick": 5/,
    );
  });

  it('shows the selected run, and its first when none is selected', () => {
    const session = busy().press('shift+tab', 'return');
    expect(title(session, 'Run')).toMatch(/Run 100014/);
    session.press('escape', 'down', 'return');
    expect(title(session, 'Run')).toMatch(/Run 100013/);
  });

  it('shows the history from the connection', () => {
    const {rows, text} = busy().press('tab', 'return');
    expect(rows[1]).toMatch(/^▸ Connection ─/);
    expect(text).toMatch(/client id +08adff9c[^]*History, newest first/);
  });

  it.each([
    ['messages', [], 'no message to open yet'],
    ['runs', ['shift+tab'], 'no run to open yet'],
  ])('says so when there are no %s', (_, keys, said) => {
    expect(footer(new Session().press(...keys, 'return'))).toBe(said);
  });

  it('scrolls what is open, within its lines', () => {
    const session = busy().press('?', 'G');
    const end = session.rows;
    expect(end.slice(2, -3).join('\n')).toMatch(/NO HEARTBEAT/);
    expect(session.press('j', 'pagedown').rows).toEqual(end);
    expect(session.press('g', 'k').store.view.scrollTop).toBe(0);
  });
});

describe('the scope', () => {
  it('is the namespace of the selection, then all again', () => {
    const session = busy().press('shift+tab', 's');
    expect(title(session, 'Runs')).toMatch(/1 seen, only fastmon-dev/);
    expect(session.pane('runs')).not.toMatch(/torre1/);
    expect(session.rows.at(-3)).toMatch(/only fastmon-dev/);
    session.press('s');
    expect(title(session, 'Runs')).toMatch(/2 seen/);
    expect(footer(session)).toBe('all namespaces');
  });

  it('shows messages that name no namespace, and gaps', () => {
    const session = busy().press('s').hear(more(1)).hear(lostAndRetrying);
    const messages = session.pane('messages');
    expect(messages).toMatch(/sse_test/);
    expect(messages).toMatch(/gap since/);
    expect(messages).not.toMatch(/100013/);
  });

  it('can be given from the start', () => {
    const session = new Session({scope: 'torre1'}).hear(twoRuns());
    expect(session.pane('runs')).not.toMatch(/fastmon-dev/);
  });

  it('says so when the selection names none', () => {
    const session = new Session().hear(more(1)).press('s');
    expect(footer(session)).toBe('the selection names no namespace');
    expect(session.store.view.scope).toBeUndefined();
  });
});

describe('what leaves the screen', () => {
  it.each([
    ['q', 'quit'],
    ['ctrl+c', 'quit'],
    ['ctrl+r', 'reconnect'],
    ['ctrl+l', 'redraw'],
  ])('%s asks to %s', (key, call) => {
    expect(busy().press(key).calls).toEqual([call]);
    expect(busy().press('?', key).calls).toEqual([call]);
  });

  it('an unknown key says that it does nothing, until the next key', () => {
    const session = busy().press('y');
    expect(footer(session)).toBe('y does nothing here; ? shows the keys');
    expect(footer(session.press('up'))).toMatch(/f filter/);
  });

  it('t goes through the times', () => {
    const session = busy();
    const zones = [1, 2, 3].map(() => session.press('t').store.view.time);
    expect(zones).toEqual(['lab', 'age', 'local']);
    expect(session.press('t').rows[0]).toMatch(/19:19:03 UTC/);
  });
});

describe('sampling', () => {
  it('makes no frame when nothing came in the same second', () => {
    const session = busy();
    const {frame} = session;
    expect(session.wait(0.1).wait(0.1).frame).toBe(frame);
  });

  it('makes the same frame when what came changes nothing that is shown', () => {
    const session = busy();
    const {frame} = session;
    session.hear([{kind: 'execution-unknown', id: 'e', at: session.now, reason: '404'}]);
    expect(session.frame).toEqual(frame);
  });

  it('makes a new frame for what came, and for a new second', () => {
    const session = busy();
    const {frame} = session;
    const next = session.hear(more(50, session.now)).frame;
    expect(next).not.toEqual(frame);
    expect(session.wait(1).frame).not.toEqual(next);
  });

  it('makes a frame of another size', () => {
    const session = busy();
    session.resize({columns: 120, rows: 40}).resize({columns: 120, rows: 40});
    expect(session.rows).toHaveLength(40);
  });
});

it('after any keys and events the frame is that of the state, made anew', () => {
  const events: readonly (readonly MonitorEvent[])[] = [
    more(3, later(36)),
    lostAndRetrying,
    reopened,
    [quiet],
    runEvents({runNumber: 100015, startedAt: later(40)}).slice(0, 20),
  ];
  const keys = keyTable.flatMap(({keys}) => keys);
  const action = fc.oneof(
    fc.constantFrom(...keys).map(key => (session: Session) => session.press(key)),
    fc.constantFrom(...events).map(some => (session: Session) => session.hear(some)),
    fc.nat(5).map(seconds => (session: Session) => session.wait(seconds)),
    fc
      .record({columns: fc.integer({min: 40, max: 200}), rows: fc.integer({min: 8, max: 60})})
      .map(size => (session: Session) => session.resize(size)),
  );
  fc.assert(
    fc.property(fc.array(action, {maxLength: 12}), actions => {
      const session = busy();
      for (const act of actions) act(session);
      expect(session.rows).toHaveLength(session.size.rows);
      expect(session.calls.filter(call => call === 'quit').length).toBeLessThanOrEqual(
        actions.length,
      );
    }),
    {numRuns: propertyRuns(100)},
  );
});
