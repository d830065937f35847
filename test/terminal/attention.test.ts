// The bell and the terminal's title: when they are used, and what they say.
import {describe, expect, it} from 'vitest';
import {Attention} from '../../source/terminal/attention.ts';
import type {MonitorModel} from '../../source/model/monitor-model.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {modelAfter, opening, received, start} from '../model/happenings.ts';
import {later, lostAndRetrying, refused} from '../ui/scenes.ts';

const escape = '\u001b';
const bell = '\u0007';
const keep = `${escape}[22;2t`;
const giveBack = `${escape}]2;${bell}${escape}[23;2t`;
const titles = (output: string) =>
  [...output.matchAll(/\u001b\]2;([^\u0007]*)\u0007/g)].map(([, title]) => title);
/** Bells beside those that end a title. */
const bells = (output: string) =>
  output.replaceAll(/\u001b\]2;[^\u0007]*\u0007/g, '').split(bell).length - 1;
const failed = (at: number, run_id = '7') => received({msg_type: 'run_failed', run_id}, at);

/** Somebody who watches: what their terminal is sent. */
class Watching {
  output = '';
  /** What the terminal has not taken. */
  writableLength = 0;
  readonly model: MonitorModel;
  readonly attention: Attention;
  isMuted = false;

  constructor(events: Iterable<MonitorEvent> = opening(start), kind: string | undefined = 'xterm') {
    this.model = modelAfter(events);
    this.attention = new Attention(this, kind);
    this.at(start);
  }

  write(text: string): void {
    this.output += text;
  }

  hear(...events: readonly MonitorEvent[]): this {
    for (const event of events) {
      this.model.apply(event);
      this.at(event.at);
    }
    return this;
  }

  at(now: number): this {
    this.model.checkAlerts(now);
    this.attention.update(this.model.snapshot(now), this.model.alertsRaised, this.isMuted);
    return this;
  }

  get bells(): number {
    return bells(this.output);
  }
}

describe('the title', () => {
  it('keeps the one that was, says how things stand, and gives it back', () => {
    const watching = new Watching();
    expect(watching.output).toBe(`${keep}${escape}]2;swfmon LIVE, 0 runs${bell}`);
    watching.output = '';
    watching.attention.end();
    expect(watching.output).toBe(giveBack);
  });

  it('counts runs that are active, and alerts that wait', () => {
    const watching = new Watching().hear(
      received({msg_type: 'start_run', run_id: '1'}, later(1)),
      received({msg_type: 'run_imminent', run_id: '2'}, later(2)),
      received({msg_type: 'stf_ready', run_id: '3'}, later(3)),
      failed(later(4)),
      failed(later(5), '8'),
      received({msg_type: 'end_run', run_id: '1'}, later(6)),
    );
    watching.model.apply({kind: 'acknowledged', at: later(6)});
    watching.at(later(7));
    expect(titles(watching.output)).toEqual([
      'swfmon LIVE, 0 runs',
      'swfmon LIVE, 1 run',
      'swfmon LIVE, 2 runs',
      'swfmon LIVE, 2 runs, 1 alert',
      'swfmon LIVE, 2 runs, 2 alerts',
      'swfmon LIVE, 1 run, 2 alerts',
      'swfmon LIVE, 1 run',
    ]);
  });

  it('says what the connection is, and is not written again while it says the same', () => {
    const watching = new Watching()
      .hear(...lostAndRetrying)
      .at(later(38))
      .at(later(39));
    expect(titles(watching.output)).toEqual([
      'swfmon LIVE, 0 runs',
      'swfmon CONNECTING, 0 runs',
      'swfmon RETRYING, 0 runs',
    ]);
  });

  it('holds nothing from the network', () => {
    const evil = `${escape}]0;owned${bell}`;
    const watching = new Watching().hear(
      received({msg_type: 'start_run', run_id: evil, namespace: evil, message: evil}, later(1)),
      received({msg_type: 'x_failed', run_id: evil, message: evil, sender: evil}, later(2)),
    );
    for (const title of titles(watching.output)) {
      expect(title).toMatch(/^swfmon [A-Z ]+, \d+ runs?(, \d+ alerts?)?$/);
    }
    expect(watching.output).not.toContain('owned');
  });

  it.each(['linux', 'dumb', undefined])('is not there on TERM=%s, the bell is', kind => {
    const model = modelAfter(opening(start));
    let output = '';
    const attention = new Attention({write: text => (output += text)}, kind);
    model.apply(failed(later(1)));
    attention.update(model.snapshot(later(1)), model.alertsRaised, false);
    attention.end();
    expect(output).toBe(bell);
  });
});

describe('the bell', () => {
  it('is silent while nothing is wrong', () => {
    const watching = new Watching().hear(received({msg_type: 'start_run', run_id: '1'}, later(1)));
    expect(watching.at(later(5)).bells).toBe(0);
  });

  it('rings once for an alert, however long it holds', () => {
    const watching = new Watching().hear(...refused);
    for (let seconds = 2; seconds < 200; seconds += 1) watching.at(later(seconds));
    expect(watching.bells).toBe(1);
  });

  it('rings once for many that come together, and rests for half a minute', () => {
    const watching = new Watching().hear(failed(later(1)), failed(later(1), '8'));
    expect(watching.bells).toBe(1);
    watching.hear(failed(later(20), '9')).at(later(30.9));
    expect(watching.bells).toBe(1);
    watching.at(later(31));
    expect(watching.bells).toBe(2);
    expect(watching.at(later(120)).bells).toBe(2);
  });

  it('does not ring after its rest for what was acknowledged meanwhile', () => {
    const watching = new Watching().hear(failed(later(1)), failed(later(20), '9'));
    watching.model.apply({kind: 'acknowledged', at: later(21)});
    expect(watching.at(later(40)).bells).toBe(1);
    expect(watching.hear(failed(later(50))).bells).toBe(2);
  });

  it('does not rest longer when the clock is set back', () => {
    const watching = new Watching().hear(failed(later(3600)));
    expect(watching.hear(failed(later(5), '8')).bells).toBe(2);
  });

  it('does not ring while mute, nor afterwards for what came then', () => {
    const watching = new Watching();
    watching.isMuted = true;
    watching.hear(failed(later(1)));
    watching.isMuted = false;
    expect(watching.at(later(100)).bells).toBe(0);
    expect(watching.hear(failed(later(101), '8')).bells).toBe(1);
  });
});

describe('a terminal that does not read', () => {
  it('gets no title and no bell until it reads again, then the last one each', () => {
    const watching = new Watching();
    watching.output = '';
    watching.writableLength = 1;
    watching.hear(
      received({msg_type: 'start_run', run_id: '1'}, later(1)),
      failed(later(2)),
      failed(later(3), '8'),
    );
    expect(watching.output).toBe('');
    watching.writableLength = 0;
    watching.at(later(4)).at(later(5));
    expect(titles(watching.output)).toEqual(['swfmon LIVE, 1 run, 2 alerts']);
    expect(watching.bells).toBe(1);
  });
});
