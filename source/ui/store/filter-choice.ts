// What the operator's filter keys do to the server's filter. Pure.
import {lifecycleTypes} from '../../model/lifecycle.ts';
import type {StreamFilter} from '../../wire/filter.ts';

/** Types on the first number keys; further ones are given to types as they are seen. */
export const standardTypes = [
  'stf_gen',
  'stf_ready',
  'tf_file_registered',
  'processing_complete',
  'data_ready',
] as const;

/** Keys 1 to 9. */
const keys = 9;

const lifecycle: ReadonlySet<string> = new Set(lifecycleTypes);

/** A comma would part a name on the server; other characters were replaced for the screen. */
export const isFilterable = (name: string): boolean => /^[\w.-]+$/.test(name);

/** Types on the keys 1 to 9, in order: the standard ones, then others in the order they came. */
export function typesOnKeys(
  seen: Iterable<string>,
  standard: readonly string[] = standardTypes,
): readonly string[] {
  const types: string[] = standard.slice(0, keys);
  for (const type of seen) {
    if (types.length >= keys) break;
    if (isFilterable(type) && !lifecycle.has(type) && !types.includes(type)) types.push(type);
  }
  return types;
}

/** The types that the operator asked for, without those that ride along. */
export function chosenTypes(filter: StreamFilter, includesLifecycle: boolean): readonly string[] {
  return includesLifecycle ? filter.types.filter(type => !lifecycle.has(type)) : filter.types;
}

/** `filter` for these types; the lifecycle included, so that the runs pane stays true. */
export function withTypes(
  filter: StreamFilter,
  types: readonly string[],
  includesLifecycle: boolean,
): StreamFilter {
  if (types.length === 0) return {...filter, types: []};
  const all = includesLifecycle ? [...types, ...lifecycleTypes] : types;
  return {...filter, types: [...new Set(all)]};
}

export function toggleType(
  filter: StreamFilter,
  type: string,
  includesLifecycle: boolean,
): StreamFilter {
  const chosen = chosenTypes(filter, includesLifecycle);
  const next = chosen.includes(type)
    ? chosen.filter(candidate => candidate !== type)
    : [...chosen, type];
  return withTypes(filter, next, includesLifecycle);
}

/** This value alone, or none when it was that already. */
export function toggleValue(values: readonly string[], value: string): readonly string[] {
  return values.length === 1 && values[0] === value ? [] : [value];
}
