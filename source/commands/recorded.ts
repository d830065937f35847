// Records what happens, where the settings want it, and passes it on.
import {existsSync, mkdirSync, mkdtempSync, rmdirSync} from 'node:fs';
import * as fs from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {MonitorEvent} from '../monitor-event.ts';
import {systemClock} from '../receiver/clock.ts';
import {Recorder} from '../recording/recorder.ts';
import {limitsFor, seriesName} from '../recording/series.ts';
import {SettingsError} from '../settings/settings-error.ts';
import type {Settings} from '../settings/settings.ts';

type Emit = (event: MonitorEvent) => void;

const megabyte = 1_000_000;

export interface Recorded {
  readonly emit: Emit;
  /** The last event has come: what waits is written. */
  readonly close: () => Promise<void>;
}

/**
 * Fails at once, for hours that nobody records cannot be had again. A full disk is no reason: the recorder
 * makes room, and tries again.
 * @throws SettingsError when nothing can be written there.
 */
function assertWritable(directory: string): void {
  try {
    makeDirectory(directory);
    rmdirSync(mkdtempSync(join(directory, '.swfmon-')));
  } catch (error) {
    const {code = '', message} = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') return;
    throw new SettingsError(`nothing can be recorded to ${directory}: ${message}`);
  }
}

/** With those above it. Node's own way to do that never ends where nothing can be made, as below /proc. */
function makeDirectory(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error;
    makeDirectory(dirname(path));
    mkdirSync(path);
  }
}

/** @param emit hears all that is recorded, and of the recording itself. @throws SettingsError when nothing can be written there. */
export function recorded(settings: Settings, emit: Emit): Recorded {
  const {record: directory, recordTotal, monitorUrl, name, register} = settings;
  if (directory === undefined) return {emit, close: () => Promise.resolve()};
  assertWritable(directory);
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
