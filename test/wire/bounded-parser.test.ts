// Events over the bound are left out wherever they are cut into pieces, and no other.
import {describe, expect, test} from 'vitest';
import {BoundedParser, maxEventSize} from '../../source/wire/bounded-parser.ts';

const piece = 64 * 1024;
const lineOf = (size: number) => `data: ${'x'.repeat(size)}`;
/** What comes with its end is read, were it a piece too large. */
const tooLong = lineOf(maxEventSize + 2 * piece);
const lines = (count: number, lineEnd: string) =>
  Array.from({length: count}, () => lineOf(1024 * 1024)).join(lineEnd);

/** What is read of `text` in pieces of 64 kB that begin at `offset`. */
function read(text: string, offset = 0) {
  const heard: string[] = [];
  const parser = new BoundedParser({
    onEvent: (name, data) => heard.push(`${name} ${data}`),
    onLeftOut: () => heard.push('left out'),
  });
  parser.feed(text.slice(0, offset));
  for (let at = offset; at < text.length; at += piece) parser.feed(text.slice(at, at + piece));
  return heard;
}

describe('a too large event', () => {
  test.each(['\n', '\r\n', '\r'])('in one line that ends in %j', lineEnd => {
    const after = `event: b${lineEnd}data: 2${lineEnd}${lineEnd}`;
    const text = `data: 1${lineEnd}${lineEnd}${tooLong}${lineEnd}${lineEnd}${after}${after}`;
    expect(read(text)).toEqual(['message 1', 'left out', 'b 2', 'b 2']);
  });

  test.each(['\n', '\r\n'])('in many lines that end in %j', lineEnd => {
    const text = `${lines(20, lineEnd)}${lineEnd}${lineEnd}data: 2${lineEnd}${lineEnd}`;
    expect(read(text)).toEqual(['left out', 'message 2']);
  });

  test('whose end is cut anywhere', () => {
    const text = `${tooLong}\r\n\r\ndata: 2\r\n\r\n`;
    const end = tooLong.length % piece;
    for (let cut = end - 1; cut < end + 6; cut += 1) {
      expect(read(text, cut)).toEqual(['left out', 'message 2']);
    }
  });

  test('behind another', () => {
    const text = `${tooLong}\n\n${tooLong}\n\ndata: 2\n\n`;
    expect(read(text)).toEqual(['left out', 'left out', 'message 2']);
  });

  test('without an end is an error', () => {
    const parser = new BoundedParser({onEvent: () => undefined, onLeftOut: () => undefined});
    const megabyte = 'x'.repeat(1024 * 1024);
    parser.feed('data: ');
    const feedFor = (megabytes: number) => {
      for (let count = 0; count < megabytes; count += 1) parser.feed(megabyte);
    };
    feedFor(130);
    expect(() => feedFor(10)).toThrow('an event without an end');
  });
});

test('an event at the bound is read, and many below it in one piece', () => {
  expect(read(`${lineOf(maxEventSize - 10)}\n\n`)[0]).toHaveLength(maxEventSize - 2);
  expect(read('data: 1\n\n'.repeat(50_000))).toHaveLength(50_000);
});
