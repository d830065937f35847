// `~/.env` as people write it.
import {describe, expect, test} from 'vitest';
import {parseEnvFile} from '../../source/settings/env-file.ts';

describe('one line', () => {
  test.each([
    ['KEY=value', 'value'],
    ['export KEY=value', 'value'],
    ['  export   KEY=value  ', 'value'],
    ['\texport\tKEY=value', 'value'],
    ['KEY = value', 'value'],
    ['KEY="two words"', 'two words'],
    ["export KEY='two words'", 'two words'],
    ['KEY=" kept "', ' kept '],
    ['KEY=""', ''],
    ['KEY=', ''],
    ['KEY=a=b==', 'a=b=='],
    ['KEY=https://host/m?a=b#c', 'https://host/m?a=b#c'],
    ['KEY=value # a comment', 'value'],
    ['KEY=value\t# a # comment', 'value'],
    ['KEY="a # b" # a comment', 'a # b'],
    ['KEY="it\'s"', "it's"],
    ['KEY=it\'s "so"', 'it\'s "so"'],
    ['KEY="open', '"open'],
    ['KEY= # nothing yet', ''],
    ['KEY=#literal', '#literal'],
    ['KEY=Zoë', 'Zoë'],
    ['\ufeffKEY=value', 'value'],
  ])('%j', (line, value) => {
    expect(parseEnvFile(line)).toEqual({KEY: value});
  });

  test.each(['', '   ', '# KEY=value', '#KEY=value', 'KEY', 'export KEY', '1KEY=a', 'A-B=c', '=a'])(
    '%j is none',
    line => {
      expect(parseEnvFile(line)).toEqual({});
    },
  );
});

test.each(['\n', '\r\n'])('a file with line ends %j', lineEnd => {
  const lines = ['# mine', 'export A=1', '', 'B="2"', 'nonsense', 'A=3', 'exportC=4', ''];
  expect(parseEnvFile(lines.join(lineEnd))).toEqual({A: '3', B: '2', exportC: '4'});
});
