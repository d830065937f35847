// The way to the monitor as the settings name it, and as they name it later, when what they were
// made from has changed.
import {readAuthorities} from '../http/connection.ts';
import {renewedFetch} from '../http/renewed-fetch.ts';
import type {RenewedAccess} from '../settings/access-renewal.ts';
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
    throw new SettingsError(unreadable(caFile, error), settingTable.caFile.remedy);
  }
}

/**
 * The same, with token, proxy and certificates read again after each refusal.
 * @param renewAccess reads `~/.env` again.
 * @param report is told in words what was found, each time something else.
 * @throws SettingsError when the CA file cannot be read at the start.
 */
export async function renewableTransport(
  access: MonitorAccess,
  renewAccess: () => RenewedAccess,
  report: (notes: readonly string[]) => void,
): Promise<Fetch> {
  const first = await monitorTransport(access);
  let used = access;
  let authorities = authoritiesOf(access);
  let reported = '';
  const reportOnce = (notes: readonly string[]) => {
    const text = notes.join('\n');
    if (text !== '' && text !== reported) report(notes);
    reported = text;
  };

  return renewedFetch(first, async () => {
    const {access: next, notes} = renewAccess();
    try {
      const found = authoritiesOf(next);
      const isNewText = found !== authorities && next.caFile === used.caFile;
      const isNew = found !== authorities || next !== used;
      const fetch = isNew ? await monitorTransport(next) : undefined;
      used = next;
      authorities = found;
      reportOnce(isNewText ? [...notes, `${next.caFile} has changed: it was read again`] : notes);
      return fetch;
    } catch (error) {
      const reason =
        error instanceof SettingsError ? error.message : unreadable(next.caFile, error);
      reportOnce([...notes, `${reason}; those before stay in use`]);
      return undefined;
    }
  });
}

const authoritiesOf = ({caFile, monitorUrl}: MonitorAccess): string | undefined =>
  caFile === undefined || !monitorUrl.startsWith('https:') ? undefined : readAuthorities(caFile);

function unreadable(caFile: string | undefined, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `the trusted certificates cannot be read from ${caFile}: ${reason}`;
}
