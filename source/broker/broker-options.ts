// Where the broker is and who asks: what every connection to it is made with.
import type {Secret} from '../wire/secret.ts';

export interface BrokerOptions {
  readonly host: string;
  /** Of its STOMP connector. */
  readonly port: number;
  readonly user: string;
  readonly password: Secret;
  /** STOMP inside TLS; `ca` is PEM and replaces the built-in authorities. */
  readonly tls: {readonly ca: string | undefined} | undefined;
  /** How long it may take to answer, ms. Default: 10,000. */
  readonly patience?: number;
}

export const defaultPatience = 10_000;
