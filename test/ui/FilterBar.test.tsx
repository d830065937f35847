// The filter: in words, and as chips on the number keys.
import {describe, expect, it} from 'vitest';
import {FilterBar} from '../../source/ui/components/FilterBar.tsx';
import {everything} from '../../source/wire/filter.ts';
import {received} from '../model/happenings.ts';
import {DrawnPart, sessionHere} from './drawn.tsx';
import {later, twoRuns} from './scenes.ts';

const busy = () => sessionHere().hear(twoRuns());

describe('the filter bar', () => {
  it('has two rows: the filter, and a chip a type', async () => {
    const drawn = new DrawnPart(busy(), FilterBar);
    expect(drawn.rows).toHaveLength(2);
    expect(drawn.rows[0]).toMatch(/ all messages$/);
    expect(drawn.rows[1]).toMatch(/^ 1○stf_gen 2○stf_ready 3○/);
    expect(await drawn.looks()).toMatch(/bold «1» {2}dim «○» {2}bold «2»/);
  });

  it('lights a chip at once, and warns of the change until the server has made it', async () => {
    const session = busy().press('1');
    const drawn = new DrawnPart(session, FilterBar);
    expect(await drawn.looks()).toMatch(/yellow «· changing to types stf_gen\b/);
    expect(await drawn.looks()).toMatch(/bold «1» {2}cyan «◉» {2}inverse «stf_gen» {2}bold «2»/);
    const filter = session.filters.at(-1)!;
    session.hear([
      {kind: 'filter-changed', at: session.now, filter},
      {kind: 'opened', at: session.now, stream: 2, filter, serverTime: undefined},
    ]);
    expect(drawn.now().text).not.toContain('changing');
    expect(await drawn.looks()).toMatch(/cyan «types stf_gen\b/);
    session.press('1');
    expect(drawn.now().rows[1]).toMatch(/^ 1○stf_gen /);
  });

  it('warns of what an agents’ filter hides', async () => {
    const session = sessionHere().hear(twoRuns({...everything, agents: ['a-1']}));
    expect(await new DrawnPart(session, FilterBar).looks()).toMatch(
      /cyan «agents a-1» {2}yellow «: hides run lifecycle and stf_gen»/,
    );
  });

  it('says which namespace alone is shown, and no longer', () => {
    const session = busy().press('s');
    const drawn = new DrawnPart(session, FilterBar);
    expect(drawn.text).toMatch(/only fastmon-dev/);
    session.press('s');
    expect(drawn.now().text).not.toMatch(/fastmon-dev/);
  });

  it('gets a chip for a type that is new', () => {
    const session = busy();
    const drawn = new DrawnPart(session, FilterBar);
    expect(drawn.text).not.toContain('sse_test');
    session.hear([received({msg_type: 'sse_test'}, later(37))]);
    expect(drawn.now().rows[1]).toMatch(/ 6○sse_test$/);
  });

  it('has no half chip where there is no room, and cuts the words', () => {
    const types = Array.from({length: 20}, (_, index) => `a_long_type_${index}`);
    const session = sessionHere({keyTypes: types}).hear(twoRuns({...everything, types}));
    for (const width of [40, 41, 52, 63, 80]) {
      session.resize({columns: width, rows: 24});
      const {rows} = new DrawnPart(session, FilterBar);
      expect(rows).toHaveLength(2);
      expect(rows[0]).toHaveLength(width);
      expect(rows[0]).toMatch(/…$/);
      expect(rows[1]?.length).toBeLessThanOrEqual(width);
      expect(rows[1]).toMatch(/^( \d[○◉]a_long_type_\d)+( …)?$/);
    }
  });

  it('reads in ASCII too', () => {
    const session = sessionHere({isAscii: true}).hear(twoRuns()).press('2');
    expect(new DrawnPart(session, FilterBar).text).toMatch(
      /^[ -~]+ \| changing to [ -~]+\n 1 stf_gen 2\*stf_ready /,
    );
  });
});
