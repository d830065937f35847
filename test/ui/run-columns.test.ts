// The runs' table: columns give way in a stated order, and no cell says what is not known.
import {describe, expect, it} from 'vitest';
import type {Size} from '../../source/ui/store/layout.ts';
import {columnsFor} from '../../source/ui/view-models/run-columns.ts';
import {everything, type StreamFilter} from '../../source/wire/filter.ts';
import {opening, received, runEvents, start} from '../model/happenings.ts';
import {later, lostAndRetrying, twoRuns} from './scenes.ts';
import {Session} from './session.ts';

const titles = (width: number) => columnsFor(width).map(({title}) => title);

describe('the columns', () => {
  it('give way in this order, the last first', () => {
    const appearing: string[] = [];
    for (let width = 1; width <= 300; width += 1) {
      appearing.push(...titles(width).filter(title => !appearing.includes(title)));
    }
    expect(appearing.join(' ')).toBe(
      'RUN STATE STF MISS FOR TRACK NAMESPACE PROGRESS DATA READY PROCESSED STF/s LAST WORD TF DEAD PERIODS',
    );
  });

  it('never come and go twice, and fit', () => {
    for (let width = 2; width <= 300; width += 1) {
      expect(titles(width)).toEqual(expect.arrayContaining(titles(width - 1)));
      const used = columnsFor(width).reduce((sum, column) => sum + column.width + 1, 0);
      expect(used).toBeLessThanOrEqual(width);
    }
  });

  it('tell at 120 columns of state, times, STFs, rate, progress, pipeline and last word', () => {
    expect(titles(118).join(' ')).toBe(
      'RUN NAMESPACE TRACK STATE FOR DATA STF STF/s MISS PROGRESS READY PROCESSED LAST WORD',
    );
  });
});

/** The cell of the first run by the title of its column. */
function cells(session: Session): Readonly<Record<string, string>> {
  const titles = session.rows.findIndex(row => row.startsWith('  RUN '));
  const row = session.rows[titles + 1] ?? '';
  let left = 2;
  return Object.fromEntries(
    columnsFor(session.size.columns - 2).map(({title, width}) => {
      const cell = row.slice(left, left + width).trim();
      left += width + 1;
      return [title, cell];
    }),
  );
}

const large = {columns: 200, rows: 60};
const heard = (filter: StreamFilter) => (type: string) =>
  filter.types.length === 0 || filter.types.includes(type);

