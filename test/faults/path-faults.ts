// The way to the monitor: connections, TLS, names, proxies.
import {lookup} from 'node:dns/promises';
import {onTestFinished} from 'vitest';
import {createAuthority, type Certificate} from '../wire/certificates.ts';
import {startProxy} from '../wire/connect-proxy.ts';
import {startFaultProxy, type FaultProxy} from './fault-proxy.ts';
import {checkUrl, toxic, type Fault} from './fault.ts';
import type {Setting} from './trial.ts';

const here = 'IP:127.0.0.1,DNS:localhost';
const goOn: Pick<Fault, 'isFirst' | 'words'> = {isFirst: true, words: ['RETRYING']};

function authority() {
  const made = createAuthority();
  onTestFinished(() => made.remove());
  return made;
}

/** A certificate that is not accepted, until the server gets a right one. */
function certificate(
  name: string,
  sign: (ours: ReturnType<typeof authority>) => Certificate,
  [reason, remedy]: readonly [string, string?],
): Fault {
  let right: Certificate | undefined;
  return {
    name,
    note: 'until the server has a right one; REQUESTS_CA_BUNDLE is set',
    ...goOn,
    setting: () => {
      const ours = authority();
      right = ours.sign(here);
      return {transport: {caFile: ours.caFile}, monitor: {tls: sign(ours)}};
    },
    says: {word: 'RETRYING', reason, remedy},
    heal: trial => trial.replaceMonitor({tls: right!}),
  };
}

/** An https monitor behind a CONNECT proxy, and the way to that. */
async function behind(
  demands: Parameters<typeof startProxy>[0],
): Promise<{front: FaultProxy; setting: Setting}> {
  const ours = authority();
  const proxy = await startProxy(demands);
  const front = await startFaultProxy(proxy.port);
  const transport = {caFile: ours.caFile, proxy: `http://127.0.0.1:${front.port}`};
  return {front, setting: {transport, monitor: {tls: ours.sign(here)}}};
}

function forwardProxy(
  name: string,
  note: string,
  [reason, remedy]: readonly [string, string],
  parts: {
    readonly demands?: Parameters<typeof startProxy>[0];
    readonly spoil?: (front: FaultProxy) => Promise<void>;
    readonly mend: (front: FaultProxy) => Promise<void>;
  },
): Fault {
  let front: FaultProxy | undefined;
  return {
    name,
    note,
    ...goOn,
    setting: async () => {
      const way = await behind(parts.demands);
      front = way.front;
      await parts.spoil?.(front);
      return way.setting;
    },
    says: {word: 'RETRYING', reason, remedy},
    heal: () => parts.mend(front!),
  };
}

/** The error of a name that nobody knows; offline it is the name server that does not answer. */
async function lookUp(host: string): Promise<never> {
  const error: unknown = await lookup(host).catch((thrown: unknown) => thrown);
  const isUnknown = error instanceof Error && 'code' in error && error.code === 'ENOTFOUND';
  const cause = isUnknown ? error : Object.assign(new Error(host), {code: 'ENOTFOUND'});
  throw new TypeError('fetch failed', {cause});
}

const unknownName = (): Fault => {
  let isKnown = false;
  return {
    name: 'host name not found',
    note: 'a host under .invalid is looked up, as long as the name is not known',
    ...goOn,
    setting: {
      fetch: known => (url, init) => (isKnown ? known(url, init) : lookUp('monitor.invalid')),
    },
    says: {word: 'RETRYING', reason: 'host name not found', remedy: checkUrl},
    heal: () => {
      isKnown = true;
    },
  };
};

const refusal = 'nothing listens there: is the monitor up, the URL right?';

export const pathFaults: readonly Fault[] = [
  toxic(
    'connection refused',
    {type: 'down'},
    {
      note: 'the server is gone, port and all',
      words: ['LIVE', 'RETRYING'],
      says: {word: 'RETRYING', reason: 'connection refused', remedy: refusal},
    },
  ),
  toxic(
    'reset before the answer',
    {type: 'reset_peer', after: 0},
    {
      note: 'RST in place of the headers',
      words: ['LIVE', 'RETRYING'],
      strike: async trial => {
        trial.monitor.endStreams();
        await trial.proxy.poison({type: 'reset_peer', after: 0});
      },
      says: {word: 'RETRYING', reason: 'connection reset by the other side'},
    },
  ),
  unknownName(),
  certificate('certificate of an unknown authority', () => authority().sign(here), [
    'certificate of an unknown authority',
    'set REQUESTS_CA_BUNDLE to the file with the full certificate chain',
  ]),
  certificate('certificate that has expired', ours => ours.sign(here, -1), [
    'certificate has expired',
  ]),
  certificate('certificate for another host', ours => ours.sign('DNS:elsewhere.example'), [
    'certificate is for another host',
    checkUrl,
  ]),
  forwardProxy(
    'forward proxy down',
    'HTTPS_PROXY names a port on which nothing listens',
    ['no connection to the proxy 127.0.0.1:… (connection refused)', 'check HTTPS_PROXY'],
    {spoil: front => front.poison({type: 'down'}), mend: front => front.heal()},
  ),
  forwardProxy(
    'forward proxy demands credentials',
    '407 to CONNECT, until one answers that asks for none',
    ['the proxy 127.0.0.1:… demands credentials (HTTP 407)', 'put user:password into HTTPS_PROXY'],
    {
      demands: {credentials: 'user:password'},
      mend: async front => {
        front.upstream = (await startProxy()).port;
      },
    },
  ),
  forwardProxy(
    'forward proxy without a way to the monitor',
    '502 to CONNECT, until one answers that has a way',
    [
      'the proxy 127.0.0.1:… does not reach the monitor (HTTP 502)',
      'is the monitor up, SWF_MONITOR_PROD_URL right?',
    ],
    {
      demands: {refusal: '502 Bad Gateway'},
      mend: async front => {
        front.upstream = (await startProxy()).port;
      },
    },
  ),
];
