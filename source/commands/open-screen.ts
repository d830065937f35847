// The screen on the operator's terminal: what the model knows is drawn, what is pressed acts. For
// whatever feeds the model, live or recorded.
import {routeOf} from '../clipboard-route.ts';
import type {MonitorModel} from '../model/monitor-model.ts';
import type {ViewSettings} from '../settings/settings.ts';
import {Attention} from '../terminal/attention.ts';
import {clipboardOf, copyToClipboard} from '../terminal/clipboard.ts';
import {holdWarnings} from '../terminal/held-warnings.ts';
import {readiness} from '../terminal/stalled.ts';
import {standStill} from '../terminal/suspend.ts';
import {TerminalInput} from '../terminal/terminal-input.ts';
import {mountScreen, sizeOf} from '../ui/mount-screen.tsx';
import {FrameScheduler} from '../ui/store/frame-scheduler.ts';
import {ScreenStore, type ScreenOptions} from '../ui/store/screen-store.ts';
import {makeTheme, setColourDepth} from '../ui/theme.ts';
import {writeFile} from './written-file.ts';

/** What is shown, and what the keys reach beyond the screen. */
export type ScreenActions = Pick<
  ScreenOptions,
  'about' | 'now' | 'emit' | 'setFilter' | 'reconnect' | 'replay' | 'quit'
>;

/** What is known, and how many alerts there were so far, for who does not look. */
export type WatchedModel = ScreenOptions['model'] & Pick<MonitorModel, 'alertsRaised'>;

export interface OpenScreen {
  readonly store: ScreenStore;
  /** The model has changed. */
  readonly changed: () => void;
  /** Rejects when the screen broke; resolves when it is closed. */
  readonly ended: Promise<unknown>;
  /** The terminal as it was. */
  readonly close: () => void;
}

/** Takes the terminal and shows the first frame. */
export function openScreen(
  settings: ViewSettings,
  model: WatchedModel,
  actions: ScreenActions,
): OpenScreen {
  const {stdout, stdin, stderr, env} = process;
  const route = routeOf(env);
  const isReady = readiness(stdout, () => scheduler.changed());
  setColourDepth(settings.depth);
  const store = new ScreenStore({
    ...actions,
    model,
    theme: makeTheme(settings),
    time: settings.time,
    scope: settings.namespace,
    keyTypes: settings.keys,
    size: sizeOf(stdout),
    isReady,
    copy: text => copyToClipboard(stdout, text, route),
    clipboard: clipboardOf(route),
    write: (name, text) => writeFile(name, text),
    redraw: () => screen.redraw(),
    suspend: () => void screen.suspend(standStill),
  });
  // What was recorded calls nobody.
  const attention = actions.replay ? undefined : new Attention(stdout, env['TERM']);
  const scheduler = new FrameScheduler({
    framesPerSecond: settings.fps,
    isReady,
    now: () => Date.now(),
    draw: () => {
      store.sample();
      attention?.update(model.snapshot(actions.now()), model.alertsRaised, store.view.isMuted);
    },
  });
  const releaseWarnings = holdWarnings(stderr);
  const input = new TerminalInput(stdin);
  const screen = mountScreen(store, {stdin: input, stdout});
  // Somebody stopped the process and let it go on: the terminal was another's meanwhile. What is
  // stopped does not learn its new size either, and Node looks when it gets this signal.
  const resumed = () => {
    screen.redraw();
    process.kill(process.pid, 'SIGWINCH');
  };
  process.on('SIGCONT', resumed);
  scheduler.start();
  return {
    store,
    changed: scheduler.changed,
    ended: screen.ended,
    close: () => {
      scheduler.stop();
      process.off('SIGCONT', resumed);
      attention?.end();
      screen.unmount();
      input.destroy();
      releaseWarnings();
    },
  };
}
