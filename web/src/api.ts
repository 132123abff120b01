/**
 * The server's public API, which is all that these pages use: its shapes as ARCHITECTURE.md and docs/api.md state them,
 * and one function for each route. A key, where the server asks for one, is kept for the session of this tab alone.
 */
export type Properties = Record<string, string[]>;

export interface Query {
  schema?: string;
  properties: Properties;
}

export interface EvidenceRow {
  feature: string;
  kind: string;
  query: string;
  candidate: string;
  bits: number;
  share: number;
  gain: number;
  stake: number;
  note?: string;
  disguised?: boolean;
}

export interface NamePair {
  query: string;
  candidate: string;
  property: string;
  strength: 'primary' | 'strong' | 'weak';
}

export interface Counterfactual {
  without: string;
  score: number;
  bits: number;
  match: boolean;
}

export interface Explanation {
  name?: NamePair;
  /** Absent where nothing agrees. */
  rows?: EvidenceRow[];
  sentence?: string;
  counterfactuals?: Counterfactual[];
}

export interface Hit {
  id: string;
  caption: string;
  schema: string;
  datasets: string[];
  list_version: string;
  basis?: 'listed' | 'owned' | 'identifier';
  score: number;
  bits: number;
  match: boolean;
  policy?: { name: string; match_threshold: number };
  explanation: Explanation;
  properties?: Properties;
  /** Of `/v1/explain` alone: `match`, `below_match`, `not_compared` ... */
  verdict?: string;
  names?: { candidate: string; property: string; strength: string; score: number }[];
}

export interface ScreenAnswer {
  id: string;
  query: { schema: string | null; properties: Properties };
  total: number;
  truncated: boolean;
  results: Hit[];
  error?: string;
}

export interface ExplainAnswer {
  query: { schema: string | null; properties: Properties };
  explained: Hit[];
}

export interface ListState {
  name: string;
  dataset: string;
  version: string;
  sha256: string;
  parties: number;
  fetched_at?: string | null;
  confirmed_at?: string | null;
  age_seconds?: number | null;
  stale: boolean;
  source: string;
}

export interface ListVersion {
  version: string;
  sha256: string;
  parties: number;
  names: number;
  /** When it was made to serve, and by whom. */
  activated: string;
  by: string;
  published?: string | null;
}

export interface Entity {
  id: string;
  caption: string;
  schema: string;
  datasets?: string[];
  referents?: string[];
  list_version?: string;
  properties: Properties;
}

export interface ListDiff {
  added: Entity[];
  removed: Entity[];
  changed: {
    id: string;
    caption: string;
    schema?: string;
    changes: { property: string; removed: string[]; added: string[] }[];
  }[];
}

export interface Range {
  text: string;
  start: number;
  end: number;
  page?: number;
}

export interface Mention extends Range {
  party: number;
  entity: string | null;
  score?: number;
  bits?: number;
  context?: string;
  short?: boolean;
}

export interface DocumentParty {
  name: string;
  schema: string;
  entity: string | null;
  mentions: number;
  caption?: string;
  datasets?: string[];
  programs?: string[];
  score?: number;
  bits?: number;
  explanation?: Explanation;
}

export interface Claim {
  subject: { name: string; entity: string | null };
  predicate: string;
  object: { name: string; entity: string | null };
  status: string;
  attribution: { name: string; role: string }[];
  date?: string;
  quote: Range;
}

export interface DocumentAnswer {
  document: string;
  format: string;
  bytes: number;
  pages?: number;
  /** What was extracted; the places of mentions and quotes are bytes of it in UTF-8. */
  text?: string;
  warnings: string[];
  mentions: Mention[];
  parties: DocumentParty[];
  claims: Claim[];
  error?: string;
}

export interface Relation {
  schema: string;
  from: string;
  to: string;
  role?: string;
  holds?: string;
  share?: string;
  startDate?: string;
  endDate?: string;
  status?: string;
  evidence: {
    source: string;
    version?: string;
    record?: string;
    line?: number;
    page?: number;
    on_whose_word?: string;
    quote?: Range;
    [more: string]: unknown;
  };
}

export type Verdict = 'blocked' | 'possible' | 'not_blocked';

export interface Proof {
  id: string;
  caption: string;
  schema: string;
  verdict: Verdict;
  because: string;
  programmes?: string[];
  shares?: { min: number; max: number; exact: string };
  unaccounted?: number;
  taken_for?: { id: string; caption: string; certain: boolean; evidence: string };
  stakes?: Stake[];
}

