// `swfmon config`: which settings are in force, and who says so. Prints no secret.
import {widthOf} from '../ui/text.ts';
import {faultsOf, resolve, type InForce} from '../settings/in-force.ts';
import {settingOf, type Value} from '../settings/setting-table.ts';
import {sourcesOf, wholeEnvironment} from '../settings/settings.ts';
import {asciiJson, sanitise} from '../wire/sanitise.ts';
import {output} from './output.ts';
import type {AllInputs} from './read-inputs.ts';
import {writeError, writeWarnings} from './write-error.ts';

/** Exit status: 0, or 2 when a setting is wrong. A missing name or token is not wrong here. */
export function config(inputs: AllInputs): number {
  const sources = sourcesOf(inputs);
  const inForce = resolve(sources, wholeEnvironment(inputs));
  const faults = faultsOf(sources, inForce);
  const {path, isThere} = inputs.file;
  if (inputs.flags?.json === true) {
    const settings = Object.fromEntries(inForce.map(one => [one.key, jsonOf(one)]));
    const errors = faults.map(({message, remedy}) => ({message, remedy}));
    output.write(
      `${asciiJson(JSON.stringify({file: {path, isThere}, settings, errors, warnings: inputs.warnings}))}\n`,
    );
  } else {
    const file = ['settings file', path, isThere ? 'is there' : 'is not there'];
    output.write(aligned([file, ...inForce.map(lineOf)]));
    writeWarnings(inputs.warnings);
    for (const fault of faults) writeError(fault);
  }
  return faults.length > 0 ? 2 : 0;
}

function jsonOf(one: InForce) {
  const value = one.fault ? null : (shown(one) ?? null);
  const name = one.origin === 'default' ? undefined : one.name;
  return {value, from: one.origin, name};
}

function lineOf(one: InForce): readonly string[] {
  const from = one.origin === 'default' ? 'default' : `${one.origin} ${one.name}`;
  return [one.key, one.fault ? 'wrong' : inWords(one), from];
}

function inWords(one: InForce): string {
  const {describe} = settingOf(one.key);
  const value = shown(one);
  if (describe) return describe(value);
  return value === undefined ? 'not set' : String(value);
}

/** Without what is not for every eye. */
function shown({key, value}: InForce): Value {
  const {redact} = settingOf(key);
  return redact ? redact(value) : value;
}

/** Columns two spaces apart, made safe for the terminal. */
function aligned(rows: readonly (readonly string[])[]): string {
  const safe = rows.map(row => row.map(cell => sanitise(cell)));
  const widths = [0, 1].map(index => Math.max(...safe.map(row => widthOf(row[index] ?? ''))));
  const line = (row: readonly string[]) =>
    row.map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell))));
  return safe.map(row => `${line(row).join('  ').trimEnd()}\n`).join('');
}
