// What happens to the bytes of a stream on their way.
import type {ServerResponse} from 'node:http';
import {onTestFinished} from 'vitest';
import {noEventFailure} from '../../source/wire/failure.ts';
import {eventually} from '../eventually.ts';
import {harmless, openStream, toxic, type Fault, verify} from './fault.ts';
import type {Trial} from './trial.ts';

const brief = {
  timings: {heartbeatMissed: 400, stale: 800, opening: 400},
  monitor: {heartbeatSeconds: 0.05},
};
const tooLarge = 'an event larger than 8 MB';

/** Raw bytes, then the check that the events of these types came of them. */
const raw = (text: string, ...types: string[]): Partial<Fault> => ({
  strike: ({monitor}) => monitor.writeRaw(text),
  during: async trial => {
    for (const type of types) await trial.hears(type);
    verify(trial.snapshot.health.faults).toBe(0);
  },
});

/** What every new stream brings, until the reader has gone away. */
function pouring(chunks: (response: ServerResponse) => AsyncGenerator<string>): Partial<Fault> {
  return {
    strike: ({monitor}: Trial) => {
      monitor.interceptStream = (_request, response) => {
        void (async () => {
          openStream(response);
          for await (const chunk of chunks(response)) {
            if (response.destroyed) return;
            if (!response.write(chunk)) await room(response);
          }
        })();
        return true;
      };
      monitor.endStreams();
    },
    heal: ({monitor}: Trial) => {
      monitor.interceptStream = undefined;
      monitor.endStreams();
    },
  };
}

/** Comments on every open stream, until the test is over. */
function trickle({monitor}: Trial): void {
  const timer = setInterval(() => monitor.writeRaw(': alive\n\n'), 50);
  onTestFinished(() => clearInterval(timer));
}

