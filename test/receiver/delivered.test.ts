import {describe, expect, it} from 'vitest';
import {Delivered} from '../../source/receiver/delivered.ts';
import {everything} from '../../source/wire/filter.ts';
import type {HistoryRow} from '../../source/wire/history.ts';
import {readMessage} from '../../source/wire/message.ts';

const row = (type: string, print: number, sentAt: number): HistoryRow => ({
  message: readMessage({msg_type: type}, type),
  print,
  sentAt,
});

/** Passes on what is missing; answers how many rows that were. */
function catchUp(delivered: Delivered, rows: readonly HistoryRow[], now: number, id = 'x'): number {
  const missing = delivered.missing(id, rows);
  let passed = 0;
  for (const one of missing) {
    if (!delivered.isMissing(one)) continue;
    delivered.caughtUp(one, now);
    passed += 1;
  }
  return passed;
}

describe('what was passed on', () => {
  it('is not missing again, though the monitor lists an ended execution for ever', () => {
    const delivered = new Delivered();
    const rows = [row('start_run', 1, 1000), row('end_run', 2, 2000)];
    expect(catchUp(delivered, rows, 5000)).toBe(2);
    for (let now = 6000; now < 10_000; now += 1000) {
      delivered.forgetEndedBefore(now - 500);
      expect(catchUp(delivered, rows, now)).toBe(0);
    }
    expect(catchUp(delivered, [...rows, row('end_run', 3, 3000)], 11_000)).toBe(1);
  });

  it('is not missing again, with more executions than are remembered', () => {
    const delivered = new Delivered();
    const rows = [row('start_run', 1, 1000), row('stf_gen', 2, 2000)];
    const everybody = Array.from({length: 200}, (_, index) => `execution-${index}`);
    const total = () => everybody.reduce((sum, id) => sum + catchUp(delivered, rows, 5000, id), 0);
    expect(total()).toBe(400);
    expect(total()).toBe(0);
  });

  it('counts rows of the same content', () => {
    const delivered = new Delivered();
    const twice = [row('stf_gen', 1, 1000), row('stf_gen', 1, 1000)];
    expect(delivered.streamed('x', 1, readMessage({msg_type: 'stf_gen'}, 'stf_gen'), 5000)).toBe(
      true,
    );
    expect(catchUp(delivered, twice, 5000)).toBe(1);
    expect(catchUp(delivered, twice, 5000)).toBe(0);
    const thrice = [...twice, row('stf_gen', 1, 1000)];
    expect(catchUp(new Delivered(), thrice, 5000)).toBe(3);
  });

  it('is asked about no more once its end is stored, though a filter keeps that away', () => {
    const delivered = new Delivered();
    delivered.streamed('x', 1, readMessage({msg_type: 'start_run'}, ''), 5000);
    expect(delivered.unsettled).toEqual(['x']);
    delivered.missing('x', [row('start_run', 1, 1000)]);
    expect(delivered.unsettled).toEqual(['x']);
    delivered.missing('x', [row('start_run', 1, 1000), row('end_run', 2, 2000)]);
    expect(delivered.unsettled).toEqual([]);
  });

  it('is read once more after its end, whoever knows of that: the stream, or REST alone', () => {
    for (const end of [
      (delivered: Delivered) => {
        delivered.streamed('x', 2, readMessage({msg_type: 'end_run'}, ''), 6000);
      },
      (delivered: Delivered) => delivered.ended('x'),
    ]) {
      const delivered = new Delivered();
      delivered.streamed('x', 1, readMessage({msg_type: 'start_run'}, ''), 5000);
      // Requested while it still went on.
      const wasOpen = delivered.isOpen('x');
      end(delivered);
      delivered.missing('x', [row('start_run', 1, 1000)], wasOpen);
      expect(delivered.unsettled).toEqual(['x']);
      delivered.missing('x', [row('start_run', 1, 1000)]);
      expect([delivered.unsettled, delivered.isSettled('x')]).toEqual([[], true]);
    }
  });

  it('is asked about once more when another filter is in force, though it ended long before', () => {
    const delivered = new Delivered();
    const rows = [row('start_run', 1, 1000), row('stf_gen', 3, 1500), row('end_run', 2, 2000)];
    delivered.streamed('x', 1, readMessage({msg_type: 'start_run'}, ''), 5000);
    const withheld = delivered.missing('x', rows);
    expect(withheld).toHaveLength(2);
    delivered.withhold(
      'x',
      withheld.map(({message}) => message.content),
    );
    delivered.forgetEndedBefore(9000);
    expect(delivered.unsettled).toEqual([]);
    delivered.reopenFor({...everything, types: ['stf_ready']});
    expect(delivered.unsettled).toEqual([]);
    delivered.reopenFor({...everything, types: ['stf_gen']});
    expect(delivered.unsettled).toEqual(['x']);
    expect(catchUp(delivered, rows, 9500)).toBe(2);
    delivered.withhold('x', []);
    expect(delivered.missing('x', rows)).toEqual([]);
    delivered.reopenFor(everything);
    expect(delivered.unsettled).toEqual([]);
    delivered.forgetEndedBefore(9900);
    expect(delivered.missing('x', rows)).toEqual([]);
  });
});
