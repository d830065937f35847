import {Writable} from 'node:stream';
import {describe, expect, it} from 'vitest';
import {LineWriter} from '../../source/commands/line-writer.ts';
import {eventually} from '../eventually.ts';

/** A stream whose reader stands still until it is told to go on. */
function slowReader() {
  let goOn: (() => void) | undefined;
  const read: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    highWaterMark: 1,
    write(chunk: string, _encoding, done) {
      read.push(chunk);
      goOn = done;
    },
  });
  return {stream, read, readOn: () => goOn?.()};
}

describe('a line writer', () => {
  it('leaves out what is over its bound, and tells how much once it is read on', async () => {
    const {stream, read, readOn} = slowReader();
    const late: number[] = [];
    const lines = new LineWriter(stream, count => late.push(count), 5);
    const writeTurn = async (...texts: string[]) => {
      for (const text of texts) lines.write(text);
      await new Promise(setImmediate);
    };
    await writeTurn('one', 'two');
    await writeTurn('three', 'four');
    await writeTurn('five');
    expect(late).toEqual([]);
    readOn();
    await eventually(() => expect(late).toEqual([3]));
    await writeTurn('six');
    expect(read).toEqual(['one\ntwo\n', 'six\n']);
    readOn();
    await new Promise(setImmediate);
    expect(late).toEqual([3]);
  });
});
