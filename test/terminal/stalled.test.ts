import {Writable} from 'node:stream';
import {describe, expect, it, onTestFinished} from 'vitest';
import {readiness} from '../../source/terminal/stalled.ts';
import {startMonitor} from '../../source/testbed/monitor.ts';
import {accountFor} from '../commands/run-command.ts';
import {eventually} from '../eventually.ts';
import {PtySession} from './pty-session.ts';

async function watching() {
  const monitor = await startMonitor();
  const session = new PtySession({columns: 120, rows: 40, env: accountFor(monitor)});
  onTestFinished(async () => {
    session.dispose();
    await monitor.close();
  });
  await session.sees('LIVE');
  await eventually(() => expect(monitor.agents.get('watch-1')?.status).toBe('OK'));
  return {monitor, session};
}

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a terminal that stops reading', () => {
  it('loses no message, and is current at once when it reads again', async () => {
    const {monitor, session} = await watching();
    session.pause();
    let sent = 0;
    // Enough frames to fill what the system holds between the program and the terminal.
    while (sent < 2000) {
      for (let burst = 0; burst < 10; burst += 1) {
        sent += 1;
        monitor.publish({msg_type: `type_${sent}`, run_id: String(sent % 50), sequence: sent});
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect(monitor.clients).toHaveLength(1);
    expect(monitor.clients[0]?.dropped).toBe(0);
    session.resume();
    await session.sees(`${sent} received`);
    await session.sees(`type_${sent}`);
  });

  it('can be ended all the same', async () => {
    const {monitor, session} = await watching();
    session.pause();
    for (let burst = 0; burst < 30; burst += 1) {
      for (let count = 0; count < 40; count += 1) monitor.publish({msg_type: `x${burst}_${count}`});
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    session.signal('SIGTERM');
    await eventually(() => expect(isRunning(session.pid)).toBe(false));
    expect(monitor.agents.get('watch-1')?.operational_state).toBe('EXITED');
  });
});

describe('a terminal that is gone', () => {
  it('ends the program, which leaves no process and says EXITED', async () => {
    const {monitor, session} = await watching();
    session.hangUp();
    await eventually(() => expect(isRunning(session.pid)).toBe(false));
    expect(monitor.agents.get('watch-1')?.operational_state).toBe('EXITED');
  });
});

describe('a terminal that is slow', () => {
  function slow() {
    const taken: (() => void)[] = [];
    const stream = new Writable({write: (_chunk, _encoding, done) => void taken.push(done)});
    let readied = 0;
    const isReady = readiness(stream, () => (readied += 1));
    /** It takes what it was given first. */
    const take = async () => {
      taken.shift()!();
      await new Promise(setImmediate);
    };
    return {stream, isReady, take, readied: () => readied};
  }

  it('says when it has taken all, once, however often it was looked at', async () => {
    const {stream, isReady, take, readied} = slow();
    expect(isReady()).toBe(true);
    stream.write('a frame');
    stream.write('its end');
    expect([isReady(), isReady(), isReady()]).toEqual([false, false, false]);
    await take();
    expect([isReady(), readied()]).toEqual([false, 0]);
    await take();
    await take();
    expect([isReady(), readied()]).toEqual([true, 1]);
  });

  it('says nothing where nobody has looked, and says it again the next time', async () => {
    const {stream, isReady, take, readied} = slow();
    stream.write('a frame');
    await take();
    expect([isReady(), readied()]).toEqual([true, 0]);
    for (const count of [1, 2]) {
      stream.write('a frame');
      expect(isReady()).toBe(false);
      await take();
      await take();
      expect([isReady(), readied()]).toEqual([true, count]);
    }
  });
});
