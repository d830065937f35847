// The way to the monitor as the settings name it.
import {settingTable} from '../settings/setting-table.ts';
import {SettingsError} from '../settings/settings-error.ts';
import type {MonitorAccess} from '../settings/testbed-settings.ts';
import type {Fetch} from '../wire/transport.ts';

/** @throws SettingsError when the CA file cannot be read. */
export async function monitorTransport(access: MonitorAccess): Promise<Fetch> {
  const {monitorUrl, token, caFile, proxy, noProxy} = access;
  // The HTTP client is large: it is loaded when there is somewhere to go.
  const {createTransport} = await import('../http/transport.ts');
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
      `the trusted certificates cannot be read from ${access.caFile}: ${reason}`,
      settingTable.caFile.remedy,
    );
  }
}
