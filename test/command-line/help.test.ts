import {describe, expect, it} from 'vitest';
import {commandNames, commandOf, usageOf} from '../../source/command-line/command-table.ts';
import {flagsOf, flagUsage} from '../../source/command-line/flag-words.ts';
import {renderHelp} from '../../source/command-line/help.ts';
import {flagNames, flagOf} from '../../source/settings/flag-table.ts';

const wholes = [undefined, ...commandNames];
const linesOf = (help: string) => help.split('\n').map(line => line.trim());

describe('the help', () => {
  it.each(wholes)('begins with examples (%s)', command => {
    const [first, second] = linesOf(renderHelp(command));
    expect(first).toBe('Examples');
    expect(second).toMatch(/^\$ swfmon/);
  });

  it('says what swfmon is, before its commands', () => {
    expect(renderHelp()).toMatch(
      / {4}swfmon watches the ePIC streaming workflow testbed[^]*Commands/,
    );
  });

  it.each(wholes)('fits any terminal: 80 columns of ASCII (%s)', command => {
    for (const line of renderHelp(command).split('\n')) expect(line).toMatch(/^[ -~]{0,80}$/);
  });

  it('leaves room for what the examples do', () => {
    for (const name of commandNames) {
      for (const [line, does] of commandOf(name).examples) {
        expect(line.length).toBeLessThan(30);
        expect(does.length).toBeLessThan(50);
      }
    }
  });

  it('names every command and every flag', () => {
    const lines = linesOf(renderHelp());
    const begins = (text: string) => lines.some(line => `${line}  `.startsWith(`${text}  `));
    const missing = [...commandNames.map(usageOf), ...flagNames.map(flagUsage)].filter(
      text => !begins(text),
    );
    expect(missing).toEqual([]);
  });

  it.each(commandNames)('of a command names its flags alone (%s)', command => {
    const named = renderHelp(command).match(/^ {4}--[a-z-]+/gm) ?? [];
    const words = flagsOf([command]).map(name => flagUsage(name).replace(/ .*/, ''));
    expect(named.map(name => name.trim()).toSorted()).toEqual(words.toSorted());
  });

  it('says in a command’s own words what a flag means there', () => {
    expect(renderHelp('config')).toContain('--json          as JSON\n');
    expect(renderHelp('tail')).toMatch(/--json +messages as received/);
  });

  it('tells the variable and the default of a setting', () => {
    expect(renderHelp()).toMatch(/--name NAME +.*\[SWF_SSE_RECEIVER_NAME\]/);
    expect(renderHelp()).toMatch(/--fps N +.*\(5\)/);
  });
});

describe('the tables', () => {
  it('have no flag that no command takes', () => {
    expect(flagsOf(commandNames)).toEqual(flagNames);
  });

  it('call the value of every flag that takes one', () => {
    for (const name of flagNames) {
      expect(flagOf(name).value === undefined).toBe(flagOf(name).type === 'boolean');
    }
  });

  it('say of an own meaning only where the flag is taken', () => {
    for (const name of commandNames) {
      const {flagHelp = {}, flags} = commandOf(name);
      expect(flags).toEqual(expect.arrayContaining(Object.keys(flagHelp)));
    }
  });
});
