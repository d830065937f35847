// Live sessions that are recorded, and replays of what was recorded, both seen as text.
import {stripVTControlCharacters} from 'node:util';
import {Player} from '../../source/commands/player.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {findRecordings} from '../../source/recording/find-recordings.ts';
import type {Size} from '../../source/ui/store/layout.ts';
import {ScreenStore} from '../../source/ui/store/screen-store.ts';
import {makeTheme} from '../../source/ui/theme.ts';
import {readRecordedStream} from '../../source/testbed/recorded-stream.ts';
import {defaultThresholds} from '../../source/thresholds.ts';
import {eventually} from '../eventually.ts';
import {capturedStream} from '../fixtures/captured.ts';
import {delivery, messageOf, opening, start} from '../model/happenings.ts';
import {Taking} from '../recording/disk.ts';
import {about, draw, Session, type SessionOptions} from '../ui/session.ts';

/** What the operator saw live, and where it was recorded to. */
export async function recordedSession(
  events: readonly MonitorEvent[],
  options: SessionOptions = {},
): Promise<{readonly session: Session; readonly directory: string}> {
  const session = new Session(options);
  const taking = new Taking({});
  const [first, ...rest] = events;
  const happens = (event: MonitorEvent) => {
    taking.take([event]);
    session.hear([event]);
  };
  if (first) happens(first);
  taking.clock.pass(200);
  await eventually(() => {
    if (taking.told.length === 0) throw new Error('not recording yet');
  });
  session.hear(taking.told);
  for (const event of rest) happens(event);
  await taking.recorder.close();
  return {session, directory: taking.directory};
}

export class ReplaySession {
  readonly player: Player;
  readonly store: ScreenStore;
  /** The computer's time, ms. */
  wall = 5_000_000;
  readonly calls: string[] = [];

  constructor(
    paths: readonly string[],
    options: {
      readonly size?: Size;
      readonly speed?: number;
      readonly since?: number;
      readonly isAscii?: boolean;
    } = {},
  ) {
    const {size = {columns: 80, rows: 24}, speed = 1, since, isAscii = false} = options;
    const {files} = findRecordings(paths);
    const thresholds = defaultThresholds;
    this.player = new Player({files, thresholds, speed, since, wall: () => this.wall});
    this.store = new ScreenStore({
      model: this.player,
      now: () => this.player.now(),
      about,
      theme: makeTheme({isAscii, hasColour: false}),
      time: 'utc',
      scope: undefined,
      size,
      emit: event => this.player.apply(event),
      replay: this.player,
      setFilter: () => this.calls.push('filter'),
      reconnect: () => this.calls.push('reconnect'),
      clipboard: 'the terminal',
      copy: () => undefined,
      write: name => `./${name}`,
      redraw: () => undefined,
      suspend: () => undefined,
      quit: () => this.calls.push('quit'),
    });
  }

  /** Time passes, in frames of a tenth of a second. */
  pass(seconds: number): this {
    for (let frame = 0; frame < seconds * 10; frame += 1) {
      this.wall += 100;
      this.player.advance();
      this.store.sample();
    }
    return this;
  }

  press(...keys: readonly string[]): this {
    for (const key of keys) this.store.press(key);
    return this;
  }

  get rows(): readonly string[] {
    return draw(this.store.getState()).map(row => stripVTControlCharacters(row));
  }

  get text(): string {
    return `${this.rows.map(row => row.trimEnd()).join('\n')}\n`;
  }
}

/** The run of the real testbed as it was received. */
export function capturedRun(): readonly MonitorEvent[] {
  const messages = readRecordedStream(capturedStream());
  const first = messages[0]?.sentAt ?? start;
  return [
    ...opening(first - 2000),
    ...messages.map(({name, data, sentAt}) => ({
      kind: 'message' as const,
      at: sentAt + delivery,
      stream: 1,
      source: 'stream' as const,
      name,
      data,
      message: messageOf(name, data),
    })),
  ];
}
