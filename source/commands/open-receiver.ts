// A receiver as the settings want it, on the real network and the real clock.
import {hostname} from 'node:os';
import type {MonitorEvent} from '../monitor-event.ts';
import {systemClock} from '../receiver/clock.ts';
import {Receiver} from '../receiver/receiver.ts';
import {defaultTimings} from '../receiver/timings.ts';
import {settingTable} from '../settings/setting-table.ts';
import {SettingsError, type Settings} from '../settings/settings.ts';
import type {StreamFilter} from '../wire/filter.ts';
import {createTransport, type Fetch} from '../wire/transport.ts';

/** @throws SettingsError when the CA file cannot be read. */
export async function openReceiver(
  settings: Settings,
  filter: StreamFilter,
  emit: (event: MonitorEvent) => void,
): Promise<Receiver> {
  const {monitorUrl, name, namespace} = settings;
  return new Receiver({
    base: monitorUrl,
    fetch: await transport(settings),
    filter,
    identity: settings.register
      ? {
          name,
          namespace,
          description: 'swfmon, terminal live monitor',
          hostname: hostname(),
          pid: process.pid,
        }
      : undefined,
    clock: systemClock,
    random: Math.random,
    timings: defaultTimings,
    emit,
  });
}

async function transport(settings: Settings): Promise<Fetch> {
  const {monitorUrl, token, caFile, proxy, noProxy} = settings;
  try {
    return await createTransport({
      origin: new URL(monitorUrl).origin,
      token,
      caFile,
      proxy,
      noProxy,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(
      `the file of trusted certificates cannot be read: ${reason}`,
      settingTable.caFile.remedy,
    );
  }
}