/** Resolves when more can be written, or nobody reads any more. */
async function room(response: ServerResponse): Promise<void> {
  await new Promise<void>(resolve => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

async function* marked(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Uint8Array.of(0xef, 0xbb, 0xbf);
  yield* body;
}

const megabyte = 'x'.repeat(1_000_000);

async function* endlessLine(): AsyncGenerator<string> {
  yield 'event: endless\ndata: ';
  for (;;) yield megabyte;
}

async function* hugeEvent(): AsyncGenerator<string> {
  yield 'event: huge\n';
  for (let line = 0; line < 64; line += 1) yield `data: ${megabyte}\n`;
  yield '\n';
}

export const byteFaults: readonly Fault[] = [
  toxic(
    'reset inside an event',
    {type: 'reset_peer', after: 40},
    {
      note: 'RST after 40 bytes',
      strike: async trial => {
        await trial.proxy.poison({type: 'reset_peer', after: 40});
        trial.monitor.publish({msg_type: 'half', text: 'x'.repeat(200)});
      },
      words: ['LIVE', 'RETRYING'],
      says: {word: 'RETRYING', reason: 'connection reset by the other side'},
      after: trial => verify(trial.heard.get('half')).toBeUndefined(),
    },
  ),
  {
    name: 'clean end',
    note: 'FIN without a last chunk, as the server does',
    strike: ({monitor}) => monitor.endStreams(),
    words: ['LIVE', 'RETRYING'],
    says: {word: 'RETRYING', reason: 'connection closed by the other side'},
  },
  toxic(
    'end inside an event',
    {type: 'limit_data', bytes: 40},
    {
      note: 'FIN after 40 bytes: half an event is no event',
      strike: async trial => {
        await trial.proxy.poison({type: 'limit_data', bytes: 40});
        trial.monitor.publish({msg_type: 'half', text: 'x'.repeat(200)});
      },
      words: ['LIVE', 'RETRYING'],
      says: {word: 'RETRYING', reason: 'connection closed by the other side'},
      after: trial => verify(trial.heard.get('half')).toBeUndefined(),
    },
  ),
  toxic(
    'end that comes late',
    {type: 'slow_close', delay: 500},
    {
      note: 'the FIN comes half a second after the last byte',
      strike: async trial => {
        await trial.proxy.poison({type: 'slow_close', delay: 500});
        trial.monitor.endStreams();
      },
      words: ['LIVE', 'RETRYING'],
      says: {word: 'RETRYING', reason: 'connection closed by the other side'},
    },
  ),
  toxic(
    'half-open connection: heartbeat missed',
    {type: 'timeout'},
    {
      note: 'everything is swallowed, nothing closed; the bytes come back before the reconnect',
      setting: {...brief, timings: {...brief.timings, stale: 20_000}},
      words: ['LIVE', 'NO HEARTBEAT'],
      says: {word: 'NO HEARTBEAT'},
      after: trial => verify(trial.of('lost')).toEqual([]),
    },
  ),
  toxic(
    'half-open connection: no answer',
    {type: 'timeout'},
    {
      note: 'everything is swallowed, nothing closed; the streams that are opened beside it are not answered either',
      setting: brief,
      words: ['LIVE', 'NO HEARTBEAT', 'RETRYING'],
      says: {word: 'RETRYING', reason: 'no answer within … s'},
    },
  ),
  {
    name: 'comments alone',
    note: 'bytes keep a connection, and are no heartbeat: a new stream is opened beside it, and takes over once it has an event',
    setting: {timings: {heartbeatMissed: 400, firstEvent: 400}, monitor: {heartbeatSeconds: 3600}},
    isFirst: true,
    strike: async trial => {
      await trial.live();
      trickle(trial);
    },
    words: ['LIVE', 'NO HEARTBEAT'],
    says: {word: 'NO HEARTBEAT'},
    during: trial => verify(trial.of('lost')).toEqual([]),
    after: async trial => {
      await eventually(() => verify(trial.of('gap-opened')[0]?.reason).toBe('no heartbeat'));
      verify(trial.of('connecting')[1]?.why).toBe('heartbeat');
      verify(trial.of('lost')).toEqual([]);
    },
  },
  {
    name: 'proxy that buffers',
    note: 'the answer comes, its events are held back; `doctor` says the same',
    setting: {timings: {firstEvent: 300}},
    strike: ({monitor}) => {
      monitor.interceptStream = (_request, response) => {
        response.writeHead(200, {'content-type': 'text/event-stream'});
        response.write(': ');
        return true;
      };
      monitor.endStreams();
    },
    words: ['LIVE', 'RETRYING'],
    says: {
      word: 'RETRYING',
      reason: 'opened, but no event came within … s',
      remedy: noEventFailure(300).remedy,
    },
    heal: ({monitor}) => {
      monitor.interceptStream = undefined;
    },
  },
  harmless('slow trickle', '20 bytes every 50 ms: half an event keeps the connection', {
    setting: {timings: {stale: 300}},
    strike: async trial => {
      await trial.proxy.poison({type: 'bandwidth', bytes: 20, every: 50});
      trial.monitor.publish({msg_type: 'trickle', text: 'x'.repeat(300)});
    },
    during: trial => trial.hears('trickle'),
    heal: trial => trial.proxy.heal(),
  }),
  harmless('latency', 'every chunk comes 200 ms late', {
    strike: async trial => {
      await trial.proxy.poison({type: 'latency', ms: 200});
      trial.monitor.publish({msg_type: 'late'});
    },
    during: trial => trial.hears('late'),
    heal: trial => trial.proxy.heal(),
  }),
  harmless('chunks of one byte', 'events and characters come in pieces', {
    strike: async trial => {
      await trial.proxy.poison({type: 'slicer'});
      trial.monitor.writeRaw('event: größe\ndata: {"msg_type": "größe 東京 🛰"}\n\n');
    },
    during: trial => trial.hears('größe 東京 🛰'),
    heal: trial => trial.proxy.heal(),
  }),
  harmless('UTF-8 split between chunks', 'a character of four bytes, two and two', {
    strike: async ({monitor, proxy}) => {
      await proxy.poison({type: 'latency', ms: 50});
      const bytes = Buffer.from('event: e\ndata: {"msg_type": "🛰"}\n\n');
      const cut = bytes.indexOf(0xf0) + 2;
      monitor.writeRaw(bytes.subarray(0, cut));
      await new Promise(resolve => setTimeout(resolve, 100));
      monitor.writeRaw(bytes.subarray(cut));
    },
    during: trial => trial.hears('🛰'),
    heal: trial => trial.proxy.heal(),
  }),
  harmless(
    'lines that end in CRLF or CR',
    'as a proxy may make them',
    raw(
      'event: crlf\r\ndata: {"msg_type": "crlf"}\r\n\r\nevent: cr\rdata: {"msg_type": "cr"}\r\r',
      'crlf',
      'cr',
    ),
  ),
  harmless(
    'comments',
    'between and inside events',
    raw(': ping\n\n:\nevent: e\n: inside\ndata: {"msg_type": "commented"}\n\n', 'commented'),
  ),
  harmless(
    'several data lines',
    'one event; joined by line feeds',
    raw('event: e\ndata: {"msg_type":\ndata: "joined"}\n\n', 'joined'),
  ),
  harmless('byte order mark', 'at the beginning of the stream', {
    isFirst: true,
    setting: {
      fetch: send => async (url, init) => {
        const answer = await send(url, init);
        if (!url.pathname.includes('/stream/')) return answer;
        const {status, headers, body} = answer;
        return {status, headers, body: ReadableStream.from(marked(body!))};
      },
    },
    during: trial => trial.live(),
    after: trial => verify(trial.snapshot.health.faults).toBe(0),
  }),
  {
    name: 'endless line',
    note: 'of every new stream; given up after 8 MB',
    ...pouring(endlessLine),
    words: ['LIVE', 'RETRYING'],
    says: {word: 'RETRYING', reason: tooLarge},
  },
  {
    name: '64 MB in one event',
    note: 'in 64 lines; given up after 8 MB, what comes behind it is read from the next stream',
    setting: {monitor: {lossless: true}},
    strike: async ({monitor}) => {
      for await (const chunk of hugeEvent()) {
        monitor.writeRaw(chunk);
        await monitor.drained();
      }
    },
    words: ['LIVE', 'RETRYING'],
    says: {word: 'RETRYING', reason: tooLarge},
    during: trial => verify(trial.heard.get('unknown')).toBeUndefined(),
  },
];
