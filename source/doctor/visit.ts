// What the checks look at: the settings in force, this machine, and the monitor behind the network.
import type {ClipboardRoute} from '../clipboard-route.ts';
import type {LookupAddress} from 'node:dns';
import type {Socket} from 'node:net';
import type {InForce} from '../settings/in-force.ts';
import type {SettingKey, Values} from '../settings/setting-table.ts';
import type {SettingsError} from '../settings/settings-error.ts';
import {goesThrough} from '../http/proxy.ts';
import {connectionOptions, createTransport} from '../http/transport.ts';
import type {Fetch} from '../wire/transport.ts';
import type {Patience, TriedStream} from './try-stream.ts';

/** Where the program touches the machine and the network. */
export interface Edges {
  readonly now: () => number;
  readonly lookup: (host: string) => Promise<readonly LookupAddress[]>;
  /** Answers at once; the socket tells how it went. */
  readonly connect: (host: string, port: number) => Socket;
  /** Of a file or a directory, PEM. @throws Error when it cannot be read. */
  readonly readAuthorities: (path: string) => string;
  /** What tmux answers. @throws Error when there is none. */
  readonly tmux: (args: readonly string[]) => Promise<string>;
}

/** The machine as far as it is looked at. */
export interface Machine {
  /** Program, Node, system. */
  readonly program: string;
  readonly hostname: string;
  readonly pid: number;
  /** The process's own over `~/.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal | undefined;
  readonly clipboardRoute: ClipboardRoute;
  /** Permissions of `~/.env`; undefined when there is none. */
  readonly envFileMode: number | undefined;
}

export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  /** Bits a colour: 1, 4, 8 or 24. */
  readonly colourDepth: number;
}

export interface VisitOptions {
  readonly inForce: readonly InForce[];
  readonly faults: readonly SettingsError[];
  /** What is to be known of the files that settings come from. */
  readonly warnings: readonly string[];
  readonly file: {readonly path: string; readonly isThere: boolean};
  readonly machine: Machine;
  readonly edges: Edges;
  readonly patience: Patience;
}

export class Visit {
  readonly faults: readonly SettingsError[];
  readonly warnings: readonly string[];
  readonly file: {readonly path: string; readonly isThere: boolean};
  readonly machine: Machine;
  readonly edges: Edges;
  readonly patience: Patience;
  /** The proxy on the way to the monitor, from its check on. */
  proxy: URL | undefined;
  /** Open from its check on to the end of the visit. */
  stream: TriedStream | undefined;
  readonly #inForce: ReadonlyMap<SettingKey, InForce>;
  #fetch: Promise<Fetch> | undefined;

  constructor({inForce, faults, warnings, file, machine, edges, patience}: VisitOptions) {
    this.#inForce = new Map(inForce.map(one => [one.key, one]));
    this.faults = faults;
    this.warnings = warnings;
    this.file = file;
    this.machine = machine;
    this.edges = edges;
    this.patience = patience;
  }

  setting(key: SettingKey): InForce {
    return this.#inForce.get(key)!;
  }

  value<Key extends SettingKey>(key: Key): Values[Key] {
    return this.setting(key).value as Values[Key];
  }

  get base(): string {
    return this.value('monitorUrl');
  }

  get url(): URL {
    return new URL(this.base);
  }

  /** Finds out whether the way to the monitor leads through the proxy. */
  async chooseProxy(): Promise<void> {
    const proxy = this.value('proxy');
    const isUsed = await goesThrough(this.url, {proxy, noProxy: this.value('noProxy')});
    this.proxy = isUsed ? new URL(proxy!) : undefined;
  }

  /** Who is connected to first: the proxy, or the monitor itself. */
  get nextHop(): {readonly host: string; readonly port: number} {
    const {hostname, port, protocol} = this.proxy ?? this.url;
    const usual = protocol === 'https:' ? 443 : 80;
    return {host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port)};
  }

  /** As the receiver would send. @throws Error when the CA file cannot be read. */
  fetch(): Promise<Fetch> {
    this.#fetch ??= createTransport({
      origin: this.url.origin,
      token: this.value('token'),
      caFile: this.value('caFile'),
      proxy: this.value('proxy'),
      noProxy: this.value('noProxy'),
    });
    return this.#fetch;
  }

  /** As the transport connects. @throws Error when the CA file cannot be read. */
  connectionOptions() {
    return connectionOptions({origin: this.url.origin, caFile: this.value('caFile')});
  }

  end(): void {
    this.stream?.close();
  }
}
