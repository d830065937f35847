// What the terminal is asked to take (OSC 52), and what it is not asked for.
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {routeOf, type ClipboardRoute} from '../../source/clipboard-route.ts';
import {clipboardOf, copyToClipboard} from '../../source/terminal/clipboard.ts';

const escape = '\u001b';

function copied(text: string, route: ClipboardRoute = 'direct') {
  let output = '';
  const refusal = copyToClipboard({write: more => (output += more)}, text, route);
  return {refusal, output};
}

/** The text in an OSC 52 sequence. */
function decoded(sequence: string): string {
  const [, base64] = /^\u001b\]52;c;([A-Za-z\d+/]*={0,2})\u0007$/.exec(sequence) ?? [];
  expect(base64).toBeDefined();
  return Buffer.from(base64!, 'base64').toString();
}

describe('the terminal is asked', () => {
  it('in one sequence that holds the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), text => {
        const {output, refusal} = copied(text);
        expect(refusal).toBeUndefined();
        expect(decoded(output)).toBe(text);
      }),
    );
    expect(decoded(copied(`${escape}]0;x\u0007\n漢字😀`).output)).toBe(
      `${escape}]0;x\u0007\n漢字😀`,
    );
  });

  it('in tmux by tmux itself, and once more through it', () => {
    const {output} = copied('Zoë', 'tmux');
    const end = output.indexOf('\u0007') + 1;
    const ask = output.slice(0, end);
    expect(decoded(ask)).toBe('Zoë');
    const [, through = ''] = /^\u001bPtmux;(.*)\u001b\\$/.exec(output.slice(end)) ?? [];
    // tmux takes doubled escapes for one each, and a single one for its end.
    expect(through.replaceAll(escape + escape, '')).not.toContain(escape);
    expect(through.replaceAll(escape + escape, escape)).toBe(ask);
  });
});

/** What GNU screen of any version hands on of DCS strings, none longer than it can hold. */
function throughScreen(output: string): string {
  const strings = [...output.matchAll(/\u001bP((?:[^\u001b]|\u001b(?!\\))*)\u001b\\/g)];
  expect(strings.map(([whole]) => whole).join('')).toBe(output);
  for (const [, content] of strings) expect(content!.length).toBeLessThan(250);
  return strings.map(([, content]) => content).join('');
}

describe('in GNU screen', () => {
  it('in strings that screen can hold', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme', minLength: 500, maxLength: 3000}), text => {
        expect(decoded(throughScreen(copied(text, 'screen').output))).toBe(text);
      }),
    );
    expect(decoded(throughScreen(copied('', 'screen').output))).toBe('');
  });

  it('with tmux inside, tmux is requested, and the terminal through both', () => {
    const text = 'x'.repeat(5000);
    const {output} = copied(text, 'tmuxInScreen');
    const end = output.indexOf('\u0007') + 1;
    expect(decoded(output.slice(0, end))).toBe(text);
    const [, through = ''] = /^\u001bPtmux;([^]*)\u001b\\$/.exec(output.slice(end)) ?? [];
    expect(through.replaceAll(escape + escape, '')).not.toContain(escape);
    expect(decoded(throughScreen(through.replaceAll(escape + escape, escape)))).toBe(text);
  });

  it.each([3, 5000])('inside tmux it hands on what tmux takes: %i', length => {
    const text = 'ë'.repeat(length);
    expect(throughScreen(copied(text, 'screenInTmux').output)).toBe(copied(text, 'tmux').output);
  });

  it('beside tmux it is refused where the nearer is unclear, with what to do instead', () => {
    expect(copied('x', 'unclear')).toEqual({
      refusal: 'tmux or GNU screen, which is nearer is unclear; w writes it to a file',
      output: '',
    });
  });
});

describe('the way to the terminal', () => {
  const tmux = {TMUX: '/tmp/tmux-1/default,1,0'};
  const screen = {STY: '1.pts-0.host'};
  it.each<[Record<string, string>, ClipboardRoute, string]>([
    [{TERM: 'xterm-256color'}, 'direct', 'the terminal'],
    [{...tmux, TERM: 'screen-256color'}, 'tmux', 'tmux (if set-clipboard is on)'],
    [{TMUX: '', TERM: 'xterm'}, 'direct', 'the terminal'],
    [{...screen, TERM: 'screen'}, 'screen', 'the terminal through GNU screen'],
    [{...screen, TERM: 'xterm'}, 'screen', 'the terminal through GNU screen'],
    [{TERM: 'screen.xterm-256color'}, 'screen', 'the terminal through GNU screen'],
    [{TERM: 'screen-256color'}, 'direct', 'the terminal'],
    [{...tmux, ...screen, TERM: 'tmux-256color'}, 'tmuxInScreen', 'tmux (if set-clipboard is on)'],
    [
      {...tmux, ...screen, TERM: 'screen.xterm-256color'},
      'screenInTmux',
      'tmux through GNU screen',
    ],
    [{...tmux, ...screen, TERM: 'screen'}, 'unclear', 'nobody'],
  ])('%j: %s', (env, route, taker) => {
    expect(routeOf(env, ['bash', 'sshd', 'systemd'])).toBe(route);
    expect(clipboardOf(route)).toBe(taker);
  });

  it.each<[readonly string[], ClipboardRoute]>([
    [['bash', 'screen', 'screen', 'tmux: server'], 'screenInTmux'],
    [['node', 'bash', 'tmux: server', 'screen'], 'tmuxInScreen'],
  ])('past %j: %s', (ancestors, route) => {
    for (const TERM of ['screen', 'screen-256color']) {
      expect(routeOf({...tmux, ...screen, TERM}, ancestors)).toBe(route);
    }
  });
});

it('a terminal that does not read gets no copies that pile up', () => {
  const terminal = {
    writableLength: 0,
    write: (text: string) => (terminal.writableLength += text.length),
  };
  const copies = Array.from({length: 20}, () =>
    copyToClipboard(terminal, 'x'.repeat(50_000), 'tmux'),
  );
  expect(terminal.writableLength).toBeLessThan(300_000);
  expect(copies.at(0)).toBeUndefined();
  expect(copies.at(-1)).toBe('the terminal does not read what is written to it');
});

describe('the size', () => {
  // 74,994 characters of base64 are 18,748 groups of four, of three bytes each.
  const most = 18_748 * 3;

  it('goes up to what terminals take', () => {
    const {output, refusal} = copied('x'.repeat(most));
    expect(refusal).toBeUndefined();
    expect(decoded(output)).toHaveLength(most);
  });

  it.each([
    ['one byte more', 'x'.repeat(most + 1), 57],
    ['two bytes a character', 'ë'.repeat(most / 2 + 1), 57],
    ['much more', 'x'.repeat(1_000_000), 1000],
  ])('%s is refused with what to do instead, and nothing is written', (_, text, size) => {
    for (const route of ['direct', 'tmux', 'screen', 'tmuxInScreen'] as const) {
      expect(copied(text, route)).toEqual({
        refusal: `${size} kB is more than terminals take; w writes it to a file`,
        output: '',
      });
    }
  });
});
