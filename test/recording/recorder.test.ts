// What is recorded, and what happens when the disk does not take it.
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {eventually} from '../eventually.ts';
import {opening, received, runEvents, start} from '../model/happenings.ts';
import {twoRuns} from '../ui/scenes.ts';
import {
  errorOf,
  filesIn,
  heard,
  linesIn,
  newDirectory,
  readAll,
  roomy,
  SmallDisk,
  Taking,
} from './disk.ts';

const marks = (count: number, from = 0): readonly MonitorEvent[] =>
  Array.from({length: count}, (_, index) => ({
    kind: 'mark',
    at: start + from + index,
    text: `mark ${from + index}`,
  }));

describe('a recording', () => {
  it('gives back what was recorded, event for event', async () => {
    const events = twoRuns();
    const taking = new Taking({}).take(events);
    expect(await taking.recorder.close()).toBe(0);
    const {events: read, flaws} = readAll(taking.directory);
    expect(heard(read)).toEqual(events);
    expect(flaws).toEqual([]);
  });

  it('holds a message once: not what is read from it', async () => {
    const [event] = runEvents();
    const taking = new Taking({}).take([event!]);
    await taking.recorder.close();
    const [path] = filesIn(taking.directory).map(name => join(taking.directory, name));
    const line = linesIn(path!).find(text => text.includes('"message"'))!;
    expect(Object.keys(JSON.parse(line) as object)).toEqual([
      'kind',
      'at',
      'stream',
      'source',
      'name',
      'data',
    ]);
  });

  it('is there before the program ends, 200 ms after each event at the latest', async () => {
    const taking = new Taking({});
    taking.clock.pass(0);
    await eventually(() => expect(taking.kinds()).toEqual(['recording']));
    await eventually(() => expect(readAll(taking.directory).events).toHaveLength(1));
    for (const mark of marks(3)) {
      const before = readAll(taking.directory).events.length;
      taking.take([mark]);
      taking.clock.pass(200);
      await eventually(() => expect(readAll(taking.directory).events).toHaveLength(before + 1));
    }
  });

  it('is written in a few goes, however many events come', async () => {
    const disk = new SmallDisk();
    const taking = new Taking({fs: disk, limits: {file: 50_000_000, total: 800_000_000}});
    taking.clock.pass(0);
    await eventually(() => expect(disk.writes).toBe(2));
    taking.take(marks(20_000));
    taking.clock.pass(200);
    await eventually(() => expect(readAll(taking.directory).events).toHaveLength(20_001));
    expect(disk.writes).toBe(3);
  });
});

