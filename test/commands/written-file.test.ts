// Files that the operator writes: new ones, never over another.
import {mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {writeFile} from '../../source/commands/written-file.ts';

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), 'swfmon-'));
  onTestFinished(() => rmSync(made, {recursive: true, force: true}));
  return made;
}

it('are written whole, in UTF-8, and named as they are typed there', () => {
  const here = directory();
  const text = `${'# Run 100013 · torre1\n'.repeat(10_000)}漢字😀\n`;
  expect(writeFile('report.md', text, here)).toBe('./report.md');
  expect(readdirSync(here)).toEqual(['report.md']);
  expect(readFileSync(join(here, 'report.md'), 'utf8')).toBe(text);
});

it('can be read by others and run by nobody', () => {
  const here = directory();
  writeFile('report.md', 'x', here);
  expect(statSync(join(here, 'report.md')).mode & 0o133).toBe(0);
});

it('never go over another, nor through a link', () => {
  const here = directory();
  writeFile('report.md', 'the first', here);
  expect(() => writeFile('report.md', 'the second', here)).toThrow(/^EEXIST: file already exists/);
  expect(readFileSync(join(here, 'report.md'), 'utf8')).toBe('the first');
  symlinkSync(join(here, 'elsewhere'), join(here, 'link.md'));
  expect(() => writeFile('link.md', 'x', here)).toThrow(/^EEXIST/);
  expect(readdirSync(here).toSorted()).toEqual(['link.md', 'report.md']);
});

it('that cannot be made say why', () => {
  const here = directory();
  expect(() => writeFile('report.md', 'x', join(here, 'gone'))).toThrow(/^ENOENT: no such file/);
});
