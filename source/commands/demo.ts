// `swfmon demo`: a monitor inside the process with a simulated testbed, or a recorded stream, and
// the ordinary screen (or lines) connected to it over a real socket on this machine.
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import type {Flags} from '../settings/flag-table.ts';
import {demoSettings, SettingsError} from '../settings/settings.ts';
import {startMonitor, type TestbedMonitor} from '../testbed/monitor.ts';
import {playRecordedStream, readRecordedStream} from '../testbed/recorded-stream.ts';
import {startSimulation} from '../testbed/simulation.ts';
import {isTerminal, readInputs} from './read-inputs.ts';
import {show} from './show.ts';

/** The simulated runs go so many times faster than the testbed's: something happens at once. */
const speed = 2;

/** @param file a recorded response of the stream; undefined: simulated runs. */
export async function demo(file: string | undefined, flags: Flags): Promise<number> {
  const inputs = await readInputs(flags);
  const recording = file === undefined ? undefined : readRecording(file);
  const monitor = await startMonitor();
  const calledOff = new AbortController();
  const playing = play(monitor, recording, calledOff.signal);
  try {
    return await show(demoSettings(inputs, isTerminal(), monitor));
  } finally {
    calledOff.abort();
    await playing;
    await monitor.close();
  }
}

/** Begins once somebody listens, so that the first run is seen from its first message on. */
async function play(
  monitor: TestbedMonitor,
  recording: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  await monitor.firstClient(signal);
  if (signal.aborted) return;
  const source =
    recording === undefined
      ? startSimulation({monitor, speed, seed: Date.now() % 1_000_000})
      : playRecordedStream(monitor, recording);
  await once(signal, 'abort');
  await source.stop();
}

function readRecording(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    readRecordedStream(text);
    return text;
  } catch (error) {
    throw new SettingsError(`the recording cannot be read: ${(error as Error).message}`);
  }
}
