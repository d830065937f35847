// The screen's one store: the view that keys change at once, and the model that is sampled when a
// frame is due. Components read it through `useSyncExternalStore`; they are notified of nothing else.
import type {MonitorModel} from '../../model/monitor-model.ts';
import type {TimeMode} from '../../time.ts';
import {actionFor} from '../keys/dispatch.ts';
import type {Theme} from '../theme.ts';
import {documentLines} from '../view-models/document.ts';
import type {Action, ViewAction} from './actions.ts';
import {isEffect, runEffect, type EffectContext} from './effects.ts';
import {sheetRows} from './filter-sheet.ts';
import type {Size} from './layout.ts';
import {anchored} from './message-window.ts';
import {reduceView} from './reducer.ts';
import {screenState, sourceOf, type About, type ScreenState} from './screen-state.ts';
import {appendText, typeKey, type TextInput} from './text-input.ts';
import {newView, type View} from './view.ts';

export interface ScreenOptions extends EffectContext {
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
  /** Whether the terminal has taken the last frame; else nobody is notified until it has. */
  readonly isReady?: () => boolean;
}

/** What the screen reads: the model itself, or that of a replay, which begins again at times. */
export type ShownModel = Pick<MonitorModel, 'version' | 'snapshot' | 'freeze' | 'checkAlerts'>;

export class ScreenStore {
  readonly #options: ScreenOptions;
  readonly #listeners = new Set<() => void>();
  #size: Size;
  #view: View;
  /** What components draw; undefined: to be made when it is next read. */
  #state: ScreenState | undefined;
  /** What the state was made from: model version and full second. */
  #sampled = '';
  /** Something has changed that nobody was notified of. */
  #isPending = false;
  /** The full second of the last check for alerts. */
  #checkedSecond = 0;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#view = newView(options.time, options.scope);
  }

  /** For `useSyncExternalStore`. @returns what ends the subscription. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @returns what to draw; the same object until something has changed. */
  readonly getState = (): ScreenState => {
    if (!this.#state) {
      const {model, now, about, theme, keyTypes, replay} = this.#options;
      const rest = {about, theme, keyTypes, replay: replay?.state};
      this.#sampled = this.#sampleMark();
      this.#state = screenState(model.snapshot(now()), this.#view, this.#size, rest);
    }
    return this.#state;
  };

  get view(): View {
    return this.#view;
  }

  /** Looks at the model; notifies if it or the full second has changed since the last time. */
  sample(): void {
    const {model, now} = this.#options;
    const second = Math.floor(now() / 1000);
    if (second !== this.#checkedSecond) {
      this.#checkedSecond = second;
      model.checkAlerts(now());
    }
    if (this.#isPending || this.#sampleMark() !== this.#sampled) this.#changed();
  }

  resize(size: Size): void {
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    this.#changed();
  }

  /** @param key its name, as `use-keyboard.ts` gives it. */
  press(key: string): void {
    const {input} = this.#view;
    if (input && key !== 'ctrl+c') this.#type(input, key);
    else this.#command(key);
    this.#changed();
  }

  /** Text from the clipboard is no command: it goes into a text input, or nowhere. */
  paste(text: string): void {
    const {input} = this.#view;
    if (input) this.#updateView({kind: 'type', input: appendText(input, text)});
    else this.#notice('what is pasted goes into a field: / searches, f filters, m marks');
    this.#changed();
  }

  /** The state is out of date. */
  #changed(): void {
    this.#keepPlace();
    this.#state = undefined;
    const {isReady} = this.#options;
    this.#isPending = isReady !== undefined && !isReady();
    if (this.#isPending) return;
    for (const listener of this.#listeners) listener();
  }

  #sampleMark(): string {
    const {model, now} = this.#options;
    return `${model.version} ${Math.floor(now() / 1000)}`;
  }

  #freshState(): ScreenState {
    this.#state = undefined;
    return this.getState();
  }

  #command(key: string): void {
    const action = actionFor(key, this.#view, sourceOf({replay: this.#options.replay?.state}));
    if (!action) this.#notice(`${key} does nothing here; ? shows the keys`);
    else if (action.kind === 'refusal') this.#notice(`${key} ${action.why}`);
    else this.#act(action);
  }

  #act(action: Action): void {
    if (action.kind === 'choose') {
      this.#choose();
    } else if (isEffect(action)) {
      const notice = runEffect(action, this.#freshState(), this.#options);
      this.#view = {...this.#view, notice};
    } else {
      this.#updateView(action);
      if (action.kind === 'toggle-lifecycle') this.#act({kind: 'apply-lifecycle'});
    }
  }

  #type(input: TextInput, key: string): void {
    const next = typeKey(input, key);
    if (next === 'cancel') this.#updateView({kind: 'close-input'});
    else if (next === 'enter') this.#enter(input);
    else this.#updateView({kind: 'type', input: next});
  }

  #enter({kind, text}: TextInput): void {
    if (kind === 'search') this.#updateView({kind: 'find', query: text});
    if (kind === 'add') this.#updateView({kind: 'add', text});
    if (kind === 'mark') {
      this.#updateView({kind: 'close-input'});
      this.#act({kind: 'mark', text});
    }
  }

  /** Enter on the filter sheet. */
  #choose(): void {
    const {overlay} = this.#view;
    if (overlay?.kind !== 'filter') return;
    const {snapshot} = this.#freshState();
    const row = sheetRows(snapshot, overlay.sheet)[overlay.sheet.cursor];
    if (row && row.value === undefined) {
      this.#updateView({kind: 'open-input', input: 'add'});
      return;
    }
    const notice = runEffect({kind: 'apply'}, this.#freshState(), this.#options);
    this.#updateView({kind: 'back'});
    this.#view = {...this.#view, notice};
  }

  #updateView(action: ViewAction): void {
    const {model, now} = this.#options;
    const state = this.#freshState();
    this.#view = reduceView(this.#view, action, {
      ...state,
      freeze: () => model.freeze(now()),
      overlayLines: () => documentLines(state),
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
