// What of a file can be read, and what is said of the rest.
import {appendFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {beforeEach, describe, expect, it} from 'vitest';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {findRecordings} from '../../source/recording/find-recordings.ts';
import {decodeLine, encodeEvent, encodeHead} from '../../source/recording/format.ts';
import {received, start} from '../model/happenings.ts';
import {everyAlert, twoRuns} from '../ui/scenes.ts';
import {about, heard, newDirectory, readAll} from './disk.ts';

const head = (part = 1, series = '20261123T191828Z-1234') =>
  encodeHead({...about, series, part, at: start});

const mark = (text: string): MonitorEvent => ({kind: 'mark', at: start, text});
const line = (text: string) => encodeEvent(mark(text));

let directory: string;
let path: string;

beforeEach(() => {
  directory = newDirectory();
  path = join(directory, 'swfmon-20261123T191828Z-1234-00001.ndjson');
});

describe('a file', () => {
  it('may grow while it is read, and may have been left in the middle of a line', () => {
    writeFileSync(path, head() + line('one') + line('two').slice(0, 20));
    expect(readAll(path)).toMatchObject({
      events: [mark('one')],
      flaws: [
        'swfmon-20261123T191828Z-1234-00001.ndjson ends in half a line: the program was killed, or writes on',
      ],
    });
    appendFileSync(path, line('two').slice(20));
    expect(readAll(path)).toMatchObject({events: [mark('one'), mark('two')], flaws: []});
  });

  it('is whole without its last line feed', () => {
    writeFileSync(path, head() + line('one').trimEnd());
    expect(readAll(path)).toMatchObject({events: [mark('one')], flaws: []});
  });

  it('may hold what only a newer program knows', () => {
    const later = JSON.stringify({kind: 'moon-phase', at: start, moon: 'full'});
    writeFileSync(path, `${head()}${later}\n${later}\n${line('one')}`);
    const {events, flaws} = readAll(path);
    expect(events).toEqual([mark('one')]);
    expect(flaws).toEqual([
      'swfmon-20261123T191828Z-1234-00001.ndjson has events "moon-phase", which this swfmon does not know (2 times)',
    ]);
  });

  it.each([
    ['binary rubbish', '\u0000\u0001\ufffd\u001b]0;owned\u0007'],
    ['JSON of something else', '[1, 2, 3]'],
    ['an event without its time', '{"kind": "recovered"}'],
    ['a time that no date has', '{"kind": "recovered", "at": 1e300}'],
    ['an event without what it tells', `{"kind": "opened", "at": ${start}}`],
    ['a field of another kind', `{"kind": "mark", "at": ${start}, "text": 7}`],
    ['a message without its data', `{"kind": "message", "at": ${start}, "name": "stf_gen"}`],
  ])('may hold %s, which is passed over and told', (_what, rubbish) => {
    writeFileSync(path, `${head()}${line('one')}${rubbish}\n${line('two')}`);
    const {events, flaws} = readAll(path);
    expect(events).toEqual([mark('one'), mark('two')]);
    expect(flaws).toEqual([
      'swfmon-20261123T191828Z-1234-00001.ndjson has a line that is no event',
    ]);
  });

  it('does not command the terminal, whoever wrote it', () => {
    const evil = '\u001b]0;owned\u0007';
    const [name, data] = [`stf${evil}`, JSON.stringify({msg_type: `stf${evil}`})];
    const message = {kind: 'message', at: start, stream: 1, source: 'stream', name, data};
    const lost = {kind: 'lost', at: start, stream: 1, reason: evil, remedy: evil};
    writeFileSync(
      path,
      `${head()}${[message, lost].map(it => `${JSON.stringify(it)}\n`).join('')}`,
    );
    expect(readAll(path).events).toMatchObject([
      {message: {type: 'stf␛]0;owned␇'}},
      {reason: '␛]0;owned␇', remedy: '␛]0;owned␇'},
    ]);
  });
});

describe('an event', () => {
  it('comes back as it was', () => {
    for (const event of [...twoRuns(), ...everyAlert()]) {
      expect(decodeLine(encodeEvent(event))).toEqual({kind: 'event', event, isRepeated: false});
    }
  });

  it('comes back whatever a message holds', () => {
    fc.assert(
      fc.property(fc.json(), fc.string({unit: 'grapheme-composite'}), (content, text) => {
        const event = received({msg_type: 'odd', message: text, extra: content}, start);
        expect(decodeLine(encodeEvent(event))).toEqual({kind: 'event', event, isRepeated: false});
      }),
    );
  });
});

describe('what is to be read', () => {
  it.each([
    ['is not there', undefined, 'is not there'],
    ['is empty', '', 'is empty'],
    ['is something else', 'event: stf_gen\ndata: {}\n\n', 'is not a recording of swfmon'],
    ['is binary rubbish', '\u0000\u0001\u0002\ufffd\n\u0000', 'is not a recording of swfmon'],
    ['is half a head', head().slice(0, 40), 'is not a recording of swfmon'],
    [
      'is from the future',
      head().replace('"version":1', '"version":2'),
      'was recorded by a newer swfmon (format 2; this one reads up to 1)',
    ],
    [
      'has a damaged head',
      head().replace('"part":1', '"part":"x"'),
      'is a recording whose first line is damaged',
    ],
  ])('may not be read when it %s', (_how, content, reason) => {
    if (content !== undefined) writeFileSync(path, content);
    expect(() => findRecordings([path])).toThrow(reason);
  });

  it('is in the order of its parts, however it is named, and each file once', () => {
    const paths = [3, 1, 2].map(part => {
      const file = join(directory, `copy-${9 - part}.ndjson`);
      writeFileSync(file, head(part) + line(`part ${part}`));
      return file;
    });
    const {events, entries, flaws} = readAll(...paths, paths[0]!, directory);
    expect(events).toEqual([mark('part 1'), mark('part 2'), mark('part 3')]);
    expect(entries.filter(({kind}) => kind === 'series')).toHaveLength(1);
    expect(flaws).toEqual([]);
  });

  it('is told apart by series, and a part that is missing is told', () => {
    writeFileSync(path, head() + line('one'));
    writeFileSync(join(directory, 'b.ndjson'), head(3) + line('three'));
    writeFileSync(join(directory, 'c.ndjson'), head(1, '20261124T000000Z-1') + line('later'));
    const {entries, flaws} = readAll(directory);
    expect(entries.map(entry => (entry.kind === 'event' ? entry.event.kind : entry.kind))).toEqual([
      'series',
      'mark',
      'mark',
      'series',
      'mark',
    ]);
    expect(flaws).toEqual(['the file before b.ndjson is missing']);
  });

  it('may be a directory with other things in it', () => {
    writeFileSync(path, head() + line('one'));
    writeFileSync(join(directory, 'empty.ndjson'), '');
    writeFileSync(join(directory, 'notes.txt'), 'not looked at');
    const {files, leftAside} = findRecordings([directory]);
    expect(files.map(file => file.path)).toEqual([path]);
    expect(leftAside).toEqual([`${directory}/empty.ndjson is empty`]);
    expect(heard(readAll(directory).events)).toEqual([mark('one')]);
  });

  it('may not be a directory without any', () => {
    mkdirSync(join(directory, 'inner'));
    expect(() => findRecordings([directory])).toThrow('holds no recording');
  });
});
