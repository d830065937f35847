// The terminal's input as Ink gets it: through its own parser, and whatever the terminal sends.
import * as fc from 'fast-check';
import {render, useInput, usePaste} from 'ink';
import {Writable} from 'node:stream';
import {createElement} from 'react';
import {describe, expect, it, onTestFinished} from 'vitest';
import {keyNames} from '../../source/ui/hooks/use-keyboard.ts';
import {TerminalInput, type TerminalSource} from '../../source/terminal/terminal-input.ts';
import {eventually} from '../eventually.ts';
import {noKeys} from './no-keys.ts';
import {FakeTerminal, keysAfter, TypedInput, type Step} from './typed-input.ts';

const esc = '\u001b';

/** What a component of the screen gets, by Ink's parser and hooks. */
function inInk() {
  const typed = new TypedInput();
  const got: string[] = [];
  const Listener = () => {
    useInput((input, key) => void got.push(...keyNames(input, key)));
    usePaste(text => void got.push(`paste ${text}`));
    return null;
  };
  const nowhere = new Writable({write: (_text, _encoding, written) => written()});
  const app = render(createElement(Listener), {
    stdin: typed.input as unknown as NodeJS.ReadStream,
    stdout: nowhere as unknown as NodeJS.WriteStream,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  onTestFinished(() => app.unmount());
  const send = (...steps: readonly Step[]) => {
    for (const step of steps) {
      if (typeof step === 'number') typed.timers.pass(step);
      else typed.terminal.emit('data', Buffer.from(step as string));
    }
  };
  return {typed, got, send};
}

describe('through Ink', () => {
  it('no answer, report, Alt-key or release is a key', async () => {
    const {got, send} = inInk();
    expect(noKeys).toHaveLength(30);
    for (const [name, bytes] of noKeys) {
      send(bytes, 2000, 'z');
      await eventually(() => expect(got).toContain('z'));
      expect([name, ...got.splice(0)]).toEqual([name, 'z']);
    }
  });

  it('keys are told one by one, and Esc from what comes a moment later', async () => {
    const {got, send} = inInk();
    send(
      'jjj',
      `${esc}[A${esc}[A`,
      esc,
      130,
      'q',
      `${esc}[200~q\r`,
      1001,
      '\u0012\r\t ',
      `${esc}[Z`,
    );
    send(`${esc}OB${esc}[1~${esc}[8~${esc}[5~${esc}[6~${esc}[3~\u007f`, '漢', `${esc}[99;5u\u001a`);
    await eventually(() => expect(got).toContain('ctrl+z'));
    expect(got.join(' ')).toBe(
      'j j j up up escape q paste q\r ctrl+r return tab space shift+tab down home end pageup ' +
        'pagedown delete backspace 漢 ctrl+c ctrl+z',
    );
  });
});

describe('key releases, Alt, Ctrl and Shift', () => {
  it.each([
    ['Shift-Up', '[1;2A', true],
    ['Up with Num Lock', '[1;129A', true],
    ['Up repeated', '[1;1:2A', true],
    ['Up released', '[1;1:3A', false],
    ['Alt-Up', '[1;3A', false],
    ['Ctrl-Up', '[1;5A', false],
    ['Delete', '[3~', true],
    ['Ctrl-Delete', '[3;5~', false],
    ['rxvt Shift-Page Up', '[5$', true],
    ['rxvt Ctrl-Page Up', '[5^', false],
    ['rxvt Ctrl-Up', 'Oa', false],
    ['a cursor report that looks like Shift-F3', '[1;2R', false],
    ['Esc in kitty’s protocol', '[27u', true],
    ['its release', '[27;1:3u', false],
    ['Alt-Esc there', '[27;3u', false],
    ['F13', '[25~', false],
  ])('%s', (_, rest, isKey) => {
    expect(keysAfter(esc + rest)).toEqual(isKey ? [esc + rest] : []);
  });

  it.each([
    ['Ctrl-C in kitty’s protocol', '[99;5u', '\u0003'],
    ['with Num Lock', '[99;133u', '\u0003'],
    ['with the key’s other names', '[1089::99;5u', undefined],
    ['its release', '[99;5:3u', undefined],
    ['Ctrl-C of modifyOtherKeys', '[27;5;99~', '\u0003'],
    ['Ctrl-Alt-C of modifyOtherKeys', '[27;7;99~', undefined],
    ['Ctrl-Z in kitty’s protocol', '[122;5u', '\u001a'],
    ['Ctrl-5 in kitty’s protocol', '[53;5u', undefined],
  ])('%s', (_, rest, key) => {
    expect(keysAfter(esc + rest)).toEqual(key === undefined ? [] : [key]);
  });
});

describe('as a stream', () => {
  it('reads nothing but in raw mode, and not before it is read itself', () => {
    const terminal = new FakeTerminal();
    const input = new TerminalInput(terminal as unknown as TerminalSource);
    input.setRawMode(true);
    expect(terminal.listenerCount('data')).toBe(0);
    input.read();
    input.setRawMode(false);
    input.setRawMode(true);
    expect(terminal.calls).toEqual([
      'raw true',
      'resume',
      'raw false',
      'pause',
      'raw true',
      'resume',
    ]);
  });

  it('forgets half a key when the terminal is given away', () => {
    const typed = new TypedInput();
    typed.type(`${esc}[`);
    typed.input.setRawMode(false);
    expect(typed.timers.waiting).toBe(0);
    typed.input.setRawMode(true);
    expect(typed.type('A')).toEqual(['A']);
  });

  it('reads no more than it is read itself', () => {
    const typed = new TypedInput();
    typed.terminal.emit('data', Buffer.from('j'.repeat(100)));
    expect(typed.terminal.calls.at(-1)).toBe('pause');
    expect(typed.keys()).toHaveLength(100);
    expect(typed.terminal.calls.at(-1)).toBe('resume');
  });

  it('reports the focus', () => {
    const typed = new TypedInput();
    expect(typed.type(`${esc}[O`, `${esc}[`, 100, 'I')).toEqual([]);
    expect(typed.focus).toEqual([false, true]);
  });

  it('ends with its source, and half a key with it', async () => {
    const typed = new TypedInput();
    typed.terminal.emit('data', Buffer.from(esc));
    typed.terminal.emit('end');
    expect(typed.timers.waiting).toBe(0);
    expect(typed.keys()).toEqual([]);
    await eventually(() => expect(typed.input.readableEnded).toBe(true));
  });
});

describe('whatever comes', () => {
  const pieces = fc.oneof(
    fc.constantFrom(...noKeys.map(([, bytes]) => Buffer.from(bytes))),
    fc
      .constantFrom('[A', 'OB', '[3~', '[[A', '[5$', '', '[200~', '[201~', ']', '\\')
      .map(rest => Buffer.from(esc + rest)),
    fc.string({unit: 'grapheme', maxLength: 5}).map(text => Buffer.from(text)),
    fc.uint8Array({maxLength: 5}),
  );
  const input = fc.array(pieces, {maxLength: 12}).map(parts => Buffer.concat(parts));

  it('cut into pieces that are up to 100 ms apart, it is the same keys', () => {
    fc.assert(
      fc.property(input, fc.array(fc.tuple(fc.nat(), fc.nat({max: 100}))), (bytes, cuts) => {
        const steps: Step[] = [];
        let from = 0;
        const places = cuts.map(([at, ms]) => [at % (bytes.length + 1), ms] as const);
        for (const [at, ms] of places.sort(([a], [b]) => a - b)) {
          if (at === from) continue;
          steps.push(bytes.subarray(from, at), ms);
          from = at;
        }
        steps.push(bytes.subarray(from));
        expect(keysAfter(...steps)).toEqual(keysAfter(bytes));
      }),
    );
  });

  it('Ctrl-C is a key, and so is what follows it', () => {
    fc.assert(
      fc.property(input, bytes => {
        expect(keysAfter(bytes, '\u0003', 'q').slice(-2)).toEqual(['\u0003', 'q']);
      }),
    );
  });

  it('a second later q is a key', () => {
    fc.assert(
      fc.property(input, bytes => {
        expect(keysAfter(bytes, 1001, 'q').at(-1)).toBe('q');
      }),
    );
  });

  it('gives keys that are whole and bounded', () => {
    const key = /^(?:[^\u001b]{1,2}|\u001b[[O][^\u001b]{1,16}|\u001b\[200~[^]*\u001b\[201~)$/;
    fc.assert(
      fc.property(fc.array(input, {maxLength: 5}), chunks => {
        for (const one of keysAfter(...chunks)) expect(one).toMatch(key);
      }),
    );
  });
});
