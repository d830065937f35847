// A receiver as the settings want it, on the real network and the real clock.
import {hostname} from 'node:os';
import type {MonitorEvent} from '../monitor-event.ts';
import {systemClock} from '../receiver/clock.ts';
import {Receiver} from '../receiver/receiver.ts';
import {defaultTimings} from '../receiver/timings.ts';
import type {Settings} from '../settings/settings.ts';
import type {StreamFilter} from '../wire/filter.ts';
import {monitorTransport, renewableTransport} from './monitor-transport.ts';

/** @throws SettingsError when the CA file cannot be read. */
export async function openReceiver(
  settings: Settings,
  filter: StreamFilter,
  emit: (event: MonitorEvent) => void,
): Promise<Receiver> {
  const {monitorUrl, name, namespace, renewAccess, warnings = []} = settings;
  const clock = systemClock;
  for (const text of warnings) emit({kind: 'settings-warning', at: clock.now(), text});
  const report = (notes: readonly string[]) =>
    emit({kind: 'access-renewed', at: clock.now(), notes});
  return new Receiver({
    base: monitorUrl,
    fetch: await (renewAccess
      ? renewableTransport(settings, renewAccess, report)
      : monitorTransport(settings)),
    filter,
    namespace,
    identity: settings.register
      ? {
          name,
          namespace,
          description: 'swfmon, terminal live monitor',
          hostname: hostname(),
          pid: process.pid,
        }
      : undefined,
    clock,
    random: Math.random,
    timings: defaultTimings,
    emit,
  });
}
