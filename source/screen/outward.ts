// What leaves the screen when a key is pressed: to the server's filter, the model, the clipboard, the
// disk, the terminal. Each deed answers with a notice for the footer, where there is something to say.
import type {MonitorEvent} from '../monitor-event.ts';
import {everything, isEverything, sameFilter, type StreamFilter} from '../wire/filter.ts';
import {sanitise} from '../wire/sanitise.ts';
import {
  chosenTypes,
  isFilterable,
  toggleType,
  toggleValue,
  typesOnKeys,
  withTypes,
} from './filter-choice.ts';
import type {OutwardIntent} from './intent.ts';
import type {PaneInput} from './panes/pane.ts';
import type {Replay} from './replay.ts';
import {toCopy, toWrite} from './takeaway.ts';
import {selectedEntry, selectedRun} from './view.ts';

/** What the screen can reach. */
export interface Outside {
  /** What the operator does to the model happens as everything else does. */
  readonly emit: (event: MonitorEvent) => void;
  readonly setFilter: (filter: StreamFilter) => void;
  readonly reconnect: () => void;
  /** Asks the terminal to put text on the operator's clipboard; answers why it cannot be asked. */
  readonly copy: (text: string) => string | undefined;
  /** Who is asked: it does not tell whether it did. */
  readonly clipboard: string;
  /**
   * Writes a file; answers where.
   * @throws Error when it cannot be written.
   */
  readonly write: (name: string, text: string) => string;
  /** The replay that is shown; undefined: a stream is. */
  readonly replay?: Replay | undefined;
  readonly repaint: () => void;
  readonly suspend: () => void;
  readonly quit: () => void;
}

type Deed<Kind extends OutwardIntent['kind']> = (
  input: PaneInput,
  outside: Outside,
  intent: Extract<OutwardIntent, {kind: Kind}>,
) => string | undefined | void;

const deeds: {readonly [Kind in OutwardIntent['kind']]: Deed<Kind>} = {
  'toggle-type': (input, {setFilter}, {index}) => {
    const type = typesOnKeys(input.live.types.keys(), input.keyTypes)[index];
    if (type === undefined) return `no message type on key ${index + 1} yet`;
    setFilter(toggleType(wantedFilter(input), type, input.view.lifecycleRides));
    return undefined;
  },
  'clear-filter': (input, {setFilter}) => {
    if (isEverything(wantedFilter(input))) return 'no filter is on';
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
  copy: (input, {copy, clipboard}) => {
    const takeaway = toCopy(input);
    if (!takeaway) return 'select a message or a run to copy';
    const refusal = copy(takeaway.text);
    if (refusal !== undefined) return `not copied: ${refusal}`;
    return `asked ${clipboard} to copy ${takeaway.what}`;
  },
  write: (input, {write}) => {
    const takeaway = toWrite(input);
    if (!takeaway) return 'nothing to write yet';
    try {
      return `written to ${write(takeaway.name, takeaway.text)}: ${takeaway.what}`;
    } catch (error) {
      return `not written: ${sanitise(error instanceof Error ? error.message : String(error))}`;
    }
  },
  reconnect: (_input, {reconnect}) => {
    reconnect();
    return 'a new stream is being opened';
  },
  play: (_input, {replay}, {deed}) => replay?.act(deed),
  repaint: (_input, {repaint}) => repaint(),
  suspend: (_input, {suspend}) => suspend(),
  quit: (_input, {quit}) => quit(),
};

const outwardKinds: ReadonlySet<string> = new Set(Object.keys(deeds));

export const isOutward = (intent: {readonly kind: string}): intent is OutwardIntent =>
  outwardKinds.has(intent.kind);

/** Answers the notice. */
export function goOutward(
  intent: OutwardIntent,
  input: PaneInput,
  outside: Outside,
): string | undefined {
  const deed = deeds[intent.kind] as Deed<OutwardIntent['kind']>;
  return deed(input, outside, intent) ?? undefined;
}

/** The filter in force, or on its way to be. */
export function wantedFilter({live}: PaneInput): StreamFilter {
  return live.health.requested ?? live.health.filter;
}

/** The lifecycle was put into, or taken out of, a filter of types. */
function applyLifecycle(input: PaneInput, {setFilter}: Outside): string {
  const filter = wantedFilter(input);
  const rides = input.view.lifecycleRides;
  const chosen = chosenTypes(filter, !rides);
  const where = chosen.length > 0 ? '' : ' with a type filter';
  if (chosen.length > 0) setFilter(withTypes(filter, chosen, rides));
  if (rides) return `the run lifecycle rides along${where}`;
  return `the run lifecycle is not asked for${where || ' any more'}`;
}

function toggleAgent(input: PaneInput, {setFilter}: Outside): string | undefined {
  const {view, snapshot} = input;
  const {overlay} = view;
  const entry = overlay?.kind === 'message' ? overlay.entry : selectedEntry(view, snapshot);
  if (entry?.kind !== 'message') return 'select a message of the agent';
  const {processedBy} = entry.message;
  if (processedBy === undefined) {
    return 'this message carries no processed_by, which is all that the server can filter on';
  }
  if (!isFilterable(processedBy)) return `${processedBy}: no such name can be asked for`;
  const filter = wantedFilter(input);
  setFilter({...filter, agents: toggleValue(filter.agents, processedBy)});
  return undefined;
}

function toggleRun(input: PaneInput, {setFilter}: Outside): string | undefined {
  const runId = runOfSelection(input);
  if (runId === undefined) return 'the selection names no run';
  if (!isFilterable(runId)) return `${runId}: no such run can be asked for`;
  const filter = wantedFilter(input);
  setFilter({...filter, runs: toggleValue(filter.runs, runId)});
  return undefined;
}

function runOfSelection({view, snapshot}: PaneInput): string | undefined {
  const {overlay, focus} = view;
  if (overlay?.kind === 'run') return snapshot.runs.find(({key}) => key === overlay.key)?.runId;
  if (!overlay && focus === 'runs') return selectedRun(view, snapshot)?.runId;
  const entry = overlay?.kind === 'message' ? overlay.entry : selectedEntry(view, snapshot);
  if (entry?.kind === 'message') return entry.message.runId;
  return entry?.kind === 'hole' ? entry.runId : undefined;
}

function applySheet(input: PaneInput, {setFilter}: Outside): string | undefined {
  const {overlay, lifecycleRides} = input.view;
  if (overlay?.kind !== 'filter') return undefined;
  const {draft} = overlay.sheet;
  const next = withTypes(draft, draft.types, lifecycleRides);
  if (sameFilter(next, wantedFilter(input))) return 'the filter is as it was';
  setFilter(next);
  return undefined;
}
