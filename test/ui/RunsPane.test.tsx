// The runs below the names of their columns.
import {describe, expect, it} from 'vitest';
import {RunsPane} from '../../source/ui/components/RunsPane.tsx';
import {everything} from '../../source/wire/filter.ts';
import {opening, received, start} from '../model/happenings.ts';
import {DrawnPart, sessionHere} from './drawn.tsx';
import {beat, everyAlert, later, lostAndRetrying, twoRuns} from './scenes.ts';

const runs = (count: number) =>
  Array.from({length: count}, (_, index) =>
    received({msg_type: 'start_run', run_id: `r${index}`, namespace: 'torre1'}, later(index)),
  );

describe('the runs pane', () => {
  it('names its columns, and has a row for each run, newest first', () => {
    const {rows} = new DrawnPart(sessionHere().hear(twoRuns()), RunsPane);
    expect(rows[0]).toMatch(/^─ Runs ─ 1 active, 2 seen ─+$/);
    expect(rows[1]).toMatch(/^ {2}RUN +NAMESPACE +TRACK +STATE /);
    expect(rows.slice(2, 4).map(row => row.slice(2, 8))).toEqual(['100014', '100013']);
    for (const row of rows.slice(2, 4)) {
      expect(row.indexOf('█')).toBe(rows[1]!.indexOf('PROGRESS'));
    }
  });

  it('says why it is empty', async () => {
    const drawn = new DrawnPart(sessionHere(), RunsPane);
    expect(drawn.rows[2]).toBe('  no run seen yet');
    expect(await drawn.looks()).toContain('dim «no run seen yet»');
    expect(drawn.text).not.toContain('NAMESPACE');
    const hidden = sessionHere().hear(twoRuns({...everything, agents: ['a-1']}).slice(0, 3));
    expect(new DrawnPart(hidden, RunsPane).rows[2]).toMatch(/^ {2}the agents filter hides /);
  });

  it('has the cursor while it is focused, on the row that is selected', () => {
    const session = sessionHere().hear(twoRuns());
    const drawn = new DrawnPart(session, RunsPane);
    expect(drawn.text).not.toContain('▸');
    session.press('shift+tab');
    expect(drawn.now().rows[2]).toMatch(/^▸ 100014 /);
    session.press('down');
    expect(drawn.now().rows[3]).toMatch(/^▸ 100013 /);
    expect(drawn.rows[0]).toMatch(/^▸ Runs /);
  });

  it('follows the cursor through more runs than rows, and counts those below', () => {
    const session = sessionHere().hear(opening(start)).hear(runs(30)).press('shift+tab');
    const drawn = new DrawnPart(session, RunsPane);
    const height = drawn.rows.length;
    expect(drawn.rows[0]).toMatch(/ ▼ \d+ below /);
    session.press('G');
    drawn.now();
    expect(drawn.rows.at(-1)).toMatch(/^▸.r0 /);
    expect(drawn.rows).toHaveLength(height);
    expect(drawn.rows[0]).not.toContain('below');
  });

  it('marks what is odd about a run, and an alert before that', async () => {
    const session = sessionHere().hear(everyAlert()).wait(1);
    const drawn = new DrawnPart(session, RunsPane);
    expect(await drawn.looks()).toMatch(/yellow «!» {2}bold «100013»/);
    session
      .wait(310)
      .hear([beat(357)])
      .wait(1);
    expect(await drawn.now().looks()).toMatch(/bold red «▲» {2}bold «100013»/);
  });

  it('says until when it knows, once nothing is received', () => {
    const session = sessionHere().hear(twoRuns());
    const drawn = new DrawnPart(session, RunsPane);
    expect(drawn.rows[0]).not.toContain('as of');
    session.hear(lostAndRetrying);
    expect(drawn.now().rows[0]).toMatch(/, as of 19:19:03 ─/);
  });

  it('marks what is searched for in its rows', async () => {
    const session = sessionHere()
      .hear(twoRuns())
      .press('shift+tab', '/')
      .type('torre')
      .press('return');
    expect(await new DrawnPart(session, RunsPane).looks()).toContain('bold inverse «torre»');
  });

  it('reads in ASCII too', () => {
    const session = sessionHere({isAscii: true}).hear(twoRuns()).press('shift+tab');
    const {text, rows} = new DrawnPart(session, RunsPane);
    expect(text).toMatch(/^[\n -~]*$/);
    expect(rows[2]).toMatch(/^> 100014 .* I-R-P-\. .* ##\.\. 50% /);
  });
});
