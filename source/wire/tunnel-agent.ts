// Reaches one https origin through a tunnel that a proxy opens. Every failure to get a way through
// it is a ProxyError.
import * as https from 'node:https';
import type {Duplex} from 'node:stream';
import {openTunnel} from './tunnel.ts';

type Connected = (error: Error | null, socket?: Duplex | null) => void;

export class TunnelAgent extends https.Agent {
  readonly #proxy: URL;
  readonly #target: URL;
  readonly #trust: https.AgentOptions;

  /** `options` hold for the connection to the proxy, if it is an https one, and for the target's. */
  constructor(proxy: URL, target: URL, options: https.AgentOptions) {
    super(options);
    this.#proxy = proxy;
    this.#target = target;
    const {ca, allowPartialTrustChain} = options;
    this.#trust = {ca, allowPartialTrustChain};
  }

  override createConnection(options: https.RequestOptions, connected: Connected): undefined {
    openTunnel(this.#proxy, this.#target, this.#trust).then(
      socket =>
        connected(null, super.createConnection({...options, socket} as https.RequestOptions)),
      (error: Error) => connected(error),
    );
    return undefined;
  }
}
