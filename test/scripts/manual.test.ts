// The manual page: whole, and such that man has nothing to complain of.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {renderManual} from '../../scripts/manual.ts';
import {commandNames, usageOf} from '../../source/command-line/command-table.ts';
import {flagUsage} from '../../source/command-line/flag-words.ts';
import {keyTable} from '../../source/ui/keys/key-table.ts';
import {flagNames} from '../../source/settings/flag-table.ts';
import {settingKeys, settingOf} from '../../source/settings/setting-table.ts';
import {isThere, run} from '../packaging/run.ts';

const page = renderManual('1.2.3');

/** As man shows it in so many columns. */
function shown(columns: number, ...args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'manual-'));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  const file = join(folder, 'swfmon.1');
  writeFileSync(file, page);
  const env = {MANWIDTH: String(columns), MANROFFSEQ: ''};
  return run('man', ['--warnings', ...args, '-l', file], {env});
}

describe.skipIf(!isThere('man'))('man (skipped where there is none)', () => {
  it('has nothing to complain of', () => {
    expect(shown(80, '-E', 'UTF-8', '-Tutf8', '-Z')).toMatchObject({status: 0, stderr: ''});
  });

  it('shows every command, flag, variable and key', () => {
    const {stdout} = shown(200);
    const terms = [
      ...commandNames.map(usageOf),
      ...flagNames.map(flagUsage),
      ...settingKeys.flatMap(key => settingOf(key).variables ?? []),
      ...keyTable.map(({label}) => label.replace('…', '...')),
    ];
    const missing = terms.filter(term => !stdout.includes(term));
    expect(missing).toEqual([]);
  });

  it('leaves what is to be typed whole', () => {
    expect(shown(40).stdout).toContain('https://pandaserver02.sdcc.bnl.gov/swf-monitor');
  });
});

describe('the page', () => {
  it('has no request that the text makes', () => {
    for (const line of page.split('\n')) {
      expect(line).toMatch(/^(\.(TH|SH|SS|TP|PP|B|br|ad l|nh)( |$)|\.nh$|[^.'])|^$/);
    }
  });

  it('has no blank line, which man would show as one', () => {
    expect(page).not.toContain('\n\n');
  });
});
