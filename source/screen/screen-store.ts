// Between the model and Ink: holds the view, composes the frame when it is told to, and tells the
// places whose text has changed. Keys act at once; messages only wait in the model to be sampled.
import type {MonitorModel, Snapshot} from '../model/monitor-model.ts';
import type {StreamFilter} from '../wire/filter.ts';
import {everything} from '../wire/filter.ts';
import {sanitise} from '../wire/sanitise.ts';
import {chosenTypes, toggleType, typesOnKeys, withTypes} from './filter-choice.ts';
import {composeFrame, layoutOf, places, type Frame, type Place} from './frame.ts';
import type {Intent, OutwardIntent, ViewIntent} from './intent.ts';
import {intentFor} from './keys.ts';
import type {Layout, Size} from './layout.ts';
import {overlayContent} from './panes/overlay.ts';
import type {About, PaneInput} from './panes/pane.ts';
import {toCopy, toWrite} from './takeaway.ts';
import type {Theme} from './theme.ts';
import {newView, updateView, type View} from './view.ts';
import type {TimeMode} from '../time.ts';

export interface ScreenOptions {
  readonly model: MonitorModel;
  /** Receiver's clock, ms. */
  readonly now: () => number;
  readonly about: About;
  readonly theme: Theme;
  readonly time: TimeMode;
  readonly scope: string | undefined;
  readonly size: Size;
  readonly setFilter: (filter: StreamFilter) => void;
  readonly reconnect: () => void;
  /** Puts text on the operator's clipboard; answers why it cannot. */
  readonly copy: (text: string) => string | undefined;
  /**
   * Writes a file; answers where.
   * @throws Error when it cannot be written.
   */
  readonly write: (name: string, text: string) => string;
  readonly repaint: () => void;
  readonly quit: () => void;
}

export class ScreenStore {
  readonly #options: ScreenOptions;
  readonly #listeners = new Set<() => void>();
  #size: Size;
  #view: View;
  #frame: Frame | undefined;
  #layout: Layout | undefined;
  /** What the last frame was made from: model version and full second. */
  #sampled = '';
  /** The full second of the last check for alerts. */
  #checked = 0;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#view = newView(options.time, options.scope);
    this.refresh();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  textOf(place: Place): string {
    return this.#frame?.[place] ?? '';
  }

  get layout(): Layout {
    return this.#layout ?? layoutOf(this.#input(), this.#size);
  }

  get view(): View {
    return this.#view;
  }

