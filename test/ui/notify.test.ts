// Whom the store notifies, and when: components read the same state until it has changed.
import {describe, expect, it, onTestFinished} from 'vitest';
import {received} from '../model/happenings.ts';
import {later, twoRuns} from './scenes.ts';
import {Session} from './session.ts';

function watched() {
  const session = new Session().hear(twoRuns());
  let count = 0;
  const unsubscribe = session.store.subscribe(() => (count += 1));
  onTestFinished(unsubscribe);
  session.store.getState();
  /** How often `act` notifies. */
  const notices = (act: () => unknown) => {
    const before = count;
    act();
    return count - before;
  };
  return {session, store: session.store, unsubscribe, notices};
}

const message = () => received({msg_type: 'sse_test'}, later(36));

describe('the state', () => {
  it('is the same object until something has changed', () => {
    const {session, store} = watched();
    const state = store.getState();
    expect(store.getState()).toBe(state);
    session.wait(0.1);
    expect(store.getState()).toBe(state);
    session.press('up');
    const next = store.getState();
    expect(next).not.toBe(state);
    expect(store.getState()).toBe(next);
  });

  it('is not of the messages that came since it was sampled', () => {
    const {session, store} = watched();
    const state = store.getState();
    session.model.apply(message());
    expect(store.getState()).toBe(state);
    store.sample();
    expect(store.getState()).not.toBe(state);
  });

  it('is the new one when its listeners are notified', () => {
    const {session, store} = watched();
    const {focus} = store.view;
    let seen = focus;
    onTestFinished(store.subscribe(() => (seen = store.getState().view.focus)));
    session.press('tab');
    expect(seen).not.toBe(focus);
    expect(seen).toBe(store.view.focus);
  });
});

describe('listeners are notified', () => {
  it('once for a key, at once, also for one that does nothing', () => {
    const {session, notices} = watched();
    expect(notices(() => session.press('up'))).toBe(1);
    expect(notices(() => session.press('y'))).toBe(1);
    expect(notices(() => session.press('1'))).toBe(1);
    expect(notices(() => session.store.paste('x'))).toBe(1);
  });

  it('once for all messages of a sample, and not again', () => {
    const {session, store, notices} = watched();
    expect(notices(() => session.hear([message(), message(), message()]))).toBe(1);
    store.getState();
    expect(notices(() => store.sample())).toBe(0);
  });

  it('by no message itself', () => {
    const {session, notices} = watched();
    expect(notices(() => session.model.apply(message()))).toBe(0);
  });

  it('once when the second has turned, and not within it', () => {
    const {session, store, notices} = watched();
    expect(notices(() => session.wait(0.2).wait(0.2))).toBe(0);
    expect(notices(() => session.wait(0.6))).toBe(1);
    store.getState();
    expect(notices(() => session.wait(0.2))).toBe(0);
  });

  it('of a new size, and not of the same', () => {
    const {session, notices} = watched();
    expect(notices(() => session.resize({columns: 90, rows: 24}))).toBe(1);
    expect(notices(() => session.resize({columns: 90, rows: 24}))).toBe(0);
  });

  it('while they are subscribed, each of them', () => {
    const {session, store, unsubscribe, notices} = watched();
    let other = 0;
    onTestFinished(store.subscribe(() => (other += 1)));
    expect(notices(() => session.press('up'))).toBe(1);
    unsubscribe();
    expect(notices(() => session.press('up'))).toBe(0);
    expect(other).toBe(2);
  });
});

describe('while the terminal does not read', () => {
  it('nobody is notified, and once of all that has changed when it does', () => {
    const {session, store, notices} = watched();
    session.isReady = false;
    expect(
      notices(() =>
        session.press('tab', '?').wait(3).hear([message()]).resize({columns: 90, rows: 24}),
      ),
    ).toBe(0);
    session.isReady = true;
    expect(notices(() => store.sample())).toBe(1);
    expect(store.getState().view.overlay?.kind).toBe('help');
    expect(notices(() => store.sample())).toBe(0);
  });

  it('a key that is pressed once it reads again brings what was kept back', () => {
    const {session, store, notices} = watched();
    session.isReady = false;
    session.press('tab');
    session.isReady = true;
    expect(notices(() => session.press('?'))).toBe(1);
    expect(store.getState().view.focus).toBe('connection');
    expect(notices(() => store.sample())).toBe(0);
  });
});
