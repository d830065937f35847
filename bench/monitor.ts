// Handle on the benchmarks' server process.
import {fork, type ChildProcess} from 'node:child_process';
import type {Answer, Command} from './monitor-commands.ts';

export class BenchMonitor {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;
  url = '';

  private constructor() {
    this.#child = fork(new URL('monitor-process.ts', import.meta.url));
    this.#child.on('message', message => {
      const {id, ...answer} = message as Answer & {readonly id: number};
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    });
  }

  static async start(): Promise<BenchMonitor> {
    const monitor = new BenchMonitor();
    const {port} = await monitor.#ask({kind: 'listen'});
    monitor.url = `http://127.0.0.1:${port}/swf-monitor`;
    return monitor;
  }

  /** Resolves when a receiver has opened a stream since the last call. */
  async stream(): Promise<void> {
    await this.#ask({kind: 'stream'});
  }

  async prepare(count: number): Promise<void> {
    await this.#ask({kind: 'prepare', count});
  }

  /** Sends prepared messages at full speed and ends the stream. */
  async flood(count: number): Promise<void> {
    await this.#ask({kind: 'flood', count});
  }

  /** Sends at this rate; resolves when the last one is sent. */
  async pace(perSecond: number, count: number, isTimeShown = false): Promise<void> {
    await this.#ask({kind: 'pace', perSecond, count, isTimeShown});
  }

  /** Sends what was prepared over and over, at this rate or as fast as the reader takes it. */
  async pour(perSecond: number, count: number): Promise<void> {
    await this.#ask({kind: 'pour', perSecond, count});
  }

  stop(): void {
    this.#child.kill();
  }

  #ask(command: Command): Promise<Answer> {
    this.#asked += 1;
    const id = this.#asked;
    this.#child.send({id, command});
    return new Promise(resolve => this.#waiting.set(id, resolve));
  }
}
