// The broker as the settings name it.
import type {BrokerOptions} from '../broker/broker-options.ts';
import {readAuthorities} from '../http/connection.ts';
import {SettingsError} from '../settings/settings-error.ts';
import type {BrokerSettings} from '../settings/testbed-settings.ts';

/** @throws SettingsError when the CA file cannot be read. */
export function brokerOptions(settings: BrokerSettings): BrokerOptions {
  const {host = 'localhost', port, user, password, hasTls, caFile} = settings;
  const tls = hasTls ? {ca: caFile === undefined ? undefined : trustedBy(caFile)} : undefined;
  return {host, port, user, password, tls};
}

function trustedBy(file: string): string {
  try {
    return readAuthorities(file);
  } catch (error) {
    throw new SettingsError(
      `the broker’s file of trusted certificates cannot be read: ${(error as Error).message}`,
      'export ACTIVEMQ_SSL_CA_CERTS=/path/full-chain.pem',
    );
  }
}
