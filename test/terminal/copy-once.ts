// Copies 3 kB as swfmon would, says so, and ends with the next key; left alone, after half a minute.
import {copyToClipboard} from '../../source/terminal/clipboard.ts';
import {routeOf} from '../../source/clipboard-route.ts';

const refusal = copyToClipboard(process.stdout, 'Zoë '.repeat(600), routeOf(process.env));
process.stdout.write(refusal === undefined ? 'was asked' : `refused: ${refusal}`);
process.stdin.once('data', () => process.exit());
setTimeout(() => process.exit(), 30_000);
