// `swfmon doctor`: what is in order between here and the monitor, what is not, and the one thing to
// do about it. Prints no secret: it is made to be pasted into a mail.
import {routeOf} from '../clipboard-route.ts';
import {execFile} from 'node:child_process';
import {lookup} from 'node:dns/promises';
import {statSync} from 'node:fs';
import {connect} from 'node:net';
import {arch, hostname, platform, release} from 'node:os';
import {join} from 'node:path';
import {promisify, styleText} from 'node:util';
import {examine, nameWidth, type NamedFinding} from '../doctor/check-table.ts';
import {Visit, type Edges, type Machine, type Terminal} from '../doctor/visit.ts';
import {attemptTimeoutMs, readAuthorities} from '../http/connection.ts';
import {homeDirectory} from '../settings/home.ts';
import {faultsOf, resolve} from '../settings/in-force.ts';
import {sourcesOf, wholeEnvironment} from '../settings/settings.ts';
import {asciiJson, sanitise} from '../wire/sanitise.ts';
import {output} from './output.ts';
import type {AllInputs} from './read-inputs.ts';

const patience = {answer: 10_000, firstEvent: 5_000, steady: 1_000};

/** Exit status: 0, or 1 when a check has failed. */
export async function doctor(inputs: AllInputs, version: string): Promise<number> {
  const sources = sourcesOf(inputs);
  const environment = wholeEnvironment(inputs);
  const inForce = resolve(sources, environment);
  const visit = new Visit({
    inForce,
    faults: faultsOf(sources, inForce),
    warnings: inputs.warnings,
    file: inputs.file,
    machine: machineWith(environment, version),
    edges,
    patience,
  });
  const isJson = inputs.flags?.json === true;
  const findings = await examine(visit, isJson ? () => undefined : writeLine);
  const isWell = findings.every(({state}) => state !== 'failed');
  if (isJson) output.write(`${asciiJson(JSON.stringify({ok: isWell, checks: findings}))}\n`);
  return isWell ? 0 : 1;
}

const edges: Edges = {
  now: () => Date.now(),
  lookup: host => lookup(host, {all: true}),
  connect: (host, port) => connect({host, port, autoSelectFamilyAttemptTimeout: attemptTimeoutMs}),
  readAuthorities,
  tmux: async args => {
    const {stdout} = await promisify(execFile)('tmux', args, {timeout: 2000});
    return sanitise(stdout.trim(), 40);
  },
};

function machineWith(environment: Machine['environment'], version: string): Machine {
  return {
    program: `swfmon ${version}, Node ${process.version}, ${platform()} ${release()} ${arch()}`,
    hostname: hostname(),
    pid: process.pid,
    environment,
    clipboardRoute: routeOf(environment),
    terminal: terminalOf(process.stdout) ?? terminalOf(process.stderr),
    envFileMode: envFileMode(),
  };
}

function envFileMode(): number | undefined {
  const home = homeDirectory(process.env);
  return home === undefined
    ? undefined
    : statSync(join(home, '.env'), {throwIfNoEntry: false})?.mode;
}

function terminalOf(stream: NodeJS.WriteStream): Terminal | undefined {
  if (!stream.isTTY) return undefined;
  return {columns: stream.columns, rows: stream.rows, colourDepth: stream.getColorDepth()};
}

const formats = {
  ok: 'green',
  warning: 'yellow',
  failed: ['bold', 'red'],
  skipped: 'dim',
} as const satisfies Record<NamedFinding['state'], Parameters<typeof styleText>[0]>;
const stateWidth = Math.max(...Object.keys(formats).map(state => state.length));

/** State, name and what was found in columns; below, what to do. */
function writeLine({state, name, says, remedy}: NamedFinding): void {
  const {stdout} = process;
  const word = stdout.isTTY ? styleText(formats[state], state) : state;
  const columns = [word + ' '.repeat(stateWidth - state.length), name.padEnd(nameWidth), ''];
  const indent = ' '.repeat(stateWidth + nameWidth + 4);
  output.write(`${columns.join('  ')}${sanitise(says)}\n`);
  if (remedy !== undefined) output.write(`${indent}-> ${remedy}\n`);
}
