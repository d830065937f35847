// Between the model and the terminal: holds the view, and composes the frame when somebody wants to
// draw it. Keys act at once; messages only wait in the model to be sampled.
import type {MonitorModel, Snapshot} from '../model/monitor-model.ts';
import type {TimeMode} from '../time.ts';
import {appended, typed, type Field} from './field.ts';
import {sheetRows} from './filter-sheet.ts';
import {composeFrame, layoutOf, type Frame} from './frame.ts';
import type {Intent, ViewIntent} from './intent.ts';
import {intentFor} from './keys.ts';
import type {Layout, Size} from './layout.ts';
import {anchored} from './message-window.ts';
import {goOutward, isOutward, type Outside} from './outward.ts';
import {overlayContent} from './panes/overlay.ts';
import type {About, PaneInput} from './panes/pane.ts';
import type {Theme} from './theme.ts';
import {updateView} from './view-update.ts';
import {newView, type Overlay, type View} from './view.ts';

export interface ScreenOptions extends Outside {
  readonly model: ShownModel;
  /** Receiver's clock, ms. */
  readonly now: () => number;
  readonly about: About;
  readonly theme: Theme;
  readonly time: TimeMode;
  readonly scope: string | undefined;
  /** Message types on the number keys in place of the standard ones. */
  readonly keyTypes?: readonly string[] | undefined;
  readonly size: Size;
}

/** What the screen reads: the model itself, or that of a replay, which begins anew at times. */
export type ShownModel = Pick<MonitorModel, 'version' | 'snapshot' | 'freeze' | 'checkAlerts'>;

export class ScreenStore {
  readonly #options: ScreenOptions;
  #size: Size;
  #view: View;
  /** Undefined when the screen is to show something new. */
  #frame: Frame | undefined;
  /** What the last frame was made from: model version and full second. */
  #sampled = '';
  /** The full second of the last check for alerts. */
  #checked = 0;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#view = newView(options.time, options.scope);
  }

  /** What the screen is to show now; the same object until something may have changed. */
  get frame(): Frame {
    if (!this.#frame) {
      const input = this.#input();
      this.#sampled = this.#sampleMark();
      this.#frame = composeFrame(input, layoutOf(input, this.#size));
    }
    return this.#frame;
  }

  get layout(): Layout {
    return layoutOf(this.#input(), this.#size);
  }

  get view(): View {
    return this.#view;
  }

  /** Wants a new frame if the model or the full second has changed since the last one. */
  sample(): void {
    const {model, now} = this.#options;
    const second = Math.floor(now() / 1000);
    if (second !== this.#checked) {
      this.#checked = second;
      model.checkAlerts(now());
    }
    if (this.#frame === undefined || this.#sampleMark() !== this.#sampled) this.#renew();
  }

  resize(size: Size): void {
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    this.#renew();
  }

  press(key: string): void {
    const {field} = this.#view;
    if (field && key !== 'ctrl+c') this.#type(field, key);
    else this.#command(key);
    this.#renew();
  }

  /** Text from the clipboard is no command: it goes into a field, or nowhere. */
  paste(text: string): void {
    const {field} = this.#view;
    if (field) this.#updateView({kind: 'type', field: appended(field, text)});
    else this.#notice('what is pasted goes into a field: / searches, f filters, m marks');
    this.#renew();
  }

  /** What there was to show is of yesterday. */
  #renew(): void {
    this.#keepPlace();
    this.#frame = undefined;
  }

  #sampleMark(): string {
    const {model, now} = this.#options;
    return `${model.version} ${Math.floor(now() / 1000)}`;
  }

  #input(): PaneInput {
    const {model, now, about, theme, keyTypes, replay} = this.#options;
    const live = model.snapshot(now());
    const shown = {live, snapshot: this.#shown(live), view: this.#view};
    return {...shown, about, theme, keyTypes, replay: replay?.state};
  }

  /** The frozen snapshot while paused; its ages go on. */
  #shown(live: Snapshot): Snapshot {
    return this.#view.paused ? {...this.#view.paused, now: live.now} : live;
  }

  #command(key: string): void {
    const {replay} = this.#options;
    const intent = intentFor(key, this.#view, replay ? 'replay' : 'live');
    if (!intent) this.#notice(`${key} does nothing here; ? shows the keys`);
    else if (intent.kind === 'refusal') this.#notice(`${key} ${intent.why}`);
    else this.#act(intent);
  }

  #act(intent: Intent): void {
    if (intent.kind === 'choose') {
      this.#choose();
    } else if (isOutward(intent)) {
      const notice = goOutward(intent, this.#input(), this.#options);
      this.#view = {...this.#view, notice};
    } else {
      this.#updateView(intent);
      if (intent.kind === 'toggle-lifecycle') this.#act({kind: 'apply-lifecycle'});
    }
  }

  #type(field: Field, key: string): void {
    const next = typed(field, key);
    if (next === 'cancel') this.#updateView({kind: 'leave-field'});
    else if (next === 'enter') this.#enter(field);
    else this.#updateView({kind: 'type', field: next});
  }

  #enter({kind, text}: Field): void {
    if (kind === 'search') this.#updateView({kind: 'find', query: text});
    if (kind === 'add') this.#updateView({kind: 'add', text});
    if (kind === 'mark') {
      this.#updateView({kind: 'leave-field'});
      this.#act({kind: 'mark', text});
    }
  }

  /** Enter on the filter sheet. */
  #choose(): void {
    const {overlay} = this.#view;
    if (overlay?.kind !== 'filter') return;
    const {snapshot} = this.#input();
    const row = sheetRows(snapshot, overlay.sheet)[overlay.sheet.cursor];
    if (row && row.value === undefined) {
      this.#updateView({kind: 'ask', field: 'add'});
      return;
    }
    const notice = goOutward({kind: 'apply'}, this.#input(), this.#options);
    this.#updateView({kind: 'back'});
    this.#view = {...this.#view, notice};
  }

  #updateView(intent: ViewIntent): void {
    const {model, now} = this.#options;
    const input = this.#input();
    const {overlay} = this.#view;
    this.#view = updateView(this.#view, intent, {
      snapshot: input.snapshot,
      layout: layoutOf(input, this.#size),
      freeze: () => model.freeze(now()),
      live: input.live,
      keyTypes: input.keyTypes,
      overlayLines: overlay ? linesOf(input, overlay, this.#size.columns) : [],
    });
  }

  /** What was caught up before the selected message moves both. */
  #keepPlace(): void {
    const {messages, paused} = this.#view;
    if (!messages) return;
    const {model, now} = this.#options;
    const {log} = paused ?? model.snapshot(now());
    this.#view = {...this.#view, messages: anchored(log, messages)};
  }

  #notice(notice: string): void {
    this.#view = {...this.#view, notice};
  }
}

/** What is open, line by line, to be searched. */
function linesOf(input: PaneInput, overlay: Overlay, columns: number): readonly string[] {
  const {lines} = overlayContent(input, overlay, columns);
  return lines.map(line => line.map(([text]) => text).join(''));
}
