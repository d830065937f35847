// The real command in a real pseudo-terminal, seen through a terminal emulator: what a person sees
// and types.
import {spawn, type IPty} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {eventually} from '../eventually.ts';

const program = new URL('../../bin/swfmon.js', import.meta.url).pathname;

export interface SessionOptions {
  /** In place of swfmon. */
  readonly program?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where the program is started. */
  readonly directory?: string;
  readonly columns?: number;
  readonly rows?: number;
}

export class PtySession {
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  readonly #pty: IPty;
  /** Everything that was written to the terminal. */
  output = '';
  /** The terminal's title; it has one of its own before the program starts. */
  title = 'shell';
  /** How often the bell rang. */
  bells = 0;
  /** How the program ended; undefined while it runs. */
  ended: {readonly exitCode: number; readonly signal: number | undefined} | undefined;

  constructor(options: SessionOptions = {}) {
    const {args = [], env = {}, columns = 80, rows = 24, directory} = options;
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      windowOptions: {pushTitle: true, popTitle: true},
    });
    this.#terminal.onTitleChange(title => {
      this.title = title;
    });
    this.#terminal.onBell(() => {
      this.bells += 1;
    });
    this.#terminal.write(`\u001b]2;${this.title}\u0007`);
    const [file, ...before] =
      options.program === undefined ? [process.execPath, program] : [options.program];
    this.#pty = spawn(file, [...before, ...args], {
      name: env['TERM'] ?? 'xterm-256color',
      cols: columns,
      rows,
      ...(directory === undefined ? {} : {cwd: directory}),
      env: {
        PATH: process.env['PATH'],
        HOME: '/nonexistent',
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        ...env,
      },
    });
    this.#pty.onData(data => {
      this.output += data;
      this.#terminal.write(data);
    });
    this.#pty.onExit(({exitCode, signal}) => {
      this.ended = {exitCode, signal};
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** The rows that are on the screen now. */
  rows(): readonly string[] {
    const buffer = this.#terminal.buffer.active;
    return Array.from(
      {length: this.#terminal.rows},
      (_, index) => buffer.getLine(buffer.viewportY + index)?.translateToString(true) ?? '',
    );
  }

  screen(): string {
    return this.rows().join('\n');
  }

  /** Whether the alternate screen is on. */
  isAlternate(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  press(keys: string): void {
    this.#pty.write(keys);
  }

  /** Esc as a person presses it: with a key right behind it, it would be that key with Alt. */
  async pressEsc(): Promise<void> {
    this.press('\u001b');
    await new Promise(resolve => setTimeout(resolve, 400));
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** The terminal stops reading, as after Ctrl-S. */
  pause(): void {
    this.#pty.pause();
  }

  resume(): void {
    this.#pty.resume();
  }

  /** The terminal is gone: its window was closed, its connection cut. */
  hangUp(): void {
    (this.#pty as IPty & {destroy(): void}).destroy();
  }

  signal(signal: string): void {
    this.#pty.kill(signal);
  }

  /** Waits until the screen shows this. */
  async sees(expected: string | RegExp): Promise<void> {
    await eventually(() => {
      const screen = this.screen();
      const isThere =
        typeof expected === 'string' ? screen.includes(expected) : expected.test(screen);
      if (!isThere) throw new Error(`not on the screen: ${String(expected)}\n${screen}`);
    });
  }

  async end(): Promise<{readonly exitCode: number; readonly signal: number | undefined}> {
    await eventually(() => {
      if (!this.ended) throw new Error(`still running\n${this.screen()}`);
    });
    return this.ended!;
  }

  /** Ends the program if a test left it running. */
  dispose(): void {
    if (!this.ended) this.#pty.kill('SIGKILL');
  }
}
