// The way to the monitor as the settings name it.
import {settingTable} from '../settings/setting-table.ts';
import {SettingsError} from '../settings/settings-error.ts';
import type {MonitorAccess} from '../settings/testbed-settings.ts';
import {createTransport, type Fetch} from '../wire/transport.ts';

/** @throws SettingsError when the CA file cannot be read. */
export async function monitorTransport(access: MonitorAccess): Promise<Fetch> {
  const {monitorUrl, token, caFile, proxy, noProxy} = access;
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
