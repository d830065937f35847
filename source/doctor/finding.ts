// What a check has found, in a line, and the one thing to do about it.

/** `skipped`: not tried, for what it needs is not there. */
export type FindingState = 'ok' | 'warning' | 'failed' | 'skipped';

export interface Finding {
  readonly state: FindingState;
  readonly says: string;
  readonly remedy: string | undefined;
}

export const ok = (says: string): Finding => ({state: 'ok', says, remedy: undefined});

export const warning = (says: string, remedy?: string): Finding => ({
  state: 'warning',
  says,
  remedy,
});

export const failed = (says: string, remedy?: string): Finding => ({state: 'failed', says, remedy});

export const skipped = (says: string): Finding => ({state: 'skipped', says, remedy: undefined});

/** The finding that a failure of the wire is. */
export const failedBy = ({
  reason,
  remedy,
}: {
  readonly reason: string;
  readonly remedy: string | undefined;
}) => failed(reason, remedy);
