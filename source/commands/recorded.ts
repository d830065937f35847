// Records what happens, where the settings want it, and passes it on.
import * as fs from 'node:fs/promises';
import type {MonitorEvent} from '../monitor-event.ts';
import {systemClock} from '../receiver/clock.ts';
import {Recorder} from '../recording/recorder.ts';
import {limitsFor, seriesName} from '../recording/series.ts';
import type {Settings} from '../settings/settings.ts';

type Emit = (event: MonitorEvent) => void;

const megabyte = 1_000_000;

export interface Recorded {
  readonly emit: Emit;
  /** The last event has come: what waits is written. */
  readonly close: () => Promise<void>;
}

/** @param emit hears all that is recorded, and of the recording itself. */
export function recorded(settings: Settings, emit: Emit): Recorded {
  const {record: directory, recordTotal, monitorUrl, name, register} = settings;
  if (directory === undefined) return {emit, close: () => Promise.resolve()};
  // Who never hears of anything leaves no file.
  let recorder: Recorder | undefined;
  const open = () =>
    new Recorder({
      directory,
      series: seriesName(Date.now(), process.pid),
      about: {monitor: monitorUrl, receiver: name, registers: register},
      limits: limitsFor(recordTotal * megabyte),
      fs,
      clock: systemClock,
      tell: emit,
    });
  return {
    emit: event => {
      recorder ??= open();
      recorder.record(event);
      emit(event);
    },
    close: async () => {
      const lost = (await recorder?.close()) ?? 0;
      if (lost > 0) process.stderr.write(`swfmon: the last ${lost} events are not recorded\n`);
    },
  };
}
