/** Codes and numbers in the words of the field, as the written reports have them. */

const PROPERTIES: Record<string, string> = {
  name: 'Name',
  alias: 'Strong alias (a.k.a.)',
  weakAlias: 'Weak alias (a.k.a.)',
  previousName: 'Former name (f.k.a.)',
  program: 'Programme',
  birthDate: 'Date of birth',
  birthPlace: 'Place of birth',
  idNumber: 'National ID No.',
  passportNumber: 'Passport No.',
  taxNumber: 'Tax ID No.',
  registrationNumber: 'Registration No.',
  imoNumber: 'IMO number',
  mmsi: 'MMSI',
  swiftBic: 'SWIFT/BIC',
  publicKey: 'Digital currency address',
  linkedTo: 'Linked to',
  linkedFrom: 'Linked from',
};

const KINDS: Record<string, string> = {
  exact: 'the same',
  agree: 'agrees',
  spelling: 'another spelling',
  near: 'differs by a few letters',
  skeleton: 'same consonants',
  joined: 'joined or split words',
  legal_form: 'legal form',
  conflict: 'contradicts',
  only_query: 'only in the name asked for',
  only_candidate: 'only on the list',
  best_of: 'best of several listed names',
  namesakes: 'many bear names like these',
  month: 'agrees to the month',
  year: 'agrees to the year',
  swapped: 'day and month swapped',
  transposed: 'two digits exchanged',
  off_by_one: 'one step apart',
  one_digit: 'one digit of the year differs',
  same_year: 'the same year, another day',
  related: 'related countries',
  city: 'the same town',
  postcode: 'the same postcode',
};

const PREDICATES: Record<string, string> = {
  sanctioned_by: 'was sanctioned by',
  delisted_by: 'was taken off the list by',
  charged_with: 'was charged with',
  charged_before: 'was charged before',
  convicted_of: 'was convicted of',
  owns: 'owns',
  director_of: 'manages, or is on the board of,',
  employed_by: 'works for',
  member_of: 'belongs to',
  acts_for: 'acts for',
  family_of: 'is kin of',
  associate_of: 'deals with',
  formerly: 'was formerly',
  linked_to: 'is linked to',
  of_country: 'is of',
  did: 'of whom it is said:',
};

/** A claim's standing: a mark that is not a colour, and what it means. */
const STANDINGS: Record<string, { mark: string; meaning: string }> = {
  designated: { mark: '■', meaning: 'an authority sanctioned the subject: an act, not an accusation' },
  charged: { mark: '▲', meaning: 'a prosecutor brought charges; the subject is presumed innocent' },
  convicted: { mark: '◆', meaning: 'a court found it so, or the subject pleaded guilty' },
  alleged: { mark: '?', meaning: 'somebody accuses; nobody has decided' },
  asserted: { mark: '•', meaning: 'somebody says so, as plain fact' },
  denied: { mark: '✕', meaning: 'the subject, or somebody for it, says that it is not so' },
  unsubstantiated: { mark: '∅', meaning: 'the document itself says that there is no evidence for it' },
  historical: { mark: '○', meaning: 'it was so once, and is no longer, by the document’s own word' },
};

/** `callSign`, `only_query`: "Call sign", "Only query". */
export function apart(code: string): string {
  const words = code
    .replace(/_/g, ' ')
    .replace(/^sql /, 'SQL ')
    .replace(/(\p{Ll})(\p{Lu})/gu, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const property = (name: string): string => PROPERTIES[name] ?? apart(name);
export const kind = (code: string): string => KINDS[code] ?? apart(code).toLowerCase();
export const predicate = (code: string): string => PREDICATES[code] ?? apart(code).toLowerCase();
export const standing = (code: string): { mark: string; meaning: string } =>
  STANDINGS[code] ?? { mark: '–', meaning: 'a standing that this page does not know' };

const MINUS = '\u2212';

export const score = (n: number): string => (n < 0 ? MINUS : '') + Math.abs(n).toFixed(4);

/** Bits with one decimal. */
export function bits(n: number): string {
  const tenths = Math.round(Math.abs(n) * 10);
  return (n < 0 && tenths > 0 ? MINUS : '') + (tenths / 10).toFixed(1);
}

export const signedBits = (n: number): string => (n >= 0.05 ? `+${bits(n)}` : bits(n));

export const count = (n: number, one: string, many: string): string => `${whole(n)} ${n === 1 ? one : many}`;

const WHOLE = new Intl.NumberFormat('en', { useGrouping: true });
export const whole = (n: number): string => WHOLE.format(n);

export function size(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte', 'bytes');
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(bytes < 1e4 ? 1 : 0)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** "3 hours": the largest unit that holds twice. */
export function age(seconds: number): string {
  if (seconds < 120) return count(Math.max(0, Math.round(seconds)), 'second', 'seconds');
  if (seconds < 7200) return count(Math.floor(seconds / 60), 'minute', 'minutes');
  if (seconds < 172_800) return count(Math.floor(seconds / 3600), 'hour', 'hours');
  return count(Math.floor(seconds / 86_400), 'day', 'days');
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `2021-11-18` as "18 November 2021"; whatever is not a date as it stands. */
export function date(text: string): string {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text.slice(0, 10));
  const month = found?.[2] ? MONTHS[Number(found[2]) - 1] : undefined;
  if (!found || (found[2] && !month)) return text;
  return [found[3] ? String(Number(found[3])) : '', month ?? '', found[1]].filter(Boolean).join(' ');
}

/** `2021-11-18T18:00:00Z` as "18 November 2021, 18:00 UTC". */
export function moment(text: string): string {
  const time = /T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/.exec(text)?.[1];
  return time ? `${date(text)}, ${time} UTC` : text;
}

const REGIONS = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** A country's code as its English name; whatever else as it stands. */
export function country(code: string): string {
  if (!/^[a-z]{2}$/i.test(code)) return code;
  try {
    return REGIONS.of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

const PLACES = new Set(['country', 'nationality', 'citizenship', 'jurisdiction', 'mainCountry', 'flag']);

/** A value as a reader wants it: dates and countries in words, the rest as published. */
export function value(name: string, text: string): string {
  if (PLACES.has(name)) return country(text);
  return /date$/i.test(name) ? date(text) : text;
}

export const short = (version: string): string => version.replace(/^sha256:/, '').slice(0, 12);
