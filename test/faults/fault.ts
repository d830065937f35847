// A fault as data: how it is provoked, what the operator reads, how it goes away.
import type {ServerResponse} from 'node:http';
import {expect as verify} from 'vitest';
import type {StateWord} from '../../source/model/health.ts';
import type {Toxic} from './fault-proxy.ts';
import type {Setting, Sight, Trial} from './trial.ts';

export interface Fault {
  readonly name: string;
  /** How it is provoked, and what is noteworthy. */
  readonly note: string;
  readonly setting?: Setting | (() => Setting | Promise<Setting>);
  /** There from the start; else it strikes a stream that works. */
  readonly isFirst?: boolean;
  readonly strike?: (trial: Trial) => unknown;
  /** State words in the order of their coming, before the fault goes away; CONNECTING left out. */
  readonly words: readonly StateWord[];
  /** What the operator reads. */
  readonly says: Pick<Sight, 'word'> & Partial<Sight>;
  /** What holds besides, before the fault goes away. */
  readonly during?: (trial: Trial) => unknown;
  readonly heal?: (trial: Trial) => unknown;
  /** What holds besides, once messages flow again. */
  readonly after?: (trial: Trial) => unknown;
}

export const checkUrl = 'check SWF_MONITOR_PROD_URL';

/** The server, or what is in front of it, answers every request for the stream with this. */
export function answer(
  name: string,
  [status, headers = {}, body = '']: readonly [number, Record<string, string>?, string?],
  {kind = 'lost', reason, remedy}: {kind?: 'lost' | 'refused'; reason: string; remedy?: string},
  more: Partial<Fault> = {},
): Fault {
  const word = kind === 'lost' ? 'RETRYING' : 'REFUSED';
  return {
    name,
    note: 'instead of a stream, after one that ended',
    strike: ({monitor}) => {
      monitor.interceptStream = (_request, response) => {
        response.writeHead(status, headers).end(body);
        return true;
      };
      monitor.endStreams();
    },
    words: kind === 'lost' ? ['LIVE', 'RETRYING'] : ['LIVE', 'RETRYING', 'REFUSED'],
    says: {word, reason, remedy},
    heal: ({monitor}) => {
      monitor.interceptStream = undefined;
    },
    ...more,
  };
}

/** What comes between receiver and monitor. */
export function toxic(name: string, spoil: Toxic, rest: Omit<Fault, 'name'>): Fault {
  return {
    name,
    strike: trial => trial.proxy.poison(spoil),
    heal: trial => trial.proxy.heal(),
    ...rest,
  };
}

/** Bytes that are unusual and right, or wrong and harmless: the stream stays. */
export function harmless(name: string, note: string, rest: Partial<Fault>): Fault {
  return {
    name,
    note,
    words: ['LIVE'],
    says: {word: 'LIVE'},
    ...rest,
    after: async trial => {
      verify(trial.of('lost')).toEqual([]);
      verify(trial.of('quiet')).toEqual([]);
      await rest.after?.(trial);
    },
  };
}

/** The head of a stream and the server's first event, `before` them. */
export function openStream(response: ServerResponse, before = ''): void {
  response.writeHead(200, {'content-type': 'text/event-stream'});
  response.write(`${before}event: connected\ndata: {"client_id": "x", "status": "connected"}\n\n`);
}

/** For the rows, which say what holds and are no tests themselves. */
export {verify};
