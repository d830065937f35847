// Which runs are asked for by their numbers.
import {describe, expect, it} from 'vitest';
import {RunSearch} from '../../source/receiver/run-search.ts';
import {readMessage} from '../../source/wire/message.ts';

const message = (run_id: unknown, execution_id: string | undefined = `of-${String(run_id)}`) =>
  readMessage({msg_type: 'start_run', run_id, execution_id}, '');

/** A search after its first look, at which `first` were known. */
function searchAfter(...first: readonly unknown[]) {
  const search = new RunSearch();
  for (const run of first) search.heard(message(run));
  search.looked();
  return search;
}

/** What a look asks for and finds on a monitor that knows `runs`. */
async function look(search: RunSearch, runs: readonly number[], onAsk?: (run: string) => void) {
  const asked: string[] = [];
  const found: string[] = [];
  await search.look(
    run => {
      asked.push(run);
      onAsk?.(run);
      const isKnown = runs.includes(Number(run));
      return Promise.resolve(isKnown ? {executionId: `of-${run}`} : undefined);
    },
    execution => found.push(execution),
  );
  return {asked, found};
}

describe('the search for runs', () => {
  it('begins behind the newest run that is known at the first look', async () => {
    const search = searchAfter('13', '7', 12);
    expect(await look(search, [11, 14, 15])).toEqual({
      asked: ['14', '15', '16'],
      found: ['of-14', 'of-15'],
    });
    expect(await look(search, [16])).toEqual({asked: ['16', '17'], found: ['of-16']});
  });

  it('begins behind the first run that is heard of after a look at nothing', async () => {
    const search = searchAfter();
    expect((await look(search, [])).asked).toEqual([]);
    search.heard(message('13'));
    expect((await look(search, [])).asked).toEqual(['14']);
  });

  it('asks for numbers that were jumped over, once, and for none that was heard of', async () => {
    const search = searchAfter('13');
    for (const run of ['14', '17']) search.heard(message(run));
    expect(await look(search, [13, 14, 16, 17])).toEqual({
      asked: ['15', '16', '18'],
      found: ['of-16'],
    });
    expect((await look(search, [])).asked).toEqual(['18']);
  });

  it('goes on behind a run that the stream tells of while it is asked for', async () => {
    const search = searchAfter('13');
    const told = (run: string) => {
      if (run === '14') search.heard(message('14'));
    };
    expect((await look(search, [], told)).asked).toEqual(['14', '15']);
    expect((await look(search, [])).asked).toEqual(['15']);
  });

  it('takes no notice of messages without an execution, of names, and of older runs', async () => {
    const search = searchAfter('13');
    search.heard(readMessage({msg_type: 'x', run_id: '20'}, ''));
    search.heard(message('test-run-001'));
    search.heard(message('2'));
    expect((await look(search, [])).asked).toEqual(['14']);
  });

  it('goes on where the numbers go on', async () => {
    const search = searchAfter('13');
    search.heard(message('100013'));
    expect((await look(search, [])).asked).toEqual(['100014']);
  });

  it('asks for twenty at a look, the rest at the next', async () => {
    const runs = Array.from({length: 30}, (_, index) => index + 14);
    const search = searchAfter('13');
    expect((await look(search, runs)).found).toHaveLength(20);
    expect((await look(search, runs)).found).toHaveLength(10);
  });

  it('asks again for a number that was not answered', async () => {
    const search = searchAfter('13');
    const silent = () => Promise.reject(new Error('no answer'));
    await expect(search.look(silent, () => undefined)).rejects.toThrow('no answer');
    expect((await look(search, [14])).found).toEqual(['of-14']);
  });
});

it('goes on from a counter that was set back, as in a new database', async () => {
  const search = searchAfter(100500);
  const begins = (run_id: number, sent_at: string) =>
    search.heard(
      readMessage({msg_type: 'run_imminent', run_id, execution_id: `e-${run_id}`, sent_at}, ''),
    );
  begins(100501, '2026-11-25T10:00:00Z');
  // An old one that is caught up says nothing of the counter.
  begins(100010, '2026-11-25T09:00:00Z');
  expect((await look(search, [])).asked).toEqual(['100502']);
  begins(100010, '2026-11-25T11:00:00Z');
  expect((await look(search, [100011])).asked).toEqual(['100011', '100012']);
});
