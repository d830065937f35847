// What the doctor says of the terminal.
import {describe, expect, it, test} from 'vitest';
import type {Terminal} from '../../source/doctor/visit.ts';
import {examined} from './examined.ts';

const wide: Terminal = {columns: 120, rows: 40, colourDepth: 8};

/** Beside a monitor that is not looked for. */
const at = (
  terminal: Terminal | undefined,
  environment: Record<string, string> = {},
  tmux: (args: readonly string[]) => Promise<string> = () => Promise.reject(new Error('none')),
) =>
  examined({
    environment: {TERM: 'xterm-256color', LANG: 'C.UTF-8', ...environment},
    machine: {terminal},
    edges: {lookup: () => Promise.reject(new Error('none')), tmux},
  });

describe('a terminal', () => {
  it('that is well', async () => {
    expect(await at(wide)).toMatchObject({
      terminal: {state: 'ok', says: '120x40, TERM=xterm-256color'},
      colours: {state: 'ok', says: '16 of 256'},
      characters: {state: 'ok', says: 'UTF-8'},
      clipboard: {state: 'ok'},
    });
  });

  it('that is none', async () => {
    const findings = await at(undefined);
    expect(findings['terminal']).toMatchObject({state: 'ok', says: 'none: swfmon prints lines'});
    for (const name of ['colours', 'characters', 'tmux', 'clipboard']) {
      expect(Object.keys(findings)).not.toContain(name);
    }
  });

  test.each([
    [{columns: 79, rows: 24}, {}, 'terminal', 'make it 80x24'],
    [{columns: 80, rows: 23}, {}, 'terminal', 'make it 80x24'],
    [{}, {TERM: 'dumb'}, 'terminal', 'export TERM=xterm-256color'],
    [{}, {TERM: 'dumb'}, 'colours', 'export TERM=xterm-256color'],
    [{colourDepth: 1}, {}, 'colours', 'export TERM=xterm-256color'],
    [{}, {LANG: 'C'}, 'characters', 'export LC_ALL=C.UTF-8'],
    [{}, {TERM: 'linux'}, 'clipboard', 'w writes to a file instead of c'],
    [
      {},
      {STY: '1.pts', TMUX: '/tmp/tmux', TERM: 'screen'},
      'clipboard',
      'w writes to a file instead of c',
    ],
  ])('of %o with %o: %s is worth a word', async (size, environment, name, remedy) => {
    const findings = await at({...wide, ...size}, environment);
    expect(findings[name]).toMatchObject({state: 'warning', remedy});
  });

  test.each([
    [{NO_COLOR: '1'}, 'colours', 'none: NO_COLOR is set'],
    [{LC_ALL: 'de_DE.UTF-8', LANG: 'C'}, 'characters', 'UTF-8'],
    [
      {STY: '1.pts'},
      'clipboard',
      'asked with OSC 52; whether the terminal takes it, it does not tell',
    ],
  ])('with %o', async (environment, name, says) => {
    expect((await at(wide, environment))[name]).toMatchObject({state: 'ok', says});
  });
});

describe('tmux', () => {
  /** Answers as tmux of that version with these options. */
  const answering =
    (version: string, options: Record<string, string>) =>
    ([what = '', , name = '']: readonly string[]) =>
      Promise.resolve(what === '-V' ? version : (options[name] ?? ''));

  test.each([
    ['tmux 3.4', {'set-clipboard': 'external', 'allow-passthrough': 'off'}, 'warning'],
    ['tmux 3.4', {'set-clipboard': 'on', 'allow-passthrough': 'off'}, 'ok'],
    ['tmux 3.4', {'set-clipboard': 'external', 'allow-passthrough': 'on'}, 'ok'],
    ['tmux 3.2a', {'set-clipboard': 'external'}, 'ok'],
  ])('%s with %o', async (version, options, state) => {
    const {tmux} = await at(wide, {TMUX: '/tmp/tmux'}, answering(version, options));
    expect(tmux).toMatchObject({state, says: expect.stringContaining(version)});
  });

  it('is worth a word when it does not answer', async () => {
    const {tmux} = await at(wide, {TMUX: '/tmp/tmux'});
    expect(tmux).toMatchObject({state: 'warning', remedy: 'is tmux in the PATH?'});
  });

  it('is not looked for outside it', async () => {
    expect(Object.keys(await at(wide))).not.toContain('tmux');
  });
});
