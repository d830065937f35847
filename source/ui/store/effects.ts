// What a key does context the view: to the server's filter, the model, the clipboard, the disk, the
// terminal. Each effect returns a notice for the footer, where there is something to say.
import type {MonitorEvent} from '../../monitor-event.ts';
import {everything, isEverything, sameFilter, type StreamFilter} from '../../wire/filter.ts';
import {sanitise} from '../../wire/sanitise.ts';
import type {EffectAction} from './actions.ts';
import {toCopy, toWrite} from './exports.ts';
import {
  chosenTypes,
  isFilterable,
  toggleType,
  toggleValue,
  typesOnKeys,
  withTypes,
} from './filter-choice.ts';
import type {Replay} from './replay.ts';
import type {ScreenState} from './screen-state.ts';
import {selectedEntry, selectedRun} from './view.ts';

/** What an effect can reach. */
export interface EffectContext {
  /** What the operator does to the model happens as everything else does. */
  readonly emit: (event: MonitorEvent) => void;
  readonly setFilter: (filter: StreamFilter) => void;
  readonly reconnect: () => void;
  /** Has the terminal put text on the operator's clipboard. @returns why it cannot. */
  readonly copy: (text: string) => string | undefined;
  /** Who copies: it does not say whether it did. */
  readonly clipboard: string;
  /**
   * Writes a file.
   * @returns where.
   * @throws Error when it cannot be written.
   */
  readonly write: (name: string, text: string) => string;
  /** The replay that is shown; undefined: a stream is. */
  readonly replay?: Replay | undefined;
  readonly redraw: () => void;
  readonly suspend: () => void;
  readonly quit: () => void;
}

type Effect<Kind extends EffectAction['kind']> = (
  state: ScreenState,
  context: EffectContext,
  action: Extract<EffectAction, {kind: Kind}>,
) => string | undefined | void;

const effects: {readonly [Kind in EffectAction['kind']]: Effect<Kind>} = {
  'toggle-type': (state, {setFilter}, {index}) => {
    const type = typesOnKeys(state.live.types.keys(), state.keyTypes)[index];
    if (type === undefined) return `no message type on key ${index + 1} yet`;
    setFilter(toggleType(wantedFilter(state), type, state.view.includesLifecycle));
    return undefined;
  },
  'clear-filter': (state, {setFilter}) => {
    if (isEverything(wantedFilter(state))) return 'no filter is on';
    setFilter(everything);
    return undefined;
  },
  'apply-lifecycle': applyLifecycle,
  'toggle-agent': toggleAgent,
  'toggle-run': toggleRun,
  apply: applySheet,
  acknowledge: ({live}, {emit}) => {
    if (live.alerts.length === 0) return 'no alerts';
    emit({kind: 'acknowledged', at: live.now});
    return 'the alerts are acknowledged';
  },
  mark: ({live}, {emit}, {text}) => {
    emit({kind: 'mark', at: live.now, text: text.trim()});
    return 'a mark is left';
  },
  copy: (state, {copy, clipboard}) => {
    const exported = toCopy(state);
    if (!exported) return 'select a message or a run to copy';
    const refusal = copy(exported.text);
    if (refusal !== undefined) return `not copied: ${refusal}`;
    return `asked ${clipboard} to copy ${exported.what}`;
  },
  write: (state, {write}) => {
    const exported = toWrite(state);
    if (!exported) return 'nothing to write yet';
    try {
      return `written to ${write(exported.name, exported.text)}: ${exported.what}`;
    } catch (error) {
      return `not written: ${sanitise(error instanceof Error ? error.message : String(error))}`;
    }
  },
  reconnect: (_state, {reconnect}) => {
    reconnect();
    return 'a new stream is being opened';
  },
  play: (_state, {replay}, {command}) => replay?.act(command),
  redraw: (_state, {redraw}) => redraw(),
  suspend: (_state, {suspend}) => suspend(),
  quit: (_state, {quit}) => quit(),
};

const effectKinds: ReadonlySet<string> = new Set(Object.keys(effects));

export const isEffect = (action: {readonly kind: string}): action is EffectAction =>
  effectKinds.has(action.kind);

/** @returns the notice. */
export function runEffect(
  action: EffectAction,
  state: ScreenState,
  context: EffectContext,
): string | undefined {
  const effect = effects[action.kind] as Effect<EffectAction['kind']>;
  return effect(state, context, action) ?? undefined;
}

/** @returns the filter as it is, or is about to be. */
export function wantedFilter({live}: ScreenState): StreamFilter {
  return live.health.requested ?? live.health.filter;
}

/** The lifecycle was put into, or taken out of, a filter of types. */
function applyLifecycle(state: ScreenState, {setFilter}: EffectContext): string {
  const filter = wantedFilter(state);
  const included = state.view.includesLifecycle;
  const chosen = chosenTypes(filter, !included);
  const where = chosen.length > 0 ? '' : ' with a type filter';
  if (chosen.length > 0) setFilter(withTypes(filter, chosen, included));
  if (included) return `the run lifecycle rides along${where}`;
  return `the run lifecycle is not asked for${where || ' any more'}`;
}

function toggleAgent(state: ScreenState, {setFilter}: EffectContext): string | undefined {
  const {view, snapshot} = state;
  const {overlay} = view;
  const entry = overlay?.kind === 'message' ? overlay.entry : selectedEntry(view, snapshot);
  if (entry?.kind !== 'message') return 'select a message of the agent';
  const {processedBy} = entry.message;
  if (processedBy === undefined) {
    return 'this message carries no processed_by, which is all that the server can filter on';
  }
  if (!isFilterable(processedBy)) return `${processedBy}: no such name can be asked for`;
  const filter = wantedFilter(state);
  setFilter({...filter, agents: toggleValue(filter.agents, processedBy)});
  return undefined;
}

function toggleRun(state: ScreenState, {setFilter}: EffectContext): string | undefined {
  const runId = runOfSelection(state);
  if (runId === undefined) return 'the selection names no run';
  if (!isFilterable(runId)) return `${runId}: no such run can be asked for`;
  const filter = wantedFilter(state);
  setFilter({...filter, runs: toggleValue(filter.runs, runId)});
  return undefined;
}

function runOfSelection({view, snapshot}: ScreenState): string | undefined {
  const {overlay, focus} = view;
  if (overlay?.kind === 'run') return snapshot.runs.find(({key}) => key === overlay.key)?.runId;
  if (!overlay && focus === 'runs') return selectedRun(view, snapshot)?.runId;
  const entry = overlay?.kind === 'message' ? overlay.entry : selectedEntry(view, snapshot);
  if (entry?.kind === 'message') return entry.message.runId;
  return entry?.kind === 'hole' ? entry.runId : undefined;
}

function applySheet(state: ScreenState, {setFilter}: EffectContext): string | undefined {
  const {overlay, includesLifecycle} = state.view;
  if (overlay?.kind !== 'filter') return undefined;
  const {draft} = overlay.sheet;
  const next = withTypes(draft, draft.types, includesLifecycle);
  if (sameFilter(next, wantedFilter(state))) return 'the filter is as it was';
  setFilter(next);
  return undefined;
}
