/** Places in a text: the API counts bytes of UTF-8, a browser counts units of UTF-16. */
export class Places {
  /** For each 1,024th unit, the byte it stands at, so that a place is found without reading the whole text. */
  readonly #steps: number[] = [0];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    let bytes = 0;
    for (let i = 0; i < text.length; i += 1) {
      if (i > 0 && i % 1024 === 0) this.#steps.push(bytes);
      bytes += width(text.charCodeAt(i));
    }
  }

  /** The unit at a byte; the end of the text for what lies beyond it. */
  unit(byte: number): number {
    let [low, high] = [0, this.#steps.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#steps[middle] ?? 0) <= byte) low = middle;
      else high = middle - 1;
    }
    let [at, i] = [this.#steps[low] ?? 0, low * 1024];
    while (i < this.#text.length && at < byte) {
      at += width(this.#text.charCodeAt(i));
      i += 1;
    }
    return i;
  }
}

/** The bytes that a unit adds: half of a pair two, as the pair has four. */
function width(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
}

export interface Run {
  text: string;
  start: number;
  /** The index of the mention that the run belongs to. */
  mention: number | null;
  /** Whether the mention begins here. */
  opens: boolean;
  quoted: boolean;
}

/** Cuts a text at the borders of its mentions and of a quote. All places are units; mentions do not overlap. */
export function runs(
  text: string,
  mentions: { start: number; end: number }[],
  quote: { start: number; end: number } | null,
): Run[] {
  const cuts = new Set([0, text.length]);
  for (const range of quote ? [...mentions, quote] : mentions) {
    cuts.add(range.start);
    cuts.add(range.end);
  }
  const borders = [...cuts].filter((cut) => cut >= 0 && cut <= text.length).sort((a, b) => a - b);
  const order = mentions.map((range, index) => ({ ...range, index })).sort((a, b) => a.start - b.start);
  const found: Run[] = [];
  let next = 0;
  for (const [i, start] of borders.entries()) {
    const end = borders[i + 1];
    if (end === undefined) break;
    while (next < order.length && (order[next]?.end ?? 0) <= start) next += 1;
    const at = order[next];
    const mention = at && at.start <= start && end <= at.end ? at.index : null;
    const quoted = quote !== null && quote.start <= start && end <= quote.end;
    found.push({
      text: text.slice(start, end),
      start,
      mention,
      opens: mention !== null && at?.start === start,
      quoted,
    });
  }
  return found;
}
