// `~/.env` as people write it, for shells that source it and for readers that take it line by line.
import {describe, expect, test} from 'vitest';
import {parseEnvFile} from '../../source/settings/env-file.ts';

const values = (text: string, environment = {}) => parseEnvFile(text, environment).values;
const notes = (text: string, environment = {}) =>
  parseEnvFile(text, environment).notes.map(
    ({line, name, text: said}) => `${line}: ${name} ${said}`,
  );

describe('one line', () => {
  test.each([
    ['KEY=value', 'value'],
    ['export KEY=value', 'value'],
    ['  export   KEY=value  ', 'value'],
    ['\texport\tKEY=value', 'value'],
    ['KEY = value', 'value'],
    ['export KEY = value', 'value'],
    ['KEY= value', 'value'],
    ['KEY =value', 'value'],
    ['KEY="two words"', 'two words'],
    ["export KEY='two words'", 'two words'],
    ['KEY=" kept "', ' kept '],
    ['KEY=""', ''],
    ["KEY=''", ''],
    ['KEY=', ''],
    ['KEY=a=b==', 'a=b=='],
    ['KEY=https://host/m?a=b#c', 'https://host/m?a=b#c'],
    ['KEY=https://host/m?a=b&c=d', 'https://host/m?a=b&c=d'],
    ['KEY=value # a comment', 'value'],
    ['KEY=value\t# a # comment', 'value'],
    ['KEY="a # b" # a comment', 'a # b'],
    ['KEY=a#b # c', 'a#b'],
    ['KEY="it\'s"', "it's"],
    ['KEY= # nothing yet', ''],
    ['KEY=#literal', '#literal'],
    ['KEY=Zoë', 'Zoë'],
    ['\ufeffKEY=value', 'value'],
    ['KEY="a \\"b\\" c"', 'a "b" c'],
    ['KEY="a\\\\b\\c\\$d"', 'a\\b\\c$d'],
    ["KEY='a\\b$c`d`'", 'a\\b$c`d`'],
    ['KEY=a\\ b', 'a b'],
    ['KEY=my\'-\'fast"mon"', 'my-fastmon'],
    ['KEY=pay\\$5', 'pay$5'],
    ['KEY=5$', '5$'],
    ['KEY="$ 5"', '$ 5'],
    ['KEY=value;', 'value'],
    ['export KEY=one; export OTHER=', 'one'],
    ['export OTHER= KEY=one', 'one'],
    ['export OTHER= && export KEY=one', 'one'],
    ['declare -x KEY=value', 'value'],
    ['readonly KEY=value', 'value'],
    ['setenv KEY value', 'value'],
    ['setenv KEY "two words"', 'two words'],
    ['KEY=first; KEY=second', 'second'],
  ])('%j', (line, value) => {
    expect(values(line)['KEY']).toBe(value);
    expect(notes(line)).toEqual([]);
  });

  test.each(['', '   ', '# KEY=value', '#KEY=value', 'KEY', 'export KEY', '1KEY=a', 'A-B=c', '=a'])(
    '%j is none',
    line => {
      expect(values(line)).toEqual({});
    },
  );
});

describe('what other lines and the environment say', () => {
  const environment = {HOME: '/home/me', CERTS: '/certs', EMPTY: ''};

  test.each([
    ['KEY=~/ca.pem', '/home/me/ca.pem'],
    ['KEY=~', '/home/me'],
    ['KEY=$HOME/ca.pem', '/home/me/ca.pem'],
    ['KEY="$HOME/ca.pem"', '/home/me/ca.pem'],
    ['KEY=${CERTS}/ca.pem', '/certs/ca.pem'],
    ['KEY="~/ca.pem"', '~/ca.pem'],
    ["KEY='$HOME'", '$HOME'],
    ['KEY=a~', 'a~'],
    ['D=/data\nexport KEY=${D}/ca.pem', '/data/ca.pem'],
    ['CERTS=/mine\nKEY=$CERTS/ca.pem', '/mine/ca.pem'],
    ['D=/a E=$D/b KEY=$E/c', '/a/b/c'],
    ['KEY=${NONE:-/else}/ca.pem', '/else/ca.pem'],
    ['KEY=${EMPTY:-$HOME/x}', '/home/me/x'],
    ['KEY=${CERTS:-/else}', '/certs'],
    ['KEY=x$EMPTY', 'x'],
    ['KEY=a\nKEY=$KEY:b', 'a:b'],
  ])('%j', (text, value) => {
    expect(values(text, environment)['KEY']).toBe(value);
    expect(notes(text, environment)).toEqual([]);
  });
});