  /** Composes the frame if the model or the full second has changed since the last one. */
  sample(): void {
    const {model, now} = this.#options;
    const second = Math.floor(now() / 1000);
    if (second !== this.#checked) {
      this.#checked = second;
      model.checkAlerts(now());
    }
    const sampled = `${model.version} ${second}`;
    if (sampled !== this.#sampled) this.refresh();
  }

  resize(size: Size): void {
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    this.refresh();
  }

  press(key: string): void {
    const intent = intentFor(key, this.#view);
    if (!intent) {
      this.#view = {...this.#view, notice: `${key} does nothing here; ? shows the keys`};
    } else {
      this.#act(intent);
    }
    this.refresh();
  }

  /** Composes the frame and tells the listeners if anything on it is new. */
  refresh(): void {
    const {model, now} = this.#options;
    const input = this.#input();
    const layout = layoutOf(input, this.#size);
    const frame = composeFrame(input, layout);
    this.#sampled = `${model.version} ${Math.floor(now() / 1000)}`;
    const before = this.#frame;
    const isSame =
      before !== undefined &&
      sameLayout(this.#layout, layout) &&
      places.every(place => before[place] === frame[place]);
    if (isSame) return;
    this.#frame = frame;
    if (!sameLayout(this.#layout, layout)) this.#layout = layout;
    for (const listener of this.#listeners) listener();
  }

  #input(): PaneInput {
    const {model, now, about, theme} = this.#options;
    const live = model.snapshot(now());
    return {live, snapshot: this.#shown(live), view: this.#view, about, theme};
  }

  /** The frozen snapshot while paused; its ages go on. */
  #shown(live: Snapshot): Snapshot {
    return this.#view.paused ? {...this.#view.paused, now: live.now} : live;
  }

  #act(intent: Intent): void {
    if (isOutward(intent)) {
      this.#view = {...this.#view, notice: undefined};
      this.#leave(intent);
      return;
    }
    const rodeAlong = this.#view.lifecycleRides;
    this.#updateView(intent);
    if (intent.kind === 'toggle-lifecycle') this.#applyLifecycle(rodeAlong);
  }

  #updateView(intent: ViewIntent): void {
    const {model, now} = this.#options;
    const input = this.#input();
    const {overlay} = this.#view;
    this.#view = updateView(this.#view, intent, {
      snapshot: input.snapshot,
      layout: layoutOf(input, this.#size),
      freeze: () => model.freeze(now()),
      overlayHeight: overlay ? overlayContent(input, overlay).lines.length : 0,
    });
  }

  #leave(intent: OutwardIntent): void {
    const {model, now, setFilter, reconnect, repaint, quit} = this.#options;
    switch (intent.kind) {
      case 'acknowledge':
        model.acknowledgeAlerts();
        break;
      case 'copy':
        this.#copy();
        break;
      case 'write':
        this.#write();
        break;
      case 'toggle-type': {
        const type = typesOnKeys(model.snapshot(now()).types.keys())[intent.index];
        if (type === undefined) this.#notice(`no message type on key ${intent.index + 1} yet`);
        else setFilter(toggleType(this.#wantedFilter(), type, this.#view.lifecycleRides));
        break;
      }
      case 'clear-filter':
        setFilter(everything);
        break;
      case 'reconnect':
        this.#notice('a new stream is being opened');
        reconnect();
        break;
      case 'repaint':
        repaint();
        break;
      case 'quit':
        quit();
        break;
    }
  }

  #copy(): void {
    const takeaway = toCopy(this.#input());
    if (!takeaway) {
      this.#notice('select a message or a run to copy');
      return;
    }
    const refusal = this.#options.copy(takeaway.text);
    this.#notice(
      refusal === undefined
        ? `${takeaway.what} is sent to the clipboard`
        : `not copied: ${refusal}`,
    );
  }

  #write(): void {
    const takeaway = toWrite(this.#input());
    if (!takeaway) {
      this.#notice('nothing to write yet');
      return;
    }
    try {
      const path = this.#options.write(takeaway.name, takeaway.text);
      this.#notice(`${takeaway.what}: written to ${path}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#notice(`not written: ${sanitise(reason)}`);
    }
  }

  #wantedFilter(): StreamFilter {
    const {model, now} = this.#options;
    const {health} = model.snapshot(now());
    return health.requested ?? health.filter;
  }

  /** The lifecycle was put into, or taken out of, a filter of types. */
  #applyLifecycle(rodeAlong: boolean): void {
    const filter = this.#wantedFilter();
    const rides = this.#view.lifecycleRides;
    const chosen = chosenTypes(filter, rodeAlong);
    const where = chosen.length > 0 ? '' : ' with a type filter';
    this.#notice(
      rides
        ? `the run lifecycle rides along${where}`
        : `the run lifecycle is not asked for${where || ' any more'}`,
    );
    if (chosen.length > 0) this.#options.setFilter(withTypes(filter, chosen, rides));
  }

  #notice(notice: string): void {
    this.#view = {...this.#view, notice};
  }
}

const outwardKinds: ReadonlySet<string> = new Set<OutwardIntent['kind']>([
  'toggle-type',
  'clear-filter',
  'acknowledge',
  'copy',
  'write',
  'reconnect',
  'repaint',
  'quit',
]);

const isOutward = (intent: Intent): intent is OutwardIntent => outwardKinds.has(intent.kind);

function sameLayout(a: Layout | undefined, b: Layout): boolean {
  return (
    a !== undefined &&
    a.kind === b.kind &&
    a.hasAlerts === b.hasAlerts &&
    a.size.columns === b.size.columns &&
    a.size.rows === b.size.rows
  );
}
