// What can be typed, and what is told of the rest: a line that says what to type instead.
import {describe, expect, it, test} from 'vitest';
import {commandNames, commandOf} from '../../source/command-line/command-table.ts';
import {parse} from '../../source/command-line/parse.ts';
import {SettingsError} from '../../source/settings/settings-error.ts';

const words = (line: string) => line.split(' ').filter(word => word !== '');

function refusalOf(line: string): Pick<SettingsError, 'message' | 'remedy'> {
  try {
    parse(words(line));
  } catch (error) {
    if (error instanceof SettingsError) return {message: error.message, remedy: error.remedy};
    throw error;
  }
  throw new Error(`"${line}" is not refused`);
}

describe('a command line', () => {
  test.each([
    ['', {command: 'watch', isNamed: false, operands: [], flags: {}}],
    ['watch', {command: 'watch', isNamed: true}],
    ['demo file.sse', {command: 'demo', operands: ['file.sse']}],
    ['demo -- --file', {command: 'demo', operands: ['--file']}],
    ['--json tail --count 5', {command: 'tail', flags: {json: true, count: 5}}],
    ['tail --message a,b --message c', {flags: {message: ['a,b', 'c']}}],
    ['tail --msg-type a', {flags: {message: ['a']}}],
    ['--fps 5 --fps 20', {flags: {fps: 20}}],
    ['--json --no-json', {flags: {json: false}}],
    ['--no-register', {flags: {register: false}}],
    ['--name=x', {flags: {name: 'x'}}],
    ['--count -5', {flags: {count: -5}}],
    ['tail -h', {command: 'tail', flags: {help: true}}],
    ['demo a b --help', {command: 'demo', flags: {help: true}}],
  ])('"%s"', (line, expected) => {
    expect(parse(words(line))).toMatchObject(expected);
  });

  it('says nothing of what was not typed', () => {
    expect(parse([]).flags).toEqual({});
  });

  it('takes a blank value for a value', () => {
    expect(parse(['--name', '']).flags).toEqual({name: ''});
  });
});

describe('is refused, with what to type instead', () => {
  test.each([
    ['nonsense', 'unknown command "nonsense"', 'swfmon --help'],
    ['tial', 'unknown command "tial"', 'swfmon tail'],
    ['toString', 'unknown command "toString"', 'swfmon --help'],
    ['--nonsense', 'unknown flag --nonsense', 'swfmon --help'],
    ['--no-nonsense', 'unknown flag --no-nonsense', 'swfmon --help'],
    ['--to-string', 'unknown flag --to-string', 'swfmon --help'],
    ['-x', 'unknown flag -x', 'swfmon --help'],
    ['tail --mesage x', 'unknown flag --mesage: is it --message?', 'swfmon tail --help'],
    ['tail --fps 5', 'tail takes no --fps', 'swfmon tail --help'],
    ['demo --monitor-url x', 'demo takes no --monitor-url', 'swfmon demo --help'],
    ['config file', 'config takes no "file"', 'swfmon config --help'],
    ['demo a b', 'demo takes no "b"', 'swfmon demo --help'],
    ['--name', '--name takes a value: --name NAME', 'swfmon --help'],
    ['completion', 'completion needs more: swfmon completion SHELL', 'swfmon completion --help'],
    [
      'completion tcsh',
      'completion takes one of bash, zsh, fish, not "tcsh"',
      'swfmon completion --help',
    ],
    ['tail --run --json', '--run takes a value: --run NUMBER', 'swfmon tail --help'],
  ])('"%s"', (line, message, remedy) => {
    expect(refusalOf(line)).toEqual({message, remedy});
  });

  test('a token, which everybody could read there, is not repeated', () => {
    const {message, remedy} = refusalOf('--token hunter2');
    expect(message).toMatch(/^the token is taken from SWF_API_TOKEN alone/);
    expect(remedy).toMatch(/^export SWF_API_TOKEN=/);
    expect(message + remedy).not.toContain('hunter2');
  });
});

test('every example of the help can be typed', () => {
  for (const name of commandNames) {
    for (const [line] of commandOf(name).examples) {
      expect(parse(words(line.replace(/ \|.*/, ''))).command).toBe(name);
    }
  }
});
