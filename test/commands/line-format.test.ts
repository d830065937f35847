// A message as a line: its columns stand below each other whatever the agents are called.
import {expect, it} from 'vitest';
import {messageLine} from '../../source/commands/line-format.ts';
import {messageFrom, start} from '../model/happenings.ts';

it('has the run in one column, for names as long as the testbed has them', () => {
  const columns = ['daq', 'stf_datataking-agent-wenaus-1234'].map(sender =>
    messageLine(messageFrom({msg_type: 'stf_gen', run_id: '7', sender}), start, 'utc').indexOf(
      ' run 7',
    ),
  );
  expect(new Set(columns).size).toBe(1);
});
