// The theme, for every component below the screen.
import {createContext, use} from 'react';
import {makeTheme, type Theme} from '../theme.ts';

export const ThemeContext = createContext<Theme>(makeTheme({hasColour: true, isAscii: false}));

export const useTheme = (): Theme => use(ThemeContext);
