// `swfmon report FILE…`: what is to be handed over of what was recorded, as Markdown for the e-log or
// as JSON. One report for each program that recorded.
import type {Health} from '../model/health.ts';
import type {RecordingHead} from '../recording/format.ts';
import {RecordingReader} from '../recording/recording-reader.ts';
import {markdownReport} from '../report/markdown.ts';
import {shiftJson} from '../report/shift-json.ts';
import {shiftOf, type Shift} from '../report/shift.ts';
import {headOf, shiftReportOf} from '../report/snapshot-reports.ts';
import type {Flags} from '../settings/flag-table.ts';
import {viewSettings, type ViewSettings} from '../settings/settings.ts';
import {asciiJson} from '../wire/sanitise.ts';
import {openRecordings, type OpenRecordings} from './open-recordings.ts';
import {output} from './output.ts';
import {readInputs} from './read-inputs.ts';
import {Retold} from './retold.ts';

/**
 * Exit status: 0.
 * @throws SettingsError when there is nothing to read.
 */
export async function report(paths: readonly string[], flags: Flags): Promise<number> {
  const settings = viewSettings(await readInputs(flags), false);
  const recordings = openRecordings(paths, flags);
  const reader = new RecordingReader(recordings.files);
  const watches = watchesOf(reader, recordings, settings);
  const flaws = [...recordings.leftAside, ...reader.flaws];
  const shifts = watches.map(watch => [watch, shiftOfWatch(watch, settings, flaws)] as const);
  const text =
    settings.output === 'json'
      ? `${asciiJson(JSON.stringify({swfmon: 'report', shifts: shifts.map(inJson)}))}\n`
      : shifts.map(([watch, shift]) => inMarkdown(watch, shift, settings)).join('\n');
  output.write(text);
  return 0;
}

/** What one program heard. */
interface Watch {
  readonly head: RecordingHead;
  readonly retold: Retold;
  readonly since: number | undefined;
  /** What held at that time. */
  before?: Health;
}

function watchesOf(
  reader: RecordingReader,
  {since}: OpenRecordings,
  {thresholds, namespace}: ViewSettings,
): readonly Watch[] {
  const watches: Watch[] = [];
  for (const entry of reader.entries()) {
    const watch = watches.at(-1);
    if (entry.kind === 'series') {
      watches.push({head: entry.head, retold: new Retold(thresholds, namespace), since});
    } else if (watch) {
      const {retold} = watch;
      const isSince = since !== undefined && entry.event.at >= since;
      if (isSince && retold.now > 0) watch.before ??= retold.model.snapshot(retold.now).health;
      retold.hear(entry.event);
    }
  }
  // Nothing of a watch that was over by then is of interest, unless it is the last.
  const isWanted = ({retold}: Watch) => retold.now >= (since ?? 0);
  return watches.filter((watch, index) => isWanted(watch) || index === watches.length - 1);
}

function shiftOfWatch(
  {retold, since, before}: Watch,
  {namespace: scope}: ViewSettings,
  flaws: readonly string[],
): Shift {
  return shiftOf(retold.model.snapshot(retold.now), {since, before, scope, flaws});
}

function inJson([{head, retold}, shift]: readonly [Watch, Shift]) {
  const {monitor, receiver} = head;
  return shiftJson(shift, retold.model.snapshot(retold.now), {monitor, receiver});
}

function inMarkdown({head, retold}: Watch, shift: Shift, {time}: ViewSettings): string {
  const snapshot = retold.model.snapshot(retold.now);
  const {monitor, receiver} = head;
  return markdownReport(shiftReportOf(shift, snapshot, time), {
    ...headOf(snapshot, {monitor, receiver, time, written: Date.now()}),
    asOf: undefined,
  });
}
