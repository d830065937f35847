// Searching what is shown, marks, and what is typed into a field.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {appendText, typeKey, type TextInput} from '../../source/ui/store/text-input.ts';
import {finds, piecesOf, nextFound, searchFor} from '../../source/ui/store/search.ts';
import {received} from '../model/happenings.ts';
import {later, lostAndRetrying, twoRuns} from './scenes.ts';
import {misfits, Session} from './session.ts';

const size = {columns: 120, rows: 50};
const busy = () => new Session({size}).hear(twoRuns());
const footer = ({rows}: Session) => rows.at(-1)?.trim();
const cursorRow = ({rows}: Session) => rows.find(row => /^▸[ +](?:\d\d:|╌)/.test(row));
const searched = (query: string, session = busy()) =>
  session.press('/').type(query).press('return');

describe('a search', () => {
  it('goes to the newest that is found, and on and back with n and N', () => {
    const session = searched('pause_run');
    expect(cursorRow(session)).toMatch(/19:19:00 pause_run +100014/);
    expect(cursorRow(session.press('N'))).toMatch(/19:18:47 pause_run +100013/);
    expect(cursorRow(session.press('n'))).toMatch(/19:19:00 pause_run +100014/);
  });

  it('begins anew past the end', () => {
    const session = searched('run_imminent');
    expect(cursorRow(session)).toMatch(/100014/);
    expect(footer(session)).toBe('2 found');
    expect(cursorRow(session.press('n'))).toMatch(/run_imminent +100013/);
    expect(footer(session)).toBe('2 found, from the first again');
    expect(footer(session.press('n'))).toBe('2 found');
    expect(footer(session.press('N', 'N'))).toBe('2 found, from the last again');
  });

  it('tells what is found in the runs, and in what is open', () => {
    const runs = searched('1000', busy().press('shift+tab'));
    expect(footer(runs)).toBe('2 found');
    expect(footer(searched('Ctrl-Z', new Session().press('?')))).toBe('1 found');
  });

  it('takes text in any case, and expressions between slashes', () => {
    expect(cursorRow(searched('END_RUN'))).toMatch(/end_run/);
    expect(cursorRow(searched('/(start|end)_run/'))).toMatch(/end_run/);
    expect(cursorRow(searched('000003.stf'))).toMatch(/000003\.stf/);
    expect(footer(searched('no.*such'))).toBe('no.*such: nothing found');
    expect(footer(searched('/(/'))).toBe('/(/ is no regular expression');
  });

  it('highlights what is found while it is typed, and until Esc', () => {
    const session = new Session({size, hasColour: true})
      .hear(twoRuns())
      .press('/')
      .type('stf_ready');
    const lit = '\u001b[7m\u001b[1mstf_ready';
    expect(session.pane('messages')).toContain(lit);
    session.press('return', 'escape');
    expect(session.pane('messages')).not.toContain(lit);
    expect(session.store.view.overlay).toBeUndefined();
  });

  it('works on a frozen view, in the runs, and in what is open', () => {
    const paused = busy().press('space').hear(lostAndRetrying);
    expect(cursorRow(searched('end_run', paused))).toMatch(/end_run/);
    const runs = searched('100013', busy().press('shift+tab'));
    expect(runs.store.view.run).toBe('torre1/100013');
    const help = searched('Ctrl-Z', new Session().press('?'));
    expect(help.text).toContain('Ctrl-Z     suspend');
    expect(help.store.view.scrollTop).toBeGreaterThan(0);
  });

  it('finds agents and files that the row has cut', () => {
    const small = new Session({size: {columns: 80, rows: 24}}).hear(twoRuns());
    expect(cursorRow(searched('processing-agent-wenaus-24', small))).toMatch(/processing_complete/);
  });

  it('lights up the same text, whatever it is, and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, query) => {
        const search = searchFor(query);
        const pieces = piecesOf(text, search);
        expect(pieces.map(piece => piece.text).join('')).toBe(text);
        if (search && !query.startsWith('/')) {
          expect(finds(search, text)).toBe(pieces.some(({isFound}) => isFound));
        }
      }),
    );
  });

  it('looks at each thing once', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.constantFrom<1 | -1>(1, -1), (count, index, by) => {
        const looked: number[] = [];
        const none = nextFound(count, index, by, at => {
          looked.push(at);
          return false;
        });
        expect(none).toBeUndefined();
        expect(looked.toSorted((a, b) => a - b)).toEqual(
          Array.from({length: count}, (_, at) => at),
        );
      }),
    );
  });
});

