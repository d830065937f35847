// The completions, in the real shells: what is typed before Tab, and what stands there after it.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {commandNames} from '../../source/command-line/command-table.ts';
import {completions} from '../../source/command-line/completions/completions.ts';
import {shells, type Shell} from '../../source/command-line/completions/shells.ts';
import {flagsOf, flagWord} from '../../source/command-line/flag-words.ts';
import {PtySession} from '../terminal/pty-session.ts';

const isThere = (shell: Shell) => spawnSync(shell, ['-c', 'exit']).status === 0;

/** An interactive shell without anybody's settings, and how it is told to load a file. */
const starts: Readonly<Record<Shell, {readonly args: readonly string[]; readonly load: string}>> = {
  bash: {args: ['--norc', '--noprofile', '-i'], load: "bind 'set bell-style none'; source ./file"},
  zsh: {args: ['-f', '-i'], load: 'autoload -Uz compinit && compinit -u -d ./dump; source ./file'},
  fish: {args: ['--no-config', '-i'], load: 'source ./file'},
};

/** The shell in a folder with a file and a directory, the completion loaded. */
async function started(shell: Shell): Promise<PtySession> {
  const directory = mkdtempSync(join(tmpdir(), 'completion-'));
  writeFileSync(join(directory, 'file'), completions[shell].render());
  writeFileSync(join(directory, 'recorded.sse'), '');
  const session = new PtySession({
    program: shell,
    args: starts[shell].args,
    directory,
    env: {HOME: directory, XDG_DATA_HOME: directory, PS1: 'ready> '},
    columns: 120,
  });
  onTestFinished(() => {
    session.dispose();
    rmSync(directory, {recursive: true, force: true});
  });
  // What is typed must not look like what it prints.
  session.press(`${starts[shell].load}; echo load''ed\r`);
  await session.sees('loaded');
  return session;
}

/** Typed before Tab, and the line that comes of it. */
const typing: readonly (readonly [typed: string, line: string])[] = [
  ['swfmon doc\t', 'swfmon doctor'],
  ['swfmon tail --js\t', 'swfmon tail --json'],
  ['swfmon --asc\t', 'swfmon --ascii'],
  ['swfmon --time la\t', 'swfmon --time lab'],
  ['swfmon --time utc compl\tfi\t', 'swfmon --time utc completion fish'],
  ['swfmon demo reco\t', 'swfmon demo recorded.sse'],
  ['swfmon --ca-file reco\t', 'swfmon --ca-file recorded.sse'],
  // `tail` is a name here, not the command, so watch's flags are offered.
  ['swfmon --name tail --fp\t', 'swfmon --name tail --fps'],
];

/** Typed before Tab, and nothing comes of it. */
const nothing = [
  'swfmon tail --fp',
  'swfmon doctor reco',
  'swfmon --message reco',
  'swfmon config d',
];

describe.each(shells)('%s', shell => {
  const skipped = isThere(shell) ? '' : ` (skipped: there is no ${shell} here)`;

  it.skipIf(skipped !== '')(`completes commands, flags, values and files${skipped}`, async () => {
    const session = await started(shell);
    for (const [typed, line] of typing) {
      session.press(typed);
      await session.sees(line);
      session.press('\u0015');
    }
  });

  it.skipIf(skipped !== '')(`offers nothing that is not taken${skipped}`, async () => {
    const session = await started(shell);
    for (const typed of nothing) {
      session.press(`${typed}\t.`);
      await session.sees(`${typed}.`);
      session.press('\u0015');
    }
  });

  it('names every command and every flag of each', () => {
    const text = completions[shell].render();
    for (const name of commandNames) {
      expect(text).toContain(name);
      for (const flag of flagsOf([name])) expect(text).toContain(flagWord(flag).slice(2));
    }
  });
});
