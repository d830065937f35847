// The filter sheet: a draft of the server's filter, chosen from what was seen, from the standard
// types and from what the operator types, until it is applied.
import type {Snapshot} from '../../model/monitor-model.ts';
import {lifecycleTypes} from '../../model/lifecycle.ts';
import type {StreamFilter} from '../../wire/filter.ts';
import {isFilterable} from './filter-choice.ts';

export const sections = ['types', 'agents', 'runs'] as const;
export type Section = (typeof sections)[number];

export interface FilterSheet {
  /** Message types that are there before any of them is seen. */
  readonly standard: readonly string[];
  readonly draft: StreamFilter;
  /** Index of the row. */
  readonly cursor: number;
}

export interface SheetRow {
  readonly section: Section;
  /** Undefined: the row on which a name can be typed. */
  readonly value: string | undefined;
  /** Messages seen of it. */
  readonly count: number;
  readonly isOn: boolean;
}

export function sheetRows(
  {types, agents, runs}: Snapshot,
  {draft, standard}: FilterSheet,
): readonly SheetRow[] {
  const seen: Readonly<Record<Section, ReadonlyMap<string, number>>> = {
    types: new Map([...[...standard, ...lifecycleTypes].map(type => [type, 0] as const), ...types]),
    agents,
    runs: new Map(runs.map(({runId, messages}) => [runId, messages])),
  };
  return sections.flatMap(section => {
    const values = new Set([...seen[section].keys(), ...draft[section]]);
    const named = [...values].filter(isFilterable).map(value => ({
      section,
      value,
      count: seen[section].get(value) ?? 0,
      isOn: draft[section].includes(value),
    }));
    return [...named, {section, value: undefined, count: 0, isOn: false}];
  });
}

export function toggled(sheet: FilterSheet, {section, value}: SheetRow): FilterSheet {
  if (value === undefined) return sheet;
  const values = sheet.draft[section];
  const next = values.includes(value)
    ? values.filter(candidate => candidate !== value)
    : [...values, value];
  return {...sheet, draft: {...sheet.draft, [section]: next}};
}

/** Index of the first row of the next section, or of the one before. */
export function nextSection(rows: readonly SheetRow[], cursor: number, by: 1 | -1): number {
  const here = sections.indexOf(rows[cursor]?.section ?? 'types');
  const next = sections[(here + by + sections.length) % sections.length];
  return Math.max(
    0,
    rows.findIndex(({section}) => section === next),
  );
}