export interface Stake {
  holds: string;
  share: string;
  min: number;
  max: number;
  counted: boolean;
  jointly: boolean;
  statements: Relation[];
  owner: Proof;
}

export interface Ownership {
  rule: string;
  as_of: string | null;
  verdict: Verdict;
  certain?: boolean;
  conditional_on?: { id: string; caption: string; evidence: string }[];
  sentence: string;
  proof: Proof;
}

export interface NetworkEntity {
  id: string;
  caption: string;
  schema: string;
  listed: string | null;
  ownership: Ownership;
}

export interface NetworkParty {
  id: string;
  caption: string;
  schema: string;
  distance: number;
  listed: string | null;
  programmes: string[];
  verdict: Verdict;
}

export interface NetworkAnswer {
  network: {
    parties: number;
    relations: number;
    blocked: number;
    possible: number;
    sources: {
      source: string;
      parties: number;
      relations: number;
      unresolved: unknown[];
      problems: unknown[];
    }[];
  };
  hops?: number;
  /** The party asked about; absent where a table alone was asked about. */
  entities?: NetworkEntity[];
  /** Of a table alone: the companies on no list that are blocked, or possibly so. */
  owned?: NetworkEntity[];
  parties?: NetworkParty[];
  relations?: Relation[];
}

export interface Job {
  id: string;
  name: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  rows: number;
  bytes: number;
  of_bytes: number;
  with_results: number;
  with_match: number;
  failed: number;
  created_at?: string;
  finished_at?: string | null;
  detail?: string;
}

export interface Incident {
  kind: string;
  first: string;
  last: string;
  requests: number;
  addresses: string[];
  agents: string[];
  /** How many records came back; their ids are victims' data, which the case does not show. */
  returned?: number;
  records: string[];
  evidence: number[];
  why: { feature: string; why: string; bits?: number }[];
}

export interface Mailing {
  template: string;
  messages: number;
  first: string | null;
  last: string | null;
  source: {
    verdict: string;
    reason: string;
    log10_ratio?: number | null;
    recipients: number;
    exposed: number;
  };
}

/** What an operation did, as `interdict intrusion --messages --records` and `demo` print it. */
export interface Chain {
  lines: number;
  requests: number;
  incidents: Incident[];
  operation?: {
    exposed: number;
    mailings: Mailing[];
    timeline: { at: string; kind: string; what: string; count: number; hours_since: number | null }[];
    traces?: { kind: string; value: string; messages: number; total: number; results: Hit[] }[];
  };
  attribution?: {
    limit: string;
    published: { date: string; authority: string; says: string; document: string }[];
    parties: { id: string; caption: string; schema: string }[];
  };
}

export interface CaseAnswer {
  network?: NetworkAnswer;
  report?: DocumentAnswer;
  customers?: ScreenAnswer[];
  chain?: Chain | null;
}

/** What went wrong, in the server's words, with the remedy where we know one. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly requestId: string | null = null,
  ) {
    super(message);
  }
}

const KEY = 'interdict-key';

/** Called when the server asks for a key; answers whether one was given. */
let askForKey: () => Promise<boolean> = () => Promise.resolve(false);
export const onUnauthorized = (ask: () => Promise<boolean>): void => void (askForKey = ask);
export const hasKey = (): boolean => sessionStorage.getItem(KEY) !== null;
export const setKey = (key: string | null): void =>
  key ? sessionStorage.setItem(KEY, key) : sessionStorage.removeItem(KEY);

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    const headers = new Headers(init.headers);
    const key = sessionStorage.getItem(KEY);
    if (key) headers.set('Authorization', `ApiKey ${key}`);
    let response: Response;
    try {
      response = await fetch(path, { ...init, headers, credentials: 'omit', cache: 'no-store' });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new ApiError(0, 'The server does not answer. Is `interdict serve` still running?');
    }
    if (response.ok) return response;
    if (response.status === 401 && attempt < 5 && (await askForKey())) continue;
    throw await problem(response);
  }
}

async function problem(response: Response): Promise<ApiError> {
  const id = response.headers.get('x-request-id');
  let detail = '';
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null && 'detail' in body) detail = String(body.detail);
  } catch {
    detail = '';
  }
  const wait = response.headers.get('retry-after');
  if (wait) detail += ` Try again in ${wait} s.`;
  return new ApiError(response.status, detail || `The server answers ${response.status}.`, id);
}

