// A line across the messages.
import {describe, expect, it} from 'vitest';
import {SeparatorRow, type SeparatorRowProps} from '../../source/ui/components/SeparatorRow.tsx';
import {searchFor} from '../../source/ui/store/search.ts';
import {ascii, Drawn} from './drawn.tsx';

const row = (props: Partial<SeparatorRowProps> = {}) => (
  <SeparatorRow
    words="gap of 0:14: reset"
    hasCursor={false}
    width={30}
    search={undefined}
    {...props}
  />
);

describe('a separator', () => {
  it('is drawn to the end of its row, as a warning', async () => {
    const drawn = new Drawn(row());
    expect(drawn.text).toBe('  ╌╌╌ gap of 0:14: reset ╌╌╌╌╌');
    expect(await drawn.looks()).toBe('      yellow «╌╌╌ gap of 0:14: reset ╌╌╌╌╌»');
  });

  it('cuts what is too long, and fills what half of a wide character leaves', () => {
    const words = 'mark 漢字漢字漢字漢字漢字漢字';
    expect(new Drawn(row({words})).text).toBe('  ╌╌╌ mark 漢字漢字漢字漢字漢…');
    expect(new Drawn(row({words, width: 31})).text).toBe('  ╌╌╌ mark 漢字漢字漢字漢字漢…╌');
  });

  it('has the cursor while it is selected', () => {
    const drawn = new Drawn(row({hasCursor: true}));
    expect(drawn.text).toMatch(/^▸ ╌/);
    expect(drawn.again(row()).text).toMatch(/^ {2}╌/);
  });

  it('marks what is searched for', async () => {
    const drawn = new Drawn(row({search: searchFor('RESET')}));
    expect(await drawn.looks()).toContain('bold inverse «reset»');
  });

  it('reads in ASCII too', () => {
    expect(new Drawn(row({hasCursor: true}), ascii).text).toBe('> --- gap of 0:14: reset -----');
  });
});
