// The screen on the operator's terminal: what the model knows is painted, what is pressed acts. For
// whatever feeds the model, live or recorded.
import {routeOf} from '../clipboard-route.ts';
import type {MonitorModel} from '../model/monitor-model.ts';
import {ScreenStore, type ScreenOptions} from '../screen/screen-store.ts';
import {makeTheme} from '../screen/theme.ts';
import type {ViewSettings} from '../settings/settings.ts';
import {Attention} from '../terminal/attention.ts';
import {clipboardOf, copyToClipboard} from '../terminal/clipboard.ts';
import {FrameRate} from '../terminal/frame-rate.ts';
import {FullScreen} from '../terminal/full-screen.ts';
import {holdWarnings} from '../terminal/held-warnings.ts';
import type {Keyboard} from '../terminal/keyboard.tsx';
import {standStill} from '../terminal/suspend.ts';
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
  /** The keyboard, once it is there; rejects when it broke. */
  readonly listen: () => Promise<void>;
  /** The terminal as it was. */
  readonly close: () => void;
}

/** Takes the terminal and shows the first frame; keys are heard from `listen` on. */
export function openScreen(
  settings: ViewSettings,
  model: WatchedModel,
  actions: ScreenActions,
): OpenScreen {
  const {stdout, stdin, stderr, env} = process;
  const route = routeOf(env);
  const store = new ScreenStore({
    ...actions,
    model,
    theme: makeTheme(settings),
    time: settings.time,
    scope: settings.namespace,
    keyTypes: settings.keys,
    size: sizeOf(stdout),
    copy: text => copyToClipboard(stdout, text, route),
    clipboard: clipboardOf(route),
    write: (name, text) => writeFile(name, text),
    repaint: () => screen.repaint(),
    suspend: () => void suspend(),
  });
  const screen = new FullScreen(stdout, () => store.frame);
  // What was recorded calls nobody.
  const attention = actions.replay ? undefined : new Attention(stdout, env['TERM']);
  let keyboard: Keyboard | undefined;
  const rate = new FrameRate(settings.fps, () => {
    if (!screen.isReady) return;
    store.sample();
    // Before the frame, which the terminal can take its time for.
    attention?.update(model.snapshot(actions.now()), model.alertsRaised, store.view.isMuted);
    screen.paint();
  });
  const suspend = async () => {
    await keyboard?.suspend(async () => {
      screen.close();
      await standStill();
      screen.open();
    });
  };
  const resized = () => {
    store.resize(sizeOf(stdout));
    screen.repaint();
  };
  const releaseWarnings = holdWarnings(stderr);
  // Keys that are pressed before they are heard wait unseen.
  stdin.setRawMode(true);
  stdout.on('resize', resized);
  // The terminal reads again.
  stdout.on('drain', rate.changed);
  // Somebody stopped the process and let it go on: the terminal was another's meanwhile. What is
  // stopped is not told of its new size either, and Node looks when it hears this signal.
  const wentOn = () => {
    screen.repaint();
    process.kill(process.pid, 'SIGWINCH');
  };
  process.on('SIGCONT', wentOn);
  screen.open();
  return {
    store,
    changed: rate.changed,
    listen: async () => {
      const {openKeyboard} = await import('../terminal/keyboard.tsx');
      const act = (what: () => void) => {
        what();
        queueMicrotask(() => screen.paint());
      };
      keyboard = openKeyboard(stdin, {
        press: key => act(() => store.press(key)),
        paste: text => act(() => store.paste(text)),
      });
      await keyboard.ended;
    },
    close: () => {
      rate.stop();
      stdout.off('resize', resized);
      stdout.off('drain', rate.changed);
      process.off('SIGCONT', wentOn);
      keyboard?.close();
      stdin.setRawMode(false);
      attention?.end();
      screen.close();
      releaseWarnings();
    },
  };
}

function sizeOf({columns, rows}: NodeJS.WriteStream): {columns: number; rows: number} {
  return {columns: columns || 80, rows: rows || 24};
}