describe('a recording that grows', () => {
  const limits = {file: 4000, total: 16_000};

  it('goes on in the next file, in order', async () => {
    const taking = new Taking({limits: {file: 4000, total: 1_000_000}}).take(marks(400));
    await taking.recorder.close();
    const files = filesIn(taking.directory);
    expect(files.length).toBeGreaterThan(3);
    expect(files[0]).toBe('swfmon-20261123T191828Z-1234-00001.ndjson');
    for (const file of files) {
      expect(readFileSync(join(taking.directory, file)).length).toBeLessThanOrEqual(4000);
    }
    const {events, entries, flaws} = readAll(taking.directory);
    expect(heard(events)).toEqual(marks(400));
    expect(entries.filter(({kind}) => kind === 'series')).toHaveLength(1);
    expect(flaws).toEqual([]);
  });

  it('keeps within its total, and tells how many of the oldest files went', async () => {
    const taking = new Taking({limits}).take(marks(1000));
    await taking.recorder.close();
    const files = filesIn(taking.directory);
    const sizes = files.map(file => readFileSync(join(taking.directory, file)).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(limits.total);
    const removed = taking.told.map(event => (event.kind === 'recording' ? event.removed : 0));
    const gone = removed.reduce((sum, count) => sum + count, 0);
    expect(gone).toBeGreaterThan(0);
    expect(files[0]).toBe(
      `swfmon-20261123T191828Z-1234-${String(gone + 1).padStart(5, '0')}.ndjson`,
    );
    const {events, flaws} = readAll(taking.directory);
    expect(heard(events).at(-1)).toEqual(marks(1000).at(-1));
    expect(flaws).toEqual([
      `the ${gone} files before ${files[0]} are missing: it begins in the middle`,
    ]);
  });

  it('counts the recordings of before, and leaves everything else alone', async () => {
    const directory = newDirectory();
    const old = 'swfmon-20261101T000000Z-77-00001.ndjson';
    writeFileSync(join(directory, old), 'x'.repeat(15_000));
    writeFileSync(join(directory, 'notes.ndjson'), 'x'.repeat(30_000));
    const taking = new Taking({directory, limits});
    await taking.recorder.close();
    expect(taking.told).toMatchObject([{kind: 'recording', removed: 1}]);
    expect(filesIn(directory)).toEqual([
      'notes.ndjson',
      'swfmon-20261123T191828Z-1234-00001.ndjson',
    ]);
  });

  it('tells at the head of each file what stands, for who begins there', async () => {
    const taking = new Taking({limits: {file: 4000, total: 1_000_000}});
    const executions = twoRuns().filter(({kind}) => kind === 'execution');
    taking.take([...opening(start - 2000), ...executions, ...marks(100)]);
    await taking.recorder.close();
    const files = filesIn(taking.directory).map(file => join(taking.directory, file));
    expect(heard(readAll(files[1]!).events).slice(0, 5)).toMatchObject([
      {kind: 'connecting'},
      {kind: 'opened'},
      {kind: 'connected'},
      {kind: 'execution'},
      {kind: 'execution'},
    ]);
    // In one go it is told once.
    const kinds = readAll(...files).events.map(({kind}) => kind);
    expect(kinds.filter(kind => kind === 'opened')).toHaveLength(1);
  });
});

describe('a disk that refuses', () => {
  it('is told once, asked again, and then takes what has waited', async () => {
    const disk = new SmallDisk(2000);
    const taking = new Taking({fs: disk});
    taking.clock.pass(0);
    await eventually(() => expect(taking.kinds()).toEqual(['recording']));
    taking.take(marks(100));
    taking.clock.pass(200);
    await eventually(() =>
      expect(taking.told.at(-1)).toMatchObject({
        kind: 'recording-failed',
        reason: 'ENOSPC: no space left on device, write',
      }),
    );
    taking.take(marks(50, 100));
    taking.clock.pass(10_000);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(taking.kinds()).toEqual(['recording', 'recording-failed']);
    disk.left = Infinity;
    taking.clock.pass(10_000);
    await eventually(() => expect(taking.kinds().at(-1)).toBe('recording'));
    expect(await taking.recorder.close()).toBe(0);
    const {events, flaws} = readAll(taking.directory);
    expect(heard(events)).toEqual(marks(150));
    expect(flaws).toEqual([]);
  });

  it('leaves no half line and no empty file behind', async () => {
    const disk = new SmallDisk(1000);
    const taking = new Taking({fs: disk}).take(marks(100));
    expect(await taking.recorder.close()).toBeGreaterThan(80);
    const [file] = filesIn(taking.directory);
    expect(readFileSync(join(taking.directory, file!), 'utf8').endsWith('}\n')).toBe(true);
    disk.left = 10;
    const other = new Taking({fs: disk, pid: 5, directory: taking.directory}).take(marks(1));
    await other.recorder.close();
    expect(filesIn(taking.directory)).toEqual([file]);
  });

  it('is not waited for: what does not fit into memory is counted, and told when it goes on', async () => {
    const disk = new SmallDisk();
    const {promise, resolve} = Promise.withResolvers<void>();
    const taking = new Taking({fs: disk, limits: {file: 64_000_000, total: 1_000_000_000}});
    taking.clock.pass(0);
    await eventually(() => expect(taking.kinds()).toEqual(['recording']));
    disk.gate = promise;
    const large = received({msg_type: 'large', message: 'x'.repeat(100_000)}, start);
    taking.take(Array<MonitorEvent>(100).fill(large));
    taking.clock.pass(200);
    taking.take(Array<MonitorEvent>(100).fill(large));
    expect(taking.told.slice(1)).toMatchObject([
      {kind: 'recording-failed', reason: 'the disk does not keep up'},
    ]);
    resolve();
    await eventually(() => {
      taking.clock.pass(200);
      taking.take(marks(1));
      expect(taking.kinds().slice(-2)).toEqual(['not-recorded', 'recording']);
    });
    expect(await taking.recorder.close()).toBe(0);
    const {events} = readAll(taking.directory);
    const omitted = events.flatMap(event => (event.kind === 'not-recorded' ? [event.events] : []));
    const read = events.filter(({kind}) => kind === 'message').length;
    expect(read + omitted.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(200);
    expect(read).toBeLessThan(200);
  });

  it('is not said to take events again as long as it does not', async () => {
    const disk = new SmallDisk(1000);
    const taking = new Taking({fs: disk, limits: {file: 64_000_000, total: 1_000_000_000}});
    const large = received({msg_type: 'large', message: 'x'.repeat(100_000)}, start);
    taking.take(Array<MonitorEvent>(100).fill(large));
    taking.clock.pass(200);
    await eventually(() => expect(taking.kinds().at(-1)).toBe('recording-failed'));
    // Room for a file's head, and not for what waits.
    disk.left = 1000;
    taking.take(Array<MonitorEvent>(100).fill(large));
    taking.clock.pass(10_000);
    await eventually(() =>
      expect(taking.kinds().filter(kind => kind === 'recording-failed')).toHaveLength(2),
    );
    taking.take(marks(1));
    expect(taking.kinds().slice(-2)).toEqual(['recording-failed', 'not-recorded']);
  });

  it('may be one that is not ours', async () => {
    const disk = new SmallDisk();
    disk.refusal = errorOf('EACCES', 'permission denied, open');
    const taking = new Taking({fs: disk}).take(marks(3));
    expect(await taking.recorder.close()).toBe(4);
    expect(taking.told).toMatchObject([
      {kind: 'recording-failed', reason: 'EACCES: permission denied, open'},
    ]);
  });

  it('may be no directory at all', async () => {
    const taking = new Taking({directory: '/dev/full'}).take(marks(3));
    expect(await taking.recorder.close()).toBe(4);
    expect(taking.told).toMatchObject([
      {kind: 'recording-failed', reason: expect.stringContaining('EEXIST') as string},
    ]);
  });

  it('may be gone in between, and is made anew', async () => {
    const taking = new Taking({});
    taking.clock.pass(0);
    await eventually(() => expect(taking.kinds()).toEqual(['recording']));
    await eventually(() => expect(readAll(taking.directory).events).toHaveLength(1));
    rmSync(taking.directory, {recursive: true});
    taking.take(marks(3));
    taking.clock.pass(200);
    await eventually(() =>
      expect(taking.told.at(-1)).toMatchObject({reason: 'the file was removed'}),
    );
    expect(existsSync(taking.directory)).toBe(false);
    taking.clock.pass(10_000);
    await eventually(() => expect(taking.kinds().at(-1)).toBe('recording'));
    await taking.recorder.close();
    expect(heard(readAll(taking.directory).events)).toEqual(marks(3));
  });

  it('holds nobody up at the end', async () => {
    const disk = new SmallDisk();
    disk.gate = new Promise(() => undefined);
    const taking = new Taking({fs: disk}).take(marks(3));
    const closed = taking.recorder.close();
    taking.clock.pass(2000);
    expect(await closed).toBe(3);
  });
});

it('two programs record side by side', async () => {
  const directory = newDirectory();
  mkdirSync(join(directory, 'other'));
  const takings = [11, 12].map(pid => new Taking({directory, pid, limits: roomy}));
  for (const [index, taking] of takings.entries()) taking.take(marks(5, index * 100));
  for (const taking of takings) await taking.recorder.close();
  const {entries, events} = readAll(directory);
  expect(entries.filter(({kind}) => kind === 'series')).toHaveLength(2);
  expect(heard(events)).toEqual([...marks(5), ...marks(5, 100)]);
});
