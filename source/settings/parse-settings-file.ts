// What the settings file says: JSON, comments and trailing commas allowed. All that is wrong is told,
// with its line and column.
import {
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import {WrongValue} from './checks.ts';
import {isSetting, settingKeys, settingOf, type SettingKey} from './setting-table.ts';
import {SettingsError} from './settings-error.ts';
import type {Given, Source} from './sources.ts';

/** @param path how the file is called in errors. */
export function parseSettingsFile(text: string, path: string): Source {
  const faults: SettingsError[] = [];
  const complain: Complain = (offset, message, remedy) => {
    const {line, column} = placeOf(text, offset);
    const fault = new SettingsError(`${path}:${line}:${column}: ${message}`, remedy);
    faults.push(fault);
    return fault;
  };
  try {
    const root = parse(text, complain);
    return {given: root ? readEntries(entriesOf(root, ''), text, complain) : new Map(), faults};
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    complain(0, 'is nested too deeply');
    return {given: new Map(), faults};
  }
}

type Complain = (offset: number, message: string, remedy?: string) => SettingsError;

/** The object that the file holds; undefined when it holds none. */
function parse(text: string, complain: Complain): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, {allowTrailingComma: true});
  const [first] = errors;
  if (first) complain(first.offset, `not JSON: ${inWords(first)}`);
  else if (root?.type === 'object') return root;
  else complain(root?.offset ?? 0, 'the settings stand in an object: { … }');
  return undefined;
}

/** `CommaExpected`: comma expected. */
const inWords = ({error}: ParseError): string =>
  printParseErrorCode(error)
    .replace(/\B[A-Z]/g, ' $&')
    .toLowerCase();

interface Entry {
  readonly key: string;
  readonly name: Node;
  readonly value: Node;
}

/** `filter` and `alerts`: what the table has before a dot. */
const groups = new Set(
  settingKeys
    .filter(key => key.includes('.') && settingOf(key).inFile !== 'never')
    .map(key => key.slice(0, key.indexOf('.'))),
);

/** What the object gives, those of a group after its name and a dot. */
function entriesOf(object: Node, prefix: string): readonly Entry[] {
  return (object.children ?? []).flatMap(({children: [name, value] = []}) => {
    if (!name || !value) return [];
    const key = `${prefix}${name.value}`;
    const isGroup = groups.has(key) && value.type === 'object';
    return isGroup ? entriesOf(value, `${key}.`) : {key, name, value};
  });
}

function readEntries(
  entries: readonly Entry[],
  text: string,
  complain: Complain,
): ReadonlyMap<SettingKey, Given> {
  const given = new Map<SettingKey, Given>();
  for (const entry of entries) {
    const {key, name, value} = entry;
    if (groups.has(key)) complain(value.offset, `${key} takes an object: { … }`);
    else if (!isSetting(key) || settingOf(key).inFile === 'never') complainOfKey(entry, complain);
    else if (given.has(key)) complain(name.offset, `${key} is given twice`);
    else given.set(key, readValue(key, value, text, complain));
  }
  return given;
}

function readValue(key: SettingKey, node: Node, text: string, complain: Complain): Given {
  const {check, checkInFile = check} = settingOf(key);
  const name = `line ${placeOf(text, node.offset).line}`;
  try {
    const value = checkInFile(getNodeValue(node));
    return {origin: 'file', name, read: () => value};
  } catch (error) {
    if (!(error instanceof WrongValue)) throw error;
    const {offset} = node.children?.[error.index ?? -1] ?? node;
    const fault = complain(offset, `${key} ${error.message}`);
    const read = () => {
      throw fault;
    };
    return {origin: 'file', name, read};
  }
}

/** What people may try to put here; the first that is like the key is meant. */
const secrets = [
  {like: /^broker\.password$/, what: 'password', variable: 'ACTIVEMQ_PASSWORD'},
  {like: /token|secret|password|api_?key/i, what: 'token', variable: 'SWF_API_TOKEN'},
];

function complainOfKey({key, name}: Entry, complain: Complain): void {
  const secret = secrets.find(({like}) => like.test(key));
  if (secret) {
    const {what, variable} = secret;
    const remedy = `in ~/.env, which only you can read: export ${variable}=…`;
    complain(name.offset, `the ${what} does not belong in this file: put it into ~/.env`, remedy);
    return;
  }
  const group = key.slice(0, key.indexOf('.') + 1);
  complain(name.offset, `unknown key "${key}": known are ${knownKeys(group).join(', ')}`);
}

/** @param group with its dot; `''`: the keys of the file. */
function knownKeys(group: string): readonly string[] {
  const inFile = settingKeys.filter(key => settingOf(key).inFile !== 'never');
  const inGroup = inFile.filter(key => group !== '' && key.startsWith(group));
  return inGroup.length > 0 ? inGroup : [...new Set(inFile.map(key => key.replace(/\..*/, '')))];
}

/** Both from 1, the column in UTF-16 units. */
function placeOf(text: string, offset: number): {readonly line: number; readonly column: number} {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return {line: before.length, column: before.at(-1)!.length + 1};
}
