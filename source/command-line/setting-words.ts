// The settings in words, for the manual page and the operators' page: which variables and which flag
// give each, and what it means.
import {typed, type FlagName} from '../settings/flag-table.ts';
import {settingKeys, settingOf} from '../settings/setting-table.ts';
import {flagMeaning, flagUsage} from './flag-words.ts';

export interface SettingRow {
  readonly variables: readonly string[];
  /** As it is typed; empty: there is none. */
  readonly flag: string;
  readonly meaning: string;
}

/** Variables that decide with others, and are no settings themselves. */
const otherVariables: readonly SettingRow[] = [
  {
    variables: ['NO_COLOR'],
    flag: '',
    meaning: 'no colours, unless "theme" in the settings file says so',
  },
  {
    variables: ['INK_SCREEN_READER'],
    flag: typed('plain'),
    meaning: 'true: lines instead of a screen that is drawn again and again',
  },
  {
    variables: ['XDG_CONFIG_HOME'],
    flag: '',
    meaning: 'where swfmon/config.json is looked for (~/.config)',
  },
];

/** All that a flag or a variable gives, those with a variable first. */
export function settingRows(): readonly SettingRow[] {
  const rows = settingKeys.flatMap(key => {
    const {flag, variables = [], help} = settingOf(key);
    if (flag === undefined && variables.length === 0) return [];
    return {variables, flag: flag ? flagUsage(flag) : '', meaning: help ?? withoutVariables(flag!)};
  });
  const hasVariable = ({variables}: SettingRow) => variables.length > 0;
  return [
    ...rows.filter(hasVariable),
    ...otherVariables,
    ...rows.filter(row => !hasVariable(row)),
    alert,
  ];
}

/** The thresholds share one flag. */
const alert: SettingRow = {variables: [], flag: flagUsage('alert'), meaning: flagMeaning('alert')};

const withoutVariables = (flag: FlagName): string =>
  flagMeaning(flag).replace(/ \[[A-Z_, ]+\]/, '');
