// `swfmon send`: the testbed's test sender. One batch, or one after the other, over the broker;
// every message that the broker has taken is a line on stdout.
import {BrokerError} from '../broker/broker-error.ts';
import type {BrokerOptions} from '../broker/broker-options.ts';
import {openBrokerSession} from '../broker/broker-session.ts';
import type {Flags} from '../settings/flag-table.ts';
import {
  loadProbeSettings,
  loadSendSettings,
  type SendSettings,
} from '../settings/testbed-settings.ts';
import {pause} from '../testbed/pause.ts';
import type {JsonObject} from '../testbed/python-json.ts';
import {testBatch} from '../testbed/test-sender.ts';
import {readMessage} from '../wire/message.ts';
import {brokerOptions} from './broker-options.ts';
import {untilSignal} from './endings.ts';
import {messageLine} from './line-format.ts';
import {output} from './output.ts';
import {probe} from './probe.ts';
import {readInputsAloud} from './read-inputs.ts';
import {userName} from './user-name.ts';
import {writeError} from './write-error.ts';

/** Between the messages of a batch, ms. */
const beat = 1000;

/** Exit status: 0; 1 when the first batch, or the probe, does not get through; 128 + n on a signal. */
export async function send(flags: Flags): Promise<number> {
  const inputs = await readInputsAloud(flags);
  if (flags.probe === true) {
    const settings = loadProbeSettings(inputs);
    return untilSignal(signal => probe(settings, signal));
  }
  const settings = loadSendSettings(inputs);
  const broker = brokerOptions(settings.broker);
  return untilSignal(signal => sendBatches(settings, broker, signal));
}

/** Each batch over a connection of its own: nothing has to be kept up for the time between. */
async function sendBatches(
  settings: SendSettings,
  broker: BrokerOptions,
  signal: AbortSignal,
): Promise<number> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const isSent = await sendBatch(settings, broker, signal);
    if (settings.isOneshot || (isFirst && !isSent)) return isSent ? 0 : 1;
    await pause(settings.interval * 1000, signal);
  }
  return 0;
}

async function sendBatch(
  settings: SendSettings,
  broker: BrokerOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const batch = testBatch(settings.namespace, userName(), process.pid);
  try {
    const session = await openBrokerSession(broker, signal);
    try {
      for (const [index, message] of batch.entries()) {
        if (index > 0) await pause(beat, signal);
        await session.send(settings.broker.topic, JSON.stringify(message));
        output.write(`${lineOf(message, settings)}\n`);
      }
    } finally {
      await session.close();
    }
    return true;
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    if (!signal.aborted) writeError(error, `broker ${broker.host}:${broker.port}: `);
    return false;
  }
}

function lineOf(message: JsonObject, {isJson, time}: SendSettings): string {
  if (isJson) return JSON.stringify(message);
  return messageLine(readMessage(message, ''), Date.now(), time === 'age' ? 'local' : time);
}
