// The key table, and the names of keys.
import type {Key} from 'ink';
import {describe, expect, it} from 'vitest';
import type {Action} from '../../source/ui/store/actions.ts';
import {keyNames} from '../../source/ui/hooks/use-keyboard.ts';
import {bindingsOf, groupsOf, keyTable} from '../../source/ui/keys/key-table.ts';
import type {Place, Source} from '../../source/ui/keys/key-binding.ts';
import {actionFor} from '../../source/ui/keys/dispatch.ts';
import {newView, type View} from '../../source/ui/store/view.ts';
import {everything} from '../../source/wire/filter.ts';
import {Session} from './session.ts';

const inPanes = newView('utc', undefined);
const inOverlay: View = {...inPanes, overlay: {kind: 'help'}};
const inSheet: View = {
  ...inPanes,
  overlay: {kind: 'filter', sheet: {standard: [], draft: everything, cursor: 0}},
};

/** What follows from other actions, or from what is typed. */
const inner: ReadonlySet<string> = new Set([
  'apply',
  'apply-lifecycle',
  'type',
  'close-input',
  'find',
  'add',
  'mark',
]);

const allKinds: Readonly<Record<Action['kind'], true>> = {
  move: true,
  focus: true,
  open: true,
  back: true,
  help: true,
  alerts: true,
  'open-input': true,
  'find-next': true,
  'filter-sheet': true,
  'toggle-row': true,
  choose: true,
  neighbour: true,
  'toggle-fold': true,
  'toggle-agent': true,
  'toggle-run': true,
  suspend: true,
  apply: true,
  'apply-lifecycle': true,
  type: true,
  'close-input': true,
  find: true,
  add: true,
  mark: true,
  'toggle-bell': true,
  acknowledge: true,
  copy: true,
  write: true,
  'toggle-pause': true,
  'toggle-zoom': true,
  'toggle-scope': true,
  'toggle-lifecycle': true,
  'next-time': true,
  'toggle-type': true,
  'clear-filter': true,
  reconnect: true,
  play: true,
  redraw: true,
  quit: true,
};

const shows: readonly Source[] = ['live', 'replay'];

describe('the key table', () => {
  it.each<[Source, Place]>([
    ['live', 'panes'],
    ['live', 'overlay'],
    ['live', 'sheet'],
    ['replay', 'panes'],
    ['replay', 'overlay'],
  ])('gives a key one meaning, %s, in the %s', (show, place) => {
    const bindings = bindingsOf(show).filter(({where}) => where.includes(place));
    const keys = bindings.flatMap(({keys}) => keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('reaches everything that can be asked for', () => {
    const kinds = [inPanes, inOverlay, inSheet].flatMap(view =>
      shows.flatMap(show =>
        keyTable.flatMap(({keys}) => keys.map(key => actionFor(key, view, show)?.kind)),
      ),
    );
    const reached = new Set(kinds.filter(kind => kind !== undefined && kind !== 'refusal'));
    expect(reached).toEqual(new Set(Object.keys(allKinds).filter(kind => !inner.has(kind))));
  });

  it('is the help, line by line', () => {
    const {rows} = new Session({size: {columns: 120, rows: 60}}).press('?');
    const groups = groupsOf('live').map(({title, bindings}) =>
      [title, ...bindings.map(({label, help}) => label.padEnd(11) + help)].join('\n  '),
    );
    expect(rows.map(row => row.trimEnd()).join('\n')).toContain(`  ${groups.join('\n\n  ')}`);
  });

  it('is the footer, as far as it has hints that are valid there', () => {
    const session = new Session({size: {columns: 200, rows: 60}});
    const hints = (place: Place) => {
      const here = bindingsOf('live').filter(({where, hintWhere = where}) =>
        hintWhere.includes(place),
      );
      const all = [...here.map(({hint}) => hint), ...here.map(({spareHint}) => spareHint)];
      return all.filter(hint => hint !== undefined);
    };
    expect(session.rows.at(-1)?.trim()).toBe(hints('panes').join('  '));
    expect(session.press('?').rows.at(-1)?.trim()).toBe(hints('overlay').join('  '));
    expect(session.press('?', 'f').rows.at(-1)?.trim()).toBe(hints('sheet').join('  '));
  });

  it('is the footer with whole hints only', () => {
    const session = new Session({size: {columns: 47, rows: 24}});
    expect(session.rows.at(-1)?.trim()).toBe('? help  q quit  f filter  Space pause');
  });
});

describe('what a key means', () => {
  it.each<[string, Action]>([
    ['1', {kind: 'toggle-type', index: 0}],
    ['9', {kind: 'toggle-type', index: 8}],
    ['0', {kind: 'clear-filter'}],
    ['k', {kind: 'move', by: -1, unit: 'row'}],
    ['down', {kind: 'move', by: 1, unit: 'row'}],
    ['pageup', {kind: 'move', by: -1, unit: 'page'}],
    ['G', {kind: 'move', by: 1, unit: 'all'}],
    ['shift+tab', {kind: 'focus', by: -1}],
    ['ctrl+c', {kind: 'quit'}],
  ])('%s', (key, action) => {
    expect(actionFor(key, inPanes)).toEqual(action);
  });

  it('is nothing where it is not in the table', () => {
    expect(['y', 'ctrl+x', '', 'J'].map(key => actionFor(key, inPanes))).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('depends on whether something is open', () => {
    expect([actionFor('tab', inOverlay), actionFor('s', inOverlay)]).toEqual([
      undefined,
      undefined,
    ]);
    expect(actionFor('escape', inOverlay)).toEqual({kind: 'back'});
  });
});

describe('the name of a key', () => {
  const name = (input: string, key: Partial<Key> = {}) => keyNames(input, key as Key);

  it.each<[string, Partial<Key>, readonly string[]]>([
    ['a', {}, ['a']],
    ['G', {shift: true}, ['G']],
    [' ', {}, ['space']],
    ['?', {}, ['?']],
    ['', {upArrow: true}, ['up']],
    ['', {downArrow: true}, ['down']],
    ['', {pageUp: true}, ['pageup']],
    ['', {pageDown: true}, ['pagedown']],
    ['', {home: true}, ['home']],
    ['', {end: true}, ['end']],
    ['\r', {return: true}, ['return']],
    ['', {escape: true}, ['escape']],
    ['\t', {tab: true}, ['tab']],
    ['', {tab: true, shift: true}, ['shift+tab']],
    ['r', {ctrl: true}, ['ctrl+r']],
    ['c', {ctrl: true}, ['ctrl+c']],
  ])('%j with %j is %j', (input, key, expected) => {
    expect(name(input, key)).toEqual(expected);
  });

  it('is told one by one for keys that came together', () => {
    expect(name('jjj')).toEqual(['j', 'j', 'j']);
    expect(name('j \rG\t')).toEqual(['j', 'space', 'return', 'G', 'tab']);
  });
});
