// The connection's facts, as they fit.
import {describe, expect, it} from 'vitest';
import {ConnectionPane} from '../../source/ui/components/ConnectionPane.tsx';
import {widthOf} from '../../source/ui/text.ts';
import {DrawnPart, sessionHere} from './drawn.tsx';
import {lostAndRetrying, reopened, twoRuns} from './scenes.ts';

const busy = () => sessionHere().hear(twoRuns());

describe('the connection pane', () => {
  it('names the receiver, and has its facts one behind the other where it is low', async () => {
    const drawn = new DrawnPart(busy(), ConnectionPane);
    expect(drawn.rows).toHaveLength(4);
    expect(drawn.rows[0]).toMatch(/^─ Connection ─ as shift-torre1 ─+$/);
    expect(drawn.rows[1]).toMatch(/^ {2}host pandaserver02\.sdcc\.bnl\.gov {3}registered 36s ago /);
    expect(await drawn.looks()).toMatch(/dim «host» {2}dim «registered»/);
  });

  it('has them in columns below one another where it is wide and high', () => {
    const session = busy().resize({columns: 120, rows: 60});
    const {rows} = new DrawnPart(session, ConnectionPane);
    const labels = rows.slice(1, 4).map(row => row.slice(2, 12).trim());
    expect(labels).toEqual(['host', 'registered', 'stream']);
    for (const row of rows.slice(1, 4)) expect(row).toMatch(/^ {2}\w.{37} {2}\w.{37} {2}\w/);
  });

  it('warns of a loss, first why, and no longer once the stream is back', async () => {
    const session = busy().hear(lostAndRetrying);
    const drawn = new DrawnPart(session, ConnectionPane);
    expect(drawn.rows[1]).toMatch(/^ {2}why connect ECONNREFUSED/);
    expect(await drawn.looks()).toContain('yellow «connect ECONNREFUSED 130.199.95.12:443»');
    expect(await drawn.looks()).toContain('yellow «1, one open»');
    session.hear(reopened);
    expect(drawn.now().text).not.toMatch(/why|one open/);
  });

  it('counts ages on', () => {
    const session = busy();
    const drawn = new DrawnPart(session, ConnectionPane);
    expect(drawn.text).toContain('heartbeat 7s ago');
    session.wait(3);
    expect(drawn.now().text).toContain('heartbeat 10s ago');
  });

  it('shows the newest of its history where it has the screen to itself', () => {
    const session = busy().press('tab').hear(lostAndRetrying);
    const drawn = new DrawnPart(session, ConnectionPane);
    expect(drawn.rows[0]).toMatch(/^▸ Connection /);
    expect(drawn.text).not.toMatch(/^ +19:19:05 /m);
    session.press('z');
    expect(drawn.now().text).toMatch(/^ +19:19:05 .*ECONNREFUSED/m);
    expect(drawn.rows).toHaveLength(session.store.getState().layout.body.height);
  });

  it('is never wider than the terminal, whatever the facts say', () => {
    const reason = '漢字'.repeat(200);
    const session = busy().hear([
      {kind: 'lost', at: lostAndRetrying[0]!.at, stream: 1, reason, remedy: reason},
    ]);
    for (const columns of [40, 81, 120, 200]) {
      session.resize({columns, rows: 40});
      const {height} = session.store.getState().layout.panes.connection;
      const {rows} = new DrawnPart(session, ConnectionPane);
      expect(rows).toHaveLength(height);
      for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(columns);
    }
  });

  it('reads in ASCII too', () => {
    const session = sessionHere({isAscii: true}).hear(twoRuns());
    expect(new DrawnPart(session, ConnectionPane).text).toMatch(/^[\n -~]*$/);
  });
});
