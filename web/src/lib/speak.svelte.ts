/** What a screen reader is told when a page's results change. */
export const spoken = $state({ text: '' });

export function speak(text: string): void {
  spoken.text = text;
}
