// The alerts: what the rules found, since when, whether it is over, and whether somebody has taken
// note of it. Bounded; nothing goes before it was acknowledged but for the bound.
import type {WorkflowMessage} from '../wire/message.ts';
import {alertRules, isFailure, type Circumstances, type Finding} from './alert-rules.ts';
import type {Thresholds} from '../thresholds.ts';

export interface Alert {
  readonly key: string;
  readonly rule: string;
  /** With why it is not checked now, where it is not. */
  readonly text: string;
  /** Key of the run that it is about. */
  readonly runKey: string | undefined;
  /** When it began, and when it was over; receiver's clock, ms. */
  readonly since: number;
  readonly until: number | undefined;
  readonly isAcknowledged: boolean;
  /** How often it happened. */
  readonly count: number;
}

/** Alerts kept; the oldest goes first. */
const maxAlerts = 200;
/** Conditions that wait for their time to come. */
const maxPending = 2000;

export class Alerts {
  readonly #thresholds: Thresholds;
  readonly #alerts = new Map<string, Alert>();
  /** When conditions were first found that have not held long enough, ms. */
  #pending: ReadonlyMap<string, number> = new Map();
  /** Over and acknowledged, in the order in which they left the list. */
  #settled: readonly Alert[] = [];
  /** Keys of what held at the last check. */
  #held: ReadonlySet<string> = new Set();
  /** Alerts raised in all; a bell rings when it rises. */
  #raised = 0;

  constructor(thresholds: Thresholds) {
    this.#thresholds = thresholds;
  }

  get raised(): number {
    return this.#raised;
  }

  /** Those that began last first. */
  get list(): readonly Alert[] {
    return [...this.#alerts.values()].toReversed().sort((a, b) => b.since - a.since);
  }

  /** Those that are over and acknowledged, for who asks what there was; the newest. */
  get settled(): readonly Alert[] {
    return this.#settled;
  }

  /** Holds the rules against what is. */
  check(circumstances: Omit<Circumstances, 'thresholds'>): void {
    const {now} = circumstances;
    const thresholds = this.#thresholds;
    const pending = new Map<string, number>();
    const found = new Set<string>();
    for (const rule of alertRules) {
      for (const finding of rule.find({...circumstances, thresholds})) {
        const key = `${rule.name} ${finding.run?.key ?? ''} ${finding.detail ?? ''}`;
        const since = this.#pending.get(key) ?? now;
        if (pending.size < maxPending) pending.set(key, since);
        if (now - since < rule.holds(thresholds)) continue;
        found.add(key);
        this.#hold(key, rule.name, finding, since);
      }
    }
    this.#pending = pending;
    this.#held = found;
    this.#endAllBut(found, {...circumstances, thresholds});
  }

  /** A message came; `at`: receiver's clock, ms. One that tells of a failure is an alert. */
  heard({type, runId, agent, text}: WorkflowMessage, runKey: string | undefined, at: number): void {
    if (!isFailure(type)) return;
    const key = `failure ${runKey ?? ''} ${type} ${agent}`;
    const before = this.#alerts.get(key);
    const where = runId === undefined ? '' : `run ${runId}: `;
    const who = agent === '' ? '' : ` from ${agent}`;
    this.#raised += 1;
    this.#put({
      key,
      rule: 'failure',
      text: `${where}${type}${who}${text === undefined ? '' : `: ${text}`}`,
      runKey,
      since: at,
      until: at,
      isAcknowledged: false,
      count: (before?.count ?? 0) + 1,
    });
  }

  /** Somebody has taken note of all of them: what is over goes, what holds stays and is quiet. */
  acknowledge(): void {
    for (const alert of this.#alerts.values()) {
      if (alert.until === undefined) this.#replace({...alert, isAcknowledged: true});
      else this.#settle(alert);
    }
  }

  /** The process did not run for so many ms: nothing is known to have held meanwhile. */
  stoodStill(duration: number): void {
    this.#pending = new Map([...this.#pending].map(([key, since]) => [key, since + duration]));
  }

  /** The wall clock was set by so many ms. */
  shift(by: number): void {
    this.#pending = new Map([...this.#pending].map(([key, since]) => [key, since + by]));
    for (const alert of this.#alerts.values()) this.#replace(shifted(alert, by));
    this.#settled = this.#settled.map(alert => shifted(alert, by));
  }

  #hold(key: string, rule: string, {run, text}: Finding, since: number): void {
    const before = this.#alerts.get(key);
    if (before && before.until === undefined) {
      if (before.text !== text) this.#replace({...before, text});
      return;
    }
    const isKnown = !before && this.#held.has(key);
    // Told, and dropped because of the bound: it comes back when there is room.
    if (isKnown && this.#alerts.size >= maxAlerts) return;
    if (!isKnown) this.#raised += 1;
    const count = (before?.count ?? 0) + 1;
    const told = {key, rule, text, runKey: run?.key, since, count};
    this.#put({...told, until: undefined, isAcknowledged: false});
  }

  #endAllBut(found: ReadonlySet<string>, circumstances: Circumstances): void {
    const {now} = circumstances;
    for (const alert of this.#alerts.values()) {
      if (alert.until !== undefined || found.has(alert.key)) continue;
      const blindness = blindnessOf(alert, circumstances);
      if (blindness !== undefined) {
        this.#leaveUnchecked(alert, blindness);
        continue;
      }
      const over = {...alert, text: alert.text.replace(unchecked, ''), until: now};
      if (alert.isAcknowledged) this.#settle(over);
      else this.#replace(over);
    }
  }

  /** It stays, and says why nobody can tell whether it still holds. */
  #leaveUnchecked(alert: Alert, why: string): void {
    const said = alert.text.replace(unchecked, '');
    const text = `${said} (not checked: ${why})`;
    if (text !== alert.text) this.#replace({...alert, text});
  }

  #settle(alert: Alert): void {
    this.#alerts.delete(alert.key);
    const settled = {...alert, isAcknowledged: true};
    this.#settled = [...this.#settled.slice(1 - maxAlerts), settled];
  }

  /** In its place. */
  #replace(alert: Alert): void {
    this.#alerts.set(alert.key, alert);
  }

  /** As the newest. */
  #put(alert: Alert): void {
    this.#alerts.delete(alert.key);
    this.#alerts.set(alert.key, alert);
    const [oldest] = this.#alerts.keys();
    if (this.#alerts.size > maxAlerts && oldest !== undefined) this.#alerts.delete(oldest);
  }
}

const shifted = (alert: Alert, by: number): Alert => ({
  ...alert,
  since: alert.since + by,
  until: alert.until === undefined ? undefined : alert.until + by,
});

const unchecked = / \(not checked: [a-z ]+\)$/;

/** Why the alert's rule cannot tell now if it is over. */
function blindnessOf({rule, runKey}: Alert, circumstances: Circumstances): string | undefined {
  const run = circumstances.runs.find(({key}) => key === runKey);
  return run && alertRules.find(({name}) => name === rule)?.blindness?.(run, circumstances);
}
