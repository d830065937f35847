// Reads a picture of a terminal back, with a parser that takes nothing but well-formed XML.
import {SaxesParser} from 'saxes';
import {cell} from '../../scripts/terminal-svg.ts';

export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** @throws Error where the document is not well-formed. */
export function elementsOf(svg: string): readonly SvgElement[] {
  const parser = new SaxesParser();
  const elements: SvgElement[] = [];
  const open: SvgElement[] = [];
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', ({name, attributes}) => {
    const element = {name, attributes, text: ''};
    elements.push(element);
    open.push(element);
  });
  parser.on('text', text => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(svg).close();
  return elements;
}

/** The rows of the terminal, each text in the columns where it is drawn. */
export function textOfSvg(svg: string): string {
  const elements = elementsOf(svg);
  const rows: string[][] = Array.from({length: rowsOf(elements)}, () => []);
  for (const {name, attributes, text} of elements) {
    if (name !== 'text') continue;
    const [x, y, length] = ['x', 'y', 'textLength'].map(key => Number(attributes[key]));
    const row = rows[(y! - cell.baseline) / cell.height]!;
    const column = x! / cell.width;
    while (row.length < column) row.push(' ');
    if (row.length > column) throw new Error(`drawn over another text: ${text}`);
    row.push(text, ...Array<string>(length! / cell.width - 1).fill(''));
  }
  return `${rows.map(row => row.join('')).join('\n')}\n`;
}

function rowsOf(elements: readonly SvgElement[]): number {
  const margins = /translate\((\d+) (\d+)\)/.exec(
    elements.find(({name}) => name === 'g')?.attributes['transform'] ?? '',
  );
  return (Number(elements[0]?.attributes['height']) - 2 * Number(margins?.[2])) / cell.height;
}