describe('a field', () => {
  const field: TextInput = {kind: 'search', text: 'one two'};

  it('takes every character, also those that are keys elsewhere', () => {
    const session = new Session().press('/').type('q?0 x').press('backspace');
    expect(footer(session)).toMatch(/^\/q\?0 {3}/);
    expect(session.calls).toEqual([]);
  });

  it('forgets by character, by word and all', () => {
    expect(typeKey(field, 'backspace')).toEqual({...field, text: 'one tw'});
    expect(typeKey(field, 'ctrl+w')).toEqual({...field, text: 'one '});
    expect(typeKey(field, 'ctrl+u')).toEqual({...field, text: ''});
    expect(typeKey(field, 'up')).toEqual(field);
  });

  it('takes a paste as one harmless line, within its bound', () => {
    expect(appendText(field, '\r\nthree\t\u001b[31m').text).toMatch(/^one two three .*31m$/);
    expect(appendText(field, '\u001b').text).not.toContain('\u001b');
    expect(Array.from(appendText(field, 'x'.repeat(1000)).text)).toHaveLength(200);
  });

  it('can be quit out of with Ctrl-C alone', () => {
    expect(new Session().press('/', 'q', 'ctrl+c').calls).toEqual(['quit']);
  });

  it('keeps its end in sight in every width', () => {
    for (const columns of [40, 60, 80, 120]) {
      const session = new Session({size: {columns, rows: 24}})
        .press('/')
        .type(`${'abcdefghi '.repeat(15)}Z`);
      expect(misfits(session)).toEqual([]);
      expect(footer(session)).toContain('Z');
    }
  });

  it('a paste without a field is no command', () => {
    const session = new Session();
    session.store.paste('q');
    expect(session.calls).toEqual([]);
    expect(footer(session)).toContain('pasted');
  });
});

describe('a mark', () => {
  it('stands between the messages, and on the timeline of the runs of its time', () => {
    const session = busy().press('m').type('beam back').press('return');
    expect(session.text).toMatch(/mark 19:19:03: beam back/);
    expect(footer(session)).toBe('a mark is left');
    session.press('shift+tab', 'return');
    expect(session.rows.join('\n')).toMatch(/19:19:03 {2}mark +beam back/);
  });

  it('is not left with Esc, and may be empty', () => {
    expect(busy().press('m', 'x', 'escape').text).not.toContain('mark 19');
    expect(busy().press('m', 'return').text).toMatch(/mark 19:19:03 /);
  });
});

describe('an opened message', () => {
  const long = received(
    {msg_type: 'long', run_id: '7', note: 'y'.repeat(500), odd: {a: [1]}},
    later(40),
  );

  it('folds long values and shows them whole', () => {
    const session = busy().hear([long]).press('return');
    expect(session.text).toMatch(/"note": "y+… \d+ characters, Enter unfolds/);
    expect(session.text).toContain('"odd": {');
    session.press('return');
    expect(session.text.match(/y/g)!.length).toBeGreaterThanOrEqual(500);
    expect(misfits(session)).toEqual([]);
  });

  it('leads to the one before and the next', () => {
    const session = busy().hear([long]).press('return');
    expect(session.text).toContain('Message long');
    expect(session.press('left').text).toContain('Message resume_run');
    expect(session.press('right').text).toContain('Message long');
    expect(footer(session.press('right'))).toBe('this is the last');
  });
});

it('what is caught up above the selected message does not move the selection', () => {
  const session = searched('end_run');
  const before = cursorRow(session);
  const caughtUp = received({msg_type: 'stf_gen', run_id: '100013', sequence: 99}, later(12));
  session.hear([
    {...caughtUp, source: 'history'},
    {...caughtUp, source: 'history'},
  ]);
  expect(cursorRow(session)).toBe(before);
});
