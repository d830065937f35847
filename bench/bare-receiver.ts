// The limit to measure against: the stream over Node's own HTTP client, split into lines and
// parsed, and nothing else. Prints how many messages it has read.
import {get} from 'node:http';

get(process.argv[2]!, response => {
  let rest = '';
  let count = 0;
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      if (!line.startsWith('data: ')) continue;
      if ('msg_type' in (JSON.parse(line.slice(6)) as object)) count += 1;
    }
  });
  response.on('end', () => process.stdout.write(`${count}\n`));
});
