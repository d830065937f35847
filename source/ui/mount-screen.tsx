// Puts the screen on the terminal: Ink draws it on the alternate screen and gives the terminal back.
import {render, type RenderOptions, type SuspendTerminal} from 'ink';
import {App} from './components/App.tsx';
import type {Size} from './store/layout.ts';
import type {ScreenStore} from './store/screen-store.ts';

export interface MountedScreen {
  /** Hands the terminal to somebody else until `meanwhile` ends, then draws all of the screen. */
  readonly suspend: (meanwhile: () => Promise<void>) => Promise<void>;
  /** Draws all of the screen on an empty one: something else may have written there. */
  readonly redraw: () => void;
  /** Resolves once what there is to draw has been written. */
  readonly flushed: () => Promise<void>;
  /** Rejects when the screen broke; resolves when it was unmounted. */
  readonly ended: Promise<unknown>;
  readonly unmount: () => void;
}

export interface TerminalStreams {
  /** A terminal: it is in raw mode while the screen is mounted. */
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WriteStream;
}

const options = {
  alternateScreen: true,
  incrementalRendering: true,
  // Also where CI is set: who wants lines has them from the settings.
  interactive: true,
  exitOnCtrlC: false,
  patchConsole: false,
  // The frame scheduler decides when a frame is due; Ink's own limit would only delay keys.
  maxFps: 60,
} as const satisfies RenderOptions;

export function mountScreen(store: ScreenStore, {stdin, stdout}: TerminalStreams): MountedScreen {
  let suspendTerminal: SuspendTerminal | undefined;
  const onTerminal = (suspend: SuspendTerminal) => {
    suspendTerminal = suspend;
  };
  // Ink draws from the cursor on, which terminals leave where it is when they change screens.
  const toFirstColumn = () => stdout.write('\r');
  toFirstColumn();
  const instance = render(<App store={store} onTerminal={onTerminal} />, {
    ...options,
    stdin,
    stdout,
  });
  let suspension: Promise<void> | undefined;
  let wantsRedraw = false;
  const suspend = async (meanwhile: () => Promise<void>): Promise<void> => {
    suspension ??= handOver(meanwhile).finally(() => {
      suspension = undefined;
    });
    await suspension;
  };
  const handOver = async (meanwhile: () => Promise<void>): Promise<void> => {
    await suspendTerminal?.(async () => {
      await meanwhile();
      toFirstColumn();
    });
    if (!wantsRedraw) return;
    wantsRedraw = false;
    await handOver(comeBack);
  };
  // Leaving the alternate screen and coming back empties it, whatever is on it.
  const comeBack = async () => undefined;
  const redraw = (): void => {
    if (suspension) wantsRedraw = true;
    else void suspend(comeBack);
  };
  // Terminals keep, cut or move what was there in ways of their own when their size changes.
  const resized = () => {
    store.resize(sizeOf(stdout));
    redraw();
  };
  stdout.on('resize', resized);
  return {
    suspend,
    redraw,
    flushed: async () => {
      await suspension;
      await instance.waitUntilRenderFlush();
    },
    ended: instance.waitUntilExit(),
    unmount: () => {
      stdout.off('resize', resized);
      instance.unmount();
    },
  };
}

/** @returns the terminal's size, or the usual one where it does not say. */
export function sizeOf({columns, rows}: NodeJS.WriteStream): Size {
  return {columns: columns || 80, rows: rows || 24};
}
