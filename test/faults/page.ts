// The page on faults, as the trials have found it.
import {format, resolveConfig} from 'prettier';

export interface Finding {
  readonly fault: string;
  readonly screen: string;
  readonly again: string;
  readonly note: string;
}

const introduction = `# Faults

Each fault below is provoked by a test, on real sockets, between a receiver and a monitor of the
testbed. The second column is the top line of the screen when the fault shows (ports and times are
left out as …), the third is what follows once the fault is gone. In every case messages go on by
themselves afterwards, the retries keep to their waits, everything that is kept stays within its
bounds, and the token shows up in no event, nowhere on the screen and at no other host.

This page is written by \`npx vitest run test/faults -u\`; the tests fail when it is stale.

`;

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

export async function pageOf(findings: readonly Finding[]): Promise<string> {
  const rows = findings.map(({fault, screen, again, note}) =>
    [fault, `\`${screen}\``, again, note].map(cell).join(' | '),
  );
  const table = [
    'fault | what the screen says | live again | note',
    '--- | --- | --- | ---',
    ...rows,
  ].map(row => `| ${row} |\n`);
  const config = await resolveConfig(import.meta.filename);
  return format(introduction + table.join(''), {...config, parser: 'markdown'});
}
