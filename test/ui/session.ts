// A person's session at the screen, without a terminal: events come, keys are pressed, and the
// screen is read as Ink draws it.
import {renderToString} from 'ink';
import {createElement} from 'react';
import {stripVTControlCharacters} from 'node:util';
import {MonitorModel} from '../../source/model/monitor-model.ts';
import type {MonitorEvent} from '../../source/monitor-event.ts';
import {clipboardOf} from '../../source/terminal/clipboard.ts';
import type {TimeMode} from '../../source/time.ts';
import {Screen} from '../../source/ui/components/Screen.tsx';
import {paneNames, type PaneName, type Size} from '../../source/ui/store/layout.ts';
import type {ScreenState} from '../../source/ui/store/screen-state.ts';
import {ScreenStore} from '../../source/ui/store/screen-store.ts';
import {widthOf} from '../../source/ui/text.ts';
import {makeTheme, setColourDepth} from '../../source/ui/theme.ts';
import type {StreamFilter} from '../../source/wire/filter.ts';
import {start} from '../model/happenings.ts';

export const about = {
  monitorUrl: 'https://pandaserver02.sdcc.bnl.gov/swf-monitor',
  receiverName: 'shift-torre1',
  isRegistering: true,
};

export interface SessionOptions {
  readonly size?: Size;
  readonly time?: TimeMode;
  readonly scope?: string;
  readonly keyTypes?: readonly string[];
  readonly isAscii?: boolean;
  readonly hasColour?: boolean;
  readonly clipboard?: string;
}

export class Session {
  readonly model = new MonitorModel();
  /** Filters asked for, in order; the model hears of each as from the receiver. */
  readonly filters: StreamFilter[] = [];
  /** What the operator did to the model. */
  readonly emitted: MonitorEvent[] = [];
  /** What else left the screen: `quit`, `reconnect`, `redraw`. */
  readonly calls: string[] = [];
  readonly copied: string[] = [];
  readonly written: {readonly name: string; readonly text: string}[] = [];
  /** Why nothing can be copied. */
  refusal: string | undefined;
  /** Why nothing can be written. */
  failure: Error | undefined;
  /** Whether the terminal has taken the last frame. */
  isReady = true;
  readonly theme;
  readonly keyTypes: readonly string[] | undefined;
  readonly store: ScreenStore;
  now = start;
  size: Size;
  #drawn: {readonly state: ScreenState; readonly rows: readonly string[]} | undefined;

  constructor(options: SessionOptions = {}) {
    const {size = {columns: 80, rows: 24}, time = 'utc', scope, keyTypes} = options;
    this.size = size;
    const {isAscii = false, hasColour = false, clipboard = clipboardOf('direct')} = options;
    // No terminal is here to be looked at.
    setColourDepth(1);
    this.keyTypes = keyTypes;
    this.theme = makeTheme({isAscii, hasColour});
    this.store = new ScreenStore({
      model: this.model,
      now: () => this.now,
      about,
      theme: this.theme,
      time,
      scope,
      keyTypes,
      size,
      isReady: () => this.isReady,
      replay: undefined,
      emit: event => {
        this.emitted.push(event);
        this.model.apply(event);
      },
      setFilter: filter => {
        this.filters.push(filter);
        this.model.apply({kind: 'filter-requested', at: this.now, filter});
      },
      reconnect: () => this.calls.push('reconnect'),
      copy: text => {
        if (this.refusal === undefined) this.copied.push(text);
        return this.refusal;
      },
      clipboard,
      write: (name, text) => {
        if (this.failure) throw this.failure;
        this.written.push({name, text});
        return `./${name}`;
      },
      redraw: () => this.calls.push('redraw'),
      suspend: () => this.calls.push('suspend'),
      quit: () => this.calls.push('quit'),
    });
  }

  /** Events come; it is then the time of the last, and the screen is up to date. */
  hear(events: Iterable<MonitorEvent>): this {
    for (const event of events) {
      this.model.apply(event);
      this.now = Math.max(this.now, event.at);
    }
    this.store.sample();
    return this;
  }

  wait(seconds: number): this {
    this.now += seconds * 1000;
    this.store.sample();
    return this;
  }

  press(...keys: readonly string[]): this {
    for (const key of keys) this.store.press(key);
    return this;
  }

  /** Types into a text input. */
  type(text: string): this {
    return this.press(...Array.from(text, key => (key === ' ' ? 'space' : key)));
  }

  resize(size: Size): this {
    this.size = size;
    this.store.resize(size);
    return this;
  }

  /** The screen row by row, with its styles, as Ink draws it from the store's state. */
  get frame(): readonly string[] {
    const state = this.store.getState();
    if (this.#drawn?.state !== state) this.#drawn = {state, rows: draw(state)};
    return this.#drawn.rows;
  }

  /** The rows of a pane, with their styles; empty when it is not shown. */
  pane(name: PaneName): string {
    const {panes, hasAlerts} = this.store.getState().layout;
    const above = paneNames.slice(0, paneNames.indexOf(name)).map(other => panes[other].height);
    const top = above.reduce((sum, height) => sum + height, hasAlerts ? 2 : 1);
    return this.frame.slice(top, top + panes[name].height).join('\n');
  }

  /** The screen row by row, without styles. */
  get rows(): readonly string[] {
    return this.frame.map(row => stripVTControlCharacters(row));
  }

  /** The same, for a person to read. */
  get text(): string {
    return `${this.rows.map(row => row.trimEnd()).join('\n')}\n`;
  }
}

/** The rows of a screen that Ink draws afresh. */
export function draw(state: ScreenState): readonly string[] {
  const {columns} = state.layout.size;
  return renderToString(createElement(Screen, {state}), {columns}).split('\n');
}

/** Rows of a frame that are wider than the terminal, and a frame that is not as high. */
export function misfits({frame, size}: Session): readonly string[] {
  const {columns, rows} = size;
  const wrong = frame
    .filter(row => widthOf(row) > columns)
    .map(row => `${widthOf(row)} columns, not ${columns}: ${row}`);
  return frame.length === rows ? wrong : [...wrong, `${frame.length} rows, not ${rows}`];
}
