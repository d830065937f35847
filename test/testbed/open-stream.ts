// A bare client of the stream for the testbed's tests: reads everything, interprets little.
import {get as getHttp, type IncomingHttpHeaders, type IncomingMessage} from 'node:http';
import type {TestbedMonitor} from '../../source/testbed/monitor.ts';

export interface ReceivedEvent {
  readonly name: string;
  readonly data: string;
}

export interface ReceivedStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The whole body so far. */
  text(): string;
  events(): ReceivedEvent[];
  /** Events without `connected` and heartbeats. */
  messages(): ReceivedEvent[];
  ended(): boolean;
  pause(): void;
  resume(): void;
  close(): void;
}

export async function openStream(monitor: TestbedMonitor, query = ''): Promise<ReceivedStream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    getHttp(
      `${monitor.url}/api/messages/stream/${query}`,
      {headers: {authorization: `Token ${monitor.token}`}, agent: false},
      resolve,
    ).on('error', reject);
  });
  let text = '';
  let ended = false;
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => (text += chunk));
  response.on('error', () => undefined); // an end without a last chunk is one of the cases
  response.on('close', () => (ended = true));
  const events = () =>
    text
      .split('\n\n')
      .slice(0, -1)
      .map(event => {
        const [, name = '', data = ''] = /^event: ([^]*)\ndata: (.*)$/.exec(event) ?? [];
        return {name, data};
      });
  return {
    status: response.statusCode!,
    headers: response.headers,
    text: () => text,
    events,
    messages: () => events().filter(({name}) => name !== 'connected' && name !== 'heartbeat'),
    ended: () => ended,
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    close: () => void response.destroy(),
  };
}
