// One message as a row, which is drawn again only for what it shows.
import {describe, expect, it} from 'vitest';
import type {MessageEntry} from '../../source/model/message-log.ts';
import {MessageRow, type MessageRowProps} from '../../source/ui/components/MessageRow.tsx';
import {searchFor} from '../../source/ui/store/search.ts';
import {messageFrom} from '../model/happenings.ts';
import {ascii, Drawn} from './drawn.tsx';
import {later} from './scenes.ts';

const entryOf = (content: object, more: Partial<MessageEntry> = {}): MessageEntry => ({
  kind: 'message',
  id: 1,
  at: later(0),
  message: messageFrom({
    msg_type: 'stf_ready',
    run_id: '100013',
    processed_by: 'data-agent',
    filename: 'swf.stf',
    ...content,
  }),
  isCaughtUp: false,
  ...more,
});
const entry = entryOf({});
const row = (props: Partial<MessageRowProps> = {}) => (
  <MessageRow
    entry={entry}
    hasCursor={false}
    search={undefined}
    width={100}
    time="utc"
    now={0}
    clockSkew={0}
    middleCut=""
    {...props}
  />
);
const textOf = (content: object, props: Partial<MessageRowProps> = {}) =>
  new Drawn(row({entry: entryOf(content), ...props})).text;

describe('a message’s row', () => {
  it('has time, type, run, agent and what the message says', async () => {
    const drawn = new Drawn(row());
    expect(drawn.text).toMatch(/^ {2}19:18:28 stf_ready +100013 +data-agent +swf\.stf$/);
    expect(await drawn.looks()).toBe('      dim «19:18:28»  dim «data-agent»');
  });

  it('has the lifecycle lit, and what failed or cannot be read in red', async () => {
    const looks = (content: object) => new Drawn(row({entry: entryOf(content)})).looks();
    expect(await looks({msg_type: 'end_run'})).toContain('cyan «end_run»');
    expect(await looks({msg_type: 'processing_failed'})).toContain('bold red «processing_failed»');
    expect(await looks({msg_type: null})).toMatch(/bold red «[^»]+»/);
  });

  it('has a dash for a run that it does not name', () => {
    expect(textOf({run_id: null})).toMatch(/stf_ready +- +data-agent/);
  });

  it('is one row of its width, whatever the message says', () => {
    const wide = {
      message: '漢字'.repeat(60),
      msg_type: 'a_type_'.repeat(9),
      run_id: '7'.repeat(30),
    };
    for (const width of [40, 55, 71, 99, 100]) {
      const {rows} = new Drawn(row({entry: entryOf(wide), width}));
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatch(/a_type_a_type_a_ty… 777777…/);
    }
    expect(textOf(wide)).toMatch(/漢…$/);
  });

  it('shows cursor and origin in its margin', () => {
    expect(new Drawn(row({hasCursor: true})).text).toMatch(/^▸ 19/);
    expect(new Drawn(row({entry: {...entry, isCaughtUp: true}})).text).toMatch(/^ \+19/);
    expect(new Drawn(row({hasCursor: true}), ascii).text).toMatch(/^> 19/);
  });

  it('marks what is searched for', async () => {
    expect(await new Drawn(row({search: searchFor('SWF')})).looks()).toContain(
      'bold inverse «swf»',
    );
  });

  it('shows the time of sending by the operator’s clock, or how long ago', () => {
    const sent = {sent_at: '2026-11-23T19:18:40Z'};
    expect(textOf(sent)).toMatch(/^ {2}19:18:40 /);
    expect(textOf(sent, {clockSkew: 5000})).toMatch(/^ {2}19:18:35 /);
    expect(textOf(sent, {time: 'age', now: later(72)})).toMatch(/^ +1m \S* ?stf_ready|^ +1m stf/);
  });

  it('is drawn again for each thing that it shows, and for nothing else', () => {
    let draws = 0;
    const counted = (id: number): MessageEntry => ({
      ...entry,
      id,
      get isCaughtUp() {
        draws += 1;
        return false;
      },
    });
    const [one, other] = [counted(1), counted(2)];
    const search = searchFor('swf');
    const drawn = new Drawn(row({entry: one}));
    const drawsFor = (props: Partial<MessageRowProps>) => {
      const before = draws;
      drawn.again(row({entry: one, ...props}));
      return draws - before;
    };
    expect(draws).toBe(1);
    expect(drawsFor({})).toBe(0);
    const changes: readonly Partial<MessageRowProps>[] = [
      {hasCursor: true},
      {search},
      {width: 80},
      {now: 1000},
      {clockSkew: 5},
      {time: 'lab'},
      {entry: other},
    ];
    for (const change of changes) {
      expect([change, drawsFor(change), drawsFor(change)]).toEqual([change, 1, 0]);
    }
  });
});
