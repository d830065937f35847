// The top line: the state as a word in its tone, and the time where there is room for it.
import {describe, expect, it} from 'vitest';
import {Header} from '../../source/ui/components/Header.tsx';
import {widthOf} from '../../source/ui/text.ts';
import {columns, DrawnPart, sessionHere} from './drawn.tsx';
import {deaf, lostAndRetrying, quiet, refused, reopened, twoRuns} from './scenes.ts';

const live = () => sessionHere().hear(twoRuns());

describe('the header', () => {
  it('follows the connection, a word and a tone for each state', async () => {
    const session = sessionHere();
    const drawn = new DrawnPart(session, Header);
    expect(await drawn.looks()).toContain('cyan «◍ CONNECTING»');
    session.hear(twoRuns());
    expect(await drawn.now().looks()).toContain('green «● LIVE»');
    session.hear(lostAndRetrying);
    expect(await drawn.now().looks()).toContain('yellow «↻ RETRYING»');
    session.hear(reopened);
    expect(await drawn.now().looks()).toContain('green «● LIVE»');
    session.hear(deaf);
    expect(await drawn.now().looks()).toContain('bold red «◐ DEAF»');
    expect(await new DrawnPart(sessionHere().hear(refused), Header).looks()).toContain(
      'bold red «✖ REFUSED»',
    );
    expect(await new DrawnPart(live().hear([quiet]), Header).looks()).toContain(
      'yellow «◌ NO HEARTBEAT»',
    );
  });

  it('has the time of day at its right end, and it goes on', async () => {
    const session = live();
    const drawn = new DrawnPart(session, Header);
    expect(drawn.text).toMatch(/ 19:19:03 UTC$/);
    expect(widthOf(drawn.text)).toBe(columns - 1);
    expect(await drawn.looks()).toContain('dim «19:19:03 UTC»');
    session.wait(2);
    expect(drawn.now().text).toMatch(/ 19:19:05 UTC$/);
  });

  it('counts the seconds to the next try', () => {
    const session = live().hear(lostAndRetrying);
    const drawn = new DrawnPart(session, Header);
    expect(drawn.text).toMatch(/RETRYING +in 12s /);
    session.wait(5);
    expect(drawn.now().text).toMatch(/RETRYING +in 7s /);
  });

  it('says in inverse that the view is paused, with what came meanwhile, beside the state', async () => {
    const session = live().press('space');
    const drawn = new DrawnPart(session, Header);
    expect(await drawn.looks()).toMatch(/inverse «‖ PAUSED 0 new»  green «● LIVE»/);
    session.hear(lostAndRetrying);
    expect(await drawn.now().looks()).toMatch(/inverse «‖ PAUSED 1 new»  yellow «↻ RETRYING»/);
    session.press('space');
    expect(drawn.now().text).not.toContain('PAUSED');
  });

  it.each([40, 50, 60, 70, 80])(
    'is one row of %i columns at most, with a whole clock or none',
    width => {
      for (const session of [live(), sessionHere().hear(refused), live().hear(lostAndRetrying)]) {
        session.resize({columns: width, rows: 24});
        const {rows} = new DrawnPart(session, Header);
        expect(rows).toHaveLength(1);
        expect(widthOf(rows[0]!)).toBeLessThanOrEqual(width);
        expect(rows[0]!.replace(/ \d\d:\d\d:\d\d UTC$/, '')).not.toMatch(/UT?C?…?$/);
      }
    },
  );

  it('reads in ASCII too', () => {
    const session = sessionHere({isAscii: true}).hear(twoRuns()).press('space');
    expect(new DrawnPart(session, Header).text).toMatch(/^ = PAUSED 0 new {2}\* LIVE [ -~]+UTC$/);
  });
});