describe('is left out, and said', () => {
  const aCommand = 'holds a command, which is not run';
  const notSet = 'refers to a variable that is not set';

  test.each([
    ['KEY=$(cat ~/.token)', aCommand],
    ['KEY="$(cat "$(pwd)/x")" # mine', aCommand],
    ['KEY=`cat x`', aCommand],
    ['KEY=$(open', aCommand],
    ['KEY=abc$NONE', notSet],
    ['KEY="${NONE}"', notSet],
    ['KEY=$1', 'holds a form of $ that only a shell can tell'],
    ['KEY=pa$$word', 'holds a form of $ that only a shell can tell'],
    ["KEY=$'a\\n'", 'holds a form of $ that only a shell can tell'],
    ['KEY=${HOME%/*}', 'holds a form of ${…} that only a shell can tell'],
    ['KEY=~you/ca.pem', 'names the home of another'],
    ['KEY=~/ca.pem', 'begins with ~, and there is no HOME'],
  ])('%j', (line, why) => {
    const text = `A=1\n${line}\nB=2`;
    expect(values(text)).toEqual({A: '1', B: '2'});
    expect(notes(text)).toEqual([`2: KEY is left out: it ${why}`]);
  });

  test('an empty HOME is none', () => {
    expect(values('KEY=~/a', {HOME: ''})).toEqual({});
  });

  test('what stood before it holds no longer', () => {
    expect(values('KEY=old\nKEY=$(new)')).toEqual({});
  });

  test('what is made from it is left out too', () => {
    expect(values('D=$(pwd)\nKEY=$D/x')).toEqual({});
    expect(notes('D=$(pwd)\nKEY=$D/x')).toHaveLength(2);
  });
});

describe('is read, and said', () => {
  test.each([
    ['export KEY=my name', 'my name', 'holds a blank outside of quotes, where shells end it'],
    ['KEY="open', '"open', 'has a quote without its end'],
    ['KEY=it\'s "so"', 'it\'s "so"', 'has a quote without its end'],
    ['[ -f x ] && export KEY=v', 'v', 'is read, though a condition stands before it'],
    ['if true; then export KEY=v; fi', 'v', 'is read, though a condition stands before it'],
    ['if true; then\n  export KEY=v\nfi', 'v', 'is read, though a condition stands before it'],
  ])('%j', (text, value, note) => {
    expect(values(text)).toEqual({KEY: value});
    expect(notes(text)).toEqual([expect.stringContaining(`KEY ${note}`)]);
  });
});

test('a variable in another command is not read, and said', () => {
  expect(values('env KEY=v make')).toEqual({});
  expect(notes('env KEY=v make')).toEqual([
    '1: KEY is not read there: it is part of another command',
  ]);
});

describe('unset', () => {
  test.each(['unset KEY', 'unset -v OTHER KEY', 'unsetenv KEY'])('%s', line => {
    expect(values(`KEY=a\nA=1\n${line}`)).toEqual({A: '1'});
  });

  test('of what the environment has changes nothing, and is said', () => {
    expect(notes('unset A HTTPS_PROXY', {HTTPS_PROXY: 'http://proxy:3128'})).toEqual([
      '1: HTTPS_PROXY is unset there, but the environment has it, which goes first',
    ]);
  });
});

describe('over several lines', () => {
  test.each([
    ['export A=1 \\\n  KEY=v', {A: '1', KEY: 'v'}],
    ['KEY=one\\\ntwo', {KEY: 'onetwo'}],
    ['KEY="one \\\ntwo"', {KEY: 'one two'}],
    ['KEY="one\ntwo"\nA=1', {KEY: 'one\ntwo', A: '1'}],
    ["KEY='one\ntwo'", {KEY: 'one\ntwo'}],
    ['KEY="open\nA="1"', {KEY: '"open', A: '1'}],
  ])('%j', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  test('lines are counted from where a command begins', () => {
    expect(notes('A="1\n2"\n\nB=\\\n$NONE\nC=$NONE')).toEqual([
      '4: B is left out: it refers to a variable that is not set',
      '6: C is left out: it refers to a variable that is not set',
    ]);
  });
});

test.each(['\n', '\r\n', '\r'])('a file with line ends %j', lineEnd => {
  const lines = ['# mine', 'export A=1', '', 'B="2"', 'nonsense', 'A=3', 'exportC=4', ''];
  expect(values(lines.join(lineEnd))).toEqual({A: '3', B: '2', exportC: '4'});
});
