// A command in a pseudo-terminal, seen through a terminal emulator, with the time at
// which its bytes came.
import {spawn, type IPty} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import type {BenchMonitor} from './monitor.ts';
import {monotonicNow} from './measure.ts';
import {bareEnvironment, environmentFor, program} from './program.ts';

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export const middleSize: TerminalSize = {columns: 120, rows: 40};
export const largeSize: TerminalSize = {columns: 200, rows: 60};

/** How long anything may take to show. */
const timeoutMs = 60_000;

export class BenchTerminal {
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  readonly #pty: IPty;
  readonly #watchers = new Set<(at: number) => void>();
  readonly startedAt = monotonicNow();
  readonly ended: Promise<void>;
  /** What was written to the terminal. */
  bytes = 0;
  frames = 0;

  constructor(
    command: string,
    args: readonly string[],
    env: Record<string, string | undefined>,
    {columns, rows}: TerminalSize = middleSize,
  ) {
    this.#terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
    this.#pty = spawn(command, [...args], {name: 'xterm-256color', cols: columns, rows, env});
    this.#pty.onData(data => {
      const at = monotonicNow();
      this.bytes += Buffer.byteLength(data);
      this.frames += data.split(frameStart).length - 1;
      this.#terminal.write(data, () => {
        for (const watcher of this.#watchers) watcher(at);
      });
    });
    this.ended = new Promise(resolve => {
      this.#pty.onExit(() => resolve());
    });
  }

  static watch(monitor: BenchMonitor, size: TerminalSize = middleSize): BenchTerminal {
    return new BenchTerminal(process.execPath, [program], environmentFor(monitor), size);
  }

  static bare(command: string, ...args: readonly string[]): BenchTerminal {
    return new BenchTerminal(command, args, bareEnvironment);
  }

  get pid(): number {
    return this.#pty.pid;
  }

  screen(): string {
    const buffer = this.#terminal.buffer.active;
    return Array.from(
      {length: this.#terminal.rows},
      (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '',
    ).join('\n');
  }

  /** The time, ms, at which the bytes came that made the screen pass. */
  async sees(what: string, passes = (screen: string) => screen.includes(what)): Promise<number> {
    if (passes(this.screen())) return monotonicNow();
    const seen = Promise.withResolvers<number>();
    const watcher = (at: number) => {
      if (passes(this.screen())) seen.resolve(at);
    };
    const giveUp = setTimeout(
      () => seen.reject(new Error(`not on the screen: ${what}\n${this.screen()}`)),
      timeoutMs,
    );
    this.#watchers.add(watcher);
    try {
      return await seen.promise;
    } finally {
      clearTimeout(giveUp);
      this.#watchers.delete(watcher);
    }
  }

  /** Calls `watcher` with the time, ms, whenever the screen has changed; the answer ends it. */
  onChange(watcher: (at: number) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  press(keys: string): void {
    this.#pty.write(keys);
  }

  async end(): Promise<void> {
    this.#pty.kill('SIGKILL');
    await this.ended;
  }
}

/** What stands before each frame: an update that terminals may show at once. */
const frameStart = '\u001b[?2026h';
