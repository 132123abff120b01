/** Light, dark, or as the system says. Only this choice is kept between sessions: it says nothing of anybody. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'interdict-theme';
const kept = localStorage.getItem(KEY);

export const theme = $state<{ value: Theme }>({
  value: kept === 'light' || kept === 'dark' ? kept : 'system',
});

export function applyTheme(): void {
  const root = document.documentElement;
  if (theme.value === 'system') root.removeAttribute('data-theme');
  else root.dataset.theme = theme.value;
}

export function setTheme(value: Theme): void {
  theme.value = value;
  if (value === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, value);
  applyTheme();
}
