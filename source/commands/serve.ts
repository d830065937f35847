// `swfmon serve`: a monitor of one's own, for development on one machine. Messages come from the
// broker, over HTTP, or from a simulated DAQ; what it does it tells on stderr.
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {counted} from '../counted.ts';
import {isLoopback} from '../settings/checks.ts';
import type {Flags} from '../settings/flag-table.ts';
import {SettingsError} from '../settings/settings-error.ts';
import {loadServeSettings, type ServeSettings} from '../settings/testbed-settings.ts';
import {startSimulation} from '../testbed/simulation.ts';
import {standalonePaths, startStandalone, type Standalone} from '../testbed/standalone.ts';
import type {SubscriberNews} from '../testbed/stream-hub.ts';
import {brokerOptions} from './broker-options.ts';
import {untilSignal} from './endings.ts';
import {output} from './output.ts';
import {readInputsAloud} from './read-inputs.ts';
import {sayer, type Say} from './say.ts';
import {takeFromBroker} from './take-from-broker.ts';

/** Exit status: 128 + n on the signal that ends it. */
export async function serve(flags: Flags): Promise<number> {
  const settings = loadServeSettings(await readInputsAloud(flags));
  const {broker, isSimulating} = settings;
  // Read before anything is started: a mistake in it ends the command.
  const options = broker && brokerOptions(broker);
  const say = sayer(settings.time);
  return untilSignal(async signal => {
    const standalone = await start(settings, say);
    const {monitor} = standalone;
    const simulation = isSimulating && startSimulation({monitor, seed: Date.now() % 1_000_000});
    const subscription =
      broker && options && (await takeFromBroker(options, broker.topic, standalone, say));
    if (!signal.aborted) await once(signal, 'abort');
    if (simulation) await simulation.stop();
    await subscription?.stop();
    await monitor.close();
    say(`ended; ${counted(monitor.published, 'message')} taken`);
    return 0;
  });
}

/** @throws SettingsError */
async function start(settings: ServeSettings, say: Say): Promise<Standalone> {
  const {host, port, basePath, token, tls} = settings;
  const made = token === undefined ? randomBytes(20).toString('hex') : undefined;
  const standalone = await startStandalone({
    host,
    port,
    basePath,
    token: token?.reveal() ?? made!,
    ...(tls && {tls: {cert: readPem('--tls-cert', tls.cert), key: readPem('--tls-key', tls.key)}}),
    onSubscriber: news => say(inWords(news)),
  }).catch((error: unknown) => {
    throw startError(error, settings);
  });
  announce(standalone, settings, made, say);
  return standalone;
}

/** The lines to paste on stdout, all else on stderr. @param made the token, where it was made here. */
function announce(
  {monitor}: Standalone,
  {broker, isSimulating}: ServeSettings,
  made: string | undefined,
  say: Say,
): void {
  const {url} = monitor;
  const exports = [
    `export SWF_MONITOR_PROD_URL=${url}`,
    ...(made === undefined ? [] : [`export SWF_API_TOKEN=${made}`]),
    'export SWF_SSE_RECEIVER_NAME=my-name',
  ];
  output.write(`${exports.join('\n')}\n`);
  say(`listening on ${url}: one machine, for development`);
  say('production is swf-monitor with its own ActiveMQ, Redis and Channels');
  if (url.startsWith('http:') && !isOwn(url)) say('without TLS the token travels in the open');
  say(`takes messages by POST ${url}/${standalonePaths.publish} from this machine`);
  if (!broker) say('no broker: ACTIVEMQ_HOST and --broker-host are not set');
  if (isSimulating) say('a simulated DAQ takes runs');
  say(
    `the token is ${made === undefined ? 'the one in SWF_API_TOKEN' : 'new, in the lines to paste'}`,
  );
}

const isOwn = (url: string): boolean => isLoopback(new URL(url).hostname);

function inWords({kind, client, open}: SubscriberNews): string {
  const {name, address, query, sent, dropped} = client;
  const now = `${counted(open, 'receiver')} now`;
  if (kind === 'came') return `${name} came from ${address}, asks for ${query || 'all'}; ${now}`;
  if (kind === 'slow') return `${name} reads too slowly: its oldest messages make room`;
  return `${name} left: ${sent} sent, ${dropped} dropped; ${now}`;
}

function readPem(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingsError(`${flag} cannot be read: ${(error as Error).message}`);
  }
}

/** Why it cannot listen, by the error's code. */
const listenErrors: Readonly<Record<string, (settings: ServeSettings) => SettingsError>> = {
  EADDRINUSE: ({port}) => new SettingsError(`port ${port} is taken`, 'swfmon serve --port 0'),
  EACCES: ({port}) => new SettingsError(`port ${port} needs more rights`, 'swfmon serve --port 0'),
  EADDRNOTAVAIL: ({host}) => new SettingsError(`--host ${host} is no address of this machine`),
  ENOTFOUND: ({host}) => new SettingsError(`--host ${host} is no name of this machine`),
};

function startError(error: unknown, settings: ServeSettings): unknown {
  const {code = '', message} = error as NodeJS.ErrnoException;
  if (listenErrors[code]) return listenErrors[code](settings);
  const isOfTls = /^ERR_(OSSL|SSL)|PEM/.test(code) || /PEM|key values mismatch/i.test(message);
  return isOfTls ? new SettingsError(`--tls-cert, --tls-key: ${message}`) : error;
}