describe('a cell', () => {
  it('has the whole name of a run where there is room, and no more room than that', () => {
    const named = (runId: string) =>
      new Session({size: large})
        .hear(opening(start - 2000))
        .hear([received({msg_type: 'sse_test', run_id: runId}, start)]);
    const nextTo = (runId: string) => named(runId).rows.find(row => row.includes(' NAMESPACE'))!;
    expect(named('test-run-001').text).toContain('test-run-001 -');
    expect(nextTo('test-run-001').indexOf('NAMESPACE')).toBe(15);
    expect(nextTo('100013').indexOf('NAMESPACE')).toBe(10);
  });

  it('claims nothing of STFs that are not asked for', () => {
    const filter = {...everything, types: ['start_run', 'stf_ready']};
    const run = runEvents().filter(({message}) => heard(filter)(message.type));
    const session = new Session({size: large}).hear(opening(start - 2000, filter)).hear(run);
    expect(cells(session)).toMatchObject({
      STF: '-',
      'STF/s': '-',
      MISS: '-',
      PROGRESS: 'filtered out',
      READY: '10',
      PROCESSED: '-',
    });
  });

  it('says that more may have come since STFs are not asked for', () => {
    const session = new Session({size: large}).hear(twoRuns());
    const filter = {...everything, agents: ['fastmon-agent-root-22']};
    session.hear([
      {kind: 'opened', at: later(37), stream: 2, filter, serverTime: undefined},
      {kind: 'filter-changed', at: later(37), filter},
    ]);
    expect(cells(session)).toMatchObject({
      STATE: 'taking data?',
      'STF/s': '-',
      STF: '6+',
      PROGRESS: expect.stringMatching(/ 50%\+$/),
      READY: '6+',
    });
    session.hear([
      {kind: 'opened', at: later(47), stream: 3, filter: everything, serverTime: undefined},
      {kind: 'filter-changed', at: later(47), filter: everything},
    ]);
    expect(cells(session)).toMatchObject({STF: '6+', READY: '6+', MISS: '0'});
  });

  it('has no data-taking time and no STFs of a run whose agents alone are heard', () => {
    const agents = runEvents().filter(({message}) => message.type === 'stf_ready');
    const session = new Session({size: large}).hear(opening(start - 2000)).hear(agents);
    expect(cells(session)).toMatchObject({STATE: 'seen', DATA: '-', STF: '-', MISS: '-'});
  });

  it('has no rate and no time to go while the stream is lost', () => {
    const session = new Session({size: large}).hear(twoRuns());
    expect(cells(session)).toMatchObject({'STF/s': '0.40', PROGRESS: expect.stringMatching(/-0:/)});
    session.hear(lostAndRetrying);
    expect(cells(session)).toMatchObject({
      'STF/s': '-',
      PROGRESS: expect.not.stringMatching(/-0:/),
    });
  });

  it('has whole numbers however large they are', () => {
    const session = new Session({size: {columns: 120, rows: 40}}).hear([
      ...opening(start - 2000),
      received({msg_type: 'start_run', run_id: '7'}, start),
      ...Array.from({length: 1200}, (_, index) => [
        received({msg_type: 'stf_gen', run_id: '7', sequence: index + 1}, start + index),
        received({msg_type: 'stf_ready', run_id: '7', sequence: index + 1}, start + index),
      ]).flat(),
      received({msg_type: 'end_run', run_id: '7', total_stf_files: 120_000}, start + 1200),
    ]);
    expect(cells(session)).toMatchObject({STF: '1200', READY: '1200'});
  });

  it('has a bar of one length, or none where the numbers need its room', () => {
    const stfs = Array.from({length: 16}, (_, index) => index + 1);
    const ready = (size: Size) =>
      cells(
        new Session({size}).hear([
          ...opening(start - 2000),
          received({msg_type: 'start_run', run_id: '7'}, start),
          ...['stf_gen', 'stf_ready'].flatMap(msg_type =>
            stfs
              .filter(sequence => msg_type === 'stf_gen' || sequence < 16)
              .map(sequence => received({msg_type, run_id: '7', sequence}, start + sequence)),
          ),
        ]),
      )['READY'];
    expect(ready(large)).toBe('██░ 15 -1');
    expect(ready({columns: 120, rows: 40})).toBe('15 -1');
  });

  it('counts the progress of a run joined late with what it had made before', () => {
    const execution = twoRuns().filter(({kind}) => kind === 'execution');
    const late = (type: string) =>
      new Session({size: large})
        .hear([...opening(start - 2000), ...execution])
        .hear(runEvents().slice(runEvents().findIndex(({message}) => message.type === type)));
    expect(cells(late('resume_run'))).toMatchObject({
      STF: '5+',
      PROGRESS: expect.stringMatching(/100%/),
      'LAST WORD': 'from STF 6',
    });
    expect(cells(late('end_run'))).toMatchObject({STF: '0/10', PROGRESS: 'not known'});
  });

  it('says that very many numbers are missing, in its width', () => {
    const session = new Session({size: large}).hear([
      received({msg_type: 'start_run', run_id: '7'}, start),
      received({msg_type: 'stf_gen', run_id: '7', sequence: Number.MAX_SAFE_INTEGER}, start),
    ]);
    expect(cells(session)).toMatchObject({STF: '1', MISS: '>9k'});
  });

  it('has the phase where the stamps do not go with it or do not fit', () => {
    const stamped = (state: string, substate: string) =>
      received({msg_type: 'start_run', run_id: '7', state, substate}, start);
    const stateOf = (state: string, substate: string) =>
      cells(
        new Session({size: {columns: 120, rows: 40}}).hear([
          ...opening(start - 2000),
          stamped(state, substate),
        ]),
      )['STATE'];
    expect(stateOf('run', 'physics')).toBe('run/physics');
    expect(stateOf('run', 'standby')).toBe('running');
    expect(stateOf('run', 'x'.repeat(40))).toBe('running');
  });
});
