/** The language to tell a screen reader and the fonts, by the script a name is written in; Latin says nothing. */
const SCRIPTS: [RegExp, string][] = [
  [/[گچپژکی]/, 'fa'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/[іїєґІЇЄҐ]/, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Armenian}/u, 'hy'],
  [/\p{Script=Georgian}/u, 'ka'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/\p{Script=Thai}/u, 'th'],
];

export function language(text: string): string | undefined {
  return SCRIPTS.find(([script]) => script.test(text))?.[1];
}