async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await request(path, { signal })).json()) as T;
}

async function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await request(path, { method: 'POST', body: JSON.stringify(body), headers, signal });
  return (await response.json()) as T;
}

async function postBytes<T>(path: string, body: Blob, signal?: AbortSignal): Promise<T> {
  const headers = { 'Content-Type': 'application/octet-stream' };
  return (await (await request(path, { method: 'POST', body, headers, signal })).json()) as T;
}

const part = encodeURIComponent;

/** `a=1&b=2` of what is given. */
function params(of: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(of)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

export interface ScreenOptions {
  threshold?: number;
  limit?: number;
  lists?: string[];
}

export const screen = (query: Query, options: ScreenOptions, signal?: AbortSignal) =>
  postJson<ScreenAnswer>('/v1/screen', { query, ...options }, signal);
export const explain = (query: Query, id: string, signal?: AbortSignal) =>
  postJson<ExplainAnswer>('/v1/explain', { query, id }, signal);
export const entity = (id: string) => getJson<Entity>(`/v1/entities/${part(id)}`);
export const lists = () => getJson<{ lists: ListState[] }>('/v1/lists');
export const versions = (name: string) =>
  getJson<{ versions: ListVersion[] }>(`/v1/lists/${part(name)}/versions`);
export const diff = (name: string, from: string, to: string) =>
  getJson<ListDiff>(`/v1/lists/${part(name)}/diff${params({ from, to })}`);
export const network = (id: string, hops: number, rule: string, signal?: AbortSignal) =>
  getJson<NetworkAnswer>(`/v1/entities/${part(id)}/network${params({ hops, rule })}`, signal);
export const networkOf = (
  file: File,
  party: string | null,
  hops: number,
  rule: string,
  signal?: AbortSignal,
) => postBytes<NetworkAnswer>(`/v1/network${params({ name: file.name, party, hops, rule })}`, file, signal);
/** A file may hold several documents: a mailbox, an archive. */
export const readDocument = async (
  file: Blob,
  name: string,
  signal?: AbortSignal,
): Promise<DocumentAnswer[]> => {
  const answer = await postBytes<DocumentAnswer | DocumentAnswer[]>(
    `/v1/documents${params({ name })}`,
    file,
    signal,
  );
  return Array.isArray(answer) ? answer : [answer];
};
export const theCase = () => getJson<CaseAnswer>('/v1/case');

export const startJob = (file: File, map: string[], multi: boolean) => {
  const search = new URLSearchParams({ name: file.name });
  for (const one of map) search.append('map', one);
  if (multi) search.set('multi', 'true');
  return postBytes<Job>(`/v1/jobs?${search.toString()}`, file);
};
export const job = (id: string) => getJson<Job>(`/v1/jobs/${part(id)}`);
export const removeJob = async (id: string): Promise<void> =>
  void (await request(`/v1/jobs/${part(id)}`, { method: 'DELETE' }));
export const jobResults = (id: string, format: 'jsonl' | 'csv') =>
  request(`/v1/jobs/${part(id)}/results?format=${format}`);

/** Follows a job. `EventSource` sends no header, so the stream of events is read by hand. */
export async function followJob(id: string, onEvent: (job: Job) => void, signal: AbortSignal): Promise<void> {
  const response = await request(`/v1/jobs/${part(id)}/events`, {
    signal,
    headers: { Accept: 'text/event-stream' },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value).split(/\r?\n\r?\n/);
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = event
        .split(/\r?\n/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart());
      if (data.length > 0) onEvent(JSON.parse(data.join('\n')) as Job);
    }
  }
}

/** The first `count` lines of a job's output, without the rest of it. */
export async function firstResults(id: string, count: number): Promise<ScreenAnswer[]> {
  const response = await jobResults(id, 'jsonl');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return [];
  const lines: ScreenAnswer[] = [];
  let rest = '';
  while (lines.length < count) {
    const { value, done } = await reader.read();
    const parts = (rest + (value ?? '')).split('\n');
    rest = done ? '' : (parts.pop() ?? '');
    for (const line of parts) if (line && lines.length < count) lines.push(JSON.parse(line) as ScreenAnswer);
    if (done) return lines;
  }
  await reader.cancel();
  return lines;
}
