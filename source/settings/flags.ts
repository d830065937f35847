// What the command line gave; undefined where it said nothing.

export interface Flags {
  readonly message?: readonly string[] | undefined;
  readonly agent?: readonly string[] | undefined;
  readonly run?: readonly string[] | undefined;
  readonly monitorUrl?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly caFile?: string | undefined;
  readonly json?: boolean | undefined;
  readonly plain?: boolean | undefined;
  readonly count?: number | undefined;
  readonly register?: boolean | undefined;
  readonly fps?: number | undefined;
  readonly ascii?: boolean | undefined;
  readonly time?: string | undefined;
  readonly alert?: readonly string[] | undefined;
}
