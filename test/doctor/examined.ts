// The doctor's findings under given circumstances: real sockets, a machine of the test's making.
import {lookup} from 'node:dns/promises';
import {connect} from 'node:net';
import {expect} from 'vitest';
import {routeOf} from '../../source/clipboard-route.ts';
import {examine, type NamedFinding} from '../../source/doctor/check-table.ts';
import type {Patience} from '../../source/doctor/try-stream.ts';
import {Visit, type Edges, type Machine} from '../../source/doctor/visit.ts';
import {readAuthorities} from '../../source/http/connection.ts';
import {faultsOf, resolve} from '../../source/settings/in-force.ts';
import {sourcesOf, type Inputs} from '../../source/settings/settings.ts';

export interface Circumstances extends Omit<Inputs, 'environment'> {
  readonly warnings?: readonly string[];
  readonly environment?: Record<string, string | undefined>;
  readonly edges?: Partial<Edges>;
  readonly machine?: Partial<Machine>;
  readonly patience?: Partial<Patience>;
}

/** Shown nowhere, whatever is found. */
export const token = 's3cret-token';
export const account = {SWF_API_TOKEN: token, SWF_SSE_RECEIVER_NAME: 'watch-1'};

const realEdges: Edges = {
  now: () => Date.now(),
  lookup: host => lookup(host, {all: true}),
  connect: (host, port) => connect({host, port}),
  readAuthorities,
  tmux: () => Promise.reject(new Error('no tmux here')),
};

const machine: Machine = {
  program: 'swfmon 1.2.3',
  hostname: 'here',
  pid: 1,
  environment: {},
  clipboardRoute: 'direct',
  terminal: undefined,
  envFileMode: undefined,
};

export type Findings = Readonly<Record<string, NamedFinding>>;

/** By the checks' names; holds no secret. */
export async function examined({
  edges,
  machine: own,
  patience,
  warnings = [],
  ...inputs
}: Circumstances): Promise<Findings> {
  // A variable that is undefined is not there.
  const environment = Object.fromEntries(
    Object.entries({...account, ...inputs.environment}).filter(([, value]) => value !== undefined),
  );
  const sources = sourcesOf({...inputs, environment});
  const inForce = resolve(sources, environment);
  const visit = new Visit({
    inForce,
    faults: faultsOf(sources, inForce),
    warnings,
    file: {path: '/home/x/.config/swfmon/config.json', isThere: false},
    machine: {...machine, environment, clipboardRoute: routeOf(environment, []), ...own},
    edges: {...realEdges, ...edges},
    patience: {answer: 5000, firstEvent: 5000, steady: 50, ...patience},
  });
  const told: NamedFinding[] = [];
  const findings = await examine(visit, finding => told.push(finding));
  expect(told).toEqual(findings);
  expect(JSON.stringify(findings)).not.toMatch(/s3cret|hunter2|aHVudGVyMg|dXMzcjpodW50ZXIy/);
  return Object.fromEntries(findings.map(finding => [finding.name, finding]));
}

/** The names of those in a state. */
export const inState = (findings: Findings, state: NamedFinding['state']): readonly string[] =>
  Object.values(findings)
    .filter(finding => finding.state === state)
    .map(({name}) => name);
