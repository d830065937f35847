// The table of goals: what was wanted, what was measured, what others need, and whether it is met.

export interface Row {
  readonly subject: string;
  readonly goal: string;
  readonly measured: string;
  readonly peer?: string;
  /** Undefined where there is nothing to hold it against. */
  readonly isMet?: boolean;
}

export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(({subject, goal, measured, peer = '', isMet}) => {
    const verdict = isMet === undefined ? '' : isMet ? 'yes' : '**no**';
    return `| ${subject} | ${goal} | ${measured} | ${peer} | ${verdict} |`;
  });
  return ['| | goal | measured | peer | met |', '| --- | --- | --- | --- | --- |', ...lines].join(
    '\n',
  );
}

/** With thousands apart, and so many digits behind the point. */
export function figure(value: number, digits = 0): string {
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
