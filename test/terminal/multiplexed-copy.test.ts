// A copy through the real tmux and GNU screen, and through one inside the other, to the terminal outside.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {eventually} from '../eventually.ts';
import {PtySession} from './pty-session.ts';

const copyOnce = `'${process.execPath}' '${new URL('copy-once.ts', import.meta.url).pathname}'`;
const isThere = (program: string, flag: string) => !spawnSync(program, [flag]).error;
const hasTmux = isThere('tmux', '-V');
const hasScreen = isThere('screen', '--version');

/** What the terminal outside was asked to copy. */
function copies(output: string): readonly string[] {
  return [...output.matchAll(/\u001b\]52;[^;]*;([^\u0007\u001b]*)(?:\u0007|\u001b\\)/g)].map(
    ([, base64 = '']) => Buffer.from(base64, 'base64').toString(),
  );
}

const inScreen = (command: string) => `screen -U -c /dev/null sh -c ${quoted(command)}`;
/** A server of its own, which ends with what runs in it. */
const inTmux = (options: string) => (command: string, directory: string) => {
  const file = join(directory, 'tmux.conf');
  writeFileSync(file, options);
  return `tmux -S ${join(directory, 'tmux')} -f ${file} new-session ${quoted(command)}`;
};
const clipboardOn = inTmux('set -g set-clipboard on');
const passthroughOn = inTmux('set -g set-clipboard off\nset -g allow-passthrough on');

it.for<[string, boolean, (directory: string) => string]>([
  ['screen', hasScreen, () => inScreen(copyOnce)],
  ['tmux with set-clipboard', hasTmux, directory => clipboardOn(copyOnce, directory)],
  ['tmux with allow-passthrough', hasTmux, directory => passthroughOn(copyOnce, directory)],
  ['screen in tmux', hasScreen && hasTmux, directory => clipboardOn(inScreen(copyOnce), directory)],
  [
    'tmux in screen',
    hasScreen && hasTmux,
    directory => inScreen(passthroughOn(copyOnce, directory)),
  ],
])('through %s', async ([, isPossible, command], {skip}) => {
  skip(!isPossible, 'not installed');
  const directory = mkdtempSync(join(tmpdir(), 'copy-'));
  const session = new PtySession({
    program: '/bin/sh',
    args: ['-c', command(directory)],
    env: {SCREENDIR: directory},
  });
  onTestFinished(() => {
    session.dispose();
    rmSync(directory, {recursive: true, force: true});
  });
  await session.sees('was asked');
  await eventually(() => expect(copies(session.output)).toContain('Zoë '.repeat(600)));
  expect(
    session
      .screen()
      .replaceAll(/^\[.*$/gm, '')
      .trim(),
  ).toMatch(/^was asked/);
  session.press('\r');
  await session.end();
});

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
