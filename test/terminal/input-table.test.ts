// The states of the terminal's input, row by row: what each class of bytes does there.
import {describe, expect, it} from 'vitest';
import {classOf, table, type State} from '../../source/terminal/input-table.ts';
import {keysAfter, type Step} from './typed-input.ts';

const esc = '\u001b';
const escKey = `${esc}[27u`;
const paste = (text: string) => `${esc}[200~${text}${esc}[201~`;
const full = 'x'.repeat(65_536);
/** A byte that is no UTF-8 in this place. */
const byte = (value: number) => Uint8Array.of(value);
const after = (start: string, value: number) => Buffer.concat([Buffer.from(start), byte(value)]);

/** In each state: what was typed before and now, and the keys of it. */
const rows: Readonly<Record<State, readonly (readonly [readonly Step[], readonly string[]])[]>> = {
  ground: [
    [['q'], ['q']],
    [['jjj'], ['j', 'j', 'j']],
    [['[]PX^_\\~$;0'], Array.from('[]PX^_\\~$;0')],
    [['ë漢😀'], ['ë', '漢', '😀']],
    [
      ['\u0003\u0007\u0018\u001a\r\t\u007f\u0000'],
      Array.from('\u0003\u0007\u0018\u001a\r\t\u007f\u0000'),
    ],
    [[byte(0xf1), 'q'], ['q']],
    [[byte(0xc3), `${esc}[A`, byte(0xa9)], [`${esc}[A`]],
    [['\u009b', 'q'], ['q']],
  ],
  escape: [
    [[esc], [escKey]],
    [[esc, 100, 'q'], []],
    [
      [esc, 130, 'q'],
      [escKey, 'q'],
    ],
    [[`${esc}q`, 'j'], ['j']],
    [[`${esc}\r${esc}\u007f${esc}~${esc}5`, 'j'], ['j']],
    [[`${esc}\u0003`], ['\u0003']],
    [[`${esc}漢`, 'j'], ['j']],
  ],
  escapeTwice: [
    [[esc + esc], [escKey, escKey]],
    [
      [esc, 100, esc, 130, 'q'],
      [escKey, escKey, 'q'],
    ],
    [[esc.repeat(5)], Array.from({length: 5}, () => escKey)],
    [
      [`${esc}${esc}q`, 'j'],
      [escKey, 'j'],
    ],
    [
      [`${esc}${esc}ë`, 'j'],
      [escKey, 'j'],
    ],
    [
      [`${esc}${esc}]11;?\u0007`, 'j'],
      [escKey, 'j'],
    ],
    [[`${esc}${esc}\u0003`], ['\u0003']],
    [[`${esc}${esc}[A${esc}${esc}OA`, 'j'], ['j']],
    [[`${esc}${esc}[200~q${esc}[201~`], [escKey, paste('q')]],
    [[`${esc}${esc}[24;80R`], [escKey]],
  ],
  altCharacter: [
    [[after(esc, 0xc3), byte(0xa9), 'j'], ['j']],
    [[after(esc, 0xc3), 'j'], ['j']],
    [[after(esc, 0xf1), `${esc}[A`], [`${esc}[A`]],
  ],
  csi: [
    [[`${esc}[`, 100, 'A'], [`${esc}[A`]],
    [[`${esc}[`, 300, 'A'], [`${esc}[A`]],
    [[`${esc}[`, 501, 'A'], ['A']],
    [[`${esc}[\r`], ['\r']],
    [[`${esc}[\u0003`], ['\u0003']],
    [[`${esc}[${esc}[B`], [`${esc}[B`]],
    [[`${esc}[é`], ['é']],
    [[`${esc}[\u001a`], ['\u001a']],
    [[`${esc}[P${esc}[Q`], [`${esc}[P`, `${esc}[Q`]],
    [[`${esc}[X`, 'j'], ['j']],
  ],
  csiDigit: [
    [[`${esc}[5~`], [`${esc}[5~`]],
    [
      [`${esc}[5$`, 'y'],
      [`${esc}[5$`, 'y'],
    ],
    [[`${esc}[4`, 501, 'A'], ['A']],
    [[`${esc}[4\u0003`], ['\u0003']],
    [[`${esc}[4${esc}[B`], [`${esc}[B`]],
  ],
  csiParameters: [
    [[`${esc}[15~`], [`${esc}[15~`]],
    [[`${esc}[?2026;2$y`, 'j'], ['j']],
    [[`${esc}[12;2$y`, 'j'], ['j']],
    [
      [`${esc}[32;10;5M`, 'jjj'],
      ['j', 'j', 'j'],
    ],
    [[`${esc}[<0;10`, 100, ';5M', 'j'], ['j']],
    [[`${esc}[<0;10`, 501, 'j'], ['j']],
    [[`${esc}[1;\u0003`], ['\u0003']],
    [[`${esc}[1;${esc}[B`], [`${esc}[B`]],
    [[`${esc}[${'1'.repeat(100_000)}A`, 'j'], ['j']],
  ],
  linux: [
    [[`${esc}[[A`], [`${esc}[[A`]],
    [[`${esc}[[5~`], [`${esc}[[5~`]],
    [[`${esc}[[Z`, 'j'], ['j']],
    [[`${esc}[[`, 501, 'A'], ['A']],
    [[`${esc}[[\u0003`], ['\u0003']],
  ],
  ss3: [
    [[`${esc}OA${esc}OH${esc}OM`], [`${esc}OA`, `${esc}OH`, `${esc}OM`]],
    [[`${esc}O`, 100, 'B'], [`${esc}OB`]],
    [[`${esc}O`, 130, 'B'], ['B']],
    [
      [`${esc}O1;2P${esc}O5P`, 'j'],
      [`${esc}O1;2P`, 'j'],
    ],
    [[`${esc}Oj`, 'j'], ['j']],
    [[`${esc}O\u0003`], ['\u0003']],
    [[`${esc}O${esc}[A`], [`${esc}[A`]],
  ],
  complete: [
    [[`${esc}[A${esc}[A`], [`${esc}[A`, `${esc}[A`]],
    [[`${esc}[201~`, 'j'], ['j']],
    [[`${esc}[I${esc}[O`, 'j'], ['j']],
  ],
  mouse1: [
    [[`${esc}[M`, ' !!', 'j'], ['j']],
    [[`${esc}[M\u0003`], ['\u0003']],
    [[`${esc}[M`, 501, 'j'], ['j']],
    [[`${esc}[M${esc}[A`], [`${esc}[A`]],
  ],
  mouse2: [
    [[`${esc}[M `, '!!', 'j'], ['j']],
    [[`${esc}[M \u0003`], ['\u0003']],
  ],
  mouse3: [
    [[after(`${esc}[M `, 0xc3), byte(0xa9), 'j'], ['j']],
    [[`${esc}[M !${esc}[A`], [`${esc}[A`]],
  ],
  stringStart: [
    [[`${esc}]`, 130, 'j'], ['j']],
    [[`${esc}P`, 100, '1$r0 q', `${esc}\\`, 'j'], ['j']],
    [[`${esc}_\u0003`], ['\u0003']],
  ],
  string: [
    [[`${esc}]11;rgb:1c1c/2b2b/aaaa\u0007`, 'j'], ['j']],
    [[`${esc}Xq\r\n${esc}\\${esc}^q${esc}\\`, 'j'], ['j']],
    [[`${esc}]11;rgb`, 900, ':1c1c\u0007', 'j'], ['j']],
    [[`${esc}]11;rgb`, 1001, 'j'], ['j']],
    [
      [`${esc}]11\u0003`, 'j'],
      ['\u0003', 'j'],
    ],
    [
      [`${esc}]11\u001a`, 'j'],
      ['\u001a', 'j'],
    ],
    [[`${esc}]52;c;${full}${full}`, 1001, 'j'], ['j']],
  ],
  stringEscape: [
    [[`${esc}]11${esc}`, 100, '\\', 'j'], ['j']],
    [[`${esc}]11${esc}[A`], [`${esc}[A`]],
    [[`${esc}]11${esc}]12;q\u0007`, 'j'], ['j']],
    [[`${esc}]11${esc}q`, 'j'], ['j']],
    [[`${esc}]11${esc}\u0003`], ['\u0003']],
  ],
  paste: [
    [
      [`${esc}[200~q1\r${esc}[A${esc}[201~`, 'j'],
      [paste(`q1\r${esc}[A`), 'j'],
    ],
    [[`${esc}[200~${esc}[201~`], [paste('')]],
    [
      [`${esc}[200~hi${esc}`, 900, '[201~', 'j'],
      [paste('hi'), 'j'],
    ],
    [
      [`${esc}[200~hello`, 1001, 'j'],
      [paste('hello'), 'j'],
    ],
    [
      [`${esc}[200~hello\u0003`, 'j'],
      ['\u0003', 'j'],
    ],
    // The end of the one before had begun.
    [
      [`${esc}[200~hello${esc}[201\u0003`, `${esc}[200~~q${esc}[201~`],
      ['\u0003', paste('~q')],
    ],
    [[after(`${esc}[200~`, 0xe6), byte(0xbc), byte(0xa2), `${esc}[201~`], [paste('漢')]],
    [
      [`${esc}[200~${full}${esc}[201~`, 'j'],
      [paste(full), 'j'],
    ],
  ],
  pasteRest: [
    [
      [`${esc}[200~${full}q1${esc}[201~`, 'j'],
      [paste(full), 'j'],
    ],
    [
      [`${esc}[200~${full}more and more`, 1001, 'j'],
      [paste(full), 'j'],
    ],
    [[`${esc}[200~${full}more and more\u0003`], [paste(full), '\u0003']],
    [[`${esc}[200~${full.slice(1)}漢${esc}[201~`], [paste(full.slice(1))]],
  ],
};

describe.each(Object.entries(rows))('in state %s', (_, cases) => {
  it.each(cases.map(([steps, keys]) => [JSON.stringify(steps).slice(0, 70), steps, keys] as const))(
    '%s',
    (_, steps, keys) => {
      expect(keysAfter(...steps)).toEqual(keys);
    },
  );
});

describe('the table', () => {
  it('has a time limit wherever a time-out is handled, and nowhere else', () => {
    for (const {gapMs, timeout} of Object.values(table)) {
      expect(gapMs === undefined).toBe(timeout === undefined);
    }
  });

  it('lets Ctrl-C through from everywhere', () => {
    for (const [state, row] of Object.entries(table)) {
      if (state === 'complete') continue;
      const [action] = row.ctrlC ?? row.otherwise;
      expect([state, action]).toEqual([state, state === 'altCharacter' ? 'retry' : 'control']);
    }
  });

  it('knows a class for every byte', () => {
    for (let value = 0; value < 256; value += 1) expect(classOf(value)).toBeTypeOf('string');
  });
});
